using System.Buffers.Text;
using System.Globalization;

namespace PyBase.Extraction.Part21;

/// <summary>
/// Walks the parameters of an instance or list, one <see cref="Next"/> after the other. Nothing is decoded before it is
/// asked for; a question that does not fit the kind is answered with false, null or empty, never with an exception.
/// Valid until the reader moves on.
/// </summary>
public ref struct ArgumentReader
{
    readonly ReadOnlySpan<byte> all;
    readonly TextDecoder text;
    int at;

    internal ArgumentReader(ReadOnlySpan<byte> inside, TextDecoder text)
    {
        all = inside;
        this.text = text;
    }

    /// <summary>What the current parameter is.</summary>
    public ArgumentKind Kind { get; private set; }

    /// <summary>The bytes of the current parameter as written, quotes and parentheses included.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>Moves to the next parameter; false behind the last.</summary>
    public bool Next()
    {
        at = Part21Token.SkipBlank(all, at);
        if (at < all.Length && all[at] == ',')
            at = Part21Token.SkipBlank(all, at + 1);
        if (at >= all.Length)
        {
            Kind = ArgumentKind.Unknown;
            Raw = default;
            return false;
        }
        Kind = KindOf(all[at]);
        var end = Kind switch
        {
            ArgumentKind.Text => Part21Token.StringEnd(all, at),
            ArgumentKind.List => Part21Token.ListEnd(all, at, int.MaxValue, out _),
            ArgumentKind.Typed => TypedEnd(),
            _ => PlainEnd(at + 1),
        };
        if (end < 0)
            end = all.Length;
        Raw = all[at..end].TrimEnd(" \t\r\n"u8);
        if (Kind == ArgumentKind.Typed && Raw.IndexOf((byte)'(') < 0)
            Kind = ArgumentKind.Unknown;
        at = end;
        return true;
    }

    /// <summary>Passes over parameters; false when there are fewer.</summary>
    public bool Skip(int count)
    {
        while (count-- > 0)
        {
            if (!Next())
                return false;
        }
        return true;
    }

    /// <summary>The text of a string, escapes resolved (ISO 10303-21, 6.4.3); empty for any other kind.</summary>
    public readonly string Text() => Kind == ArgumentKind.Text ? text.Decode(Inside()) : "";

    /// <summary>The instance name of <c>#123</c>.</summary>
    public readonly bool TryReference(out long id)
    {
        id = 0;
        return Kind == ArgumentKind.Reference && Utf8Parser.TryParse(Raw[1..], out id, out var used) && used == Raw.Length - 1;
    }

    /// <summary>The instance name of <c>#123</c>, or 0, which no instance has.</summary>
    public readonly long Reference() => TryReference(out var id) ? id : 0;

    /// <summary>The number, also inside a typed parameter such as <c>COUNT_MEASURE(4.)</c>; always finite.</summary>
    public readonly bool TryNumber(out double value)
    {
        if (Kind == ArgumentKind.Typed)
        {
            var inner = Items();
            value = 0;
            return inner.Next() && inner.Kind != ArgumentKind.Typed && inner.TryNumber(out value);
        }
        value = 0;
        return Kind == ArgumentKind.Number
            && double.TryParse(Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>The name inside <c>.NAME.</c>; empty for any other kind.</summary>
    public readonly ReadOnlySpan<byte> Enumeration() => Kind == ArgumentKind.Enumeration ? Raw.Trim((byte)'.') : default;

    /// <summary>The parameters inside a list or a typed parameter; none for any other kind.</summary>
    public readonly ArgumentReader Items()
    {
        var open = Kind is ArgumentKind.List or ArgumentKind.Typed ? Raw.IndexOf((byte)'(') : -1;
        return new ArgumentReader(open < 0 ? default : Raw[(open + 1)..(Raw[^1] == ')' && open < Raw.Length - 1 ? ^1 : ^0)], text);
    }

    /// <summary>The references in a list, at most <paramref name="max"/>; what is no reference is passed over.</summary>
    public readonly IReadOnlyList<long> References(int max = 100_000)
    {
        List<long> ids = [];
        var items = Items();
        while (ids.Count < max && items.Next())
        {
            if (items.TryReference(out var id))
                ids.Add(id);
        }
        return ids;
    }

    readonly ReadOnlySpan<byte> Inside() => Raw[1..(Raw.Length > 1 && Raw[^1] == '\'' ? ^1 : ^0)];

    static ArgumentKind KindOf(byte first) => first switch
    {
        (byte)'\'' => ArgumentKind.Text,
        (byte)'#' => ArgumentKind.Reference,
        (byte)'$' => ArgumentKind.Omitted,
        (byte)'*' => ArgumentKind.Derived,
        (byte)'(' => ArgumentKind.List,
        (byte)'"' => ArgumentKind.Binary,
        // A real never starts with its point (6.4.2), so a point opens an enumeration.
        (byte)'.' => ArgumentKind.Enumeration,
        (byte)'+' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') => ArgumentKind.Number,
        (byte)'!' => ArgumentKind.Typed,
        _ => Part21Token.IsLetter(first) ? ArgumentKind.Typed : ArgumentKind.Unknown,
    };

    readonly int TypedEnd()
    {
        var end = at;
        while (end < all.Length && Part21Token.IsKeyword(all[end]))
            end++;
        end = Part21Token.SkipBlank(all, end);
        return end < all.Length && all[end] == '(' ? Part21Token.ListEnd(all, end, int.MaxValue, out _) : PlainEnd(end);
    }

    readonly int PlainEnd(int from)
    {
        // Raw must not include a comment: "5./* mm */,".
        var end = from >= all.Length ? -1 : all[from..].IndexOfAny((byte)',', (byte)')', (byte)'/');
        return end < 0 ? all.Length : Math.Max(from + end, at + 1);
    }
}
