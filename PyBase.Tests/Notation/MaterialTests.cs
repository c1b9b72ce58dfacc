using CsCheck;
using PyBase.Notation.Materials;

namespace PyBase.Tests.Notation;

public sealed class MaterialTests
{
    [Theory]
    [InlineData("1.4301", "1.4301", MaterialStandard.EnNumber, MaterialFamily.StainlessSteel, "")]
    [InlineData("W.Nr. 1.0038", "1.0038", MaterialStandard.EnNumber, MaterialFamily.CarbonSteel, "")]
    [InlineData("1.2379", "1.2379", MaterialStandard.EnNumber, MaterialFamily.ToolSteel, "")]
    [InlineData("1.3343", "1.3343", MaterialStandard.EnNumber, MaterialFamily.ToolSteel, "")]
    [InlineData("1.7225+QT", "1.7225+QT", MaterialStandard.EnNumber, MaterialFamily.AlloySteel, "+QT")]
    [InlineData("3.4365", "3.4365", MaterialStandard.EnNumber, MaterialFamily.Aluminium, "")]
    [InlineData("3.7165", "3.7165", MaterialStandard.EnNumber, MaterialFamily.Titanium, "")]
    [InlineData("S235JR", "S235JR", MaterialStandard.EnSteel, MaterialFamily.CarbonSteel, "")]
    [InlineData("s355j2 + n", "S355J2+N", MaterialStandard.EnSteel, MaterialFamily.CarbonSteel, "+N")]
    [InlineData("P265GH", "P265GH", MaterialStandard.EnSteel, MaterialFamily.CarbonSteel, "")]
    [InlineData("C45E+QT", "C45E+QT", MaterialStandard.EnSteel, MaterialFamily.CarbonSteel, "+QT")]
    [InlineData("X5CrNi18-10", "X5CrNi18-10", MaterialStandard.EnSteel, MaterialFamily.StainlessSteel, "")]
    [InlineData("X5CRNI18–10", "X5CrNi18-10", MaterialStandard.EnSteel, MaterialFamily.StainlessSteel, "")]
    [InlineData("X2CrNiMo17-12-2", "X2CrNiMo17-12-2", MaterialStandard.EnSteel, MaterialFamily.StainlessSteel, "")]
    [InlineData("X40CrMoV5-1", "X40CrMoV5-1", MaterialStandard.EnSteel, MaterialFamily.ToolSteel, "")]
    [InlineData("HS6-5-2", "HS6-5-2", MaterialStandard.EnSteel, MaterialFamily.ToolSteel, "")]
    [InlineData("42CrMo4+QT", "42CrMo4+QT", MaterialStandard.EnSteel, MaterialFamily.AlloySteel, "+QT")]
    [InlineData("16MNCR5", "16MnCr5", MaterialStandard.EnSteel, MaterialFamily.AlloySteel, "")]
    [InlineData("11SMnPb30+C", "11SMnPb30+C", MaterialStandard.EnSteel, MaterialFamily.AlloySteel, "+C")]
    [InlineData("St37-2", "St37-2", MaterialStandard.Din, MaterialFamily.CarbonSteel, "")]
    [InlineData("Ck45", "Ck45", MaterialStandard.Din, MaterialFamily.CarbonSteel, "")]
    [InlineData("EN AW-6061-T6", "EN AW-6061-T6", MaterialStandard.EnAluminium, MaterialFamily.Aluminium, "T6")]
    [InlineData("EN AW 6082 T6", "EN AW-6082-T6", MaterialStandard.EnAluminium, MaterialFamily.Aluminium, "T6")]
    [InlineData("EN AW-AlMg3", "EN AW-AlMg3", MaterialStandard.EnAluminium, MaterialFamily.Aluminium, "")]
    [InlineData("EN AC-AlSi10Mg(a)", "EN AC-AlSi10Mg(A)", MaterialStandard.EnAluminium, MaterialFamily.Aluminium, "")]
    [InlineData("EN AC-43000", "EN AC-43000", MaterialStandard.EnAluminium, MaterialFamily.Aluminium, "")]
    [InlineData("AlMgSi1", "AlMgSi1", MaterialStandard.EnAluminium, MaterialFamily.Aluminium, "")]
    [InlineData("6061-T6", "AA 6061-T6", MaterialStandard.AluminumAssociation, MaterialFamily.Aluminium, "T6")]
    [InlineData("AA 7075-T651", "AA 7075-T651", MaterialStandard.AluminumAssociation, MaterialFamily.Aluminium, "T651")]
    [InlineData("5083 H111", "AA 5083-H111", MaterialStandard.AluminumAssociation, MaterialFamily.Aluminium, "H111")]
    [InlineData("6061", "AA 6061", MaterialStandard.AluminumAssociation, MaterialFamily.Aluminium, "")]
    [InlineData("AISI 304L", "AISI 304L", MaterialStandard.Aisi, MaterialFamily.StainlessSteel, "")]
    [InlineData("316", "AISI 316", MaterialStandard.Aisi, MaterialFamily.StainlessSteel, "")]
    [InlineData("17-4 PH", "AISI 17-4PH", MaterialStandard.Aisi, MaterialFamily.StainlessSteel, "")]
    [InlineData("4140", "AISI 4140", MaterialStandard.Aisi, MaterialFamily.AlloySteel, "")]
    [InlineData("AISI 1018", "AISI 1018", MaterialStandard.Aisi, MaterialFamily.CarbonSteel, "")]
    [InlineData("52100", "AISI 52100", MaterialStandard.Aisi, MaterialFamily.AlloySteel, "")]
    [InlineData("D2", "AISI D2", MaterialStandard.Aisi, MaterialFamily.ToolSteel, "")]
    [InlineData("UNS S30400", "UNS S30400", MaterialStandard.Uns, MaterialFamily.StainlessSteel, "")]
    [InlineData("UNS N07718", "UNS N07718", MaterialStandard.Uns, MaterialFamily.Nickel, "")]
    [InlineData("C36000", "UNS C36000", MaterialStandard.Uns, MaterialFamily.Brass, "")]
    [InlineData("ASTM A36", "ASTM A36", MaterialStandard.Astm, MaterialFamily.Unknown, "")]
    [InlineData("A572 Gr 50", "ASTM A572 Gr 50", MaterialStandard.Astm, MaterialFamily.Unknown, "")]
    [InlineData("EN-GJL-250", "EN-GJL-250", MaterialStandard.EnCastIron, MaterialFamily.CastIron, "")]
    [InlineData("GJS-400-15", "EN-GJS-400-15", MaterialStandard.EnCastIron, MaterialFamily.CastIron, "")]
    [InlineData("ISO 1083/JS/400-15", "ISO 1083/JS/400-15", MaterialStandard.IsoCastIron, MaterialFamily.CastIron, "")]
    [InlineData("GG25", "GG-25", MaterialStandard.Din, MaterialFamily.CastIron, "")]
    [InlineData("SUS304", "SUS304", MaterialStandard.Jis, MaterialFamily.StainlessSteel, "")]
    [InlineData("S45C", "S45C", MaterialStandard.Jis, MaterialFamily.CarbonSteel, "")]
    [InlineData("Q235B", "Q235B", MaterialStandard.Gb, MaterialFamily.CarbonSteel, "")]
    [InlineData("CW614N", "CW614N", MaterialStandard.EnCopper, MaterialFamily.Brass, "")]
    [InlineData("CuZn39Pb3", "CuZn39Pb3", MaterialStandard.EnCopper, MaterialFamily.Brass, "")]
    [InlineData("CuSn8", "CuSn8", MaterialStandard.EnCopper, MaterialFamily.Bronze, "")]
    [InlineData("Ti-6Al-4V", "Ti-6Al-4V", MaterialStandard.Trade, MaterialFamily.Titanium, "")]
    [InlineData("Inconel 718", "INCONEL 718", MaterialStandard.Trade, MaterialFamily.Nickel, "")]
    [InlineData("PA6.6 GF30", "PA66-GF30", MaterialStandard.IsoPolymer, MaterialFamily.Composite, "")]
    [InlineData("POM-C", "POM-C", MaterialStandard.IsoPolymer, MaterialFamily.Plastic, "")]
    [InlineData("NBR 70 Shore A", "NBR 70", MaterialStandard.IsoPolymer, MaterialFamily.Rubber, "")]
    public void A_designation_tells_standard_family_and_condition(string text, string canonical, MaterialStandard standard, MaterialFamily family, string condition)
    {
        Assert.True(MaterialDesignation.TryParse(text, out var material, out var fault), fault?.ToString());
        Assert.Equal((canonical, standard, family, condition), (material.ToString(), material.Standard, material.Family, material.Condition));
        Assert.True(MaterialDesignation.TryParse(canonical, out var again, out fault), fault?.ToString());
        Assert.Equal(material, again);
        Assert.Equal(family, again.Family);
    }

