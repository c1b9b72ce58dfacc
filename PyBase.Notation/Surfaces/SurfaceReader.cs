using System.Diagnostics.CodeAnalysis;
using PyBase.Notation.Text;
using PyBase.Notation.Units;

namespace PyBase.Notation.Surfaces;

/// <summary>Reads a requirement on surface texture.</summary>
static class SurfaceReader
{
    // Longer symbols before those they begin with.
    static readonly SurfaceParameter[] s_parameters = [.. SurfaceParameter.All.OrderByDescending(parameter => parameter.Symbol.Length)];

    static readonly (SurfaceLay Lay, string[] Signs)[] s_lays =
    [
        (SurfaceLay.Parallel, ["=", "parallel"]), (SurfaceLay.Perpendicular, ["⟂", "⊥", "perpendicular"]), (SurfaceLay.Crossed, ["X", "crossed"]),
        (SurfaceLay.MultiDirectional, ["M", "multidirectional"]), (SurfaceLay.Circular, ["C", "circular"]), (SurfaceLay.Radial, ["R", "radial"]),
        (SurfaceLay.Particulate, ["P", "particulate"]),
    ];

    static readonly string[] s_processes =
    [
        "turned", "milled", "ground", "lapped", "honed", "polished", "superfinished", "edm", "cast", "forged", "rolled", "drawn", "extruded", "sandblasted",
        "sand_blasted", "shot_peened", "reamed", "bored", "drilled", "broached", "planed", "sawn", "brushed", "etched", "plated",
    ];

    public static string? SignOf(SurfaceLay lay) => lay == SurfaceLay.None ? null : s_lays[(int)lay - 1].Signs[0];

