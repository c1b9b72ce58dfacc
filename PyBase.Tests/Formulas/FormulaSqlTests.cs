using System.Globalization;
using System.Text;
using Npgsql;
using PyBase.Core.Formulas;
using PyBase.Storage.Formulas;

namespace PyBase.Tests.Formulas;

/// <summary>Every function and operator on a real database, one row of <see cref="SampleTable"/>; all cases of a theory are one statement.</summary>
public sealed class FormulaSqlTests(FormulaDatabase database) : IClassFixture<FormulaDatabase>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_case_gives_what_it_says()
    {
        var faults = new List<string>();
        foreach (var chunk in FormulaCases.All.Chunk(40))
        {
            var answers = await TryAsync([.. chunk.Select(c => c.Formula)]);
            faults.AddRange(chunk.Zip(answers).Where(c => !Same(c.First.Result, c.Second)).Select(c => $"{c.First.Formula}\n  gave   {c.Second}\n  wanted {c.First.Result}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>JSON of the database spells large numbers out.</summary>
    static bool Same(string wanted, string given) => wanted == given
        || double.TryParse(wanted, CultureInfo.InvariantCulture, out var a) && double.TryParse(given, CultureInfo.InvariantCulture, out var b) && a.Equals(b);

    [Fact]
    public void Every_function_and_operator_has_cases_with_a_blank_among_them()
    {
        var tried = FormulaCases.All.GroupBy(c => c.Heading).ToDictionary(g => g.Key, g => g.ToArray());
        // Those of dates and patterns are in DateFormulaTests.
        var missing = Catalogue.Families.Where(f => f.Title is not ("Dates" or "Regular expressions")).SelectMany(f => f.Functions).Select(f => f.Name)
            .Where(name => !tried.TryGetValue(name, out var cases) || cases.Length < 3 || !cases.Any(c => Blanks.Any(blank => c.Formula.Contains(blank, StringComparison.Ordinal)) || c.Formula.Contains("()", StringComparison.Ordinal)))
            .ToArray();
        Assert.True(missing.Length == 0, $"cases.txt lacks {string.Join(", ", missing)}.");
        Assert.DoesNotContain(tried.Keys, heading => Catalogue.Find(heading) is null);
    }

    [Fact]
    public void Every_function_has_its_sql_unless_it_is_a_constant_or_a_cell() =>
        Assert.Empty(Catalogue.Families.SelectMany(f => f.Functions).Where(f => !FunctionSql.Has(f)).Select(f => f.Name).Except(["TODAY", "NOW", "PART"]));

    static readonly string[] Blanks = ["{None}", "{Empty}", "{Nothing}", "{No day}", "{No length}", "{Unticked}", "BLANK"];

    /// <summary>All at once; one by one where something is raised, to name it.</summary>
    async Task<string[]> TryAsync(string[] formulas)
    {
        try
        {
            return await EvaluateAsync(formulas);
        }
        catch (PostgresException raised)
        {
            if (formulas.Length == 1)
                return [$"raised: {raised.MessageText}"];
            var answers = new List<string>();
            foreach (var formula in formulas)
                answers.AddRange(await TryAsync([formula]));
            return [.. answers];
        }
    }

    async Task<string[]> EvaluateAsync(string[] formulas)
    {
        var (select, laterals, answers) = (new StringBuilder(), new StringBuilder(), new string?[formulas.Length]);
        var columns = new List<int>();
        for (var i = 0; i < formulas.Length; i++)
        {
            if (!Formula.Compile(formulas[i], SampleTable.Scope).TryGet(out var formula, out var error))
            {
                answers[i] = error.Message;
                continue;
            }
            var sql = FormulaSql.Compile(formula, new FormulaRow("t", SampleTable.BaseId, SampleTable.Schema, SampleTable.Table, Values: "array[1, 2, null, 2]::float8[]"));
            Assert.True(formula.CanFail || sql.Error is null, $"{formulas[i]} was said not to fail.");
            laterals.Append(sql.Laterals);
            select.Append(CultureInfo.InvariantCulture, $"{(columns.Count == 0 ? "" : ", ")}to_jsonb({sql.Value})::text, {sql.Error ?? "null::text"}");
            columns.Add(i);
        }
        if (columns.Count > 0)
        {
            await using var command = database.Data.CreateCommand($"set timezone = 'UTC'; select {select} from (select r.*, null::timestamptz as _modified from ({SampleTable.Row}) r offset 0) t{laterals}");
            await using var row = await command.ExecuteReaderAsync(Cancelled);
            await row.ReadAsync(Cancelled);
            for (var i = 0; i < columns.Count; i++)
                answers[columns[i]] = row.IsDBNull(2 * i + 1) ? row.IsDBNull(2 * i) ? "blank" : row.GetString(2 * i) : row.GetString(2 * i + 1);
        }
        return answers!;
    }
}
