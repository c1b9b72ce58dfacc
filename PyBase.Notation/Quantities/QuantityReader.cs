using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PyBase.Notation.Fits;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Quantities;

/// <summary>
/// Reads a quantity. Where a text can mean two things:
/// <list type="bullet">
/// <item>A unit at the end holds for value and tolerance; a unit behind the value alone holds for a bare tolerance too.</item>
/// <item><c>10/9</c> and <c>2-1/2</c> of whole numbers are fractions; <c>10.2/9.8</c> are limits of size in either order.</item>
/// <item><c>a-b</c> are limits when b is the larger; else b is a lower deviation: <c>10-0,1</c> is 10 0/−0.1.</item>
/// <item>One deviation alone has zero on the other side. Deviations of the same sign come upper first.</item>
/// <item><c>2x45°</c> is a chamfer of 2 mm, <c>2x 45°</c> are two angles.</item>
/// <item>A prime is a foot, behind degrees or in an angle a minute; two are an inch or a second.</item>
/// <item><c>MIN</c> and <c>MAX</c> are limits; <c>min</c> is one too behind a unit or sign or where a time does not fit, else it is a minute.</item>
/// <item><c>1/4-20</c> is a thread and no quantity; <c>R1/2</c> is a radius here, a pipe thread to the thread reader.</item>
/// </list>
/// </summary>
sealed class QuantityReader(Unit defaultUnit, bool anyDimension)
{
    const string Unfinished = "a unit, a tolerance or the end of the text";

    public bool TryRead(ref NotationReader reader, [NotNullWhen(true)] out Quantity? quantity)
    {
        quantity = null;
        var draft = new Draft();
        reader.SkipBlanks();
        if (!TakeCount(ref reader, draft))
            return false;
        reader.SkipBlanks();
        var close = reader.TakeAny("([") switch { '(' => ')', '[' => ']', _ => '\0' };
        draft.Kind = close switch { ')' => QuantityKind.Reference, ']' => QuantityKind.Basic, _ => QuantityKind.Plain };
        reader.SkipBlanks();
        if (draft.Count == 1 && close != '\0' && !TakeCount(ref reader, draft))
            return false;
        TakeSymbol(ref reader, draft);
        if (!TakeValue(ref reader, draft) || !TakeTolerance(ref reader, draft) || !TakeChamferAngle(ref reader, draft))
            return false;
        TakeWords(ref reader, draft);
        if (close != '\0')
        {
            reader.SkipBlanks();
            if (!reader.Take(close))
                return reader.Fail(close == ')' ? "a closing parenthesis" : "a closing bracket");
            TakeWords(ref reader, draft);
        }
        reader.SkipBlanks();
        if (reader.IsRejected || !reader.AtEnd)
            return reader.Fail(Unfinished);
        return Finish(ref reader, draft, out quantity);
    }

    bool Finish(ref NotationReader reader, Draft draft, [NotNullWhen(true)] out Quantity? quantity)
    {
        quantity = null;
        var unit = draft.Unit ?? defaultUnit;
        if (!anyDimension && !unit.IsComparableTo(defaultUnit))
            return reader.Reject(draft.UnitAt, $"a unit of {Words(defaultUnit.Dimension)}");
        if (draft.Tolerance is Tolerance.OfClass or Tolerance.OfFit && unit.Dimension != UnitDimension.Length)
            return reader.Reject(draft.ToleranceAt, "a tolerance that is not a class of lengths");
        if (draft.Symbol != FeatureSymbol.None && unit.Dimension != UnitDimension.Length)
            return reader.Reject(draft.UnitAt, "a unit of length");
        if (draft.Limit is { } extreme && draft.Tolerance is not null)
            return reader.Reject(draft.ToleranceAt, $"{(extreme is Tolerance.Maximum ? "MAX" : "MIN")} without another tolerance");
        quantity = new()
        {
            Value = draft.Value,
            Unit = unit,
            Tolerance = draft.Tolerance is Tolerance.Deviations { Unit: null } bare ? bare with { Unit = unit } : draft.Tolerance ?? draft.Limit,
            Symbol = draft.Symbol,
            Kind = draft.Kind,
            Count = draft.Count,
            IsTypical = draft.IsTypical,
            ChamferAngle = draft.ChamferAngle,
        };
        return true;
    }

