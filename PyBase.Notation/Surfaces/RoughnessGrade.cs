namespace PyBase.Notation.Surfaces;

/// <summary>Roughness grade numbers N1 to N12 and their Ra (ISO 1302:1992, Annex; still written, no longer standard).</summary>
public static class RoughnessGrade
{
    static readonly decimal[] s_values = [0.025m, 0.05m, 0.1m, 0.2m, 0.4m, 0.8m, 1.6m, 3.2m, 6.3m, 12.5m, 25, 50];

    /// <summary>Ra in µm of grade 1 to 12; null for another number.</summary>
    public static decimal? RaOf(int grade) => grade is >= 1 and <= 12 ? s_values[grade - 1] : null;

    /// <summary>The grade whose Ra in µm this is; null when it is none.</summary>
    public static int? Of(decimal ra) => Array.IndexOf(s_values, ra) is >= 0 and var index ? index + 1 : null;
}
