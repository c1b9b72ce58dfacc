using PyBase.Core.Errors;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>
/// The operators. A chain of one precedence is one call: <see cref="Call.Settled"/> then is its operators in order, for instance <c>+-+</c>.
/// </summary>
public static class Operators
{
    static readonly Parameter[] Two = [new("a", Wanted.Any), new("b", Wanted.Any)];
    static readonly Parameter[] TwoNumbers = [new("a", Wanted.Number), new("b", Wanted.Number)];

    /// <summary>Adds; the call stands for chains of <c>+</c> and <c>-</c>.</summary>
    public static Function Add { get; } = new("+", Number, "The sum; where either side is text, both texts one after the other; a day or moment and a number: so many days later.", Two);

    /// <summary>Subtracts; as a call it has one argument and changes its sign.</summary>
    public static Function Subtract { get; } = new("-", Number, "The difference; of two days or moments, in days. Before a single value: its opposite.", TwoNumbers);

    /// <summary>Multiplies; the call stands for chains of <c>*</c> and <c>/</c>.</summary>
    public static Function Multiply { get; } = new("*", Number, "The product.", TwoNumbers);

    /// <summary>Only named: see <see cref="Multiply"/>.</summary>
    public static Function Divide { get; } = new("/", Number, "The quotient; by 0 it is Infinity, -Infinity or NaN.", TwoNumbers);

    /// <summary>Raises to a power.</summary>
    public static Function Power { get; } = new("^", Number, "The first to the power of the second, as POWER.", TwoNumbers);

    /// <summary>Puts texts one behind the other.</summary>
    public static Function Join { get; } = new("&", Text, "Both as text, one after the other.", new Parameter("a", Wanted.Text), new Parameter("b", Wanted.Text));

    /// <summary>Compares.</summary>
    public static Function Equal { get; } = new("=", i => Compare(i, false), "Whether both are the same; blank, 0, \"\" and false are.", Two);

    /// <summary>A day or moment and a number: so many days later; <see cref="Call.Settled"/> is -1 for earlier.</summary>
    internal static Function Shift { get; } = new("days later", Instant, "", Two) { CanFail = true };

    /// <summary>Days from the second to the first.</summary>
    internal static Function Days { get; } = new("days between", Number, "", Two);

    /// <summary>All of them, as people write them.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        Equal,
        new("!=", i => Compare(i, false), "Whether they differ; <> is the same.", Two),
        new("<", i => Compare(i, true), "Whether the first is less; texts compare by their characters' codes, blank days come before all others.", Two),
        new("<=", i => Compare(i, true), "Whether the first is less or the same.", Two),
        new(">", i => Compare(i, true), "Whether the first is more.", Two),
        new(">=", i => Compare(i, true), "Whether the first is more or the same.", Two),
        Join, Add, Subtract, Multiply, Divide, Power,
    ];

    /// <summary>
    /// Brings both sides to one kind. A number and a text stay what they are: the text of the number is compared, and blank text counts as 0.
    /// </summary>
    static Result<Expression> Compare(Invocation call, bool isOrder)
    {
        if (!Notations.Beside(call, call.Arguments[0], call.Arguments[1]).TryGet(out var sides, out var error))
            return error;
        var (a, b) = sides;
        var isText = a.Type.Kind is Text || b.Type.Kind is Text;
        if (!One(ref a) || !One(ref b))
            throw new InvalidOperationException("A list always becomes one value.");
        if (Day(a, b) is { } day)
            b = day;
        if (Day(b, a) is { } otherDay)
            a = otherDay;
        var (ka, kb) = (a.Type.Kind, b.Type.Kind);
        ValueKind? common = (ka, kb) switch
        {
            (Blank, Blank) => Text,
            (Blank, _) => kb is ValueKind.Boolean && isOrder ? Number : kb,
            (_, Blank) => ka is ValueKind.Boolean && isOrder ? Number : ka,
            (ValueKind.Boolean, ValueKind.Boolean) => isOrder ? Number : ValueKind.Boolean,
            (Number or ValueKind.Boolean, Number or ValueKind.Boolean) => Number,
            (Date, Date) => Date,
            (Date or Instant, Date or Instant) => Instant,
            (Text, Number or ValueKind.Boolean) or (Number or ValueKind.Boolean, Text) => null,
            _ => Text,
        };
        a = common is { } kind ? a.To(new(kind))! : ka is ValueKind.Boolean ? a.To(new(Number))! : a;
        b = common is { } other ? b.To(new(other))! : kb is ValueKind.Boolean ? b.To(new(Number))! : b;
        return call.Give(new(ValueKind.Boolean), [a, b]);

        bool One(ref Expression side)
        {
            if (side.Type.IsList)
                side = side.To(new(isText ? Text : side.Type.Kind))!;
            return side is not null;
        }
    }

    /// <summary>Text in the formula that is a day or a moment, beside one: <c>{Due} = "2026-01-31"</c>. Nothing beside a number: 0 is blank.</summary>
    static Constant? Day(Expression dated, Expression text)
    {
        if (dated.Type.Kind is not (Date or Instant) || text is not Constant constant)
            return null;
        if (constant.Value is double and 0 or "")
            return new() { Type = dated.Type, Value = null, Position = text.Position };
        if (constant.Value is not string written)
            return null;
        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", out var day))
            return new() { Type = new(Date), Value = day, Position = text.Position };
        return DateTimeOffset.TryParseExact(written, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", "yyyy-MM-dd'T'HH:mmK"], System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out var moment)
            ? new() { Type = new(Instant), Value = moment, Position = text.Position } : null;
    }
}
