namespace PyBase.Notation.GeneralTolerances;

/// <summary>
/// ISO 2768-2:1989: geometrical tolerances in mm for features without an indication of their own. Withdrawn in favour of
/// ISO 22081 in 2021, and still what most drawings say.
/// </summary>
public static class Iso2768Part2
{
    static readonly int[] s_straightLengths = [10, 30, 100, 300, 1000, 3000];
    static readonly int[] s_lengths = [100, 300, 1000, 3000];

    /// <summary>Straightness and flatness (Table 1) by the length in mm; null above 3000 mm.</summary>
    public static decimal? StraightnessOf(decimal length, GeometricalToleranceClass toleranceClass) => At(s_straightLengths, length, toleranceClass switch
    {
        GeometricalToleranceClass.H => [0.02m, 0.05m, 0.1m, 0.2m, 0.3m, 0.4m],
        GeometricalToleranceClass.K => [0.05m, 0.1m, 0.2m, 0.4m, 0.6m, 0.8m],
        _ => [0.1m, 0.2m, 0.4m, 0.8m, 1.2m, 1.6m],
    });

    /// <summary>Perpendicularity (Table 2) by the length of the shorter side in mm.</summary>
    public static decimal? PerpendicularityOf(decimal shorterSide, GeometricalToleranceClass toleranceClass) => At(s_lengths, shorterSide, toleranceClass switch
    {
        GeometricalToleranceClass.H => [0.2m, 0.3m, 0.4m, 0.5m],
        GeometricalToleranceClass.K => [0.4m, 0.6m, 0.8m, 1],
        _ => [0.6m, 1, 1.5m, 2],
    });

    /// <summary>Symmetry (Table 3) by the length in mm.</summary>
    public static decimal? SymmetryOf(decimal length, GeometricalToleranceClass toleranceClass) => At(s_lengths, length, toleranceClass switch
    {
        GeometricalToleranceClass.H => [0.5m, 0.5m, 0.5m, 0.5m],
        GeometricalToleranceClass.K => [0.6m, 0.6m, 0.8m, 1],
        _ => [0.6m, 1, 1.5m, 2],
    });

    /// <summary>Circular run-out (Table 4).</summary>
    public static decimal RunOutOf(GeometricalToleranceClass toleranceClass) => toleranceClass switch
    {
        GeometricalToleranceClass.H => 0.1m,
        GeometricalToleranceClass.K => 0.2m,
        _ => 0.5m,
    };

    static decimal? At(int[] steps, decimal length, decimal[] row) =>
        length > 0 && Fits.Iso286.Step(steps, length) is var step && step < row.Length ? row[step] : null;
}
