using System.Collections.Frozen;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Dimensions;

/// <summary>
/// The variables that decide how a dimension is written, by the group codes of the DIMSTYLE table. What one does not set comes
/// from the next: the dimension's own extended data, its style, the drawing's current values, the defaults of the format.
/// </summary>
sealed class DimensionVariables(DimensionVariables? next = null)
{
    static readonly FrozenDictionary<string, int> HeaderNames = new Dictionary<string, int>
    {
        ["$DIMPOST"] = 3, ["$DIMSCALE"] = 40, ["$DIMRND"] = 45, ["$DIMTP"] = 47, ["$DIMTM"] = 48, ["$DIMTOL"] = 71, ["$DIMLIM"] = 72,
        ["$DIMZIN"] = 78, ["$DIMAZIN"] = 79, ["$DIMLFAC"] = 144, ["$DIMADEC"] = 179, ["$DIMDEC"] = 271, ["$DIMTDEC"] = 272,
        ["$DIMAUNIT"] = 275, ["$DIMFRAC"] = 276, ["$DIMLUNIT"] = 277, ["$DIMDSEP"] = 278, ["$DIMTZIN"] = 284,
    }.ToFrozenDictionary();

    readonly Dictionary<int, double> values = [];

    /// <summary>The value of a group code set here.</summary>
    public double this[int code]
    {
        set => values[code] = value;
    }

    /// <summary>Code 3, DIMPOST: text around the value, which <c>&lt;&gt;</c> stands for; without it what follows the value.</summary>
    public string? Post { get => post ?? next?.Post; set => post = value; }

    string? post;
    bool isOwn;

    /// <summary>45, DIMRND: values are rounded to a multiple of it; 0 for not.</summary>
    public double Rounding => Find(45, 0);
    /// <summary>47, DIMTP: upper deviation.</summary>
    public double UpperDeviation => Find(47, 0);
    /// <summary>48, DIMTM: lower deviation, positive downwards.</summary>
    public double LowerDeviation => Find(48, 0);
    /// <summary>71, DIMTOL: deviations are shown.</summary>
    public bool ShowsDeviations => Find(71, 0) != 0;
    /// <summary>72, DIMLIM: limits are shown in place of the value.</summary>
    public bool ShowsLimits => Find(72, 0) != 0;
    /// <summary>78, DIMZIN: bit 4 no leading zero, bit 8 no trailing zeros; low bits feet and inches of zero.</summary>
    public int Zeros => (int)Find(78, 0);
    /// <summary>79, DIMAZIN: bit 1 no leading zero, bit 2 no trailing zeros.</summary>
    public int AngleZeros => (int)Find(79, 0);
    /// <summary>144, DIMLFAC: lengths are multiplied by it; negative in paper space only.</summary>
    public double LengthFactor => Find(144, 1);
    /// <summary>179, DIMADEC: decimals of angles; -1 as of lengths.</summary>
    public int AngleDecimals => Within(Find(179, 0) is var own and >= 0 ? own : Find(271, 4));
    /// <summary>271, DIMDEC: decimals of lengths, or the power of two of the smallest fraction.</summary>
    public int Decimals => Within(Find(271, 4));
    /// <summary>272, DIMTDEC: decimals of deviations.</summary>
    public int DeviationDecimals => Within(Find(272, 4));
    /// <summary>275, DIMAUNIT: 0 degrees, 1 degrees, minutes and seconds, 2 grads, 3 radians.</summary>
    public int AngleFormat => (int)Find(275, 0);
    /// <summary>277, DIMLUNIT: 1 scientific, 2 decimal, 3 engineering, 4 architectural, 5 fractional, 6 as the system. Before R2000 270, DIMUNIT.</summary>
    public int LengthFormat => (int)Find(277, Find(270, 2));
    /// <summary>278, DIMDSEP: the decimal separator.</summary>
    public char Separator => Find(278, '.') is var code and > 32 and < 0x2000 ? (char)code : '.';
    /// <summary>284, DIMTZIN: as <see cref="Zeros"/>, of deviations.</summary>
    public int DeviationZeros => (int)Find(284, 0);

    /// <summary>Takes a header variable; others than those of dimensions are ignored.</summary>
    public void Take(string name, TagReader tag)
    {
        if (!HeaderNames.TryGetValue(name, out var code))
            return;
        if (code == 3)
            Post = tag.Text();
        else
            values[code] = tag.Real();
    }

    /// <summary>
    /// The variables a dimension sets for itself: <c>1001 ACAD, 1000 DSTYLE, 1002 {, 1070 47, 1040 0.1, …, 1002 }</c>; null for none.
    /// </summary>
    public static DimensionVariables? Overrides(DxfRecord record, DimensionVariables? next)
    {
        DimensionVariables? own = null;
        var isInside = false;
        int? code = null;
        foreach (var value in record.ExtendedDataOf("ACAD"))
        {
            if (!isInside)
            {
                isInside = value is { Code: 1000, Text: "DSTYLE" };
                continue;
            }
            if (value.Code == 1002)
            {
                if (value.Text == "}")
                    break;
                continue;
            }
            if (code is null)
            {
                code = value.Code == 1070 ? (int)value.Number : 0;
                continue;
            }
            own ??= new DimensionVariables(next) { isOwn = true };
            if (code == 3)
                own.Post = value.Text;
            else if (value.Code is 1040 or 1070 or 1071)
                own.values[code.Value] = value.Number;
            code = null;
        }
        return own;
    }

    /// <summary>Whether a dimension sets for itself how deviations are shown.</summary>
    public bool SetsTolerance => isOwn && (values.ContainsKey(47) || values.ContainsKey(48) || values.ContainsKey(71) || values.ContainsKey(72));

    double Find(int code, double otherwise) =>
        values.TryGetValue(code, out var value) && double.IsFinite(value) ? value : next?.Find(code, otherwise) ?? otherwise;

    static int Within(double decimals) => (int)Math.Clamp(decimals, 0, 8);
}
