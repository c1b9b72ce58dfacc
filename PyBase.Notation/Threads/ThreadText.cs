using System.Globalization;
using System.Text;

namespace PyBase.Notation.Threads;

/// <summary>Writes the canonical designation of a thread.</summary>
static class ThreadText
{
    public static string Write(ThreadDesignation thread)
    {
        var text = new StringBuilder();
        if (thread.Count != 1)
            text.Append(CultureInfo.InvariantCulture, $"{thread.Count}x ");
        switch (thread.Form)
        {
            case ThreadForm.Metric or ThreadForm.MetricMJ:
                text.Append(thread.Form == ThreadForm.Metric ? "M" : "MJ").Append(thread.Size);
                // ISO 965-1: M16xPh3P1.5 has two starts
                if (thread.Starts > 1)
                    text.Append("xPh").Append(Number(thread.Lead)).Append('P').Append(Number(thread.Pitch));
                else if (thread.Form == ThreadForm.MetricMJ || !thread.IsCoarse)
                    text.Append('x').Append(Number(thread.Pitch));
                break;
            case ThreadForm.Trapezoidal:
                // ISO 2904: Tr40x14(P7) has two starts
                text.Append("Tr").Append(thread.Size).Append('x').Append(Number(thread.Lead));
                if (thread.Starts > 1)
                    text.Append("(P").Append(Number(thread.Pitch)).Append(')');
                break;
            case ThreadForm.ParallelPipe or ThreadForm.SealingExternalTaper or ThreadForm.SealingInternalTaper or ThreadForm.SealingInternalParallel:
                text.Append(Name(thread.Form)).Append(thread.Size);
                break;
            default:
                text.Append(thread.Size).Append('-').Append(Number(thread.ThreadsPerInch ?? 0)).Append(' ').Append(Name(thread.Form));
                break;
        }
        if (thread.Class.Length > 0)
            text.Append(thread.Form == ThreadForm.ParallelPipe ? " " : "-").Append(thread.Class);
        if (thread.IsLeftHand)
            text.Append("-LH");
        if (thread.Depth is { } depth)
            text.Append(" ↧").Append(Number(depth)).Append(" mm");
        if (thread.IsThrough)
            text.Append(" THRU");
        return text.ToString();
    }

    public static string Name(ThreadForm form) => form switch
    {
        ThreadForm.UnifiedCoarse => "UNC",
        ThreadForm.UnifiedFine => "UNF",
        ThreadForm.UnifiedExtraFine => "UNEF",
        ThreadForm.UnifiedConstantPitch => "UN",
        ThreadForm.UnifiedSpecial => "UNS",
        ThreadForm.TaperPipe => "NPT",
        ThreadForm.DrysealPipe => "NPTF",
        ThreadForm.ParallelPipe => "G",
        ThreadForm.SealingExternalTaper => "R",
        ThreadForm.SealingInternalTaper => "Rc",
        ThreadForm.SealingInternalParallel => "Rp",
        ThreadForm.Acme => "ACME",
        ThreadForm.StubAcme => "STUB ACME",
        ThreadForm.Buttress => "BUTT",
        _ => form.ToString(),
    };

    /// <summary>Inches as a number, a fraction of 64 or a decimal: #10, 1 1/4, 0.19.</summary>
    public static string Inches(decimal inches, bool numbered)
    {
        if (numbered && InchThreads.NumberOf(inches) is { } number)
            return string.Create(CultureInfo.InvariantCulture, $"#{number}");
        var whole = decimal.Truncate(inches);
        var parts = (inches - whole) * 64;
        if (parts != decimal.Truncate(parts))
            return Number(inches);
        int numerator = (int)parts, denominator = 64;
        if (numerator == 0)
            return Number(whole);
        while (numerator % 2 == 0)
            (numerator, denominator) = (numerator / 2, denominator / 2);
        return string.Create(CultureInfo.InvariantCulture, $"{(whole == 0 ? "" : Number(whole) + " ")}{numerator}/{denominator}");
    }

    /// <summary>A decimal without closing zeros.</summary>
    public static string Number(decimal value) => (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
}
