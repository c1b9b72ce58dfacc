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
            var answers = await EvaluateAsync([.. chunk.Select(c => c.Formula)]);
            faults.AddRange(chunk.Zip(answers).Where(c => c.First.Result != c.Second).Select(c => $"{c.First.Formula}\n  gave   {c.Second}\n  wanted {c.First.Result}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
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
            await using var command = database.Data.CreateCommand($"select {select} from ({SampleTable.Row} offset 0) t{laterals}");
            await using var row = await command.ExecuteReaderAsync(Cancelled);
            await row.ReadAsync(Cancelled);
            for (var i = 0; i < columns.Count; i++)
                answers[columns[i]] = row.IsDBNull(2 * i + 1) ? row.IsDBNull(2 * i) ? "blank" : row.GetString(2 * i) : row.GetString(2 * i + 1);
        }
        return answers!;
    }
}
