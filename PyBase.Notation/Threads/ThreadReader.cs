using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Threads;

/// <summary>Reads a thread: count, designation, then class, hand and depth in any order.</summary>
static class ThreadReader
{
    const string Expected = "a thread such as M8x1, 1/4-20 UNC, G1/2 or Tr40x7";

    // Longer names before those they begin with.
    static readonly (string Name, ThreadForm Form)[] s_series =
    [
        ("NPTF", ThreadForm.DrysealPipe), ("NPT", ThreadForm.TaperPipe), ("UNEF", ThreadForm.UnifiedExtraFine), ("UNC", ThreadForm.UnifiedCoarse),
        ("UNF", ThreadForm.UnifiedFine), ("UNS", ThreadForm.UnifiedSpecial), ("UN", ThreadForm.UnifiedConstantPitch),
        ("STUB ACME", ThreadForm.StubAcme), ("ACME", ThreadForm.Acme), ("BUTTRESS", ThreadForm.Buttress), ("BUTT", ThreadForm.Buttress), ("BSPP", ThreadForm.ParallelPipe), ("BSPT", ThreadForm.SealingExternalTaper),
    ];

    public static bool TryRead(ref NotationReader reader, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        reader.SkipBlanks();
        if (!TakeCount(ref reader, out var count))
            return false;
        reader.SkipBlanks();
        if (!TakeDesignation(ref reader, out thread) || !TakeRest(ref reader, ref thread) || !reader.ExpectEnd())
        {
            thread = null;
            return false;
        }
        thread = thread with { Count = count };
        return true;
    }

    // 4x M6, 4-M6
    static bool TakeCount(ref NotationReader reader, out int count)
    {
        count = 1;
        var start = reader.Position;
        var digits = reader.TakeDigits(6);
        if (!digits.IsEmpty)
        {
            reader.SkipBlanks();
            if (reader.TakeTimes() || reader.Next == '-' && char.IsAsciiLetter(reader.At(1)) && reader.Take('-'))
            {
                count = int.Parse(digits, CultureInfo.InvariantCulture);
                return count > 0 || reader.Reject(start, "a count of at least one");
            }
        }
        reader.Position = start;
        return true;
    }

    static bool TakeDesignation(ref NotationReader reader, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        if (reader.Take("MJ"))
            return TakeMetric(ref reader, ThreadForm.MetricMJ, out thread);
        if (reader.Take("MF") || reader.Take('M'))
            return TakeMetric(ref reader, ThreadForm.Metric, out thread);
        if (reader.Take("Tr", StringComparison.OrdinalIgnoreCase))
            return TakeTrapezoidal(ref reader, out thread);
        if (reader.Take("Rc") || reader.Take("RC"))
            return TakePipe(ref reader, ThreadForm.SealingInternalTaper, out thread);
        if (reader.Take("Rp") || reader.Take("RP"))
            return TakePipe(ref reader, ThreadForm.SealingInternalParallel, out thread);
        if (reader.Take('R'))
            return TakePipe(ref reader, ThreadForm.SealingExternalTaper, out thread);
        if (reader.Take('G'))
            return TakePipe(ref reader, ThreadForm.ParallelPipe, out thread);
        if (TakeSeries(ref reader) is { } form)
            return form is ThreadForm.ParallelPipe or ThreadForm.SealingExternalTaper ? TakePipe(ref reader, form, out thread) : TakeInch(ref reader, form, out thread);
        if (reader.Next is '#' or '.' or 'N' or 'n' || char.IsAsciiDigit(reader.Next) || char.GetUnicodeCategory(reader.Next) == UnicodeCategory.OtherNumber)
            return TakeInch(ref reader, null, out thread);
        return reader.Fail(Expected);
    }

