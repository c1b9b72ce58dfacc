using Xunit;

namespace PyBase.Tests.Extraction.Ifc;

/// <summary>Property sets, quantities, units, materials and classifications.</summary>
public sealed class IfcPropertyTests
{
    [Theory]
    [InlineData("IFCLABEL('it''s')", "it's||IfcLabel|")]
    [InlineData("IFCLABEL('')", "||IfcLabel|")]
    [InlineData("$", "|||")]
    [InlineData("IFCBOOLEAN(.T.)", "true||IfcBoolean|")]
    [InlineData("IFCLOGICAL(.F.)", "false||IfcLogical|")]
    [InlineData("IFCLOGICAL(.U.)", "||IfcLogical|")]
    [InlineData("IFCINTEGER(3)", "3|3|IfcInteger|")]
    [InlineData("IFCREAL(1.E-3)", "0.001|0.001|IfcReal|")]
    [InlineData("IFCREAL(1.E999)", "1.E999||IfcReal|")]
    [InlineData("IfcPositiveLengthMeasure(300.)", "300|300|IfcPositiveLengthMeasure|mm")]
    [InlineData("IFCAREAMEASURE( 2.5 )", "2.5|2.5|IfcAreaMeasure|m²")]
    [InlineData("IFCCOMPLEXNUMBER((1.,2.))", "1; 2||IfcComplexNumber|")]
    [InlineData("IFCNEWMEASURE(7.)", "7|7|IFCNEWMEASURE|")]
    [InlineData("'untyped'", "untyped|||")]
    public void A_single_value_has_type_number_and_unit(string value, string expected) =>
        Assert.Equal(["n|" + expected], IfcText.Properties("#92", $"#92=IFCPROPERTYSINGLEVALUE('n',$,{value},$);"));

