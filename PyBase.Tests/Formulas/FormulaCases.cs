namespace PyBase.Tests.Formulas;

/// <summary>What formulas give for the row of <see cref="SampleTable"/>, as JSON; <c>blank</c>, or an error.</summary>
static class FormulaCases
{
    public static readonly (string Formula, string Result)[] All =
    [
        ("{Number} + {Other}", "9.5"),
        ("1+2*3-4/2", "5"),
    ];
}
