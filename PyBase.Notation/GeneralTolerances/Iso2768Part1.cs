using static PyBase.Notation.GeneralTolerances.LinearToleranceClass;

namespace PyBase.Notation.GeneralTolerances;

/// <summary>ISO 2768-1:1989: permissible deviations, symmetrical, for dimensions without a tolerance of their own.</summary>
public static class Iso2768Part1
{
    static readonly int[] s_sizes = [3, 6, 30, 120, 400, 1000, 2000, 4000];
    static readonly int[] s_radii = [3, 6];
    static readonly int[] s_sides = [10, 50, 120, 400];

    /// <summary>± in mm for a linear size in mm (Table 1); null below 0.5 mm, above 4000 mm and where the class has no value.</summary>
    public static decimal? LinearOf(decimal size, LinearToleranceClass toleranceClass)
    {
        if (size is < 0.5m or > 4000)
            return null;
        decimal?[] row = toleranceClass switch
        {
            Fine => [0.05m, 0.05m, 0.1m, 0.15m, 0.2m, 0.3m, 0.5m, null],
            Medium => [0.1m, 0.1m, 0.2m, 0.3m, 0.5m, 0.8m, 1.2m, 2],
            Coarse => [0.2m, 0.3m, 0.5m, 0.8m, 1.2m, 2, 3, 4],
            _ => [null, 0.5m, 1, 1.5m, 2.5m, 4, 6, 8],
        };
        return row[Fits.Iso286.Step(s_sizes, size)];
    }

    /// <summary>± in mm for external radii and chamfer heights in mm (Table 2); null below 0.5 mm.</summary>
    public static decimal? RadiusOf(decimal size, LinearToleranceClass toleranceClass)
    {
        if (size < 0.5m)
            return null;
        decimal[] row = toleranceClass is Fine or Medium ? [0.2m, 0.5m, 1] : [0.4m, 1, 2];
        return row[Fits.Iso286.Step(s_radii, size)];
    }

    /// <summary>± in minutes of arc for an angle whose shorter side has a length in mm (Table 3); null for no length.</summary>
    public static int? AngularOf(decimal shorterSide, LinearToleranceClass toleranceClass)
    {
        if (shorterSide <= 0)
            return null;
        int[] row = toleranceClass switch
        {
            Fine or Medium => [60, 30, 20, 10, 5],
            Coarse => [90, 60, 30, 15, 10],
            _ => [180, 120, 60, 30, 20],
        };
        return row[Fits.Iso286.Step(s_sides, shorterSide)];
    }
}
