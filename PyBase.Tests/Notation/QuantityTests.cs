using CsCheck;
using PyBase.Notation.Fits;
using PyBase.Notation.Quantities;
using PyBase.Notation.Units;

namespace PyBase.Tests.Notation;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("25,4 mm", "25.4 mm")]
    [InlineData("25.40", "25.40 mm")]
    [InlineData(".5in", "0.5 in")]
    [InlineData("25.", "25 mm")]
    [InlineData("⌀12.7 ±0.05", "⌀12.7 ±0.05 mm")]
    [InlineData("Ø 12,7±0,05", "⌀12.7 ±0.05 mm")]
    [InlineData("%%c12.7 %%p0.05", "⌀12.7 ±0.05 mm")]
    [InlineData("φ10", "⌀10 mm")]
    [InlineData("∅10 H7/g6", "⌀10 mm H7/g6")]
    [InlineData("R3", "R3 mm")]
    [InlineData(".25 R", "R0.25 mm")]
    [InlineData("12.7 DIA", "⌀12.7 mm")]
    [InlineData("SR 10", "SR10 mm")]
    [InlineData("SØ8", "S⌀8 mm")]
    [InlineData("□12", "□12 mm")]
    [InlineData("C2", "C2 mm")]
    [InlineData("4x ⌀10", "4x ⌀10 mm")]
    [InlineData("4X R3", "4x R3 mm")]
    [InlineData("4×⌀6,6", "4x ⌀6.6 mm")]
    [InlineData("4-⌀10", "4x ⌀10 mm")]
    [InlineData("⌀10 4 PLCS", "4x ⌀10 mm")]
    [InlineData("10 +0.1/-0.2", "10 +0.1/-0.2 mm")]
    [InlineData("10 +0,1 -0,2", "10 +0.1/-0.2 mm")]
    [InlineData("10 -0.2 +0.1", "10 +0.1/-0.2 mm")]
    [InlineData("10 −0,1 −0,2", "10 -0.1/-0.2 mm")]
    [InlineData("10 +0.2+0.1", "10 +0.2/+0.1 mm")]
    [InlineData("10 0/-0.1", "10 0/-0.1 mm")]
    [InlineData("10 +0.1 0", "10 +0.1/0 mm")]
    [InlineData("10 +0.1", "10 +0.1/0 mm")]
    [InlineData("10-0,1", "10 0/-0.1 mm")]
    [InlineData("10 \\S+0.1^-0.2;", "10 +0.1/-0.2 mm")]
    [InlineData("10 +/-0.1", "10 ±0.1 mm")]
    [InlineData("10.5 ±0.1 mm", "10.5 ±0.1 mm")]
    [InlineData("10 ±0.1 in", "10 ±0.1 in")]
    [InlineData("25 mm ±50 µm", "25 mm ±50 µm")]
    [InlineData("9.8-10.2", "9.8-10.2 mm")]
    [InlineData("9,8 – 10,2 mm", "9.8-10.2 mm")]
    [InlineData("10.4 - 10.6 mm", "10.4-10.6 mm")]
    [InlineData("10.2/9.8", "9.8-10.2 mm")]
    [InlineData("9.8…10.2", "9.8-10.2 mm")]
    [InlineData("9.8 to 10.2 in", "9.8-10.2 in")]
    [InlineData("-5...-3 mm", "-5...-3 mm")]
    [InlineData("10 H7", "10 mm H7")]
    [InlineData("10H7/g6", "10 mm H7/g6")]
    [InlineData("⌀25 js6", "⌀25 mm js6")]
    [InlineData("10e8", "10 mm e8")]
    [InlineData("10 m6", "10 mm m6")]
    [InlineData("25 H7 (+0.021/0)", "25 mm H7")]
    [InlineData("⌀25 g6 (-0,007 -0,020)", "⌀25 mm g6")]
    [InlineData("30 JS7 (±0.0105)", "30 mm JS7")]
    [InlineData("(25 H7)", "(25 mm H7)")]
    [InlineData("1.5e-3 m", "0.0015 m")]
    [InlineData("(25)", "(25 mm)")]
    [InlineData("25 REF.", "(25 mm)")]
    [InlineData("[25]", "[25 mm]")]
    [InlineData("⌀25 BSC", "[⌀25 mm]")]
    [InlineData("R3 TYP.", "R3 mm TYP")]
    [InlineData("R0.5 MAX", "R0.5 mm MAX")]
    [InlineData("R3 min", "R3 mm MIN")]
    [InlineData("3 mm min.", "3 mm MIN")]
    [InlineData("5 min", "5 min")]
    [InlineData("45°", "45°")]
    [InlineData("45° ±0.5°", "45° ±0.5°")]
    [InlineData("45°30'", "45.5°")]
    [InlineData("45° 30′ 36″", "45.51°")]
    [InlineData("45° ±30'", "45° ±30 arcmin")]
    [InlineData("-12°15'", "-12.25°")]
    [InlineData("45%%d", "45°")]
    [InlineData("5'-3 1/2\"", "63.5 in")]
    [InlineData("5' 3\"", "63 in")]
    [InlineData("5'", "5 ft")]
    [InlineData("2 1/2\"", "2.5 in")]
    [InlineData("2-1/2\"", "2.5 in")]
    [InlineData("2½ in", "2.5 in")]
    [InlineData("1/4\"", "0.25 in")]
    [InlineData("1/4-1/2\"", "0.25-0.5 in")]
    [InlineData("⅛''", "0.125 in")]
    [InlineData("2x45°", "2 mm x 45°")]
    [InlineData("0,5 x 45°", "0.5 mm x 45°")]
    [InlineData("2x 45°", "2x 45°")]
    [InlineData("1 234,5 mm", "1234.5 mm")]
    [InlineData("1.234,5 mm", "1234.5 mm")]
    [InlineData("1,234.5 mm", "1234.5 mm")]
    [InlineData("1,234,567", "1234567 mm")]
    [InlineData("1,234,567.25", "1234567.25 mm")]
    [InlineData("1,234", "1.234 mm")]
    [InlineData("１２．５ｍｍ", "12.5 mm")]
    [InlineData("12 N·m", "12 N·m")]
    [InlineData("235 MPa min", "235 MPa MIN")]
    [InlineData("20 °C ±2", "20 ±2 °C")]
    [InlineData("-40 °F", "-40 °F")]
    [InlineData("7,85 g/cm³", "7.85 g/cm³")]
    public void A_notation_reads_and_prints(string text, string canonical)
    {
        Assert.True(Quantity.TryParse(text, out var value, out var fault), fault?.ToString());
        Assert.Equal(canonical, value.ToString());
        Assert.Equal(text, value.Original);
        Assert.True(Quantity.TryParse(canonical, out var again, out fault), fault?.ToString());
        Assert.Equal(value, again);
        Assert.Equal(canonical, again.ToString());
        Assert.Equal(0, value.CompareTo(again));
    }

    [Theory]
    [InlineData("", 0, "a number")]
    [InlineData("abc", 0, "a number")]
    [InlineData("25 furlong", 3, null)]
    [InlineData("10 ±0.1 kg mm", 11, null)]
    [InlineData("10 mm ±0.1 kg", 11, "a unit of length")]
    [InlineData("10 +0.1/+0.2", 8, "a lower deviation that is not above the upper one")]
    [InlineData("10 -0.2 -0.1", 8, "a lower deviation that is not above the upper one")]
    [InlineData("10 to 9", 3, "an upper limit that is not below the lower one")]
    [InlineData("10 H19", 4, "a tolerance grade 01, 0, 1 to 18")]
    [InlineData("10 g6/H7", 5, null)]
    [InlineData("45° H7", 4, "a tolerance that is not a class of lengths")]
    [InlineData("1/4-20", 3, null)]
    [InlineData("1/0", 2, "a denominator other than zero")]
    [InlineData("(25", 3, "a closing parenthesis")]
    [InlineData("12,34,567", 5, null)]
    [InlineData("1234567890123", 0, null)]
    [InlineData("10 ±", 4, "a number")]
    [InlineData("R3 kg", 3, "a unit of length")]
    [InlineData("5'-13\"", 2, "less than twelve inches")]
    [InlineData("45°75'", 3, "less than sixty")]
    [InlineData("10 ±0.1 MAX", 3, "MAX without another tolerance")]
    [InlineData("M6", 0, "a number")]
    [InlineData("25 H7 (+0.025/0)", 6, "the limits of H7, +21/0 µm")]
    public void What_is_no_quantity_says_where(string text, int position, string? expected)
    {
        Assert.False(Quantity.TryParse(text, out var value, out var fault), value?.ToString());
        if (expected is not null)
            Assert.Equal(expected, fault.Expected);
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void A_field_of_one_dimension_refuses_the_others()
    {
        Assert.True(Quantity.TryParse("0.5 in", LengthUnits.Millimetre, out _, out _));
        Assert.True(Quantity.TryParse("5 min", LengthUnits.Millimetre, out var least, out _));
        Assert.Equal("5 mm MIN", least.ToString());
        Assert.False(Quantity.TryParse("5 kg", LengthUnits.Millimetre, out _, out var fault));
        Assert.Equal("a unit of length", fault.Expected);
        Assert.True(Quantity.TryParse("30'", AngleUnits.Degree, out var minutes, out _));
        Assert.Equal("30 arcmin", minutes.ToString());
        Assert.True(Quantity.TryParse("12", MassUnits.Kilogram, out var mass, out _));
        Assert.Equal("12 kg", mass.ToString());
    }

    [Theory]
    [InlineData("⌀25 H7", 0.025, 0.025, 0.025021)]
    [InlineData("25 g6", 0.025, 0.02498, 0.024993)]
    [InlineData("10 ±0.1", 0.01, 0.0099, 0.0101)]
    [InlineData("9.8-10.2", 0.01, 0.0098, 0.0102)]
    [InlineData("1 in ±0.1 mm", 0.0254, 0.0253, 0.0255)]
    [InlineData("R3 MAX", 0.003, null, 0.003)]
    [InlineData("R3 MIN", 0.003, 0.003, null)]
    [InlineData("25", 0.025, null, null)]
    [InlineData("25 H7/g6", 0.025, null, null)]
    [InlineData("20 ±2 °C", 293.15, 291.15, 295.15)]
    public void Value_and_bounds_are_in_SI(string text, double value, double? lower, double? upper)
    {
        Assert.True(Quantity.TryParse(text, out var quantity, out var fault), fault?.ToString());
        Assert.Equal((value, lower, upper), (quantity.SiValue, quantity.SiLower, quantity.SiUpper));
    }

    [Fact]
    public void Lengths_of_all_units_sort_and_group_by_SI()
    {
        string[] sorted = ["10 mm", "0.5 in", "12.7 mm", "1.3 cm", "1 ft", "0.5 m"];
        Quantity[] values = [.. sorted.Reverse().Select(Parse)];
        Array.Sort(values);
        Assert.Equal(sorted.Length, values.Length);
        Assert.Equal(["10 mm", "0.5 in", "12.7 mm", "1.3 cm", "1 ft", "0.5 m"], values.Select(value => value.ToString()));
        Assert.True(Parse("0.5 in") > Parse("10 mm"));
        Assert.Equal(Parse("0.5 in").SiValue, Parse("12.7 mm").SiValue);
        Assert.Equal(Parse("12.70 mm"), Parse("12.7 mm"));
    }

    [Theory]
    [InlineData("0.5 in ±0.01", "mm", 2, "12.70 ±0.25 mm")]
    [InlineData("12.7 mm", "in", null, "0.5 in")]
    [InlineData("25.4-50.8", "in", 3, "1.000-2.000 in")]
    [InlineData("100 MPa", "psi", 0, "14504 psi")]
    public void A_quantity_prints_in_another_unit(string text, string unit, int? decimals, string expected)
    {
        Assert.True(Unit.TryParse(unit, out var target, out _));
        Assert.True(Parse(text).TryConvert(target, decimals, out var converted));
        Assert.Equal(expected, converted.ToString());
        Assert.False(Parse(text).TryConvert(TemperatureUnits.Celsius, null, out _));
    }

    [Fact]
    public void Every_quantity_prints_and_reads_back() => Quantities.Sample(value =>
    {
        Assert.True(Quantity.TryParse(value.ToString(), out var read, out var fault), $"{value}: {fault}");
        Assert.Equal(value, read);
        Assert.Equal(value.ToString(), read.ToString());
    }, iter: 5000);

    [Fact]
    public void The_order_is_total() => Gen.Select(Quantities, Quantities, Quantities).Sample((a, b, c) =>
    {
        Assert.Equal(a.Equals(b), a.CompareTo(b) == 0);
        Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
        if (a <= b && b <= c)
            Assert.True(a <= c);
    });

    [Fact]
    public void No_text_throws()
    {
        Gen.String.Sample(text => Quantity.TryParse(text, out _, out _) || true);
        Gen.String[Gen.Char["0123456789.,+-/ '\"°±⌀RSHg()[]x…mMiInN½\\^;eEC%"], 0, 24].Sample(text =>
        {
            if (!Quantity.TryParse(text, out var value, out var fault))
                return fault.Position >= 0 && fault.Position <= text.Length;
            Assert.True(Quantity.TryParse(value.ToString(), out var again, out fault), $"{text} -> {value}: {fault}");
            Assert.Equal(value, again);
            return value.SiLower is not { } lower || value.SiUpper is not { } upper || lower <= upper;
        }, iter: 200_000);
    }

    [Fact]
    public void The_culture_of_the_thread_changes_nothing()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in (string[])["de-DE", "tr-TR", "fa-IR"])
            {
                System.Globalization.CultureInfo.CurrentCulture = new(name);
                Assert.Equal("⌀12.5 +0.1/-0.2 mm", Parse("⌀12,5 +0.1 -0,2 MM").ToString());
                Assert.Equal("2 in", Parse("2 IN").ToString());
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_long_text_is_refused() => Assert.False(Quantity.TryParse(new string('1', 1001), out _, out _));

    static Quantity Parse(string text) => Quantity.TryParse(text, out var value, out var fault) ? value : throw new Xunit.Sdk.XunitException($"{text}: {fault}");

    static readonly Gen<decimal> s_sizes = Gen.Select(Gen.Long[1, 999_999_999], Gen.Int[0, 6]).Select((digits, scale) => new decimal((int)digits, (int)(digits >> 32), 0, false, (byte)scale));

    static readonly Gen<Unit> s_lengths = Gen.OneOf([.. UnitTable.Of(UnitDimension.Length)]);

    static readonly Gen<Quantity> s_plain = Gen.Select(s_sizes, Gen.Bool, Gen.OneOf([.. UnitTable.All]))
        .Select((value, negative, unit) => new Quantity { Value = negative ? -value : value, Unit = unit });

    static readonly Gen<Quantity> s_toleranced = Gen.Select(s_plain, s_sizes, s_sizes, Gen.Int[0, 5]).Select((plain, first, second, kind) => kind switch
    {
        0 => plain with { Tolerance = new Tolerance.Deviations(-first, first, plain.Unit) },
        1 => plain with { Tolerance = new Tolerance.Deviations(-second, first, plain.Unit) },
        2 => plain with { Tolerance = new Tolerance.Deviations(0, first, plain.Unit) },
        3 => plain with { Tolerance = new Tolerance.Maximum() },
        4 => plain with { Tolerance = new Tolerance.Minimum() },
        _ => Quantity.Between(Math.Min(first, second), Math.Max(first, second), plain.Unit),
    });

    static readonly Gen<Quantity> s_fitted = Gen.Select(s_sizes, s_lengths, Gen.OneOf("H7", "js6", "ZC18", "h01")).Select((value, unit, text) =>
        new Quantity { Value = value, Unit = unit, Tolerance = ToleranceClass.TryParse(text, out var code, out _) ? new Tolerance.OfClass(code) : null });

    static readonly Gen<Quantity> s_features = Gen.Select(s_sizes, s_lengths, Gen.Enum<FeatureSymbol>(), Gen.Enum<QuantityKind>(), Gen.Int[1, 99], Gen.Bool, Gen.Bool)
        .Select((value, unit, symbol, kind, count, typical, chamfer) => new Quantity
        {
            Value = value, Unit = unit, Symbol = symbol, Kind = kind, Count = count, IsTypical = typical,
            ChamferAngle = chamfer && symbol == FeatureSymbol.None ? 30 : null,
        });

    static readonly Gen<Quantity> Quantities = Gen.OneOf(s_plain, s_toleranced, s_fitted, s_features);
}
