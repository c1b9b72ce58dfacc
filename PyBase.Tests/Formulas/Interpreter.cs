using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PyBase.Core.Formulas;

namespace PyBase.Tests.Formulas;

/// <summary>This row has no answer.</summary>
sealed class NoAnswer : Exception;

/// <summary>
/// The language once more, for one row at a time and without SQL: what <see cref="RandomFormulaTests"/> compares the database with. Values are null, double, string, bool,
/// DateOnly, DateTime, and lists of them.
/// </summary>
sealed partial class Interpreter(IReadOnlyDictionary<string, object?> row)
{
    static readonly NoAnswer None = new();

    public object? Of(Expression expression) => expression switch
    {
        Constant { Value: DateTimeOffset moment } => moment.UtcDateTime,
        Constant constant => constant.Value,
        FieldValue field => row[field.Field.Id] is NoAnswer wrong ? throw wrong : row[field.Field.Id],
        Conversion conversion => Convert(Of(conversion.Source), conversion.Source.Type, conversion.Type),
        Call call => Call(call),
        _ => throw new NotSupportedException(expression.ToString()),
    };

    static object? Convert(object? value, FormulaType given, FormulaType to)
    {
        if (to.IsList)
            return value is object?[] items ? items.Select(i => Convert(i, given with { IsList = false }, to with { IsList = false })).ToArray() : null;
        if (value is object?[] list)
            return to.Kind switch
            {
                ValueKind.Text => string.Join(", ", list.Where(i => i is not null).Select(Shown)),
                ValueKind.Boolean => list.Length > 0,
                _ => list.Length > 1 ? throw None : Convert(list.FirstOrDefault(), given with { IsList = false }, to),
            };
        return to.Kind switch
        {
            ValueKind.Text => given.Kind is ValueKind.Boolean ? Truth(value) ? "1" : "0" : value is null ? null : Shown(value),
            ValueKind.Boolean => value switch { null => false, string s => s.Length > 0, double d => d != 0 && !double.IsNaN(d), bool b => b, _ => true },
            ValueKind.Number => given.Kind is ValueKind.Boolean ? Truth(value) ? 1d : 0d
                : value is string text ? ToNumber(text) ?? (text.Length > 0 ? throw None : null) : value,
            ValueKind.Instant => value is DateOnly day ? day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : value,
            _ => value,
        };
    }

    static bool Truth(object? value) => value is true;

    public static string Shown(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "1" : "0",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        double number => Shown(number),
        _ => throw new NotSupportedException(),
    };