    public static bool TryRead(ref NotationReader reader, [NotNullWhen(true)] out SurfaceFinish? finish)
    {
        finish = null;
        reader.TakeAny("√");
        reader.SkipBlanks();
        if (reader.Next is 'N' or 'n' && char.IsAsciiDigit(reader.At(1)))
        {
            reader.Position++;
            var at = reader.Position;
            var digits = reader.TakeDigits(2);
            if (digits.IsEmpty || RoughnessGrade.RaOf(int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)) is not { } ra)
                return reader.Reject(at, "a grade N1 to N12");
            finish = new() { Parameter = SurfaceParameter.Ra, Value = ra, Unit = LengthUnits.Micrometre };
            return TakeRest(ref reader, ref finish);
        }
        var isMaximum = false;
        var parameter = TakeParameter(ref reader);
        if (parameter is not null)
        {
            reader.SkipBlanks();
            isMaximum = reader.TakeWord("max") || reader.Take("max", StringComparison.OrdinalIgnoreCase);
            reader.SkipBlanks();
            reader.TakeAny("=:≤<");
            reader.SkipBlanks();
        }
        parameter ??= SurfaceParameter.Ra;
        var valueAt = reader.Position;
        if (!reader.TakeSignedNumber(out var value))
            return reader.Fail("a parameter such as Ra and its value");
        decimal? lower = null;
        var unit = TakeUnit(ref reader, out var unitAt);
        var start = reader.Position;
        reader.SkipBlanks();
        if ((reader.Take('-') || reader.Take("...") || reader.Take('…')) && TakeUpper(ref reader, out var upper))
        {
            if (upper.Value < value.Value)
                return reader.Reject(start, "an upper limit that is not below the lower one");
            (lower, value) = (value.Value, upper);
            if (TakeUnit(ref reader, out var upperUnitAt) is { } upperUnit)
                (unit, unitAt) = (upperUnit, upperUnitAt);
        }
        else
        {
            reader.Position = start;
        }
        if (!parameter.MayBeNegative && (value.Value < 0 || lower < 0))
            return reader.Reject(valueAt, $"a value of {parameter.Symbol} that is not below zero");
        if (unit is not null && (parameter.Unit is null || unit.Dimension != UnitDimension.Length))
            return reader.Reject(unitAt, parameter.Unit is null ? $"no unit: {parameter.Symbol} is a number" : "a unit of length");
        finish = new() { Parameter = parameter, Value = value.Value, Lower = lower, Unit = unit ?? parameter.Unit, IsMaximum = isMaximum };
        return TakeRest(ref reader, ref finish);
    }

    static bool TakeUpper(ref NotationReader reader, out WrittenNumber upper)
    {
        reader.SkipBlanks();
        return reader.TakeNumber(out upper);
    }

    static SurfaceParameter? TakeParameter(ref NotationReader reader)
    {
        foreach (var parameter in s_parameters)
        {
            // "ra 1.6", but "Rmax", not R with max
            if (!reader.Rest.StartsWith(parameter.Symbol, StringComparison.OrdinalIgnoreCase))
                continue;
            var next = reader.At(parameter.Symbol.Length);
            if (char.IsLetter(next) && !reader.Rest[parameter.Symbol.Length..].StartsWith("max", StringComparison.OrdinalIgnoreCase))
                continue;
            reader.Position += parameter.Symbol.Length;
            return parameter;
        }
        return null;
    }

    static Unit? TakeUnit(ref NotationReader reader, out int at)
    {
        var start = reader.Position;
        reader.SkipBlanks();
        at = reader.Position;
        if (reader.Next is '"' or '\'' || reader.Next is 'C' or 'M' or 'P' or 'R' or 'X' || UnitTable.Take(ref reader) is not { } unit)
        {
            reader.Position = start;
            return null;
        }
        return unit;
    }

    static bool TakeRest(ref NotationReader reader, ref SurfaceFinish? finish)
    {
        while (true)
        {
            while (reader.TakeAny(" ,;") != '\0')
            {
            }
            if (reader.AtEnd)
                return true;
            if (!finish!.IsMaximum && reader.TakeWord("max"))
            {
                reader.Take('.');
                finish = finish with { IsMaximum = true };
                continue;
            }
            if (reader.TakeWord("lay"))
                reader.SkipBlanks();
            if (finish.Lay == SurfaceLay.None && TakeLay(ref reader) is var lay && lay != SurfaceLay.None)
            {
                finish = finish with { Lay = lay };
                continue;
            }
            if (finish.Allowance is null && (reader.TakeWord("allowance") || reader.TakeWord("machining allowance")))
            {
                reader.SkipBlanks();
                var at = reader.Position;
                if (!reader.TakeNumber(out var allowance))
                    return Drop(ref reader, ref finish, at, "the allowance in mm");
                var unit = TakeUnit(ref reader, out _) ?? LengthUnits.Millimetre;
                if (!unit.TryConvert(allowance.Value, LengthUnits.Millimetre, out var millimetres))
                    return Drop(ref reader, ref finish, at, "an allowance in a unit of length");
                finish = finish with { Allowance = Math.Round(millimetres, NotationReader.MaxDecimals) };
                continue;
            }
            if (finish.Process.Length == 0 && TakeProcess(ref reader) is { } process)
            {
                finish = finish with { Process = process };
                continue;
            }
            return Drop(ref reader, ref finish, reader.Position, "max, a lay, a process, an allowance or the end of the text");
        }
    }

    static bool Drop(ref NotationReader reader, ref SurfaceFinish? finish, int at, string expected)
    {
        finish = null;
        return reader.Reject(at, expected);
    }

    static SurfaceLay TakeLay(ref NotationReader reader)
    {
        foreach (var (lay, signs) in s_lays)
        {
            foreach (var sign in signs)
            {
                // Single letters are capitals: the rest is in any case.
                if (char.IsLetter(sign[0]) ? (sign.Length > 1 || reader.Next == sign[0]) && reader.TakeWord(sign) : reader.Take(sign))
                    return lay;
            }
        }
        return SurfaceLay.None;
    }

    static string? TakeProcess(ref NotationReader reader)
    {
        foreach (var process in s_processes)
        {
            if (reader.TakeWord(process))
                return process;
        }
        return null;
    }
}
