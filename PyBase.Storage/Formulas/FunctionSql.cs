using System.Collections.Frozen;
using PyBase.Core.Formulas;
using PyBase.Core.Formulas.Functions;

namespace PyBase.Storage.Formulas;

/// <summary>Writes a call, given its arguments.</summary>
delegate Piece WriteCall(FormulaBuilder builder, Call call, IReadOnlyList<Piece> arguments);

/// <summary>What a function is in SQL.</summary>
/// <param name="IsStrict">An error of any argument is its error; else it says itself what its error is.</param>
/// <param name="IsLazy">It gets no arguments, compiles them itself, and says itself how deep it is.</param>
sealed record FunctionSql(WriteCall Compile, bool IsStrict = true, bool IsLazy = false)
{
    /// <summary>A family is a file and one line here.</summary>
    static readonly FrozenDictionary<string, FunctionSql> All = new[]
    {
        OperatorSql.All, TextSql.All, NumberSql.All, LogicSql.All, ListSql.All, RecordSql.All, DateSql.All, RegexSql.All,
    }.SelectMany(family => family).ToFrozenDictionary(entry => entry.Key, entry => entry.Value);

    public static FunctionSql Of(Function function) => All[function.Name];

    public static bool Has(Function function) => All.ContainsKey(function.Name);

    /// <summary>A function whose result is never null.</summary>
    public static FunctionSql Solid(Func<IReadOnlyList<Piece>, string> sql) => new((_, _, arguments) => Piece.Solid(sql(arguments)));
}
