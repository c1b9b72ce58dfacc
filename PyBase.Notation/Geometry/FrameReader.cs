using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Geometry;

/// <summary>
/// Reads a tolerance frame. The compartments may be parted by bars, <c>%%v</c>, blanks or nothing:
/// <code>{\Fgdt;j}%%v{\Fgdt;n}0.1{\Fgdt;m}%%vA%%vB{\Fgdt;m}%%vC%%v%%v</code>
/// </summary>
sealed class FrameReader(Unit defaultUnit)
{
    static readonly (string Spelling, CharacteristicSign Sign)[] s_spellings =
    [
        .. CharacteristicSign.All
            .SelectMany(sign => sign.Spellings.Append(sign.Name).Append(sign.Symbol.ToString()).Select(spelling => (new string(FoldedText.Fold(spelling)), sign)))
            .OrderByDescending(entry => entry.Item1.Length),
    ];

    /// <summary>Writes every row end as one line feed: folding made blanks of them.</summary>
    public static void MarkRows(ReadOnlySpan<char> text, char[] folded)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            if (text[i] is '\n' or '\u2028' or '\u0085')
                folded[i] = '\n';
            else if (i + 1 < folded.Length && (folded[i], folded[i + 1]) is ('^', 'J') or ('\\', 'P'))
                (folded[i], folded[i + 1]) = ('\n', ' ');
        }
    }

    public bool TryRead(ref NotationReader reader, [NotNullWhen(true)] out GeometricFrame? frame)
    {
        frame = null;
        SkipSeparators(ref reader);
        if (!TakeCount(ref reader, out var count))
            return false;
        List<FrameRow> rows = [];
        var bare = 0;
        while (true)
        {
            SkipRowEnds(ref reader);
            if (reader.AtEnd && rows.Count > 0)
                break;
            var at = reader.Position;
            if (rows.Count == GeometricFrame.MaxRows)
                return reader.Reject(at, $"at most {GeometricFrame.MaxRows} rows");
            var sign = TakeCharacteristic(ref reader);
            if (sign is null)
            {
                if (rows.Count == 0)
                    return reader.Fail("a geometric characteristic");
                bare++;
            }
            if (bare > 0 && bare != rows.Count + (sign is null ? 0 : 1))
                return reader.Reject(at, sign is null ? "a geometric characteristic, as in the row above" : "no characteristic: the first one spans a composite frame");
            if (!TakeRow(ref reader, sign?.Characteristic ?? rows[0].Characteristic, out var row))
                return false;
            rows.Add(row);
            SkipSeparators(ref reader);
            if (!reader.AtEnd && reader.Next is not ('\n' or ';'))
                return reader.Fail(row.Datums.Count < 3 ? "a datum, a modifier or the end of the frame" : "the end of the frame: three datums are the most");
        }
        frame = new() { Rows = rows, IsComposite = bare > 0, Count = count };
        return true;
    }

    static bool TakeCount(ref NotationReader reader, out int count)
    {
        count = 1;
        var start = reader.Position;
        var digits = reader.TakeDigits(6);
        if (!digits.IsEmpty)
        {
            reader.SkipBlanks();
            if (reader.TakeTimes())
            {
                count = int.Parse(digits, CultureInfo.InvariantCulture);
                return count > 0 || reader.Reject(start, "a count of at least one");
            }
        }
        reader.Position = start;
        return true;
    }

    static void SkipRowEnds(ref NotationReader reader)
    {
        do
        {
            SkipSeparators(ref reader);
        }
        while (reader.TakeAny("\n;") != '\0');
    }

    static void SkipSeparators(ref NotationReader reader)
    {
        while (reader.TakeAny(" |[]│┃") != '\0' || reader.Take("%%v", StringComparison.OrdinalIgnoreCase))
        {
        }
    }

    static CharacteristicSign? TakeCharacteristic(ref NotationReader reader)
    {
        if (TakeGdtLetter(ref reader, CharacteristicSign.All.Select(sign => sign.Letter)) is { } letter)
            return CharacteristicSign.All.First(sign => sign.Letter == letter);
        // A dash of any length is straightness, since no other row begins with one.
        if (reader.Next == '-' && reader.At(1) is ' ' or '|' or '⌀' && reader.Take('-'))
            return CharacteristicSign.Of(GeometricCharacteristic.Straightness);
        foreach (var (spelling, sign) in s_spellings)
        {
            if (!reader.Rest.StartsWith(spelling, StringComparison.OrdinalIgnoreCase) || char.IsLetter(spelling[^1]) && char.IsLetter(reader.At(spelling.Length)))
                continue;
            reader.Position += spelling.Length;
            reader.Take('.');
            return sign;
        }
        return null;
    }

    // {\Fgdt;j} or \Fgdt.shx;j when it is one of the letters
    static char? TakeGdtLetter(ref NotationReader reader, IEnumerable<char> letters)
    {
        var start = reader.Position;
        var braced = reader.Take('{');
        if (reader.Take("\\Fgdt", StringComparison.OrdinalIgnoreCase))
        {
            reader.Take(".shx", StringComparison.OrdinalIgnoreCase);
            if (reader.Take(';') && letters.Contains(reader.Next))
            {
                var letter = reader.Next;
                reader.Position++;
                if (braced)
                    reader.Take('}');
                return letter;
            }
        }
        reader.Position = start;
        return null;
    }

    bool TakeRow(ref NotationReader reader, GeometricCharacteristic characteristic, [NotNullWhen(true)] out FrameRow? row)
    {
        row = null;
        SkipSeparators(ref reader);
        var zone =
            reader.Take("S⌀") || reader.Take("SDIA") ? ToleranceZone.Sphere
            : reader.Take('⌀') || reader.TakeWord("DIA") || TakeGdtLetter(ref reader, ['n']) is not null ? ToleranceZone.Cylinder
            : ToleranceZone.Width;
        reader.SkipBlanks();
        var at = reader.Position;
        if (!reader.TakeNumber(out var tolerance))
            return reader.Fail("a tolerance");
        decimal? perLength = null, perWidth = null;
        if (tolerance.Form == NumberForm.Fraction)
            return reader.Reject(at, "a decimal tolerance");
        if (reader.Take('/'))
        {
            reader.Take('⌀');
            if (!TakeLength(ref reader, out perLength))
                return false;
            if (reader.TakeTimes() && !TakeLength(ref reader, out perWidth))
                return false;
        }
        var unitStart = reader.Position;
        reader.SkipBlanks();
        var unitAt = reader.Position;
        var unit = reader.Next == '%' ? null : UnitTable.Take(ref reader);
        // F and T behind blanks are datums, not farad and tonne.
        if (unit is null || unit.Symbol.Length == 1 && char.IsAsciiLetterUpper(unit.Symbol[0]))
        {
            reader.Position = unitStart;
            unit = null;
        }
        if (unit is not null && unit.Dimension != UnitDimension.Length)
            return reader.Reject(unitAt, "a unit of length");
        List<ZoneModifier> modifiers = [];
        while (true)
        {
            var before = reader.Position;
            SkipSeparators(ref reader);
            var modifierAt = reader.Position;
            if (TakeModifier(ref reader) is not { } modifier)
            {
                reader.Position = before;
                break;
            }
            if (modifiers.Exists(earlier => earlier.Modifier == modifier))
                return reader.Reject(modifierAt, "each modifier once");
            modifiers.Add(new(modifier, modifier is GeometricModifier.Projected or GeometricModifier.Unequal ? TakeValue(ref reader) : null));
        }
        if (!TakeDatums(ref reader, characteristic, out var datums))
            return false;
        row = new()
        {
            Characteristic = characteristic, Zone = zone, Tolerance = tolerance.Value, Unit = unit ?? defaultUnit,
            PerLength = perLength, PerWidth = perWidth, Modifiers = modifiers, Datums = datums,
        };
        return true;
    }

    static bool TakeLength(ref NotationReader reader, out decimal? length)
    {
        length = null;
        reader.SkipBlanks();
        var at = reader.Position;
        if (!reader.TakeNumber(out var number))
            return false;
        length = number.Value;
        return number.Value > 0 || reader.Reject(at, "a length above zero");
    }

    // Ⓟ25, Ⓤ 0.3, UZ-0,1
    static decimal? TakeValue(ref NotationReader reader)
    {
        var start = reader.Position;
        reader.SkipBlanks();
        if (reader.TakeSignedNumber(out var number))
            return number.Value;
        reader.Position = start;
        return null;
    }

    static GeometricModifier? TakeModifier(ref NotationReader reader)
    {
        if (TakeGdtLetter(ref reader, ModifierSign.All.Select(sign => sign.Letter).Where(letter => letter != '\0')) is { } letter)
            return ModifierSign.All.First(sign => sign.Letter == letter).Modifier;
        foreach (var sign in ModifierSign.All)
        {
            foreach (var spelling in sign.Spellings.Prepend(sign.Text))
            {
                var isWord = char.IsLetter(spelling[0]) && char.IsAscii(spelling[0]);
                if (isWord ? reader.Rest.StartsWith(spelling, StringComparison.Ordinal) && !char.IsLetter(reader.At(spelling.Length)) && reader.Take(spelling) : reader.Take(spelling))
                    return sign.Modifier;
            }
        }
        return null;
    }

    static bool TakeDatums(ref NotationReader reader, GeometricCharacteristic characteristic, out List<DatumReference> datums)
    {
        datums = [];
        HashSet<string> used = [];
        while (true)
        {
            var start = reader.Position;
            SkipSeparators(ref reader);
            var at = reader.Position;
            if (!TakeLetters(ref reader, out var letters))
            {
                reader.Position = start;
                return true;
            }
            if (datums.Count == 3)
                return reader.Reject(at, "at most three datums");
            if (CharacteristicSign.Of(characteristic).Group == CharacteristicGroup.Form)
                return reader.Reject(at, $"no datum: {CharacteristicSign.Of(characteristic).Name} has none");
            while (reader.Next == '-')
            {
                reader.Position++;
                if (!TakeLetters(ref reader, out var more))
                    return reader.Fail("a datum letter");
                letters.AddRange(more);
            }
            foreach (var letter in letters)
            {
                if (!used.Add(letter))
                    return reader.Reject(at, $"another datum than {letter} again");
            }
            List<GeometricModifier> modifiers = [];
            while (true)
            {
                var before = reader.Position;
                reader.SkipBlanks();
                if (TakeModifier(ref reader) is { } modifier)
                {
                    if (!modifiers.Contains(modifier))
                        modifiers.Add(modifier);
                    continue;
                }
                reader.Position = before;
                break;
            }
            datums.Add(new(letters, modifiers));
        }
    }

    // A or AA (ISO 5459: doubled when the alphabet is used up)
    static bool TakeLetters(ref NotationReader reader, out List<string> letters)
    {
        letters = [];
        var first = reader.Next;
        if (!char.IsAsciiLetterUpper(first))
            return false;
        var length = 1;
        while (reader.At(length) == first)
            length++;
        if (length > 3 || char.IsLetterOrDigit(reader.At(length)) && char.IsAscii(reader.At(length)))
            return reader.Fail("a datum letter");
        letters.Add(reader.Rest[..length].ToString());
        reader.Position += length;
        return true;
    }
}
