using PyBase.Core.Formulas;
using PyBase.Storage.Formulas;

namespace PyBase.Tests.Formulas;

/// <summary>Filters as SQL: conditions that an index serves, and formulas of a size that people do send.</summary>
public sealed class ConditionTests(FormulaDatabase database) : IClassFixture<FormulaDatabase>
{
    static readonly FormulaRow Row = new("t", SampleTable.BaseId, SampleTable.Schema, SampleTable.Table);

    static ConditionSql Condition(string text) => FormulaSql.CompileCondition(Formula.Compile(text, SampleTable.Scope).Value, Row);

    [Theory]
    [InlineData("{Number} > 10", "(t.\"fldNumber\" > 10::float8)")]
    [InlineData("10 < {Number}", "(t.\"fldNumber\" > 10::float8)")]
    [InlineData("{Number} > -1", "(t.\"fldNumber\" > '-1'::float8 or t.\"fldNumber\" is null)")]
    [InlineData("{Number} = 0", "(t.\"fldNumber\" = 0::float8 or t.\"fldNumber\" is null)")]
    [InlineData("{Number} = \"12\"", "(t.\"fldNumber\" = 12::float8)")]
    [InlineData("{Number} = BLANK()", "(t.\"fldNumber\" = 0::float8 or t.\"fldNumber\" is null)")]
    [InlineData("{Text} = 'x'", "(t.\"fldText\" = 'x'::text)")]
    [InlineData("{Text} != 'x'", "(t.\"fldText\" is distinct from 'x'::text)")]
    [InlineData("{Text} = ''", "(t.\"fldText\" is null)")]
    [InlineData("{State} = 'Open'", "(t.\"fldState\" = 'selOpen0000000001')")]
    [InlineData("{State} != 'Open'", "(t.\"fldState\" is distinct from 'selOpen0000000001')")]
    [InlineData("{Day} < '2026-01-01'", "(t.\"fldDay\" < '2026-01-01'::date or t.\"fldDay\" is null)")]
    [InlineData("{Ticked}", "t.\"fldTicked\"")]
    [InlineData("{Ticked} = TRUE()", "t.\"fldTicked\"")]
    [InlineData("NOT({Ticked})", "(t.\"fldTicked\" is not true)")]
    [InlineData("AND({Number} > 10, {Text} = 'x')", "((t.\"fldNumber\" > 10::float8) and (t.\"fldText\" = 'x'::text))")]
    [InlineData("OR({Text} = 'a', {Text} = 'b', {Number} > 1)", "(t.\"fldText\" in ('a'::text, 'b'::text) or (t.\"fldNumber\" > 1::float8))")]
    [InlineData("OR(RECORD_ID() = 'rec1', RECORD_ID() = 'rec2')", "(t._id in ('rec1'::text, 'rec2'::text))")]
    [InlineData("{Right} > 1", "((t.errors ->> 'fldRight') is null and (t.\"fldRight\" > 1::float8))")]
    public void A_comparison_with_a_constant_leaves_the_column_bare(string formula, string wanted)
    {
        var condition = Condition(formula);
        Assert.Equal("", condition.Laterals);
        // A column says its type behind its name, see Sql.Column; to be read the expectations leave it out.
        foreach (var field in SampleTable.Table.Fields)
            wanted = wanted.Replace($"\"{field.Id}\"", $"\"{field.Id}\"/*{(int)field.Type.Column}*/", StringComparison.Ordinal);
        Assert.Equal(wanted, condition.Condition);
    }

    public static TheoryData<string, bool> Large => new()
    {
        { $"OR({string.Join(',', Enumerable.Range(0, 499).Select(i => $"RECORD_ID()='rec{i:d14}'"))})", true },
        { $"{{Text}} != '{new string('x', 17_000)}'", true },
        { $"{new string('(', 500)}{{Number}}{new string(')', 500)} = 12.5", true },
        { $"{string.Concat(Enumerable.Repeat("ABS(", 900))}{{Number}}{new string(')', 900)} = 12.5", true },
        { $"{string.Concat(Enumerable.Repeat("IF({None}, 1, ", 900))}{{Number}}{new string(')', 900)} = 12.5", true },
        { $"{string.Concat(Enumerable.Repeat("IF({Wrong}, 1, ", 300))}{{Number}}{new string(')', 300)} = 12.5", false },
        { $"{{Number}}{string.Concat(Enumerable.Repeat("+{Number}", 5_000))} > 1", true },
        { $"{{Number}}{string.Concat(Enumerable.Repeat("/{Number}*{Number}", 2_000))} = 12.5", true },
        { $"LEN({{Number}}{string.Concat(Enumerable.Repeat("&{Number}", 5_000))}) = 20004", true },
        { $"SUM({string.Join(',', Enumerable.Repeat("{Number}", 5_000))}) = 62500", true },
        { $"COUNT({string.Join(',', Enumerable.Repeat("{Number}", 5_000))}) = 5000", true },
        { $"AND({string.Join(',', Enumerable.Repeat("{Number} > 1", 5_000))})", true },
        { $"SWITCH({{Number}}{string.Concat(Enumerable.Range(100, 3_000).Select(i => $",{i},0"))}, 1)", true },
        { "{Text} = \"\0\uD800'\\\\\" ", false },
        { string.Join(" + ", Enumerable.Repeat("({Number} - {Other}) * ({Number} / {Other})", 300)) + " < 0", true },
        { $"{string.Concat(Enumerable.Repeat("IF({Number} > 1, 1 + ", 200))}{{Number}}{string.Concat(Enumerable.Repeat(", 2)", 200))} = 212.5", true },
    };

    [Theory, MemberData(nameof(Large))]
    public async Task What_is_large_runs(string formula, bool passes)
    {
        var condition = Condition(formula);
        await using var command = database.Data.CreateCommand($"select count(*) from ({SampleTable.Row} offset 0) t{condition.Laterals} where {condition.Condition}");
        Assert.Equal(passes ? 1L : 0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_is_used_twice_is_written_once()
    {
        var text = "{Number}";
        for (var i = 0; i < 8; i++)
            text = $"SQRT(ABS({text}) * MOD({text}, 7))";
        Assert.InRange(Condition(text).Condition.Length + Condition(text).Laterals.Length, 1, text.Length * 60);
    }
}