    // 4x, 4 X, 4×, 4-⌀; not the chamfer 4x45°.
    static bool TakeCount(ref NotationReader reader, Draft draft)
    {
        var start = reader.Position;
        var digits = reader.TakeDigits(6);
        if (digits.IsEmpty)
            return true;
        var blankBefore = reader.SkipBlanks();
        var times = reader.TakeTimes();
        if (times)
        {
            var blankAfter = reader.SkipBlanks();
            if (!reader.AtEnd && (blankAfter && !blankBefore || !IsDegrees(reader)))
            {
                draft.Count = int.Parse(digits, CultureInfo.InvariantCulture);
                return draft.Count > 0 || reader.Reject(start, "a count of at least one");
            }
        }
        else if (reader.Take('-') && (reader.Next is '⌀' or 'R' or 'S' or 'C' or '□') && int.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var count)
        {
            draft.Count = count;
            return true;
        }
        reader.Position = start;
        return true;
    }

    static bool IsDegrees(NotationReader ahead) => ahead.TakeNumber(out _) && ahead.Take('°');

    static void TakeSymbol(ref NotationReader reader, Draft draft)
    {
        var start = reader.Position;
        draft.Symbol =
            reader.Take("S⌀") || reader.Take("S ⌀") || reader.Take("SDIA") ? FeatureSymbol.SphericalDiameter
            : reader.Take('⌀') || reader.Take("DIA.", StringComparison.OrdinalIgnoreCase) || reader.Take("DIA", StringComparison.OrdinalIgnoreCase) ? FeatureSymbol.Diameter
            : reader.Take("SR") ? FeatureSymbol.SphericalRadius
            : reader.Take("CR") ? FeatureSymbol.ControlledRadius
            : reader.Take('R') ? FeatureSymbol.Radius
            : reader.Take('□') || reader.Take("SQ") ? FeatureSymbol.Square
            : reader.Next == 'C' && char.IsAsciiDigit(reader.At(1)) && reader.Take('C') ? FeatureSymbol.Chamfer
            : FeatureSymbol.None;
        if (draft.Symbol == FeatureSymbol.None)
            reader.Position = start;
        reader.SkipBlanks();
    }

    bool TakeValue(ref NotationReader reader, Draft draft)
    {
        draft.Negative = reader.Next == '-';
        if (!reader.TakeSignedNumber(out var number))
            return false;
        (draft.Value, draft.Form) = (number.Value, number.Form);
        draft.Unit = TakeUnit(ref reader, draft, defaultUnit.Dimension == UnitDimension.Angle);
        draft.UnitAt = draft.LastUnitAt;
        if (draft.Unit == LengthUnits.Foot)
            return TakeInches(ref reader, draft);
        return draft.Unit != AngleUnits.Degree || TakeMinutes(ref reader, draft);
    }

    // 5'-3 1/2", 5' 3"
    static bool TakeInches(ref NotationReader reader, Draft draft)
    {
        var start = reader.Position;
        var blank = reader.SkipBlanks();
        var dash = reader.Take('-');
        var between = reader.SkipBlanks();
        if ((!dash || blank == between) && reader.TakeNumber(out var inches) && TakeInchUnit(ref reader))
        {
            if (inches.Value >= 12)
                return reader.Reject(start, "less than twelve inches");
            if (draft.Form != NumberForm.Whole)
                return reader.Reject(start, "whole feet before inches");
            draft.Value = draft.Value * 12 + (draft.Negative ? -inches.Value : inches.Value);
            draft.Unit = LengthUnits.Inch;
            return true;
        }
        reader.Position = start;
        return true;
    }

    static bool TakeInchUnit(ref NotationReader reader)
    {
        reader.SkipBlanks();
        return UnitTable.Take(ref reader) == LengthUnits.Inch;
    }