    [Fact]
    public void No_value_and_an_empty_text_differ()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #90=IFCRELDEFINESBYPROPERTIES('0000000000000000000090',$,$,$,(#20),#91);
            #91=IFCPROPERTYSET('0000000000000000000091',$,'Pset',$,(#92,#93));
            #92=IFCPROPERTYSINGLEVALUE('a',$,$,$);
            #93=IFCPROPERTYSINGLEVALUE('b',$,IFCTEXT(''),$);
            """);
        var table = result.Table("properties")!;
        Assert.Equal([true, false], table.Rows.Select(row => table.At(row, "value").IsEmpty));
    }

    [Fact]
    public void A_propertys_own_unit_beats_the_projects() => Assert.Equal(
        ["a|2|2|IfcLengthMeasure|ft", "b|0.3|0.3|IfcThermalTransmittanceMeasure|W/(m²·K)", "c|9|9|IfcMonetaryMeasure|EUR", "d|5|5|IfcReal|pcs", "e|1|1|IfcLengthMeasure|mm"],
        IfcText.Properties("#92,#93,#94,#95,#96", """
            #92=IFCPROPERTYSINGLEVALUE('a',$,IFCLENGTHMEASURE(2.),#100);
            #93=IFCPROPERTYSINGLEVALUE('b',$,IFCTHERMALTRANSMITTANCEMEASURE(0.3),#101);
            #94=IFCPROPERTYSINGLEVALUE('c',$,IFCMONETARYMEASURE(9.),#105);
            #95=IFCPROPERTYSINGLEVALUE('d',$,IFCREAL(5.),#106);
            #96=IFCPROPERTYSINGLEVALUE('e',$,IFCLENGTHMEASURE(1.),#999);
            #100=IFCCONVERSIONBASEDUNIT(#9,.LENGTHUNIT.,'FOOT',$);
            #101=IFCDERIVEDUNIT((#102,#103,#104),.THERMALTRANSMITTANCEUNIT.,$);
            #102=IFCDERIVEDUNITELEMENT(#107,1);
            #103=IFCDERIVEDUNITELEMENT(#108,-2);
            #104=IFCDERIVEDUNITELEMENT(#109,-1);
            #105=IFCMONETARYUNIT('EUR');
            #106=IFCCONTEXTDEPENDENTUNIT(#9,.USERDEFINED.,'pcs');
            #107=IFCSIUNIT(*,.POWERUNIT.,$,.WATT.);
            #108=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
            #109=IFCSIUNIT(*,.THERMODYNAMICTEMPERATUREUNIT.,$,.KELVIN.);
            """));

    [Fact]
    public void All_kinds_of_properties_make_one_row_each_and_complex_ones_one_per_member()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #90=IFCRELDEFINESBYPROPERTIES('0000000000000000000090',$,$,$,(#20),#91);
            #91=IFCPROPERTYSET('0000000000000000000091',$,'Pset',$,(#92,#93,#94,#95,#96,#97,#98));
            #92=IFCPROPERTYENUMERATEDVALUE('enum',$,(IFCLABEL('NEW'),IFCLABEL('OLD')),#100);
            #93=IFCPROPERTYLISTVALUE('list',$,(IFCLENGTHMEASURE(1.),IFCLENGTHMEASURE(2.5)),$);
            #94=IFCPROPERTYBOUNDEDVALUE('range',$,IFCLENGTHMEASURE(5.),$,$,IFCLENGTHMEASURE(4.));
            #95=IFCPROPERTYTABLEVALUE('table',$,(IFCREAL(1.),IFCREAL(2.)),(IFCLENGTHMEASURE(10.),IFCLENGTHMEASURE(20.)),$,$,$,$);
            #96=IFCPROPERTYREFERENCEVALUE('ref',$,$,#101);
            #97=IFCCOMPLEXPROPERTY('complex',$,'use',(#102,#103));
            #98=IFCPROPERTYENUMERATEDVALUE('one',$,(IFCLABEL('NEW')),$);
            #100=IFCPROPERTYENUMERATION('e',(IFCLABEL('NEW')),$);
            #101=IFCMATERIAL('Oak');
            #102=IFCPROPERTYSINGLEVALUE('a',$,IFCLABEL('x'),$);
            #103=IFCCOMPLEXPROPERTY('inner',$,'use',(#102));
            """);
        Assert.Equal(
            [
                "enum|NEW; OLD|||IfcLabel||enumerated", "list|1; 2.5|||IfcLengthMeasure|mm|list", "range|4||5|IfcLengthMeasure|mm|bounded",
                "table|1=10; 2=20|||IfcLengthMeasure|mm|table", "ref|Oak|||||reference", "complex/a|x|||IfcLabel||single",
                "complex/inner/a|x|||IfcLabel||single", "one|NEW|||IfcLabel||enumerated",
            ],
            result.Rows("properties", "name", "value", "lower", "upper", "value_type", "unit", "kind"));
        Assert.Equal(8, result.Table("properties")!.RowCount);
        Assert.Equal("'range',$,IFCLENGTHMEASURE(5.),$,$,IFCLENGTHMEASURE(4.)", result.Table("properties")!.Rows.ElementAt(2).Raw);
    }

    [Fact]
    public void A_set_gives_properties_only_and_a_circle_of_complex_ones_is_cut_where_it_closes()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #90=IFCRELDEFINESBYPROPERTIES('0000000000000000000090',$,$,$,(#20),#91);
            #91=IFCPROPERTYSET('0000000000000000000091',$,'Pset',$,(#92,#94));
            #92=IFCCOMPLEXPROPERTY('a',$,'u',(#93,#95));
            #93=IFCCOMPLEXPROPERTY('b',$,'u',(#92,#95));
            #94=IFCQUANTITYAREA('area',$,$,1.);
            #95=IFCPROPERTYSINGLEVALUE('p',$,$,$);
            """);
        Assert.Equal(["a/b/p", "a/p"], result.Rows("properties", "name"));
        Assert.Equal(2, result.Table("properties")!.RowCount);
        Assert.Equal(["relation-cycle"], result.Codes());
    }

    [Fact]
    public void An_occurrence_overrides_its_type_property_by_property()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #30=IFCRELDEFINESBYTYPE('0000000000000000000030',$,$,$,(#20),#31);
            #31=IFCWALLTYPE('0000000000000000000031',$,'T',$,$,(#32,#34),$,$,$,.SOLIDWALL.);
            #32=IFCPROPERTYSET('0000000000000000000032',$,'Pset',$,(#92,#93));
            #34=IFCELEMENTQUANTITY('0000000000000000000034',$,'Qto',$,$,(#35));
            #35=IFCPHYSICALCOMPLEXQUANTITY('layer',$,(#36),'d',$,$);
            #36=IFCQUANTITYWEIGHT('w',$,$,3.);
            #90=IFCRELDEFINESBYPROPERTIES('0000000000000000000090',$,$,$,(#20),#91);
            #91=IFCPROPERTYSET('0000000000000000000091',$,'Pset',$,(#94));
            #92=IFCPROPERTYSINGLEVALUE('a',$,IFCLABEL('type'),$);
            #93=IFCPROPERTYSINGLEVALUE('b',$,IFCLABEL('type'),$);
            #94=IFCPROPERTYSINGLEVALUE('a',$,IFCLABEL('own'),$);
            """);
        Assert.Equal(
            ["0000000000000000000020|a|own|occurrence", "0000000000000000000020|b|type|type", "0000000000000000000031|a|type|type", "0000000000000000000031|b|type|type"],
            result.Rows("properties", "guid", "name", "value", "from"));
        Assert.Equal(4, result.Table("properties")!.RowCount);
        Assert.Equal(["0000000000000000000020|layer/w|3|Weight|type", "0000000000000000000031|layer/w|3|Weight|type"], result.Rows("quantities", "guid", "name", "value", "kind", "from"));
        Assert.Equal(["T|0000000000000000000031"], result.Rows("elements", "type_name", "type_guid"));
    }

    [Fact]
    public void Two_sets_of_one_name_are_both_read_and_what_they_say_twice_is_one_row()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #89=IFCRELDEFINESBYPROPERTIES('0000000000000000000089',$,$,$,(#20),IFCPROPERTYSETDEFINITIONSET((#90,#91)));
            #90=IFCPROPERTYSET('0000000000000000000090',$,'Other',$,(#92,#93));
            #91=IFCPROPERTYSET('0000000000000000000091',$,'Other',$,(#92,#94));
            #92=IFCPROPERTYSINGLEVALUE('same',$,IFCLABEL('x'),$);
            #93=IFCPROPERTYSINGLEVALUE('differs',$,IFCLABEL('1'),$);
            #94=IFCPROPERTYSINGLEVALUE('differs',$,IFCLABEL('2'),$);
            """);
        Assert.Equal(["same|x", "differs|1", "differs|2"], result.Rows("properties", "name", "value"));
        Assert.Equal(3, result.Table("properties")!.RowCount);
    }

    [Fact]
    public void Materials_come_as_layers_profiles_constituents_and_lists()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #22=IFCBEAM('0000000000000000000022',$,'beam',$,$,$,$,$,$);
            #23=IFCDOOR('0000000000000000000023',$,'door',$,$,$,$,$,$,$,$,$,$);
            #24=IFCRELDEFINESBYTYPE('0000000000000000000024',$,$,$,(#23),#25);
            #25=IFCDOORTYPE('0000000000000000000025',$,'T',$,$,$,$,$,$,.DOOR.,.NOTDEFINED.,$,$);
            #30=IFCRELASSOCIATESMATERIAL('0000000000000000000030',$,$,$,(#20),#31);
            #31=IFCMATERIALLAYERSETUSAGE(#32,.AXIS2.,.POSITIVE.,0.,$);
            #32=IFCMATERIALLAYERSET((#33,#34),'Cavity',$);
            #33=IFCMATERIALLAYER(#50,110.,.U.,'outer',$,'Finish',$);
            #34=IFCMATERIALLAYER($,50.,.T.,$,$,$,$);
            #35=IFCRELASSOCIATESMATERIAL('0000000000000000000035',$,$,$,(#22),#36);
            #36=IFCMATERIALPROFILESETUSAGE(#37,5,$);
            #37=IFCMATERIALPROFILESET('IPE',$,(#38),$);
            #38=IFCMATERIALPROFILE($,$,#51,#39,$,$);
            #39=IFCISHAPEPROFILEDEF(.AREA.,'IPE200',$,100.,200.,5.6,8.5,$,$,$);
            #40=IFCRELASSOCIATESMATERIAL('0000000000000000000040',$,$,$,(#25),#41);
            #41=IFCMATERIALCONSTITUENTSET('Door',$,(#42));
            #42=IFCMATERIALCONSTITUENT('Frame',$,#51,0.3,$);
            #50=IFCMATERIAL('Brick',$,'masonry');
            #51=IFCMATERIAL('Steel',$,$);
            """);
        Assert.Equal(
            ["Brick|Layer|1|outer|110|||Finish|Cavity|occurrence", "|Layer|2||50||||Cavity|occurrence", "Steel|Profile|1||||IPE200||IPE|occurrence", "Steel|Constituent|1|Frame||0.3|||Door|type", "Steel|Constituent|1|Frame||0.3|||Door|type"],
            result.Rows("materials", "material", "kind", "layer_index", "name", "thickness", "fraction", "profile", "category", "set", "from"));
        Assert.Equal(5, result.Table("materials")!.RowCount);
        Assert.Equal(["Brick", "Steel", "Steel"], result.Rows("elements", "material"));
    }

    [Fact]
    public void Classifications_follow_their_references_to_the_system()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #30=IFCRELASSOCIATESCLASSIFICATION('0000000000000000000030',$,$,$,(#20),#31);
            #31=IFCCLASSIFICATIONREFERENCE('http://x','Ss_25','Walls',#32,$,$);
            #32=IFCCLASSIFICATIONREFERENCE($,'Ss',$,#33,$,$);
            #33=IFCCLASSIFICATION($,$,$,'Uniclass',$,$,$);
            #34=IFCRELASSOCIATESCLASSIFICATION('0000000000000000000034',$,$,$,(#20),#35);
            #35=IFCCLASSIFICATIONNOTATION((#36,#37));
            #36=IFCCLASSIFICATIONNOTATIONFACET('21');
            #37=IFCCLASSIFICATIONNOTATIONFACET('22');
            """);
        Assert.Equal(["Uniclass|Ss_25|Walls|http://x", "|21.22||"], result.Rows("classifications", "system", "identification", "name", "location"));
        Assert.Equal(["Ss_25; 21.22"], result.Rows("elements", "classification"));
    }

    [Fact]
    public void Without_units_those_of_SI_are_assumed_and_told()
    {
        var result = IfcText.Read("#1=IFCPROJECT('0000000000000000000001',$,'P',$,$,$,$,$,$);");
        Assert.Equal(["units-undeclared"], result.Codes());
        Assert.Equal("m", result.Units.Length);
    }
}
