using CsCheck;
using PyBase.Notation.Units;

namespace PyBase.Tests.Notation;

public sealed class UnitTests
{
    [Theory]
    [InlineData("mm", "mm", 0.001)]
    [InlineData("MM", "mm", 0.001)]
    [InlineData("in", "in", 0.0254)]
    [InlineData("\"", "in", 0.0254)]
    [InlineData("″", "in", 0.0254)]
    [InlineData("''", "in", 0.0254)]
    [InlineData("'", "ft", 0.3048)]
    [InlineData("um", "µm", 1e-6)]
    [InlineData("μm", "µm", 1e-6)]
    [InlineData("°", "°", Math.PI / 180)]
    [InlineData("kg", "kg", 1)]
    [InlineData("N·m", "N·m", 1)]
    [InlineData("Nm", "N·m", 1)]
    [InlineData("N m", "N·m", 1)]
    [InlineData("N*m", "N·m", 1)]
    [InlineData("N⋅m", "N·m", 1)]
    [InlineData("MPa", "MPa", 1e6)]
    [InlineData("mPa", "mPa", 1e-3)]
    [InlineData("N/mm²", "N/mm²", 1e6)]
    [InlineData("N/mm^2", "N/mm²", 1e6)]
    [InlineData("N/mm2", "N/mm²", 1e6)]
    [InlineData("psi", "psi", 6894.757293168361)]
    [InlineData("lbf·ft", "lbf·ft", 1.3558179483314004)]
    [InlineData("ft-lb", "lbf·ft", 1.3558179483314004)]
    [InlineData("g/cm³", "g/cm³", 1000)]
    [InlineData("rpm", "rpm", Math.PI / 30)]
    [InlineData("ｍｍ", "mm", 0.001)]
    [InlineData("kΩ", "kΩ", 1000)]
    public void A_unit_reads_and_has_its_factor(string text, string symbol, double si)
    {
        Assert.True(Unit.TryParse(text, out var unit, out var fault), fault?.ToString());
        Assert.Equal(symbol, unit.Symbol);
        Assert.Equal(si, unit.DifferenceToSi(1), si * 1e-14);
    }

    [Theory]
    [InlineData("", 0), InlineData("furlong", 0), InlineData("mm x", 3), InlineData("m2", 0), InlineData("H", 0), InlineData("mpA", 0)]
    public void What_is_no_unit_says_where(string text, int position)
    {
        Assert.False(Unit.TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void A_long_text_is_refused() => Assert.False(Unit.TryParse(new string('m', 1001), out _, out _));

    [Theory]
    [InlineData("°C", 20, 293.15), InlineData("°F", 212, 373.15), InlineData("°F", -40, 233.15), InlineData("K", 5, 5)]
    public void A_temperature_has_an_offset(string symbol, int value, double kelvin) =>
        Assert.Equal(kelvin, Of(symbol).ToSi(value), 1e-10);

    [Fact]
    public void Half_an_inch_is_exactly_12_7_mm()
    {
        Assert.Equal(LengthUnits.Inch.ToSi(0.5m), LengthUnits.Millimetre.ToSi(12.7m));
        Assert.True(LengthUnits.Inch.TryConvert(0.5m, LengthUnits.Millimetre, out var millimetres));
        Assert.Equal(12.7m, millimetres);
    }

    [Fact]
    public void Sixty_minutes_are_exactly_a_degree()
    {
        Assert.Equal(AngleUnits.Degree.ToSi(1), AngleUnits.Minute.ToSi(60));
        Assert.Equal(AngleUnits.Degree.ToSi(45.5m), AngleUnits.Minute.ToSi(2730));
    }

    [Fact]
    public void Every_spelling_in_the_table_reads_as_its_unit()
    {
        Assert.Equal(UnitTable.All.Count, UnitTable.All.Select(unit => unit.Symbol).Distinct().Count());
        foreach (var unit in UnitTable.All)
        {
            foreach (var spelling in unit.Aliases.Prepend(unit.Symbol))
            {
                Assert.True(Unit.TryParse(spelling, out var read, out var fault), $"{spelling}: {fault}");
                Assert.Same(unit, read);
            }
        }
    }

    [Fact]
    public void Conversion_there_and_back_is_the_same_value()
    {
        foreach (var dimension in Enum.GetValues<UnitDimension>())
        {
            var units = UnitTable.Of(dimension).ToArray();
            Assert.NotEmpty(units);
            foreach (var from in units)
            {
                foreach (var to in units)
                {
                    Assert.True(from.TryConvert(12.5m, to, out var there));
                    Assert.Equal(from.ToSi(12.5m), to.ToSi(there), Math.Abs(from.ToSi(12.5m)) * 1e-9);
                }
            }
        }
        Assert.False(LengthUnits.Inch.TryConvert(1, MassUnits.Kilogram, out _));
    }

    [Fact]
    public void No_text_throws() => Gen.String.Sample(text => Unit.TryParse(text, out _, out _) || true);

    static Unit Of(string symbol) => UnitTable.All.Single(unit => unit.Symbol == symbol);
}