    // 45°30'15", 45° 30'
    static bool TakeMinutes(ref NotationReader reader, Draft draft)
    {
        decimal parts = 0;
        foreach (var (mark, divisor) in (ReadOnlySpan<(char, int)>)[('\'', 60), ('"', 3600)])
        {
            var start = reader.Position;
            reader.SkipBlanks();
            if (!reader.TakeNumber(out var part) || !TakeMark(ref reader, mark))
            {
                reader.Position = start;
                continue;
            }
            if (part.Value >= 60)
                return reader.Reject(start, "less than sixty");
            parts += part.Value / divisor;
        }
        if (parts != 0)
            draft.Value = Math.Round(draft.Negative ? draft.Value - parts : draft.Value + parts, NotationReader.MaxDecimals) / 1.000000000000000000000000m;
        return true;
    }

    static bool TakeMark(ref NotationReader reader, char mark)
    {
        reader.SkipBlanks();
        // Two primes are a second.
        if (mark == '"' && reader.Take("''"))
            return true;
        return !(mark == '\'' && reader.At(1) == '\'') && reader.Take(mark);
    }

    bool TakeTolerance(ref NotationReader reader, Draft draft)
    {
        draft.ToleranceAt = reader.Position;
        return TakeLimits(ref reader, draft, out var isLimits) && (isLimits || TakeDeviations(ref reader, draft, out var isDeviations) && (isDeviations || TakeClass(ref reader, draft)));
    }

    bool TakeLimits(ref NotationReader reader, Draft draft, out bool found)
    {
        found = false;
        var start = reader.Position;
        var blankBefore = reader.SkipBlanks();
        var signAt = reader.Position;
        var ordered = true;
        var dash = false;
        if (reader.Take("...") || reader.Take('…') || reader.Take('÷') || reader.TakeWord("to"))
        {
        }
        else if (reader.TakeAny("/^") != '\0')
        {
            ordered = false;
        }
        else if (reader.Take('-'))
        {
            dash = true;
        }
        else
        {
            reader.Position = start;
            return true;
        }
        var blankAfter = reader.SkipBlanks();
        WrittenNumber other;
        if (dash ? !reader.TakeNumber(out other) : !reader.TakeSignedNumber(out other))
        {
            reader.Position = start;
            return dash || reader.FailAt(signAt + 1, "the other limit of size");
        }
        if (!ordered && draft.Form == NumberForm.Whole && other.Form == NumberForm.Whole)
            return reader.Reject(signAt + 1, "a denominator other than zero");
        var unit = TakeUnit(ref reader, draft, IsAngle(draft));
        var unitAt = draft.LastUnitAt;
        if (dash)
        {
            if (draft.Form == NumberForm.Fraction && other.Form == NumberForm.Whole && unit is null && !blankBefore && !blankAfter)
                return reader.Reject(signAt, "a quantity: a fraction, a dash and threads per inch are a thread");
            var ahead = reader;
            ahead.SkipBlanks();
            if (ahead.Next is '+' or '-' or '/' or '^' || other.Value <= draft.Value || blankBefore != blankAfter && draft.Value <= 0)
            {
                reader.Position = start;
                return true;
            }
        }
        if (draft.Unit is not null && unit is not null && draft.Unit != unit)
            return reader.Reject(unitAt, $"the unit of the first limit, {draft.Unit}");
        if (unit is not null)
            (draft.Unit, draft.UnitAt) = (unit, unitAt);
        if (ordered && other.Value < draft.Value)
            return reader.Reject(signAt, "an upper limit that is not below the lower one");
        var (lower, upper) = (Math.Min(draft.Value, other.Value), Math.Max(draft.Value, other.Value));
        draft.Value = lower + (upper - lower) / 2;
        draft.Tolerance = new Tolerance.Limits(lower, upper);
        found = true;
        return true;
    }

