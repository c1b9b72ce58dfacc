namespace PyBase.Notation.Text;

/// <summary>
/// A position in a folded text. Reading moves it forward or leaves it where it was; the fault that reached furthest is
/// kept, since that is where the writer went wrong.
/// <para>
/// Numbers: a point or a comma is the decimal mark, whichever is written. Both in one number: the last is the mark, the
/// other groups thousands. One of them twice or more groups thousands (<c>1,234,567</c>). One alone is always the mark:
/// <c>1,234</c> is 1.234. Spaces group thousands (<c>1 234,5</c>). Groups have three digits. An exponent needs its sign
/// (<c>1.5e-3</c>, <c>2E+3</c>): <c>10e8</c> is a shaft of tolerance class e8.
/// </para>
/// </summary>
ref struct NotationReader(ReadOnlySpan<char> folded)
{
    /// <summary>The most digits before the decimal mark.</summary>
    public const int MaxWholeDigits = 12;

    /// <summary>The most decimals.</summary>
    public const int MaxDecimals = 15;

    readonly ReadOnlySpan<char> text = folded;
    int furthest;
    string? expected;

    /// <summary>Where reading goes on.</summary>
    public int Position { get; set; }

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<char> Rest => text[Position..];

    /// <summary>The next character; NUL at the end.</summary>
    public readonly char Next => At(0);

    /// <summary>True behind the last character.</summary>
    public readonly bool AtEnd => Position >= text.Length;

    /// <summary>The character that many places on; NUL outside the text.</summary>
    public readonly char At(int offset) => Position + offset is >= 0 and var at && at < text.Length ? text[at] : '\0';

    /// <summary>What was read since a position.</summary>
    public readonly ReadOnlySpan<char> Since(int start) => text[start..Position];

    /// <summary>Notes what could have stood here; false, to return.</summary>
    public bool Fail(string what) => FailAt(Position, what);

    /// <summary>Notes what could have stood at a position; false, to return.</summary>
    public bool FailAt(int position, string what)
    {
        if (!IsRejected && (expected is null || position > furthest))
            (furthest, expected) = (position, what);
        return false;
    }

    /// <summary>Notes what is wrong for good, whatever else was tried and reached further; false, to return.</summary>
    public bool Reject(int position, string what)
    {
        if (!IsRejected)
            (furthest, expected, IsRejected) = (position, what, true);
        return false;
    }

    /// <summary>True when <see cref="Reject"/> was called: no other reading can help.</summary>
    public bool IsRejected { get; private set; }

    /// <summary>The fault that was rejected, or the furthest one.</summary>
    public readonly NotationFault Fault() => new(furthest, expected ?? "another text");

    /// <summary>Moves past blanks; true when there was one.</summary>
    public bool SkipBlanks()
    {
        var start = Position;
        while (Next == ' ')
            Position++;
        return Position > start;
    }

    /// <summary>Takes one character.</summary>
    public bool Take(char c)
    {
        if (AtEnd || Next != c)
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes one of several characters; NUL when it is none of them.</summary>
    public char TakeAny(ReadOnlySpan<char> set)
    {
        if (AtEnd || !set.Contains(Next))
            return '\0';
        return text[Position++];
    }

    /// <summary>Takes a sequence in the case given.</summary>
    public bool Take(ReadOnlySpan<char> literal, StringComparison comparison = StringComparison.Ordinal)
    {
        if (!Rest.StartsWith(literal, comparison))
            return false;
        Position += literal.Length;
        return true;
    }

    /// <summary>Takes a word in any case, when no letter or digit follows it.</summary>
    public bool TakeWord(ReadOnlySpan<char> word)
    {
        if (!Rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) || char.IsLetterOrDigit(At(word.Length)))
            return false;
        Position += word.Length;
        return true;
    }

    /// <summary>Takes a sign of multiplication: x, X, × or their Cyrillic twins.</summary>
    public bool TakeTimes() => TakeAny("x×XхХ") != '\0';

    /// <summary>Takes all digits that follow, at most <paramref name="most"/>; empty when there are none or too many.</summary>
    public ReadOnlySpan<char> TakeDigits(int most)
    {
        var count = 0;
        while (char.IsAsciiDigit(At(count)))
            count++;
        if (count == 0 || count > most)
            return default;
        Position += count;
        return text[(Position - count)..Position];
    }

    /// <summary>True, or a fault when something follows.</summary>
    public bool ExpectEnd()
    {
        SkipBlanks();
        return !IsRejected && (AtEnd || Fail("the end of the text"));
    }

    /// <summary>Reads a number with its optional sign.</summary>
    public bool TakeSignedNumber(out WrittenNumber number)
    {
        var start = Position;
        var sign = TakeAny("+-");
        SkipBlanks();
        if (!TakeNumber(out number))
        {
            Position = start;
            return false;
        }
        if (sign == '-')
            number = number with { Value = -number.Value };
        return true;
    }

    /// <summary>Reads an unsigned number: decimal, fraction or mixed.</summary>
    public bool TakeNumber(out WrittenNumber number)
    {
        var start = Position;
        if (Vulgar(Next) is { } alone)
        {
            Position++;
            number = new(alone, NumberForm.Fraction);
            return true;
        }
        if (!TakeDecimal(out number))
            return false;
        if (number.Form != NumberForm.Whole)
            return true;
        if (Vulgar(Next) is { } part)
        {
            Position++;
            number = new(number.Value + part, NumberForm.Fraction);
            return true;
        }
        if (Next == '/' && TakeDenominator(out var denominator))
        {
            number = new(Quotient(number.Value, denominator), NumberForm.Fraction);
            return true;
        }
        if (Next is ' ' or '-' && TakeProperFraction(out var fraction))
            number = new(number.Value + fraction, NumberForm.Fraction);
        return Position > start;
    }

    /// <summary>Rounds what a division left to the decimals a text can hold.</summary>
    public static decimal Quotient(decimal dividend, decimal divisor) => Math.Round(dividend / divisor, MaxDecimals);

    bool TakeDecimal(out WrittenNumber number)
    {
        number = default;
        var start = Position;
        Span<char> digits = stackalloc char[MaxWholeDigits + MaxDecimals + 1];
        int count = 0, end = Position, group = 0, groups = 0;
        char mark = '\0', grouping = '\0';
        var wholeCount = -1;
        for (; end < text.Length; end++)
        {
            var c = text[end];
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length)
                    return FailAt(start, Digits);
                digits[count++] = c;
                group++;
                continue;
            }
            if (mark == '\0' && c == grouping && c != ' ' && IsDigit(end + 1))
            {
                if (group != 3)
                    return FailAt(end, Groups);
                group = 0;
                continue;
            }
            if (c is '.' or ',' && IsDigit(end + 1))
            {
                if (mark == '\0')
                {
                    if (grouping != '\0' && group != 3)
                        return FailAt(end, Groups);
                    (mark, wholeCount) = (c, count);
                }
                else if (c == mark && grouping is '\0' && groups == 0 && wholeCount >= 0 && group == 3 && wholeCount is > 0 and <= 3)
                {
                    // 1,234,567: what looked like the mark groups thousands, and so does this one.
                    (grouping, mark, wholeCount, groups) = (c, '\0', -1, 2);
                }
                else if (c != mark && grouping is '\0' && groups == 0 && group == 3 && wholeCount is > 0 and <= 3)
                {
                    // 1.234,5: the first grouped, this is the mark.
                    (grouping, mark, wholeCount, groups) = (mark, c, count, 1);
                }
                else
                {
                    break;
                }
                group = 0;
                continue;
            }
            if (c == ' ' && mark == '\0' && (groups == 0 ? group is > 0 and <= 3 && digits[0] != '0' : grouping == ' ' && group == 3) && IsGroup(end + 1))
            {
                (grouping, group) = (' ', 0);
                groups++;
                continue;
            }
            break;
        }
        if (count == 0)
            return Fail("a number");
        if (grouping != '\0' && mark == '\0' && group != 3)
            return FailAt(end, Groups);
        if (wholeCount < 0)
            wholeCount = count;
        if (wholeCount > MaxWholeDigits || count - wholeCount > MaxDecimals)
            return FailAt(start, Digits);
        var value = 0m;
        foreach (var digit in digits[..count])
            value = value * 10 + (digit - '0');
        var scale = count - wholeCount;
        var form = mark == '\0' ? NumberForm.Whole : NumberForm.Decimal;
        Position = end;
        // 25. is an American 25
        if (form == NumberForm.Whole && Next is '.' && At(1) is '\0' or ' ')
            Position++;
        if (Next is 'e' or 'E' && At(1) is '+' or '-' && char.IsAsciiDigit(At(2)))
        {
            var negative = At(1) == '-';
            var exponent = 0;
            var digitsAt = Position + 2;
            while (digitsAt < text.Length && char.IsAsciiDigit(text[digitsAt]) && exponent < 100)
                exponent = exponent * 10 + (text[digitsAt++] - '0');
            scale += negative ? exponent : -exponent;
            for (; scale < 0 && value < 1_000_000_000_000m; scale++)
                value *= 10;
            if (scale is < 0 or > MaxDecimals || value >= 1_000_000_000_000_000_000_000_000_000m)
                return FailAt(start, Digits);
            Position = digitsAt;
            form = NumberForm.Decimal;
        }
        var exact = new decimal(decimal.GetBits(value)[0], decimal.GetBits(value)[1], decimal.GetBits(value)[2], false, (byte)scale);
        if (exact >= 1_000_000_000_000m)
            return FailAt(start, Digits);
        number = new(exact, form);
        return true;
    }

    const string Groups = "groups of three digits";

    const string Digits = "a number of at most 12 digits before and 15 behind the decimal mark";

    bool TakeDenominator(out decimal denominator)
    {
        denominator = 0;
        var start = Position;
        if (!Take('/') || TakeDigits(6) is not { Length: > 0 } digits || Next is '.' or ',' && char.IsAsciiDigit(At(1)))
        {
            Position = start;
            return false;
        }
        denominator = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        if (denominator > 0)
            return true;
        // +2/0 is a deviation over a zero.
        Position = start;
        return false;
    }

    // 2 1/2 and 2-1/2, but not 9-10/4: the fraction behind a whole number is a proper one.
    bool TakeProperFraction(out decimal fraction)
    {
        fraction = 0;
        var start = Position;
        Position++;
        if (Vulgar(Next) is { } sign)
        {
            Position++;
            fraction = sign;
            return true;
        }
        if (TakeDigits(6) is { Length: > 0 } digits && TakeDenominator(out var denominator)
            && int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) is var numerator && numerator < denominator)
        {
            fraction = Quotient(numerator, denominator);
            return true;
        }
        Position = start;
        return false;
    }

    readonly bool IsDigit(int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    // Three digits and no fourth; 5 125/128 is a mixed number, not five thousand.
    readonly bool IsGroup(int at) => IsDigit(at) && IsDigit(at + 1) && IsDigit(at + 2) && !IsDigit(at + 3) && !(at + 3 < text.Length && text[at + 3] == '/');

    static decimal? Vulgar(char c) => c switch
    {
        '½' => 0.5m,
        '¼' => 0.25m,
        '¾' => 0.75m,
        '⅛' => 0.125m,
        '⅜' => 0.375m,
        '⅝' => 0.625m,
        '⅞' => 0.875m,
        '⅓' => Quotient(1, 3),
        '⅔' => Quotient(2, 3),
        '⅙' => Quotient(1, 6),
        '⅚' => Quotient(5, 6),
        '⅕' => 0.2m,
        '⅖' => 0.4m,
        '⅗' => 0.6m,
        '⅘' => 0.8m,
        _ => null,
    };
}
