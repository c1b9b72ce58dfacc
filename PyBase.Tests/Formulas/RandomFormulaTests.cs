using System.Globalization;
using System.Text;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;
using PyBase.Storage.Formulas;

namespace PyBase.Tests.Formulas;

/// <summary>Random formulas over random rows: PostgreSQL and <see cref="Interpreter"/> agree on every one. The seed is fixed; every failure names its formula and its row.</summary>
public sealed class RandomFormulaTests(FormulaDatabase database) : IClassFixture<FormulaDatabase>
{
    static readonly Table Table = new("tblRandom00000001", "Random", null, "T1", [
        new("T1", "T1", null, new SingleLineText()), new("T2", "T2", null, new SingleLineText()),
        new("N1", "N1", null, new Number(0)), new("N2", "N2", null, new Number(0)), new("N3", "N3", null, new Number(0)),
        new("B1", "B1", null, new Checkbox("check", "greenBright")),
        new("D1", "D1", null, new SampleTable.Gathered("date", ColumnType.Date)), new("D2", "D2", null, new SampleTable.Gathered("date", ColumnType.Date)),
        new("M1", "M1", null, new SampleTable.Gathered("dateTime", ColumnType.Instant)),
        new("L1", "L1", null, new SampleTable.Gathered("lookup", ColumnType.Numbers)), new("L2", "L2", null, new SampleTable.Gathered("lookup", ColumnType.Texts)),
        new("Wrong", "Wrong", null, new SampleTable.Gathered("formula", ColumnType.Number)),
    ], []);

    static readonly BaseSchema Schema = new(SampleTable.BaseId, "epo", 1, [Table]);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 15)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task The_database_computes_what_the_language_says(int seed)
    {
        var random = new Random(seed);
        var (formulas, rows) = (new RandomFormulas(random), RandomRows.Take(random, 25));
        var faults = new List<string>();
        for (var round = 0; round < 10; round++)
        {
            var compiled = new List<Formula>();
            while (compiled.Count < 25)
                if (Formula.Compile(formulas.Any(random.Next(1, 5)), new FormulaScope(Schema, Table)).TryGet(out var formula, out _))
                    compiled.Add(formula);
            faults.AddRange(await DifferencesAsync(compiled, rows));
        }
        Assert.True(faults.Count == 0, $"{faults.Count} differ.\n" + string.Join("\n", faults.DistinctBy(f => f.Split("\n")[0]).Take(8)));
    }

    async Task<List<string>> DifferencesAsync(IReadOnlyList<Formula> formulas, IReadOnlyList<Dictionary<string, object?>> rows)
    {
        var (select, laterals, faults) = (new StringBuilder(), new StringBuilder(), new List<string>());
        foreach (var formula in formulas)
        {
            var sql = FormulaSql.Compile(formula, new FormulaRow("t", SampleTable.BaseId, Schema, Table));
            laterals.Append(sql.Laterals);
            select.Append(CultureInfo.InvariantCulture, $", {sql.Value}, {sql.Error ?? "null::text"}");
        }
        await using var command = database.Data.CreateCommand($"select 1{select} from ({RandomRows.Sql(rows)} offset 0) t{laterals} order by t._id");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        for (var row = 0; await reader.ReadAsync(TestContext.Current.CancellationToken); row++)
            for (var i = 0; i < formulas.Count; i++)
            {
                var given = reader.IsDBNull(2 * i + 2) ? reader.IsDBNull(2 * i + 1) ? "blank" : Written(reader.GetValue(2 * i + 1)) : "error";
                var wanted = Wanted(formulas[i], rows[row]);
                if (given != wanted)
                    faults.Add($"{formulas[i].Text}\n  database    {given}\n  interpreter {wanted}\n  row {string.Join(", ", rows[row].Select(c => $"{c.Key}={Written(c.Value)}"))}");
            }
        return faults;
    }

    static string Wanted(Formula formula, Dictionary<string, object?> row)
    {
        try
        {
            var value = new Interpreter(row).Of(formula.Root);
            return value is null && formula.Type is { Kind: ValueKind.Boolean, IsList: false } ? "0" : value is null or "" or object?[] { Length: 0 } ? "blank" : Written(value);
        }
        catch (NoAnswer)
        {
            return "error";
        }
    }

    static string Written(object? value) => value switch
    {
        null => "null",
        NoAnswer => "error",
        string text => $"'{text}'",
        Array list => $"[{string.Join(", ", list.Cast<object?>().Select(Written))}]",
        bool truth => truth ? "1" : "0",
        double number => number == 0 ? "0" : number.ToString("R", CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Utc } moment => moment.ToString("O", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