    bool TakeDeviations(ref NotationReader reader, Draft draft, out bool found)
    {
        found = false;
        var start = reader.Position;
        reader.SkipBlanks();
        // \S+0.1^-0.2; is a stack of MTEXT
        var stacked = reader.Take("\\S");
        reader.SkipBlanks();
        var at = reader.Position;
        if (reader.Take('±') || reader.Take("+/-") || reader.Take("+-") || reader.Take("-/+"))
        {
            found = true;
            reader.SkipBlanks();
            if (!reader.TakeNumber(out var both))
                return false;
            return Accept(ref reader, draft, -both.Value, both.Value, at, TakeToleranceUnit(ref reader, draft)) && TakeStackEnd(ref reader, stacked);
        }
        if (!TakeDeviation(ref reader, out var first))
        {
            reader.Position = start;
            return true;
        }
        var unit = TakeToleranceUnit(ref reader, draft);
        var next = reader.Position;
        reader.SkipBlanks();
        var separated = reader.TakeAny("/^#") != '\0';
        reader.SkipBlanks();
        var secondAt = reader.Position;
        if (TakeDeviation(ref reader, out var second))
        {
            found = true;
            unit = TakeToleranceUnit(ref reader, draft) ?? unit;
            if (first >= 0 != second >= 0 && first != 0 && second != 0 || first == 0 && second > 0 || second == 0 && first < 0)
                return Accept(ref reader, draft, Math.Min(first, second), Math.Max(first, second), at, unit) && TakeStackEnd(ref reader, stacked);
            if (second > first)
                return reader.Reject(secondAt, "a lower deviation that is not above the upper one");
            return Accept(ref reader, draft, second, first, at, unit) && TakeStackEnd(ref reader, stacked);
        }
        if (separated)
            return reader.Reject(secondAt, "the lower deviation with its sign");
        reader.Position = next;
        // A lone zero is no deviation.
        if (first == 0)
        {
            reader.Position = start;
            return true;
        }
        found = true;
        return Accept(ref reader, draft, Math.Min(first, 0), Math.Max(first, 0), at, unit) && TakeStackEnd(ref reader, stacked);
    }

    static bool TakeStackEnd(ref NotationReader reader, bool stacked)
    {
        if (stacked)
            reader.Take(';');
        return true;
    }

    // A signed number, or a zero without sign.
    static bool TakeDeviation(ref NotationReader reader, out decimal deviation)
    {
        deviation = 0;
        var start = reader.Position;
        var signed = reader.Next is '+' or '-';
        if (!signed && reader.Next != '0' || !reader.TakeSignedNumber(out var number))
            return false;
        if (!signed && number.Value != 0)
        {
            reader.Position = start;
            return false;
        }
        deviation = number.Value;
        return true;
    }

    static bool Accept(ref NotationReader reader, Draft draft, decimal lower, decimal upper, int at, (Unit Unit, int At)? unit)
    {
        draft.ToleranceAt = at;
        if (unit is { } written)
        {
            if (draft.Unit is null)
                (draft.Unit, draft.UnitAt) = written;
            else if (!draft.Unit.IsComparableTo(written.Unit))
                return reader.Reject(written.At, $"a unit of {Words(draft.Unit.Dimension)}");
        }
        // The unit of a value without one is known at the end.
        draft.Tolerance = new Tolerance.Deviations(lower, upper, unit?.Unit ?? draft.Unit!);
        return true;
    }

    (Unit Unit, int At)? TakeToleranceUnit(ref NotationReader reader, Draft draft)
    {
        return TakeUnit(ref reader, draft, IsAngle(draft)) is { } unit ? (unit, draft.LastUnitAt) : null;
    }

    bool TakeClass(ref NotationReader reader, Draft draft)
    {
        var start = reader.Position;
        reader.SkipBlanks();
        var at = reader.Position;
        if (!char.IsAsciiLetter(reader.Next) || IsWord(reader) || !LooksLikeClass(reader))
        {
            reader.Position = start;
            return true;
        }
        if (!ToleranceClass.TryTake(ref reader, out var code))
            return false;
        draft.ToleranceAt = at;
        draft.Tolerance = new Tolerance.OfClass(code);
        var ahead = reader;
        ahead.SkipBlanks();
        if (ahead.Next is '/' or '^' || ahead.Next == '-' && char.IsAsciiLetter(ahead.At(1)))
        {
            if (!Fit.TryTakeShaft(ref reader, code, out var fit))
                return false;
            draft.Tolerance = new Tolerance.OfFit(fit);
        }
        draft.Unit ??= TakeTrailingUnit(ref reader, draft);
        return TakeListedLimits(ref reader, draft, code);
    }