    // M8, M8x1, M20×1.5, M16xPh3P1.5; what follows × may be a length instead.
    static bool TakeMetric(ref NotationReader reader, ThreadForm form, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        if (!TakeDiameter(ref reader, out var diameter))
            return false;
        var start = reader.Position;
        decimal pitch;
        var starts = 1;
        reader.SkipBlanks();
        var times = reader.TakeTimes();
        reader.SkipBlanks();
        var at = reader.Position;
        if (times && reader.Take("Ph"))
        {
            if (!reader.TakeNumber(out var lead) || !reader.Take('P') && !reader.Fail("P and the pitch") || !TakePitchOfLead(ref reader, lead.Value, out pitch, out starts))
                return false;
        }
        else
        {
            var coarsest = MetricThreads.CoarsestOf(diameter);
            // P in M8xP1 is how some write it.
            if (times)
                reader.Take('P');
            WrittenNumber number = default;
            if (times && !reader.TakeNumber(out number))
                return false;
            if (times && number.Value <= coarsest && number.Form != NumberForm.Fraction && number.Value > 0)
            {
                pitch = number.Value;
            }
            else
            {
                if (times && number.Value < diameter / 2)
                    return reader.Reject(at, $"a pitch of at most {ThreadText.Number(coarsest)} mm or a length of at least half the diameter");
                reader.Position = start;
                if (MetricThreads.CoarsePitchOf(diameter) is not { } coarse)
                    return reader.Reject(at, $"x and a pitch: M{ThreadText.Number(diameter)} has no coarse one");
                pitch = coarse;
            }
        }
        thread = new() { Form = form, Size = ThreadText.Number(diameter), Diameter = diameter, Pitch = pitch, Starts = starts };
        return true;
    }

    // Tr40x7, Tr40x14(P7), Tr 40 x 14 P7
    static bool TakeTrapezoidal(ref NotationReader reader, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        if (!TakeDiameter(ref reader, out var diameter))
            return false;
        reader.SkipBlanks();
        if (!reader.TakeTimes())
            return reader.Fail("x and the pitch");
        reader.SkipBlanks();
        var at = reader.Position;
        if (!reader.TakeNumber(out var lead))
            return false;
        if (lead.Value <= 0)
            return reader.Reject(at, "a pitch above zero");
        var (pitch, starts) = (lead.Value, 1);
        var start = reader.Position;
        reader.SkipBlanks();
        var open = reader.Take('(');
        reader.SkipBlanks();
        if (reader.Take('P'))
        {
            if (!TakePitchOfLead(ref reader, lead.Value, out pitch, out starts))
                return false;
            reader.SkipBlanks();
            if (open && !reader.Take(')'))
                return reader.Fail("a closing parenthesis");
        }
        else
        {
            reader.Position = start;
        }
        if (pitch >= diameter / 2)
            return reader.Reject(at, "a pitch below half the diameter");
        thread = new() { Form = ThreadForm.Trapezoidal, Size = ThreadText.Number(diameter), Diameter = diameter, Pitch = pitch, Starts = starts };
        return true;
    }

    static bool TakePitchOfLead(ref NotationReader reader, decimal lead, out decimal pitch, out int starts)
    {
        (pitch, starts) = (0, 1);
        reader.SkipBlanks();
        var at = reader.Position;
        if (!reader.TakeNumber(out var number))
            return false;
        pitch = number.Value;
        if (pitch <= 0 || lead < pitch || lead % pitch != 0 || lead / pitch > 100)
            return reader.Reject(at, $"a pitch that divides the lead of {ThreadText.Number(lead)} mm");
        starts = (int)(lead / pitch);
        return true;
    }

    static bool TakeDiameter(ref NotationReader reader, out decimal diameter)
    {
        diameter = 0;
        reader.SkipBlanks();
        var at = reader.Position;
        if (!reader.TakeNumber(out var number))
            return false;
        diameter = number.Value;
        return number.Form != NumberForm.Fraction && diameter is > 0 and <= 2000 || reader.Reject(at, "a diameter in mm");
    }

    // G1/2, R 1 1/4, Rc1/2"
    static bool TakePipe(ref NotationReader reader, ThreadForm form, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        reader.SkipBlanks();
        var at = reader.Position;
        if (!reader.TakeNumber(out var inches))
            return false;
        TakeInchMark(ref reader);
        return MakePipe(ref reader, form, inches.Value, at, out thread);
    }

    static bool MakePipe(ref NotationReader reader, ThreadForm form, decimal inches, int at, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        if (PipeThreads.Of(inches, form != ThreadForm.ParallelPipe) is not { } size)
            return reader.Reject(at, $"a size of the series {ThreadText.Name(form)}");
        thread = new()
        {
            Form = form, Size = ThreadText.Inches(inches, numbered: false), Diameter = size.Diameter,
            Pitch = NotationReader.Quotient(25.4m, size.Threads), ThreadsPerInch = size.Threads,
        };
        return true;
    }

