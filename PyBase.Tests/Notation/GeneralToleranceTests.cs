using PyBase.Notation.GeneralTolerances;

namespace PyBase.Tests.Notation;

public sealed class GeneralToleranceTests
{
    [Theory]
    [InlineData(25, LinearToleranceClass.Medium, 0.2)]
    [InlineData(30, LinearToleranceClass.Medium, 0.2)]
    [InlineData(31, LinearToleranceClass.Medium, 0.3)]
    [InlineData(3, LinearToleranceClass.Fine, 0.05)]
    [InlineData(1500, LinearToleranceClass.Coarse, 3)]
    [InlineData(4000, LinearToleranceClass.VeryCoarse, 8)]
    public void A_length_has_its_deviation(int size, LinearToleranceClass toleranceClass, double expected) =>
        Assert.Equal((decimal)expected, Iso2768Part1.LinearOf(size, toleranceClass));

    [Fact]
    public void Where_the_tables_end_there_is_none()
    {
        Assert.Null(Iso2768Part1.LinearOf(0.4m, LinearToleranceClass.Medium));
        Assert.Null(Iso2768Part1.LinearOf(4001, LinearToleranceClass.Medium));
        Assert.Null(Iso2768Part1.LinearOf(2, LinearToleranceClass.VeryCoarse));
        Assert.Null(Iso2768Part1.LinearOf(3000, LinearToleranceClass.Fine));
        Assert.Null(Iso2768Part2.StraightnessOf(3001, GeometricalToleranceClass.H));
    }

    [Fact]
    public void Radii_angles_and_geometry_have_theirs()
    {
        Assert.Equal(0.5m, Iso2768Part1.RadiusOf(5, LinearToleranceClass.Medium));
        Assert.Equal(2, Iso2768Part1.RadiusOf(10, LinearToleranceClass.Coarse));
        Assert.Equal(60, Iso2768Part1.AngularOf(10, LinearToleranceClass.Medium));
        Assert.Equal(5, Iso2768Part1.AngularOf(500, LinearToleranceClass.Fine));
        Assert.Equal(0.2m, Iso2768Part2.StraightnessOf(100, GeometricalToleranceClass.K));
        Assert.Equal(0.4m, Iso2768Part2.PerpendicularityOf(100, GeometricalToleranceClass.K));
        Assert.Equal(0.6m, Iso2768Part2.SymmetryOf(200, GeometricalToleranceClass.K));
        Assert.Equal(0.2m, Iso2768Part2.RunOutOf(GeometricalToleranceClass.K));
    }

    [Theory]
    [InlineData("ISO 2768-mK", "ISO 2768-mK")]
    [InlineData("ISO 2768 - m K", "ISO 2768-mK")]
    [InlineData("DIN ISO 2768-f", "ISO 2768-f")]
    [InlineData("2768 mH", "ISO 2768-mH")]
    [InlineData("ISO2768-cL-E", "ISO 2768-cL-E")]
    [InlineData("ISO 2768-1-m", "ISO 2768-m")]
    [InlineData("DIN EN ISO 2768-T1-v", "ISO 2768-v")]
    public void A_designation_reads_and_prints(string text, string expected)
    {
        Assert.True(GeneralTolerance.TryParse(text, out var value, out var fault), fault?.ToString());
        Assert.Equal(expected, value.ToString());
        Assert.True(GeneralTolerance.TryParse(expected, out var again, out _));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("ISO 2768"), InlineData("ISO 2768-x"), InlineData("ISO 13920-BF"), InlineData(""), InlineData("ISO 2768-mKL")]
    public void Another_text_is_refused(string text) => Assert.False(GeneralTolerance.TryParse(text, out _, out _));
}