    // 25 H7 (+0.021/0): the drawing lists what the class means, in the value's unit; a contradiction is a fault.
    bool TakeListedLimits(ref NotationReader reader, Draft draft, ToleranceClass code)
    {
        var start = reader.Position;
        reader.SkipBlanks();
        var at = reader.Position;
        var listed = new Draft { Value = draft.Value, Unit = draft.Unit };
        if (!reader.Take('(') || draft.Tolerance is not Tolerance.OfClass || !TakeDeviations(ref reader, listed, out var found) || !found)
        {
            reader.Position = start;
            return !reader.IsRejected;
        }
        reader.SkipBlanks();
        if (!reader.Take(')'))
            return reader.Fail("a closing parenthesis");
        var unit = draft.Unit ?? defaultUnit;
        var (lower, upper) = listed.Tolerance is Tolerance.Deviations deviations ? (deviations.Lower, deviations.Upper) : default;
        // As many decimals as the drawing cares to print.
        if (unit.TryConvert(draft.Value, LengthUnits.Millimetre, out var nominal) && code.LimitsOf(nominal) is { } limits
            && !Near(lower, limits.Lower) | !Near(upper, limits.Upper))
            return reader.Reject(at, $"the limits of {code}, {limits} µm");
        return true;

        bool Near(decimal written, decimal micrometres) =>
            LengthUnits.Micrometre.TryConvertDifference(micrometres, unit, out var exact) && Math.Abs(written - exact) <= HalfAStep(written);
    }

    // Half a unit of the last decimal, and not less than half a micrometre in mm: 0.01 may stand for 0.0105.
    static decimal HalfAStep(decimal written)
    {
        var step = 0.5m;
        for (var scale = written.Scale; scale > 0; scale--)
            step /= 10;
        return written == 0 ? 0.0005m : step;
    }

    Unit? TakeTrailingUnit(ref NotationReader reader, Draft draft)
    {
        var unit = TakeUnit(ref reader, draft, angle: false);
        if (unit is not null)
            draft.UnitAt = draft.LastUnitAt;
        return unit;
    }

    // x45° is a chamfer's angle, x5 a shaft.
    static bool LooksLikeClass(NotationReader ahead)
    {
        var times = ahead;
        var isTimes = times.TakeTimes();
        times.SkipBlanks();
        if (isTimes && IsDegrees(times))
            return false;
        for (var letters = 0; letters < 3 && char.IsAsciiLetter(ahead.Next); letters++)
            ahead.Position++;
        ahead.SkipBlanks();
        return char.IsAsciiDigit(ahead.Next);
    }

    // 2x45°, 0.5 x 45°
    static bool TakeChamferAngle(ref NotationReader reader, Draft draft)
    {
        var start = reader.Position;
        reader.SkipBlanks();
        if (!reader.TakeTimes())
        {
            reader.Position = start;
            return true;
        }
        reader.SkipBlanks();
        var at = reader.Position;
        if (!reader.TakeNumber(out var angle) || !reader.Take('°') && !reader.TakeWord("deg"))
            return reader.Fail("the angle of a chamfer");
        if (angle.Value is <= 0 or >= 180)
            return reader.Reject(at, "an angle between 0° and 180°");
        draft.ChamferAngle = angle.Value;
        return true;
    }

