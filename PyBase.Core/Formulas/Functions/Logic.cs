using PyBase.Core.Errors;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>Truth, choice and errors.</summary>
public static class Logic
{
    static readonly Parameter Value = new("value", Wanted.Any);
    static readonly Parameter Conditions = new("condition", Wanted.Any, true, true);

    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("AND", Lists.Flat(ValueKind.Boolean, ValueKind.Boolean), "Whether all are true.", Conditions),
        new("BLANK", i => new Constant { Type = new(Blank), Value = null, Position = i.Position }, "No value.") { IsBare = true },
        new("ERROR", Blank, "An error, in every row that comes here.", new Parameter("message", Wanted.Text, true)) { CanFail = true },
        new("FALSE", i => new Constant { Type = new(ValueKind.Boolean), Value = false, Position = i.Position }, "False, which is 0.") { IsBare = true },
        new("IF", If, "The second when the first is true, else the third, or blank.", new("condition", Wanted.Condition), new("then", Wanted.Any), new("else", Wanted.Any, true)),
        new("IFERROR", IfError, "The value, or the other when it is an error.", Value, new("otherwise", Wanted.Any)),
        new("IFS", Ifs, "The value behind the first condition that is true; blank when none is.", new("condition", Wanted.Any), new("value", Wanted.Any), new("more", Wanted.Any, true, true)),
        new("ISBLANK", ValueKind.Boolean, "Whether there is no value; 0 and false are values, empty text and empty lists are none.", Value),
        new("ISERROR", i => i.Give(new(ValueKind.Boolean), i.Arguments, canFail: false), "Whether it is an error, NaN or infinite.", Value),
        new("ISNUMBER", ValueKind.Boolean, "Whether it is a number; blank is none.", Value),
        new("ISTEXT", ValueKind.Boolean, "Whether it is text; blank is none.", Value),
        new("NOT", ValueKind.Boolean, "The opposite.", new Parameter("condition", Wanted.Condition)),
        new("OR", Lists.Flat(ValueKind.Boolean, ValueKind.Boolean), "Whether any is true.", Conditions),
        new("SWITCH", Switch, "The result behind the first pattern that is the same as the value, else the last argument when it stands alone.",
            Value, new("pattern", Wanted.Any), new("result", Wanted.Any), new("more", Wanted.Any, true, true)),
        new("TRUE", i => new Constant { Type = new(ValueKind.Boolean), Value = true, Position = i.Position }, "True, which is 1.") { IsBare = true },
        new("XOR", Lists.Flat(ValueKind.Boolean, ValueKind.Boolean), "Whether an odd number of them is true.", Conditions),
    ];

    /// <summary>Branches in one type; empty text in the formula counts as blank, so that <c>IF(x, 5, "")</c> is a number.</summary>
    static Result<IReadOnlyList<Expression>> Branches(Invocation call, IReadOnlyList<Expression> branches, out FormulaType type)
    {
        var common = Conversions.Unify(branches.Select(b => b is Constant { Value: "" } ? new FormulaType(Blank) : b.Type));
        type = common.Kind is Blank && branches.Any(b => b is Constant { Value: "" }) ? new FormulaType(Text) : common;
        var converted = new List<Expression>(branches.Count);
        foreach (var branch in branches)
        {
            var given = branch is Constant { Value: "" } && type != new FormulaType(Text) ? new Constant { Type = new(Blank), Value = null, Position = branch.Position } : branch;
            if (!call.As(given, type).TryGet(out var same, out var error))
                return error;
            converted.Add(same);
        }
        return converted;
    }

    static Expression Nothing(Invocation call) => new Constant { Type = new(Blank), Value = null, Position = call.Position };

    static Result<Expression> If(Invocation call)
    {
        if (!call.As(0, Wanted.Condition).TryGet(out var condition, out var error)
            || !Branches(call, [call.Arguments[1], call.Arguments.Count > 2 ? call.Arguments[2] : Nothing(call)], out var type).TryGet(out var branches, out error))
            return error;
        return call.Give(type, [condition, .. branches]);
    }

    /// <summary>The value as it is and as the type of both: a NaN is an error though its text is none.</summary>
    static Result<Expression> IfError(Invocation call) =>
        Branches(call, call.Arguments, out var type).Then<Expression>(branches => call.Give(type, [call.Arguments[0], .. branches], canFail: branches[1].CanFail));

    /// <summary>Settled as condition, value, condition, value, …, and what else.</summary>
    static Result<Expression> Ifs(Invocation call)
    {
        if (call.Arguments.Count % 2 != 0)
            return call.Refuse("IFS takes a value behind every condition");
        var pairs = call.Arguments.Count / 2;
        if (!Branches(call, [.. Enumerable.Range(0, pairs).Select(i => call.Arguments[2 * i + 1]), Nothing(call)], out var type).TryGet(out var branches, out var error))
            return error;
        var arguments = new List<Expression>();
        for (var i = 0; i < pairs; i++)
        {
            if (!call.As(2 * i, Wanted.Condition).TryGet(out var condition, out error))
                return error;
            arguments.Add(condition);
            arguments.Add(branches[i]);
        }
        return call.Give(type, [.. arguments, branches[^1]]);
    }

    /// <summary>As IFS with a comparison for each pattern. The value is the same object in each, so that it is computed once.</summary>
    static Result<Expression> Switch(Invocation call)
    {
        var pairs = (call.Arguments.Count - 1) / 2;
        var otherwise = call.Arguments.Count % 2 == 0 ? call.Arguments[^1] : Nothing(call);
        if (!Branches(call, [.. Enumerable.Range(0, pairs).Select(i => call.Arguments[2 * i + 2]), otherwise], out var type).TryGet(out var branches, out var error))
            return error;
        var arguments = new List<Expression>();
        for (var i = 0; i < pairs; i++)
        {
            var equal = new Invocation(Operators.Equal, [call.Arguments[0], call.Arguments[2 * i + 1]], call.Position, call.Table);
            if (!Operators.Equal.Bind(equal).TryGet(out var condition, out error))
                return error;
            arguments.Add(condition);
            arguments.Add(branches[i]);
        }
        return call.Give(type, [.. arguments, branches[^1]]);
    }
}