    static string Shown(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        if (number == 0)
            return "0";
        var (sign, exact) = (number < 0 ? "-" : "", ExactDecimal.Of(Math.Abs(number)));
        var digits = exact.Digits.ToString(CultureInfo.InvariantCulture);
        var point = digits.Length + exact.Exponent;
        digits = digits.TrimEnd('0');
        return sign + (point is > -6 and <= 21
            ? point <= 0 ? "0." + new string('0', -point) + digits : digits.Length <= point ? digits.PadRight(point, '0') : digits.Insert(point, ".")
            : (digits.Length > 1 ? digits.Insert(1, ".") : digits) + (point > 0 ? "e+" : "e-") + Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture));
    }

    static double? ToNumber(string text)
    {
        var match = Numeric().Match(Skipped().Replace(text, ""));
        if (!match.Success || text.Length > 1_000)
            return null;
        var exponent = match.Groups[2].Length > 0 ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
        return double.Parse($"{match.Groups[1].Value}E{exponent - (match.Groups[3].Length > 0 ? 2 : 0)}", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"[\s,$€£¥\u00a0\u202f]")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:[eE]([+-]?[0-9]{1,4}))?(%?)$")]
    private static partial Regex Numeric();

    object? Call(Call call)
    {
        var name = call.Function.Name;
        switch (name)
        {
            case "IF" or "IFS" or "SWITCH":
                for (var i = 0; i + 1 < call.Arguments.Count; i += 2)
                    if (Truth(Of(call.Arguments[i])))
                        return Of(call.Arguments[i + 1]);
                return Of(call.Arguments[^1]);
            case "IFERROR":
                return Fails(call.Arguments[0]) || Fails(call.Arguments[1]) && call.Arguments[1].Type.Kind is not ValueKind.Number ? Of(call.Arguments[2]) : Of(call.Arguments[1]);
            case "ISERROR":
                return Fails(call.Arguments[0]);
            case "ERROR":
                throw None;
        }
        var a = call.Arguments.Select(Of).ToArray();
        return name switch
        {
            "=" or "!=" or "<" or "<=" or ">" or ">=" => Compare(name, a[0], a[1], call.Arguments[0].Type.Kind, call.Arguments[1].Type.Kind),
            "&" or "CONCATENATE" or "CONCAT" => Cut(string.Concat(a.SelectMany(v => v is object?[] list ? list : [v]).Select(Shown))),
            "-" => -N(a[0]),
            "+" or "*" => Chain((string)call.Settled!, a),
            "CONVERT" => ((double Factor, double Offset))call.Settled! is var (factor, offset) ? offset == 0 ? N(a[0]) * factor : N(a[0]) * factor + offset : null,
            "days between" => a[0] is DateTime x && a[1] is DateTime y ? (double)((decimal)(x - y).Ticks / TimeSpan.TicksPerSecond) / 86400 : null,
            "days later" => a[0] is null ? null : Shift(a[0]!, (int)call.Settled! * Math.Clamp(double.IsNaN(N(a[1])) ? 1e7 : N(a[1]), -1e7, 1e7)),
            "RECORD_ID" => row["_id"],
            "PI" => Math.PI,
            _ => TextFunction(name, a, call) ?? NumberFunction(name, a, call) ?? Other(name, a, call),
        } is var result && result is Nothing ? null : result;
    }

    static object Shift(object date, double days)
    {
        try
        {
            return date is DateOnly day ? day.AddDays((int)Math.Floor(days)) : ((DateTime)date).AddTicks((long)Math.Floor(days * 24 * 3_600_000) * TimeSpan.TicksPerMillisecond);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw None;
        }
    }

    /// <summary>A blank that a function gave.</summary>
    sealed record Nothing
    {
        public static readonly Nothing One = new();
    }

    bool Fails(Expression expression)
    {
        try
        {
            return Of(expression) is double number && expression.Type.Kind is ValueKind.Number && !double.IsFinite(number);
        }
        catch (NoAnswer)
        {
            return true;
        }
    }

    static double N(object? value) => (double?)value ?? 0;

    static string T(object? value) => (string?)value ?? "";

    static string Cut(string text) => text.EnumerateRunes().Take(100_001).Count() <= 100_000 ? text : string.Concat(text.EnumerateRunes().Take(100_000));

    static double Chain(string signs, object?[] values)
    {
        var result = N(values[0]);
        for (var i = 0; i < signs.Length; i++)
        {
            var next = N(values[i + 1]);
            result = signs[i] switch { '+' => result + next, '-' => result - next, '*' => result * next, _ => Divide(result, next) };
        }
        return result;
    }

    /// <summary>There is no negative zero to divide by.</summary>
    static double Divide(double a, double b) => b == 0 ? a == 0 || double.IsNaN(a) ? double.NaN : a > 0 ? double.PositiveInfinity : double.NegativeInfinity : a / b;

    static bool Compare(string sign, object? a, object? b, ValueKind ka, ValueKind kb)
    {
        var order = (ka, kb) switch
        {
            (ValueKind.Number, ValueKind.Number) => Order(N(a), N(b)),
            (ValueKind.Number, ValueKind.Text) => T(b).Length == 0 ? Order(N(a), 0) : Runes(Shown(a), T(b)),
            (ValueKind.Text, ValueKind.Number) => T(a).Length == 0 ? Order(0, N(b)) : Runes(T(a), Shown(b)),
            (ValueKind.Boolean, _) => Truth(a).CompareTo(Truth(b)),
            (ValueKind.Text, _) => Runes(T(a), T(b)),
            _ => a is null || b is null ? (a is null ? 0 : 1) - (b is null ? 0 : 1) : ((IComparable)a).CompareTo(b),
        };
        return sign switch { "=" => order == 0, "!=" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    /// <summary>NaN is itself, and more than all others.</summary>
    static int Order(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b);

    static int Runes(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
}