    static void TakeWords(ref NotationReader reader, Draft draft)
    {
        while (true)
        {
            var start = reader.Position;
            reader.SkipBlanks();
            if (Take(ref reader, "TYP"))
                draft.IsTypical = true;
            else if (Take(ref reader, "REF") || Take(ref reader, "REFERENCE"))
                draft.Kind = QuantityKind.Reference;
            else if (Take(ref reader, "BSC") || Take(ref reader, "BASIC"))
                draft.Kind = QuantityKind.Basic;
            else if (draft.Limit is null && Take(ref reader, "MAX"))
                draft.Limit = new Tolerance.Maximum();
            else if (draft.Limit is null && Take(ref reader, "MIN"))
                draft.Limit = new Tolerance.Minimum();
            else if (draft.Symbol == FeatureSymbol.None && (Take(ref reader, "DIA") || reader.Take('⌀')))
                draft.Symbol = FeatureSymbol.Diameter;
            else if (draft.Symbol == FeatureSymbol.None && (Take(ref reader, "RAD") || Take(ref reader, "R")))
                draft.Symbol = FeatureSymbol.Radius;
            else if (draft.Symbol == FeatureSymbol.None && Take(ref reader, "SQ"))
                draft.Symbol = FeatureSymbol.Square;
            else if (draft.Count == 1 && TakePlaces(ref reader) is { } count)
                draft.Count = count;
            else
            {
                reader.Position = start;
                return;
            }
        }
    }

    static int? TakePlaces(ref NotationReader reader)
    {
        var digits = reader.TakeDigits(6);
        if (digits.IsEmpty)
            return null;
        reader.SkipBlanks();
        var isCount = reader.TakeTimes() && !char.IsLetterOrDigit(reader.Next)
            || Take(ref reader, "PL") || Take(ref reader, "PLC") || Take(ref reader, "PLCS") || Take(ref reader, "PLACES");
        return isCount && int.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var count ? count : null;
    }

    static bool Take(ref NotationReader reader, string word)
    {
        if (!reader.TakeWord(word))
            return false;
        reader.Take('.');
        return true;
    }

    // In capitals these are words of a drawing, although RAD and MIN are units in small letters.
    static readonly string[] s_words = ["TYP", "REF", "BSC", "BASIC", "MAX", "MIN", "DIA", "RAD"];

    static bool IsWord(NotationReader reader)
    {
        foreach (var word in s_words)
        {
            if (reader.Rest.StartsWith(word, StringComparison.Ordinal) && !char.IsLetterOrDigit(reader.At(word.Length)))
                return true;
        }
        return false;
    }

    Unit? TakeUnit(ref NotationReader reader, Draft draft, bool angle)
    {
        var start = reader.Position;
        reader.SkipBlanks();
        draft.LastUnitAt = reader.Position;
        if (!IsWord(reader) && Angular(ref reader, angle) is { } minutes)
            return minutes;
        if (!IsWord(reader) && UnitTable.Take(ref reader) is { } unit)
        {
            // "min" is a limit where no time can be meant.
            var isLimit = unit.Symbol == "min" && (draft.Unit is not null || draft.Symbol != FeatureSymbol.None || !anyDimension && defaultUnit.Dimension != UnitDimension.Time);
            if (!isLimit)
                return unit;
        }
        reader.Position = start;
        return null;
    }

    static Unit? Angular(ref NotationReader reader, bool angle) =>
        !angle ? null
        : reader.Take('"') || reader.Take("''") ? AngleUnits.Second
        : reader.Take('\'') ? AngleUnits.Minute
        : null;

    bool IsAngle(Draft draft) => (draft.Unit ?? defaultUnit).Dimension == UnitDimension.Angle;

    // SecondMomentOfArea: second moment of area
    static string Words(UnitDimension dimension) =>
        string.Concat(dimension.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    sealed class Draft
    {
        public decimal Value;
        public NumberForm Form;
        public bool Negative;
        public Unit? Unit;
        public int UnitAt;
        public int LastUnitAt;
        public Tolerance? Tolerance;
        public int ToleranceAt;
        public Tolerance? Limit;
        public FeatureSymbol Symbol;
        public QuantityKind Kind;
        public int Count = 1;
        public bool IsTypical;
        public decimal? ChamferAngle;
    }
}
