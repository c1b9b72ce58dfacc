using System.Text;
using PyBase.Core.Formulas;

namespace PyBase.Tests.Formulas;

sealed partial class Interpreter
{
    static string[] Characters(object? text) => [.. T(text).EnumerateRunes().Select(r => r.ToString())];

    static int Whole(object? value) => N(value) switch { double.NaN => 0, >= 1e9 => 1_000_000_000, <= -1e9 => -1_000_000_000, var x => (int)x };

    static string Part(string[] characters, int from, int count) => string.Concat(characters.Skip(from).Take(Math.Max(count, 0)));

    static object? TextFunction(string name, object?[] a, Call call)
    {
        switch (name)
        {
            case "LEFT":
                return Part(Characters(a[0]), 0, a.Length > 1 ? Whole(a[1]) : 1);
            case "RIGHT":
                var all = Characters(a[0]);
                var count = Math.Clamp(a.Length > 1 ? Whole(a[1]) : 1, 0, all.Length);
                return Part(all, all.Length - count, count);
            case "MID":
                return Part(Characters(a[0]), Math.Max(Whole(a[1]), 1) - 1, Whole(a[2]));
            case "LEN":
                return (double)Characters(a[0]).Length;
            case "LOWER":
                return T(a[0]).ToLowerInvariant();
            case "UPPER":
                return T(a[0]).ToUpperInvariant();
            case "TRIM":
                return T(a[0]).Trim();
            case "FIND":
                return (double)Find(T(a[0]), Characters(a[1]), a.Length > 2 ? Whole(a[2]) : 0);
            case "SEARCH":
                return Find(T(a[0]).ToLowerInvariant(), Characters(T(a[1]).ToLowerInvariant()), a.Length > 2 ? Whole(a[2]) : 0) is > 0 and var place ? (double)place : Nothing.One;
            case "REPLACE":
                var (whole, start) = (Characters(a[0]), Math.Max(Whole(a[1]), 1));
                return Part(whole, 0, start - 1) + T(a[3]) + Part(whole, start - 1 + Math.Max(Whole(a[2]), 0), int.MaxValue);
            case "REPT":
                var times = Math.Max(Whole(a[1]), 0);
                return T(a[0]).Length == 0 ? "" : Cut(new StringBuilder().Insert(0, T(a[0]), Math.Min(times, 100_001)).ToString());
            case "SUBSTITUTE":
                return Substitute(T(a[0]), T(a[1]), T(a[2]), a.Length > 3 ? Whole(a[3]) : null);
            case "ENCODE_URL_COMPONENT":
                return Uri.EscapeDataString(T(a[0])).Replace("%21", "!", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal)
                    .Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal);
            case "T":
                return call.Arguments[0].Type.Kind is ValueKind.Text ? T(a[0]) : Nothing.One;
            case "VALUE":
                return T(a[0]).Length == 0 ? Nothing.One : ToNumber(T(a[0])) ?? throw None;
            default:
                return null;
        }
    }

    static int Find(string wanted, string[] hay, int skip)
    {
        skip = Math.Clamp(skip, 0, hay.Length);
        var rest = string.Concat(hay.Skip(skip));
        var at = rest.IndexOf(wanted, StringComparison.Ordinal);
        return at < 0 ? 0 : rest[..at].EnumerateRunes().Count() + skip + 1;
    }

    static string Substitute(string whole, string old, string replacement, int? number)
    {
        if (old.Length == 0)
            return whole;
        var parts = whole.Split(old);
        if (number is null)
            return Cut(string.Join(replacement, parts));
        return number < 1 || number >= parts.Length ? whole : string.Join(old, parts.Take(number.Value)) + replacement + string.Join(old, parts.Skip(number.Value));
    }

    static object? NumberFunction(string name, object?[] a, Call call)
    {
        switch (name)
        {
            case "ABS":
                return Math.Abs(N(a[0]));
            case "CEILING":
                return a.Length == 1 ? Math.Ceiling(N(a[0])) : Multiple(N(a[0]), N(a[1]), true);
            case "FLOOR":
                return a.Length == 1 ? Math.Floor(N(a[0])) : Multiple(N(a[0]), N(a[1]), false);
            case "EVEN":
                return Multiple(N(a[0]), 2, true);
            case "ODD":
                var size = Math.Abs(N(a[0]));
                return double.IsNaN(size) || size >= 9007199254740992 ? N(a[0]) : Math.CopySign(size <= 1 ? 1 : Math.Ceiling((size - 1) / 2) * 2 + 1, N(a[0]) < 0 ? -1 : 1);
            case "INT":
                return Math.Floor(N(a[0]));
            case "EXP":
                return N(a[0]) < -708.39 ? 0 : Math.Exp(N(a[0]));
            case "LN":
                return Math.Log(N(a[0]));
            case "LOG":
                var given = a.Length > 1 ? N(a[1]) : 10;
                return given == 10 && N(a[0]) > 0 ? Math.Log10(N(a[0])) : given > 0 ? Divide(Math.Log(N(a[0])), Math.Log(given)) : double.NaN;
            case "SQRT":
                return Math.Sqrt(N(a[0]));
            case "^" or "POWER":
                return Math.Pow(N(a[0]) + 0d, N(a[1])) is var power && Math.Abs(power) < 2.3e-308 ? 0 : power;
            case "MOD":
                return Mod(N(a[0]), N(a[1]));
            case "ROUND" or "ROUNDUP" or "ROUNDDOWN":
                return !double.IsFinite(N(a[0])) ? N(a[0])
                    : ExactDecimal.Of(N(a[0])).Round(Math.Clamp(a.Length > 1 ? Whole(a[1]) : 0, -400, 400), name switch { "ROUND" => 0, "ROUNDUP" => 1, _ => -1 }).ToDouble();
            case "SUM":
                return Sum(Numbers(a, call));
            case "AVERAGE" or "AVG":
                var numbers = Numbers(a, call);
                return numbers.Length == 0 ? double.NaN : numbers.All(double.IsFinite) ? Exactly(numbers).Over(numbers.Length) : Sum(numbers);
            case "MIN" or "MAX" when call.Type.Kind is ValueKind.Number:
                return Numbers(a, call).Order(Comparer<double>.Create(Order)).ToArray() is { Length: > 0 } sorted ? name is "MIN" ? sorted[0] : sorted[^1] : 0d;
            default:
                return null;
        }
    }

    /// <summary>Numbers, boxes, and text that shows a number.</summary>
    static double[] Numbers(object?[] values, Call call) => [.. Items(values, call)
        .Select(v => v.Kind is ValueKind.Boolean ? Truth(v.Item) ? 1 : 0 : v.Item switch { double d => d, string s => ToNumber(s), _ => null }).OfType<double>()];

    static IEnumerable<(object? Item, ValueKind Kind)> Items(object?[] values, Call call) => values.SelectMany((v, i) => call.Arguments[i].Type is var type && type.IsList
        ? ((object?[]?)v ?? []).Select(x => (x, type.Kind)) : [(v, type.Kind)]);

    static ExactDecimal Exactly(double[] numbers) => numbers.Select(ExactDecimal.Of).Aggregate(default(ExactDecimal), (a, b) => a + b);

    static double Sum(double[] numbers) => numbers.All(double.IsFinite) ? Exactly(numbers).ToDouble() : numbers.Where(n => !double.IsFinite(n)).Sum();

    static double Multiple(double x, double step, bool up)
    {
        if (!double.IsFinite(x) || !double.IsFinite(step))
            return double.IsFinite(x) ? double.NaN : x;
        if (step == 0)
            return 0;
        var (n, size) = (ExactDecimal.Of(x), ExactDecimal.Of(Math.Abs(step)));
        var remains = ExactDecimal.Remainder(n, size);
        var below = n + new ExactDecimal(-remains.Digits, remains.Exponent);
        return (up && remains.Digits > 0 ? below + size : below).ToDouble();
    }

    static double Mod(double a, double b) => b == 0 || double.IsNaN(b) || !double.IsFinite(a) ? double.NaN
        : double.IsInfinity(b) ? a == 0 || a > 0 == b > 0 ? a : b
        : ExactDecimal.Remainder(ExactDecimal.Of(a), ExactDecimal.Of(b)).ToDouble();

    static object? Other(string name, object?[] a, Call call)
    {
        var kinds = call.Arguments.Select(x => x.Type).ToArray();
        // A box that is not ticked is false, and text that is empty is blank.
        var items = Items(a, call).Select(v => v.Kind is ValueKind.Boolean ? Truth(v.Item) : v.Item is "" ? null : v.Item).ToArray();
        return name switch
        {
            "AND" => items.All(Truth),
            "OR" => items.Any(Truth),
            "XOR" => items.Count(Truth) % 2 == 1,
            "NOT" => !Truth(a[0]),
            "ISBLANK" => kinds[0].IsList ? items.Length == 0 : items[0] is null,
            "ISNUMBER" => kinds[0] == new FormulaType(ValueKind.Number) && a[0] is not null,
            "ISTEXT" => kinds[0] == new FormulaType(ValueKind.Text) && items[0] is not null,
            "COUNT" => (double)items.Count(i => i is double or bool),
            "COUNTA" => (double)items.Count(i => i is not null),
            "COUNTALL" => (double)items.Length,
            "COUNTBLANK" => (double)items.Count(i => i is null),
            "MIN" => items.Where(i => i is not null).Min() ?? Nothing.One,
            "MAX" => items.Where(i => i is not null).Max() ?? Nothing.One,
            "ARRAYFLATTEN" => items,
            "ARRAYCOMPACT" => items.Where(i => i is not null).ToArray(),
            "ARRAYUNIQUE" => items.Distinct().ToArray(),
            "ARRAYJOIN" => kinds[0].IsList ? Cut(string.Join(a.Length > 1 ? T(a[1]) : ", ", items.Take(a[0] is object?[] list ? list.Length : 0).Select(Shown))) : T(a[0]),
            "ARRAYSLICE" => Slice(kinds[0].IsList ? (object?[]?)a[0] ?? [] : [items[0]], N(a[1]), a.Length > 2 ? N(a[2]) : 1e9),
            _ => throw new NotSupportedException(name),
        };
    }

    static object?[] Slice(object?[] list, double first, double last)
    {
        var from = Math.Max(Whole(first) + (first < 0 ? list.Length + 1 : 0), 1);
        var to = Math.Min(Whole(last) + (last < 0 ? list.Length + 1 : 0), list.Length);
        return [.. list.Skip(from - 1).Take(Math.Max(to - from + 1, 0))];
    }
}
