using PyBase.Core.Errors;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>Lists, as lookups give them and rollups gather them; of at most 10,000 items.</summary>
public static class Lists
{
    /// <summary>Most items of a list that a formula gives.</summary>
    public const int MaxItems = 10_000;

    static readonly Parameter Values = new("values", Wanted.Any);
    static readonly Parameter More = new("values", Wanted.Any, false, true);

    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("ARRAYCOMPACT", List, "The items that are not blank.", More),
        new("ARRAYFLATTEN", List, "All items as one list.", More),
        new("ARRAYJOIN", Join, "The items as text with a separator between them, which is \", \" when none is given.", Values, new("separator", Wanted.Text, true)),
        new("ARRAYSLICE", Slice, "The items from a place to another, both included; they count from 1, negative ones from the end.", Values, new("start", Wanted.Number), new("end", Wanted.Number, true)),
        new("ARRAYUNIQUE", List, "Every item once, where it stands first.", More),
    ];

    /// <summary>Values and lists side by side, their items brought to one kind; null leaves each what it is.</summary>
    internal static Func<Invocation, Result<Expression>> Flat(ValueKind? items, ValueKind result) => call => Flat(call, items, new(result));

    internal static Result<Expression> Flat(Invocation call, ValueKind? items, FormulaType result)
    {
        var arguments = new List<Expression>(call.Arguments.Count);
        foreach (var argument in call.Arguments)
        {
            var type = items is { } kind ? new FormulaType(kind, argument.Type.IsList) : argument.Type;
            if (!call.As(argument, type).TryGet(out var converted, out var error))
                return error;
            arguments.Add(converted);
        }
        return call.Give(result, arguments);
    }

    static ValueKind Kind(Invocation call) => Conversions.Unify(call.Arguments.Select(a => a.Type with { IsList = false })).Kind is var kind and not Blank ? kind : Text;

    static Result<Expression> List(Invocation call) => Flat(call, Kind(call), new(Kind(call), IsList: true));

    static Result<Expression> Join(Invocation call)
    {
        if (!call.As(0, new FormulaType(Text, call.Arguments[0].Type.IsList)).TryGet(out var list, out var error))
            return error;
        if (call.Arguments.Count == 1)
            return call.Give(new(Text), [list]);
        return call.As(1, Wanted.Text).Then<Expression>(separator => call.Give(new(Text), [list, separator]));
    }

    static Result<Expression> Slice(Invocation call)
    {
        var list = call.Arguments[0].Type.Kind is Blank ? call.As(0, new FormulaType(Text)) : call.Arguments[0];
        if (!list.TryGet(out var items, out var error))
            return error;
        var arguments = new List<Expression> { items };
        for (var i = 1; i < call.Arguments.Count; i++)
        {
            if (!call.As(i, Wanted.Number).TryGet(out var place, out error))
                return error;
            arguments.Add(place);
        }
        return call.Give(items.Type with { IsList = true }, arguments);
    }
}