    [Theory]
    [InlineData(""), InlineData("steel"), InlineData("1.43"), InlineData("S23"), InlineData("X5"), InlineData("9.9999"), InlineData("M6"), InlineData("10 H7"), InlineData("PA66-GF")]
    public void Another_text_is_refused(string text) => Assert.False(MaterialDesignation.TryParse(text, out var material, out _), material?.ToString());

    [Fact]
    public void What_reads_prints_and_reads_back()
    {
        Gen.String.Sample(text => MaterialDesignation.TryParse(text, out _, out _) || true);
        Gen.OneOf("EN", "AW", "-", " ", "+", "S", "X", "5", "235", "JR", "Cr", "Ni", "18", "10", "1.", "4301", "6061", "T6", "AISI", "304", "L", "GJL", "250", "Cu", "Zn", "39", "PA", "GF30", "A", "36", "N", "QT", "Al", "Mg", "Si", "Ti")
            .Array[1, 6].Select(string.Concat).Sample(text =>
            {
                if (!MaterialDesignation.TryParse(text, out var material, out _))
                    return true;
                Assert.True(MaterialDesignation.TryParse(material.ToString(), out var again, out _), $"{text} -> {material}");
                Assert.Equal(material, again);
                return material.Family == again.Family;
            }, iter: 20_000);
    }
}
