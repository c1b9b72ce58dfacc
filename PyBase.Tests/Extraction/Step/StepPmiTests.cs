using PyBase.Extraction.Envelope;
using Xunit;
using static PyBase.Tests.Extraction.Step.ShapeText;

namespace PyBase.Tests.Extraction.Step;

public sealed class StepPmiTests
{
    static readonly string Part1 = StepText.Product(1, "part") + Context(Millimetres) + "#20=PRODUCT_DEFINITION_SHAPE('','',#1);#21=SHAPE_ASPECT('bore','',#20,.T.);";

    [Fact]
    public void A_dimension_has_value_deviations_limits_and_decimals()
    {
        var row = Row("pmi_dimensions", """
            #30=DIMENSIONAL_SIZE(#21,'diameter');
            #31=DIMENSIONAL_CHARACTERISTIC_REPRESENTATION(#30,#32);
            #32=SHAPE_DIMENSION_REPRESENTATION('',(#33,#36),#910);
            #33=(LENGTH_MEASURE_WITH_UNIT()MEASURE_REPRESENTATION_ITEM()MEASURE_WITH_UNIT(LENGTH_MEASURE(20.0000000000002),#900)QUALIFIED_REPRESENTATION_ITEM((#34))REPRESENTATION_ITEM('nominal value'));
            #34=VALUE_FORMAT_TYPE_QUALIFIER('NR2 2.2');
            #36=DESCRIPTIVE_REPRESENTATION_ITEM('dimensional note','auxiliary');
            #37=PLUS_MINUS_TOLERANCE(#38,#30);
            #38=TOLERANCE_VALUE(#39,#40);
            #39=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(-0.1),#900);
            #40=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(0.05),#900);
            """);
        Assert.Equal("part size diameter 20 0.05 -0.1 20.05 19.9  mm 2 20.00 true false  bore", row);
    }

    [Fact]
    public void Limits_alone_give_deviations_and_a_fit_is_a_word()
    {
        Assert.Equal("part size radius 2 0.5 -0.25 2.5 1.75  mm  2 false false  bore", Row("pmi_dimensions", """
            #30=DIMENSIONAL_SIZE(#21,'radius');#31=DIMENSIONAL_CHARACTERISTIC_REPRESENTATION(#30,#32);#32=SHAPE_DIMENSION_REPRESENTATION('',(#33,#34,#35),#910);
            #33=MEASURE_REPRESENTATION_ITEM('upper limit',LENGTH_MEASURE(2.5),#900);#34=MEASURE_REPRESENTATION_ITEM('nominal value',LENGTH_MEASURE(2.),#900);
            #35=MEASURE_REPRESENTATION_ITEM('lower limit',LENGTH_MEASURE(1.75),#900);
            """));
        Assert.Equal("part size diameter 8     H7 mm  8 false false  bore", Row("pmi_dimensions", """
            #30=DIMENSIONAL_SIZE(#21,'diameter');#31=DIMENSIONAL_CHARACTERISTIC_REPRESENTATION(#30,#32);#32=SHAPE_DIMENSION_REPRESENTATION('',(#34),#910);
            #34=MEASURE_REPRESENTATION_ITEM('nominal value',LENGTH_MEASURE(8.),#900);#37=PLUS_MINUS_TOLERANCE(#38,#30);#38=LIMITS_AND_FITS('H','hole','7','');
            """));
    }

    [Fact]
    public void A_dimension_without_a_value_stays_and_is_told()
    {
        var result = Extract(Part1 + "#30=DIMENSIONAL_LOCATION('linear distance','',#21,#21);");
        Assert.Equal(["dimension-without-value"], result.Findings.Select(finding => finding.Code));
        Assert.Equal(1, result.Table("pmi_dimensions")!.RowCount);
    }

