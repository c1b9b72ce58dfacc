using PyBase.Core.Errors;

namespace PyBase.Core.Formulas;

/// <summary>What a parameter of a function takes.</summary>
public enum Wanted
{
    /// <summary>A number; text is read as one.</summary>
    Number,
    /// <summary>Text; anything can be shown as text.</summary>
    Text,
    /// <summary>True or false.</summary>
    Condition,
    /// <summary>A moment; a day is its midnight in UTC, text is read.</summary>
    Instant,
    /// <summary>Text that stands in the formula itself.</summary>
    LiteralText,
    /// <summary>One value of any kind; lists become one value as they would as text.</summary>
    One,
    /// <summary>Whatever comes, lists too.</summary>
    Any,
}

/// <summary>A parameter of a function.</summary>
/// <param name="Name">For people.</param>
/// <param name="Wanted">What it takes.</param>
/// <param name="IsOptional">It may be left out, and all behind it.</param>
/// <param name="Repeats">The last parameter: any number of arguments.</param>
public sealed record Parameter(string Name, Wanted Wanted, bool IsOptional = false, bool Repeats = false);

/// <summary>
/// An entry of the catalogue: a function or an operator, how its arguments are typed and what it gives. What it does is said twice, in SQL in Storage
/// and for a check of that in the tests.
/// </summary>
public sealed class Function
{
    /// <summary>An entry whose result type does not depend on its arguments.</summary>
    public Function(string name, ValueKind result, string summary, params Parameter[] parameters) : this(name, summary, parameters) =>
        Bind = invocation => invocation.Convert().Then<Expression>(arguments => invocation.Give(new(result), arguments));

    /// <summary>An entry that types itself.</summary>
    public Function(string name, Func<Invocation, Result<Expression>> bind, string summary, params Parameter[] parameters) : this(name, summary, parameters) => Bind = bind;

    Function(string name, string summary, Parameter[] parameters) => (Name, Summary, Parameters, Bind) = (name, summary, parameters, null!);

    /// <summary>In capitals, or the operator's sign.</summary>
    public string Name { get; }

    /// <summary>What it gives, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>In order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Types a call; <see cref="Invocation.Convert"/> has not been applied.</summary>
    internal Func<Invocation, Result<Expression>> Bind { get; }

    /// <summary>It may give an error though no argument does.</summary>
    public bool CanFail { get; init; }

    /// <summary>How it depends on the time.</summary>
    public FormulaClock Clock { get; init; }

    /// <summary>It may stand without parentheses: <c>TRUE</c>.</summary>
    public bool IsBare { get; init; }

    /// <summary>How it is written: <c>LEFT(text, [count])</c>.</summary>
    public string Usage => char.IsLetter(Name[0])
        ? $"{Name}({string.Join(", ", Parameters.Select(p => (p.IsOptional ? $"[{p.Name}]" : p.Name) + (p.Repeats ? "…" : "")))})"
        : Parameters.Count == 1 ? $"{Name}{Parameters[0].Name}" : $"{Parameters[0].Name} {Name} {Parameters[1].Name}";

    internal int Fewest => Parameters.Count(p => !p.IsOptional);

    internal int Most => Parameters.Any(p => p.Repeats) ? int.MaxValue : Parameters.Count;
}
