using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Tests.Formulas;

/// <summary>Reading and typing, without a database.</summary>
public sealed class FormulaTests
{
    static Formula Compiled(string text) => Formula.Compile(text, SampleTable.Scope).Value;

    static string Refused(string text)
    {
        var error = Formula.Compile(text, SampleTable.Scope).Error;
        Assert.Equal("invalid-formula", error?.Code);
        return error!.Message;
    }

    [Theory]
    [InlineData("", "character 1: it is empty")]
    [InlineData("1 +", "character 4: it ends where a value is expected")]
    [InlineData("1 + * 2", "character 5: a value is expected before \"*\"")]
    [InlineData("(1", "character 1: this ( is never closed")]
    [InlineData("1)", "character 2: this ) closes nothing")]
    [InlineData("1 2", "character 3: an operator is missing here")]
    [InlineData("\"abc", "character 1: this text has no closing quotation mark")]
    [InlineData("{abc", "character 1: this { is never closed")]
    [InlineData("{}", "character 1: a field's name stands between { and }")]
    [InlineData("{Nobody}", "character 1: there is no field \"Nobody\"")]
    [InlineData("1 + Nobody", "character 5: there is no field \"Nobody\"")]
    [InlineData("NOBODY(1)", "character 1: there is no function NOBODY")]
    [InlineData("SUM + 1", "character 1: SUM is a function: SUM([value]…)")]
    [InlineData("LEFT()", "character 1: LEFT(text, [count]) does not take 0 arguments")]
    [InlineData("LEFT(1, 2, 3)", "character 1: LEFT(text, [count]) does not take 3 arguments")]
    [InlineData("LEFT(\"a\",)", "character 9: an argument is expected behind this comma")]
    [InlineData("LEFT(\"a\" 1)", "character 10: a comma or ) is expected among the arguments of LEFT")]
    [InlineData("“a”", "character 1: text stands in straight quotation marks")]
    [InlineData("1 % 2", "character 3: \"%\" means nothing here")]
    [InlineData("1.2.3", "character 1: \"1.2.3\" is not a number")]
    [InlineData("1e999", "character 1: this number is larger than any that can be computed with")]
    [InlineData("/* a", "character 1: this remark has no end")]
    [InlineData("{Day} * 2", "character 1: * cannot take a date as a number")]
    [InlineData("IFS(1, 2, 3)", "character 1: IFS takes a value behind every condition")]
    [InlineData("\uD800", "character 1: \"\uFFFD\" means nothing here")]
    public void A_formula_that_means_nothing_is_refused_with_the_place_and_the_reason(string text, string reason) =>
        Assert.Contains(reason, Refused(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("1", ValueKind.Number, false)]
    [InlineData("'a'", ValueKind.Text, false)]
    [InlineData("1 = 1", ValueKind.Boolean, false)]
    [InlineData("BLANK()", ValueKind.Blank, false)]
    [InlineData("{Day}", ValueKind.Date, false)]
    [InlineData("{Moment}", ValueKind.Instant, false)]
    [InlineData("{Numbers}", ValueKind.Number, true)]
    [InlineData("{Links}", ValueKind.Text, true)]
    [InlineData("{Files}", ValueKind.Text, true)]
    [InlineData("values", ValueKind.Number, true)]
    [InlineData("{Ticked}", ValueKind.Boolean, false)]
    [InlineData("1 + 'a'", ValueKind.Text, false)]
    [InlineData("1 & 2", ValueKind.Text, false)]
    [InlineData("1 + 2", ValueKind.Number, false)]
    [InlineData("{Day} + 1", ValueKind.Date, false)]
    [InlineData("{Moment} - 1", ValueKind.Instant, false)]
    [InlineData("{Day} - {Moment}", ValueKind.Number, false)]
    [InlineData("IF(1, 2)", ValueKind.Number, false)]
    [InlineData("IF(1, 2, '')", ValueKind.Number, false)]
    [InlineData("IF(1, '', '')", ValueKind.Text, false)]
    [InlineData("IF(1, 2, 'a')", ValueKind.Text, false)]
    [InlineData("IF(1, {Day})", ValueKind.Date, false)]
    [InlineData("IF(1, {Day}, {Moment})", ValueKind.Instant, false)]
    [InlineData("IF(1, {Day}, 1)", ValueKind.Text, false)]
    [InlineData("IF(1, 1=1, 2)", ValueKind.Number, false)]
    [InlineData("IF(1, 1=1, 1=2)", ValueKind.Boolean, false)]
    [InlineData("IF(1, {Numbers}, 1)", ValueKind.Text, false)]
    [InlineData("IF(1, {Numbers}, BLANK())", ValueKind.Number, true)]
    [InlineData("SWITCH(1, 1, {Day}, {Moment})", ValueKind.Instant, false)]
    [InlineData("IFERROR({Right}, 'a')", ValueKind.Text, false)]
    [InlineData("MAX({Days})", ValueKind.Date, false)]
    [InlineData("MAX(1, {Day})", ValueKind.Number, false)]
    [InlineData("ARRAYUNIQUE({Days}, {Moment})", ValueKind.Instant, true)]
    [InlineData("ARRAYSLICE({Texts}, 1)", ValueKind.Text, true)]
    [InlineData("ERROR()", ValueKind.Blank, false)]
    public void Types_are_settled_before_anything_runs(string text, ValueKind kind, bool isList) => Assert.Equal(new FormulaType(kind, isList), Compiled(text).Type);

    [Theory]
    [InlineData("{Number} + 1", false)]
    [InlineData("{Right} + 1", true)]
    [InlineData("{Text} * 2", true)]
    [InlineData("{Text} & 2", false)]
    [InlineData("'12' * 2", false)]
    [InlineData("IFERROR({Right}, 0)", false)]
    [InlineData("ISERROR({Right})", false)]
    [InlineData("1 / 0", false)]
    [InlineData("VALUE('1')", true)]
    public void Whether_a_row_can_fail_is_known(string text, bool canFail) => Assert.Equal(canFail, Compiled(text).CanFail);

    [Fact]
    public void A_formula_is_stored_by_field_ids_and_shown_by_their_names_of_today()
    {
        var formula = Compiled("IF( {Number}>1, Text & '{Number}' , {Odd \\} \\\\ name}&{fldNumber} ) /* {Number} */");
        Assert.Equal("IF( {fldNumber}>1, {fldText} & '{Number}' , {fldBrace}&{fldNumber} ) /* {Number} */", formula.Text);
        Assert.Equal(["fldNumber", "fldText", "fldBrace"], formula.Fields.Select(f => f.Id));
        Assert.Equal(formula.Text, Compiled(formula.Text).Text);
        Assert.Equal("IF( {Number}>1, {Text} & '{Number}' , {Odd \\} \\\\ name}&{Number} ) /* {Number} */", Formula.Show(formula.Text, SampleTable.Table));
        var renamed = SampleTable.Table with { Fields = [.. SampleTable.Table.Fields.Select(f => f.Id == "fldNumber" ? f with { Name = "Price" } : f)] };
        Assert.Equal("{Price}+1", Formula.Show("{fldNumber}+1", renamed));
        Assert.Equal("{fldGone}+1", Formula.Show("{fldGone}+1", renamed));
    }

    [Fact]
    public void Values_are_the_list_of_a_rollup_and_else_a_field()
    {
        Assert.True(Compiled("SUM(values)").ReadsValues);
        var without = new FormulaScope(SampleTable.Schema, SampleTable.Table);
        Assert.Contains("there is no field \"values\"", Formula.Compile("SUM(values)", without).Error!.Message, StringComparison.Ordinal);
        var table = SampleTable.Table with { Fields = [SampleTable.Table.Fields[2] with { Name = "values" }] };
        Assert.Single(Formula.Compile("values + 1", new FormulaScope(SampleTable.Schema, table)).Value.Fields);
    }

    [Fact]
    public void Names_are_read_in_any_case_and_remarks_are_skipped() =>
        Assert.Equal(ValueKind.Number, Compiled("sUm(1, /* two */ 2) // three\n + true").Type.Kind);

    [Fact]
    public void Hostile_formulas_cost_little_and_end_in_a_reason()
    {
        Assert.Contains("longer than 100000", Refused(new string('(', 1_000_000)), StringComparison.Ordinal);
        Assert.Contains("nested more than 1000", Refused(new string('(', 90_000) + "1"), StringComparison.Ordinal);
        Assert.Contains("nested more than 1000", Refused(string.Concat(Enumerable.Repeat("ABS(", 20_000)) + "1"), StringComparison.Ordinal);
        Assert.Contains("nested more than 1000", Refused("2" + string.Concat(Enumerable.Repeat("^2", 15_000))), StringComparison.Ordinal);
        Assert.Contains("nested more than 1000", Refused("1" + string.Concat(Enumerable.Repeat("+'a'-1", 5_000))), StringComparison.Ordinal);
        Assert.Contains("more than 20000 terms", Refused("1" + string.Concat(Enumerable.Repeat("+1", 49_000))), StringComparison.Ordinal);
        Assert.Contains("more than 20000 terms", Refused($"SUM({string.Join(',', Enumerable.Repeat('1', 49_000))})"), StringComparison.Ordinal);
        Assert.Contains("a value is expected", Refused(new string('-', 90_000) + ")"), StringComparison.Ordinal);
        Assert.Contains("no field", Refused($"{{{new string('x', 90_000)}}}"), StringComparison.Ordinal);
        Assert.True(Refused($"{{{new string('x', 90_000)}}}").Length < 1_000);
        Assert.Equal(ValueKind.Number, Compiled(new string('(', 500) + "1" + new string(')', 500)).Type.Kind);
        Assert.Equal(ValueKind.Number, Compiled(new string('-', 90_000) + "1").Type.Kind);
        Assert.Equal(ValueKind.Text, Compiled($"'{new string('x', 17_000)}'").Type.Kind);
    }
}
