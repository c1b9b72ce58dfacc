using PyBase.Core.Formulas;
using PyBase.Core.Formulas.Functions;

namespace PyBase.Storage.Formulas;

/// <summary>List functions.</summary>
static class ListSql
{
    public static readonly Dictionary<string, FunctionSql> All = new()
    {
        ["ARRAYCOMPACT"] = new((_, call, a) => Bounded($"pybase.compact({Together(call, a)})")),
        ["ARRAYFLATTEN"] = new((_, call, a) => Bounded(Together(call, a))),
        ["ARRAYJOIN"] = new((_, call, a) => Piece.Solid(call.Arguments[0].Type.IsList
            ? $"coalesce(left(array_to_string(({a[0].Sql})[1:100001], {(a.Count > 1 ? $"left({a[1].Text}, 1000)" : "', '")}, ''), 100000), '')" : a[0].Text)),
        ["ARRAYSLICE"] = new((_, call, a) => Bounded($"pybase.slice({(call.Arguments[0].Type.IsList ? a[0].Sql : Together(call, [a[0]]))}, {a[1].Number}, {(a.Count > 2 ? a[2].Number : "1e9")})")),
        ["ARRAYUNIQUE"] = new((_, call, a) => Bounded($"pybase.unique({Together(call, a)})")),
    };

    static Piece Bounded(string list) => new($"({list})[1:{Lists.MaxItems}]");

    static string Together(Call call, IReadOnlyList<Piece> arguments)
    {
        var type = ConstantSql.Type(call.Type);
        var (parts, singles) = (new List<string>(), new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!call.Arguments[i].Type.IsList)
            {
                // Empty text is blank in a list too, and a box that is not ticked is not.
                singles.Add(call.Type.Kind switch
                {
                    ValueKind.Text when !arguments[i].IsNeverEmpty => $"nullif({arguments[i].Sql}, '')",
                    ValueKind.Boolean => arguments[i].Truth,
                    _ => arguments[i].Sql,
                });
                continue;
            }
            Flush();
            parts.Add($"{arguments[i].Sql}::{type}");
        }
        Flush();
        return parts.Count == 1 ? $"({parts[0]})" : $"({string.Join(" || ", parts)})";

        void Flush()
        {
            if (singles.Count > 0)
                parts.Add($"array[{string.Join(", ", singles)}]::{type}");
            singles.Clear();
        }
    }
}
