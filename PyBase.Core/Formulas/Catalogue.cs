using System.Collections.Frozen;
using PyBase.Core.Formulas.Functions;

namespace PyBase.Core.Formulas;

/// <summary>Every function and operator. A family is a file in <c>Functions</c> and one line here.</summary>
public static class Catalogue
{
    /// <summary>The families, by the heading they have in the documentation.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<Function> Functions)> Families { get; } =
    [
        ("Operators", Operators.All),
        ("Text", Texts.All),
        ("Numbers", Numbers.All),
        ("Logic", Logic.All),
        ("Lists", Lists.All),
        ("Records", RecordFunctions.All),
        ("Dates", Dates.All),
        ("Engineering notation", Notations.All),
        ("Regular expressions", RegexFunctions.All),
    ];

    static readonly FrozenDictionary<string, Function> ByName = Families.SelectMany(f => f.Functions).ToFrozenDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>By name, in whatever case.</summary>
    public static Function? Find(string name) => ByName.GetValueOrDefault(name);
}