    // 1/4-20 UNC, #10-24, 1 1/4-7 UNC, 1/2-14 NPT, 1/2 NPT, 1-5 ACME
    static bool TakeInch(ref NotationReader reader, ThreadForm? form, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        reader.SkipBlanks();
        var sizeAt = reader.Position;
        if (!TakeInchSize(ref reader, out var inches, out var whole))
            return false;
        decimal? threads = null;
        var threadsAt = reader.Position;
        var start = reader.Position;
        reader.SkipBlanks();
        if (reader.Take('-') || reader.TakeTimes())
        {
            reader.SkipBlanks();
            threadsAt = reader.Position;
            if (char.IsAsciiDigit(reader.Next))
            {
                if (!reader.TakeNumber(out var number))
                    return false;
                if (number.Value is <= 0 or > 200)
                    return reader.Reject(threadsAt, "threads per inch");
                threads = number.Value;
                reader.SkipBlanks();
                if (!reader.TakeWord("TPI"))
                    reader.SkipBlanks();
            }
        }
        else
        {
            reader.Position = start;
        }
        var seriesAt = reader.Position;
        reader.SkipBlanks();
        if (form is null && reader.Next == '-' && char.IsAsciiLetter(reader.At(1)))
            reader.Take('-');
        form ??= TakeSeries(ref reader);
        if (form is ThreadForm.ParallelPipe or ThreadForm.SealingExternalTaper && threads is null)
            return MakePipe(ref reader, form.Value, inches, sizeAt, out thread);
        // 10-24 is the numbered size 10, 1-8 is an inch.
        if (whole is >= 0 and <= 12 && InchThreads.DiameterOfNumber(whole) is var numbered && IsSize(numbered, threads, form))
            inches = numbered;
        if (form is null)
        {
            if (threads is null)
                return reader.Reject(seriesAt, "threads per inch or a series such as UNC or NPT");
            form = InchThreads.SeriesOf(inches, threads.Value);
            if (form is null)
                return reader.Reject(threadsAt, $"a series such as UNS, or threads per inch that {ThreadText.Inches(inches, numbered: true)} has in UNC, UNF or UNEF");
        }
        return MakeInch(ref reader, form.Value, inches, threads, sizeAt, threadsAt, out thread);
    }

    static bool IsSize(decimal inches, decimal? threads, ThreadForm? form) =>
        threads is { } written && (form is { } series ? InchThreads.ThreadsOf(series, inches) == written : InchThreads.SeriesOf(inches, written) is not null);

    static bool MakeInch(ref NotationReader reader, ThreadForm form, decimal inches, decimal? threads, int sizeAt, int threadsAt, [NotNullWhen(true)] out ThreadDesignation? thread)
    {
        thread = null;
        var standard = InchThreads.ThreadsOf(form, inches);
        var size = ThreadText.Inches(inches, form is not (ThreadForm.TaperPipe or ThreadForm.DrysealPipe or ThreadForm.Acme or ThreadForm.StubAcme or ThreadForm.Buttress));
        if (InchThreads.IsFixed(form) && standard is null)
            return reader.Reject(sizeAt, $"a size of the series {ThreadText.Name(form)}");
        if (InchThreads.IsFixed(form) && threads is not null && threads != standard)
            return reader.Reject(threadsAt, $"{ThreadText.Number(standard!.Value)} threads per inch, which {size} {ThreadText.Name(form)} has");
        if ((threads ?? standard) is not { } perInch)
            return reader.Reject(threadsAt, "a dash and threads per inch");
        if (form == ThreadForm.UnifiedConstantPitch && !InchThreads.IsConstantPitch(perInch))
            return reader.Reject(threadsAt, "4, 6, 8, 12, 16, 20, 28 or 32 threads per inch");
        if (inches <= 0 || inches > 40)
            return reader.Reject(sizeAt, "a size in inches");
        thread = new()
        {
            Form = form, Size = size, Diameter = (InchThreads.DiameterOf(form, inches) ?? inches) * 25.4m,
            Pitch = NotationReader.Quotient(25.4m, perInch), ThreadsPerInch = perInch,
        };
        return true;
    }