    [Theory]
    [InlineData("#50=(GEOMETRIC_TOLERANCE('t','',#51,#21)GEOMETRIC_TOLERANCE_WITH_DATUM_REFERENCE((#60))GEOMETRIC_TOLERANCE_WITH_MODIFIERS((.MAXIMUM_MATERIAL_REQUIREMENT.))POSITION_TOLERANCE());", "part position t 0.3 mm cylindrical or circular true M A|B-C(M)  bore")]
    // The magnitude in parts, which some readers take for zero.
    [InlineData("#50=PERPENDICULARITY_TOLERANCE('t','',#52,#21,(#60));", "part perpendicularity t 0.3 mm cylindrical or circular true  A|B-C(M)  bore")]
    [InlineData("#50=(GEOMETRIC_TOLERANCE('t','',#51,#21)GEOMETRIC_TOLERANCE_WITH_DATUM_REFERENCE((#67,#66))SURFACE_PROFILE_TOLERANCE());", "part surface profile t 0.3 mm cylindrical or circular true  A|B(L)  bore")]
    [InlineData("#50=FLATNESS_TOLERANCE('t','',#51,#21);", "part flatness t 0.3 mm cylindrical or circular true    bore")]
    public void A_tolerance_has_value_zone_modifiers_and_datums(string tolerance, string expected)
    {
        var row = Row("pmi_tolerances", tolerance + """
            #51=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(0.3),#900);
            #52=(LENGTH_MEASURE_WITH_UNIT()MEASURE_REPRESENTATION_ITEM()MEASURE_WITH_UNIT(LENGTH_MEASURE(0.3),#900)REPRESENTATION_ITEM('tolerance value'));
            #53=TOLERANCE_ZONE('','',#20,.F.,(#50),#54);#54=TOLERANCE_ZONE_FORM('cylindrical or circular');
            #60=DATUM_SYSTEM('','',#20,.F.,(#61,#62));
            #61=DATUM_REFERENCE_COMPARTMENT('','',#20,.F.,#63,$);
            #62=DATUM_REFERENCE_COMPARTMENT('','',#20,.F.,COMMON_DATUM_LIST((#68,#69)),(SIMPLE_DATUM_REFERENCE_MODIFIER(.MAXIMUM_MATERIAL_REQUIREMENT.)));
            #63=DATUM('','',#20,.F.,'A');#64=DATUM('','',#20,.F.,'B');#65=DATUM('','',#20,.F.,'C');
            #66=DATUM_REFERENCE(1,#63);#67=REFERENCED_MODIFIED_DATUM(2,#64,.LEAST_MATERIAL_CONDITION.);
            #68=DATUM_REFERENCE_ELEMENT('','',#20,.F.,#64,$);#69=DATUM_REFERENCE_ELEMENT('','',#20,.F.,#65,$);
            """, "part_number", "characteristic", "name", "value", "unit", "zone", "diametral", "modifiers", "datums", "composite_index", "feature");
        Assert.Equal(expected, row);
    }

    [Fact]
    public void Frames_of_a_composite_tolerance_are_counted()
    {
        var table = Extract(Part1 + """
            #50=FLATNESS_TOLERANCE('a','',#53,#21);#51=FLATNESS_TOLERANCE('b','',#53,#21);#52=FLATNESS_TOLERANCE('c','',#53,#21);#53=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.),#900);
            #54=GEOMETRIC_TOLERANCE_RELATIONSHIP('composite','',#50,#51);#55=GEOMETRIC_TOLERANCE_RELATIONSHIP('composite','',#51,#52);
            """).Table("pmi_tolerances")!;
        Assert.Equal([1, 2, 3], table.Rows.Select(row => table.At(row, "composite_index").Integer ?? 0));
    }

    [Fact]
    public void Material_density_volume_colour_and_layer_are_those_of_the_part()
    {
        var result = Extract(ShapeText.Part("#61", Face("PLANE('',#80)", "VERTEX_LOOP('',#201)", Point(202, 0, 0, 0) + "#201=VERTEX_POINT('',#202);")) + """
            #300=PROPERTY_DEFINITION('material property','material name',#1);#301=PROPERTY_DEFINITION_REPRESENTATION(#300,#302);#302=REPRESENTATION('material name',(#303),#910);#303=DESCRIPTIVE_REPRESENTATION_ITEM('Steel','');
            #310=PROPERTY_DEFINITION('material property','density',#1);#311=PROPERTY_DEFINITION_REPRESENTATION(#310,#312);#312=REPRESENTATION('density',(#313),#910);#313=MEASURE_REPRESENTATION_ITEM('density measure',POSITIVE_RATIO_MEASURE(7.85),#314);
            #314=DERIVED_UNIT((#315,#316));#315=DERIVED_UNIT_ELEMENT(#317,1.);#317=(MASS_UNIT()NAMED_UNIT(*)SI_UNIT($,.GRAM.));#316=DERIVED_UNIT_ELEMENT(#318,-3.);#318=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.CENTI.,.METRE.));
            #320=PROPERTY_DEFINITION('geometric validation property','',#40);#321=PROPERTY_DEFINITION_REPRESENTATION(#320,#322);#322=REPRESENTATION('volume',(#323),#910);#323=MEASURE_REPRESENTATION_ITEM('volume measure',VOLUME_MEASURE(2.),#324);
            #324=DERIVED_UNIT((#325));#325=DERIVED_UNIT_ELEMENT(#318,3.);
            #330=STYLED_ITEM('',(#331),#61);#331=PRESENTATION_STYLE_ASSIGNMENT((#332));#332=SURFACE_STYLE_USAGE(.BOTH.,#333);#333=SURFACE_SIDE_STYLE('',(#334));#334=SURFACE_STYLE_FILL_AREA(#335);
            #335=FILL_AREA_STYLE('',(#336));#336=FILL_AREA_STYLE_COLOUR('',#337);#337=COLOUR_RGB('',1.,0.5,0.);
            #340=PRESENTATION_LAYER_ASSIGNMENT('L1','',(#61));
            """);
        Assert.Equal("2000 validation property Steel 7.85 g/cm3 #FF8000 L1", Cells(result, "parts", "volume", "volume_source", "material", "density", "density_unit", "color", "layer"));
    }

    static string Row(string kind, string instances, params string[] keys) => Cells(Extract(Part1 + instances), kind, keys);

    static string Cells(ExtractionResult result, string kind, params string[] keys)
    {
        var table = result.Table(kind)!;
        var row = Assert.Single(table.Rows);
        return string.Join(' ', keys.Length == 0 ? row.Cells.Select(cell => cell.ToString()) : keys.Select(key => table.At(row, key).ToString()));
    }
}
