using PyBase.Core.Formulas;

namespace PyBase.Tests.Formulas;

/// <summary>The table of cases is whole: every function and operator is tried with ordinary values, and where it takes values with a blank, an error and a list; with a date in a zone where it takes dates.</summary>
public sealed class FunctionTableTests
{
    static readonly (string Name, string[] Marks)[] Aspects =
    [
        ("a blank", ["{None}", "{Empty}", "{Nothing}", "{No day}", "{Unticked}", "BLANK"]),
        ("an error", ["{Wrong}", "ERROR(", "'soon'", "1/0"]),
        ("a list", ["{Numbers}", "{Texts}", "{Ticks}", "{Days}", "{Tags}", "{Links}", "{Files}", "{One}", "{Nothing}", "values"]),
        ("a zone", ["SET_TIMEZONE("]),
    ];

    public static IEnumerable<TheoryDataRow<string>> Functions() => Catalogue.Families.SelectMany(family => family.Functions).Select(function => new TheoryDataRow<string>(function.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_function_and_operator_is_tried_with_what_it_may_meet(string name)
    {
        var function = Catalogue.Find(name)!;
        Assert.True(name is "BLANK" or "ERROR" || FormulaCases.All.Any(c => c.Heading == name && c.Result is not ("blank" or "#ERROR!")), $"{name} has no ordinary case.");
        string[] cases = [.. FormulaCases.All.Where(c => c.Heading == name).Select(c => c.Formula)];
        foreach (var (aspect, marks) in Aspects.Where(aspect => aspect.Name == "a zone" ? TakesDates(function) : TakesValues(function)))
            Assert.True(cases.Any(formula => Has(formula, marks)), $"{name} has no case with {aspect}.");
    }

    static bool Has(string formula, string[] marks) => marks.Any(mark => formula.Contains(mark, StringComparison.Ordinal));

    /// <summary>PART reads a field itself; what a cell of one may hold is its type's business.</summary>
    static bool TakesValues(Function function) => function.Name != "PART" && function.Parameters.Any(p => p.Wanted is not Wanted.LiteralText);

    static bool TakesDates(Function function) => function.Parameters.Any(p => p.Wanted is Wanted.Instant) || function.Name is "LAST_MODIFIED_TIME" or "CREATED_TIME" or "MAX" or "MIN" or "+" or "-" or "=" or "<" or "IF";
}
