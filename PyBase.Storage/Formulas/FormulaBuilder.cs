using System.Globalization;
using System.Text;
using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>
/// Compiles the expressions of one formula. What is needed twice, and what is nested deeply, is computed once in a lateral; those of one level share one,
/// fenced by OFFSET 0 so that the planner does not write it out again.
/// </summary>
sealed class FormulaBuilder(FormulaRow row, string prefix)
{
    const int Deepest = 20;
    const int LongestError = 300;

    readonly Dictionary<Expression, Piece> done = new(ReferenceEqualityComparer.Instance);
    readonly List<List<string>> levels = [];
    int lets;

    public FormulaRow Row => row;

    public string Laterals
    {
        get
        {
            var laterals = new StringBuilder();
            for (var level = 0; level < levels.Count; level++)
                laterals.Append(CultureInfo.InvariantCulture, $" cross join lateral (select {string.Join(", ", levels[level])} offset 0) {prefix}{level + 1}");
            return laterals.ToString();
        }
    }

    public Piece Compile(Expression expression)
    {
        if (done.TryGetValue(expression, out var known))
            return known;
        var piece = expression switch
        {
            Constant constant => ConstantSql.Compile(constant),
            FieldValue value => FieldSql.Compile(row, value.Field, value.Part),
            GatheredValues => new Piece(row.Values ?? throw new InvalidOperationException("Nothing was gathered for this row.")) { IsAtom = row.Values.Length < 100 },
            Conversion conversion => Keep(ConversionSql.Compile(this, conversion), [Compile(conversion.Source)]),
            Call call => Call(call),
            _ => throw new InvalidOperationException($"No SQL for {expression}."),
        };
        if (piece.Depth > Deepest)
            piece = Let(piece);
        return done[expression] = piece.Error?.Length > LongestError ? BindError(piece) : piece;
    }

    /// <summary>An expression that will be written more than once.</summary>
    public Piece Atom(Expression expression) => done[expression] = Let(Compile(expression));

    /// <summary>It has been compiled already, for another place.</summary>
    public bool IsShared(Expression expression) => done.ContainsKey(expression);

    /// <summary>A piece that will be written more than once.</summary>
    public Piece Let(Piece piece) => piece.IsAtom ? piece
        : piece with { Sql = Bind(piece.Sql, piece.Level), IsAtom = true, Level = piece.Level + 1, Depth = 1 };

    /// <summary>The same with its error computed once.</summary>
    public Piece BindError(Piece piece) => piece.Error is null || piece.Error.Length < 60 ? piece
        : piece with { Error = Bind(piece.Error, piece.Level), Level = piece.Level + 1 };

    /// <summary>The first error of several.</summary>
    public static string? FirstError(params IEnumerable<string?> errors)
    {
        var some = errors.Where(e => e is not null).Distinct().ToArray();
        return some.Length switch { 0 => null, 1 => some[0], _ => $"coalesce({string.Join(", ", some)})" };
    }

    Piece Call(Call call)
    {
        var function = FunctionSql.Of(call.Function);
        // The ways of a choice are compiled by the choice, which flattens them.
        var arguments = function.IsLazy ? [] : call.Arguments.Select(Compile).ToArray();
        var piece = function.Compile(this, call, arguments);
        // A function may have named its arguments meanwhile.
        arguments = function.IsLazy ? [] : [.. call.Arguments.Select(Compile)];
        return Keep(function.IsStrict ? piece with { Error = FirstError([.. arguments.Select(a => a.Error), piece.Error]) } : piece, arguments);
    }

    static Piece Keep(Piece piece, IReadOnlyList<Piece> parts) => piece with
    {
        Level = parts.Select(p => p.Level).Append(piece.Level).Max(),
        Depth = piece.IsAtom ? 1 : parts.Select(p => p.Depth).Append(piece.Depth - 1).Max() + 1,
    };

    string Bind(string sql, int level)
    {
        while (levels.Count <= level)
            levels.Add([]);
        // PostgreSQL's limit of columns is 1,664.
        while (levels[level].Count == 1_000)
            if (++level == levels.Count)
                levels.Add([]);
        var name = $"c{++lets}";
        levels[level].Add($"{sql} as {name}");
        return $"{prefix}{level + 1}.{name}";
    }
}
