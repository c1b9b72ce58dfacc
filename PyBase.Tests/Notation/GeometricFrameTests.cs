using CsCheck;
using PyBase.Notation.Geometry;
using PyBase.Notation.Units;

namespace PyBase.Tests.Notation;

public sealed class GeometricFrameTests
{
    [Theory]
    [InlineData("⌖ ⌀0.1 Ⓜ A B Ⓜ C", "⌖|⌀0.1Ⓜ|A|BⓂ|C")]
    [InlineData("|⌖|⌀0,02|A|", "⌖|⌀0.02|A")]
    [InlineData("POS DIA 0.1 (M) A B(M) C", "⌖|⌀0.1Ⓜ|A|BⓂ|C")]
    [InlineData("{\\Fgdt;j}%%v{\\Fgdt;n}0.1{\\Fgdt;m}%%vA%%vB{\\Fgdt;m}%%vC%%v%%v", "⌖|⌀0.1Ⓜ|A|BⓂ|C")]
    [InlineData("{\\Fgdt;b}%%v0.05%%vA%%v%%v%%v", "⟂|0.05|A")]
    [InlineData("⟂|0.05|A", "⟂|0.05|A")]
    [InlineData("⊥ 0.05 A", "⟂|0.05|A")]
    [InlineData("// 0.02 A", "∥|0.02|A")]
    [InlineData("FLATNESS 0.05", "⏥|0.05")]
    [InlineData("⏥0.05", "⏥|0.05")]
    [InlineData("— 0.02", "⏤|0.02")]
    [InlineData("⏤ ⌀0.02 Ⓜ", "⏤|⌀0.02Ⓜ")]
    [InlineData("○ 0.01", "○|0.01")]
    [InlineData("cylindricity 0,01", "⌭|0.01")]
    [InlineData("PROFILE OF A SURFACE 0.2 A B C", "⌓|0.2|A|B|C")]
    [InlineData("⌓ 0.5 Ⓤ 0.3 A B", "⌓|0.5Ⓤ0.3|A|B")]
    [InlineData("⌓ 0,5 UZ-0,1", "⌓|0.5Ⓤ-0.1")]
    [InlineData("LINE PROFILE 0.1", "⌒|0.1")]
    [InlineData("∠ 0.1 A", "∠|0.1|A")]
    [InlineData("◎ ⌀0.02 A-B", "◎|⌀0.02|A-B")]
    [InlineData("↗ 0.1 A-B", "↗|0.1|A-B")]
    [InlineData("TOTAL RUNOUT .05 A", "⌰|0.05|A")]
    [InlineData("circular_runout 0.1 A", "↗|0.1|A")]
    [InlineData("⌯ 0.2 B", "⌯|0.2|B")]
    [InlineData("⌖ S⌀0.3 A B C", "⌖|S⌀0.3|A|B|C")]
    [InlineData("⌖ ⌀0.4 Ⓜ Ⓟ 25 A B C", "⌖|⌀0.4ⓂⓅ25|A|B|C")]
    [InlineData("⌖ ⌀0 Ⓜ A", "⌖|⌀0Ⓜ|A")]
    [InlineData("⏤ 0.1/100", "⏤|0.1/100")]
    [InlineData("⏥ 0.1/25x25", "⏥|0.1/25x25")]
    [InlineData("⏥ 0.2 Ⓕ", "⏥|0.2Ⓕ")]
    [InlineData("∥ 0.1 Ⓣ A", "∥|0.1Ⓣ|A")]
    [InlineData("⌖ ⌀.014 in Ⓜ A", "⌖|⌀0.014 inⓂ|A")]
    [InlineData("4x ⌖ ⌀0.1 A", "4x ⌖|⌀0.1|A")]
    [InlineData("⌖|⌀0.5|A|B|C\n|⌀0.2|A", "⌖|⌀0.5|A|B|C; ⌀0.2|A")]
    [InlineData("{\\Fgdt;j}%%v{\\Fgdt;n}0.5%%vA^J%%v{\\Fgdt;n}0.2%%v%%v", "⌖|⌀0.5|A; ⌀0.2")]
    [InlineData("⌖ ⌀0.5 A B C; ⌖ ⌀0.2 A", "⌖|⌀0.5|A|B|C; ⌖|⌀0.2|A")]
    [InlineData("⏥ 0.1\n∥ 0.2 A", "⏥|0.1; ∥|0.2|A")]
    [InlineData("⌖ ⌀0.1 LMC A RFS", "⌖|⌀0.1Ⓛ|AⓈ")]
    [InlineData("⌖ 0.1 CZ A B", "⌖|0.1 CZ|A|B")]
    [InlineData("⌖ ⌀0.1 F T", "⌖|⌀0.1|F|T")]
    [InlineData("⌖ ⌀0.1 AA BB", "⌖|⌀0.1|AA|BB")]
    public void A_frame_reads_and_prints(string text, string canonical)
    {
        Assert.True(GeometricFrame.TryParse(text, out var frame, out var fault), fault?.ToString());
        Assert.Equal(canonical, frame.ToString());
        Assert.True(GeometricFrame.TryParse(canonical, out var again, out fault), fault?.ToString());
        Assert.Equal(frame, again);
        Assert.Equal(frame.IsComposite, again.IsComposite);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("0.1 A", 0)]
    [InlineData("⌖", 1)]
    [InlineData("⌖ A", 2)]
    [InlineData("⏥ 0.1 A", 6)]
    [InlineData("⌖ 0.1 A B C D", 12)]
    [InlineData("⌖ 0.1 A A", 8)]
    [InlineData("⌖ 0.1 A-", 8)]
    [InlineData("⌖ 0.1 ⓂⓂ A", 7)]
    [InlineData("⌖ 0.1 kg A", 6)]
    [InlineData("⌖ 0.1 A1", 6)]
    [InlineData("⌖ 0.1 A; ⌀0.2; ∥ 0.1 A", 15)]
    [InlineData("⌖ 0.1 A nonsense", 8)]
    public void What_is_no_frame_says_where(string text, int position)
    {
        Assert.False(GeometricFrame.TryParse(text, out var frame, out var fault), frame?.ToString());
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void Each_characteristic_reads_by_sign_letter_and_name()
    {
        Assert.Equal(14, CharacteristicSign.All.Count);
        Assert.Equal(Enum.GetValues<GeometricCharacteristic>(), CharacteristicSign.All.Select(sign => sign.Characteristic));
        Assert.Equal(14, CharacteristicSign.All.Select(sign => sign.Letter).Distinct().Count());
        foreach (var sign in CharacteristicSign.All)
        {
            string[] spellings = [$"{sign.Symbol}", $"{{\\Fgdt;{sign.Letter}}}", sign.Name, sign.Name.ToUpperInvariant(), .. sign.Spellings];
            foreach (var spelling in spellings)
            {
                Assert.True(GeometricFrame.TryParse($"{spelling} 0.1", out var frame, out var fault), $"{spelling}: {fault}");
                Assert.Equal(sign.Characteristic, frame.Rows[0].Characteristic);
                Assert.Equal(sign.NeedsDatum, frame.Rows[0].IsDatumMissing);
            }
        }
    }

    [Fact]
    public void A_tolerance_has_its_value_in_SI()
    {
        Assert.True(GeometricFrame.TryParse("⌖ ⌀.010 A", LengthUnits.Inch, out var frame, out _));
        Assert.Equal(0.000254, frame.Rows[0].SiTolerance);
        Assert.Equal("⌖|⌀0.01 in|A", frame.ToString());
    }

    [Fact]
    public void Every_frame_prints_and_reads_back() => s_frames.Sample(frame =>
    {
        Assert.True(GeometricFrame.TryParse(frame.ToString(), out var read, out var fault), $"{frame}: {fault}");
        Assert.Equal(frame, read);
        Assert.Equal(frame.IsComposite, read.IsComposite);
        Assert.Equal(frame.Rows, read.Rows);
    }, iter: 5000);

    [Fact]
    public void No_text_throws()
    {
        Gen.String.Sample(text => GeometricFrame.TryParse(text, out _, out _) || true);
        Gen.OneOf("⌖", "⏥", "POS", "{\\Fgdt;j}", "{\\Fgdt;n}", "\\Fgdt;m", "%%v", "|", " ", "⌀", "S⌀", "0.1", "25", "/", "x", "Ⓜ", "(M)", "Ⓟ", "Ⓤ", "A", "B", "-", "C", ";", "^J", "\n", "in", "CZ", "4x ").Array[1, 10].Select(string.Concat).Sample(text =>
        {
            if (!GeometricFrame.TryParse(text, out var frame, out var fault))
                return fault.Position >= 0 && fault.Position <= text.Length;
            Assert.True(GeometricFrame.TryParse(frame.ToString(), out var again, out fault), $"{text} -> {frame}: {fault}");
            return frame.Equals(again);
        }, iter: 100_000);
    }

    static readonly Gen<decimal> s_sizes = Gen.Int[1, 99_999].Select(thousandths => thousandths / 1000m);

    static readonly Gen<DatumReference[]> s_datums = Gen.Select(Gen.Int[0, 3], Gen.Enum<GeometricModifier>().Nullable(), Gen.Bool).Select((count, modifier, common) =>
        Enumerable.Range(0, count).Select(index => new DatumReference(
            common ? [((char)('A' + 2 * index)).ToString(), ((char)('B' + 2 * index)).ToString()] : [((char)('A' + index)).ToString()],
            modifier is { } sign && index == 1 ? [sign] : [])).ToArray());

    static readonly Gen<FrameRow> s_rows = Gen.Select(Gen.Enum<GeometricCharacteristic>(), Gen.Enum<ToleranceZone>(), s_sizes, s_sizes.Nullable(), Gen.Enum<GeometricModifier>().Array[0, 3], s_sizes, s_datums, Gen.Bool)
        .Select((characteristic, zone, tolerance, per, modifiers, value, datums, inches) => new FrameRow
        {
            Characteristic = characteristic, Zone = zone, Tolerance = tolerance, PerLength = per, PerWidth = per is null || inches ? null : per,
            Unit = inches ? LengthUnits.Inch : LengthUnits.Millimetre,
            Modifiers = [.. modifiers.Distinct().Select(modifier => new ZoneModifier(modifier, modifier is GeometricModifier.Projected or GeometricModifier.Unequal ? value : null))],
            Datums = CharacteristicSign.Of(characteristic).Group == CharacteristicGroup.Form ? [] : datums,
        });

    static readonly Gen<GeometricFrame> s_frames = Gen.Select(s_rows.Array[1, 3], Gen.Bool, Gen.Int[1, 9]).Select((rows, composite, count) => new GeometricFrame
    {
        Rows = composite ? [.. rows.Select(row => row with { Characteristic = rows[0].Characteristic, Datums = rows[0].Datums })] : rows,
        IsComposite = composite && rows.Length > 1,
        Count = count,
    });
}