    static bool TakeInchSize(ref NotationReader reader, out decimal inches, out int whole)
    {
        whole = -1;
        inches = 0;
        var at = reader.Position;
        if (reader.Take('#') || reader.Take("No.", StringComparison.OrdinalIgnoreCase) || reader.Take("No ", StringComparison.OrdinalIgnoreCase))
        {
            reader.SkipBlanks();
            var digits = reader.TakeDigits(2);
            if (digits.IsEmpty || int.Parse(digits, CultureInfo.InvariantCulture) > 12)
                return reader.Reject(at, "a numbered size #0 to #12");
            inches = InchThreads.DiameterOfNumber(int.Parse(digits, CultureInfo.InvariantCulture));
            return true;
        }
        if (!reader.TakeNumber(out var number))
            return reader.Fail(Expected);
        inches = number.Value;
        if (number.Form == NumberForm.Whole && inches <= 12)
            whole = (int)inches;
        TakeInchMark(ref reader);
        return true;
    }

    static void TakeInchMark(ref NotationReader reader)
    {
        if (!reader.Take('"') && !reader.Take("''"))
            reader.TakeWord("in");
    }

    static ThreadForm? TakeSeries(ref NotationReader reader)
    {
        foreach (var (name, form) in s_series)
        {
            if (!reader.Rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) || char.IsLetter(reader.At(name.Length)))
                continue;
            reader.Position += name.Length;
            return form;
        }
        return null;
    }

    // -6H, 2A, LH, x 12, ↧12, 12 DEEP, THRU, in any order
    static bool TakeRest(ref NotationReader reader, ref ThreadDesignation thread)
    {
        while (true)
        {
            var start = reader.Position;
            while (reader.TakeAny(" -,") != '\0')
            {
            }
            var at = reader.Position;
            if (reader.AtEnd)
            {
                // A dash at the end promises something.
                if (!reader.Since(start).Trim(' ').IsEmpty)
                    return reader.Fail("a tolerance class or LH");
                return true;
            }
            if (reader.TakeWord("LH") || reader.TakeWord("L.H.") || reader.TakeWord("LEFT HAND") || reader.TakeWord("LEFT"))
            {
                thread = thread with { IsLeftHand = true };
            }
            else if (reader.TakeWord("RH") || reader.TakeWord("RIGHT HAND"))
            {
            }
            else if (reader.TakeWord("THRU") || reader.TakeWord("THROUGH"))
            {
                thread = thread with { IsThrough = true };
            }
            else if (reader.TakeTimes() || reader.TakeAny("↧⤓▼") != '\0' || reader.TakeWord("DEEP") || reader.TakeWord("DEPTH"))
            {
                reader.SkipBlanks();
                if (!TakeDepth(ref reader, ref thread, at))
                    return false;
                var behind = reader.Position;
                reader.SkipBlanks();
                if (!reader.TakeWord("DEEP"))
                    reader.Position = behind;
            }
            else if (thread.Class.Length == 0 && ThreadClass.Take(ref reader, thread.Form) is { } code)
            {
                thread = thread with { Class = code };
            }
            else if (thread.Depth is null && char.IsAsciiDigit(reader.Next) && IsDeep(reader))
            {
                if (!TakeDepth(ref reader, ref thread, at))
                    return false;
                reader.SkipBlanks();
                reader.TakeWord("DEEP");
            }
            else
            {
                return reader.Fail(thread.Class.Length == 0 ? $"a tolerance class such as {ThreadClass.Example(thread.Form)}, LH, a depth or the end of the text" : "LH, a depth or the end of the text");
            }
        }
    }

    static bool IsDeep(NotationReader ahead)
    {
        if (!ahead.TakeNumber(out _))
            return false;
        ahead.SkipBlanks();
        UnitTable.Take(ref ahead);
        ahead.SkipBlanks();
        return ahead.TakeWord("DEEP");
    }

    static bool TakeDepth(ref NotationReader reader, ref ThreadDesignation thread, int at)
    {
        if (thread.Depth is not null)
            return reader.Reject(at, "one depth");
        if (!reader.TakeNumber(out var number))
            return false;
        var start = reader.Position;
        reader.SkipBlanks();
        var unit = UnitTable.Take(ref reader);
        if (unit is null)
            reader.Position = start;
        unit ??= thread.ThreadsPerInch is null || thread.Form is ThreadForm.ParallelPipe ? LengthUnits.Millimetre : LengthUnits.Inch;
        if (number.Value <= 0 || !unit.TryConvert(number.Value, LengthUnits.Millimetre, out var depth) || depth > 100_000)
            return reader.Reject(at, "a depth");
        thread = thread with { Depth = Math.Round(depth, NotationReader.MaxDecimals) };
        return true;
    }
}
