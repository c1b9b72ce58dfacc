using Xunit;

namespace PyBase.Tests.Extraction.Ifc;

/// <summary>Where objects are and what they are.</summary>
public sealed class IfcStructureTests
{
    [Fact]
    public void The_spatial_structure_comes_depth_first_with_paths()
    {
        var result = IfcText.Read(IfcText.House + """
            #7=IFCBUILDINGSTOREY('0000000000000000000007',$,'EG',$,$,$,$,$,.ELEMENT.,3000.);
            #8=IFCSPACE('0000000000000000000008',$,'1',$,$,$,$,'Bad',.ELEMENT.,.INTERNAL.,$);
            #9=IFCRELAGGREGATES('0000000000000000000009',$,$,$,#4,(#8));
            #14=IFCRELAGGREGATES('0000000000000000000014',$,$,$,#2,(#7));
            """);
        Assert.Equal(
            ["0|P|IfcProject|Project|", "1|P/B|IfcBuilding||", "2|P/B/EG|IfcBuildingStorey|Erdgeschoss|-150", "3|P/B/EG/1|IfcSpace|Bad|", "2|P/B/EG (2)|IfcBuildingStorey||3000"],
            result.Rows("spatial", "level", "path", "class", "long_name", "elevation"));
        Assert.Empty(result.Findings);
        Assert.Equal("mm", result.Units.Length);
    }

    [Fact]
    public void An_element_is_contained_once_and_its_parts_openings_and_fillings_are_where_it_is()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #30=IFCMEMBER('0000000000000000000030',$,'part',$,$,$,$,$,$);
            #31=IFCRELAGGREGATES('0000000000000000000031',$,$,$,#20,(#30));
            #32=IFCREINFORCINGBAR('0000000000000000000032',$,'bar',$,$,$,$,$,$,$,$,$,$,$);
            #33=IFCRELNESTS('0000000000000000000033',$,$,$,#30,(#32));
            #34=IFCOPENINGELEMENT('0000000000000000000034',$,'hole',$,$,$,$,$,$);
            #35=IFCRELVOIDSELEMENT('0000000000000000000035',$,$,$,#20,#34);
            #36=IFCDOOR('0000000000000000000036',$,'door',$,$,$,$,$,2.,1.,.DOOR.,$,$);
            #37=IFCRELFILLSELEMENT('0000000000000000000037',$,$,$,#34,#36);
            #38=IFCTASK('0000000000000000000038',$,'task',$,$,$,$,$,$,.F.,$,$,.MOVE.);
            """);
        Assert.Equal(
            [
                "W|IfcWall|SOLIDWALL|tag|EG|", "part|IfcMember|||EG|0000000000000000000020", "bar|IfcReinforcingBar|||EG|0000000000000000000030",
                "hole|IfcOpeningElement|||EG|", "door|IfcDoor|DOOR||EG|", "task|IfcTask|MOVE|||",
            ],
            result.Rows("elements", "name", "class", "predefined_type", "tag", "storey", "parent"));
    }

    [Fact]
    public void What_is_in_a_space_is_on_its_storey_too()
    {
        var result = IfcText.Read(IfcText.House + """
            #8=IFCSPACE('0000000000000000000008',$,'1',$,$,$,$,'Bad',.ELEMENT.,.INTERNAL.,$);
            #9=IFCRELAGGREGATES('0000000000000000000009',$,$,$,#4,(#8));
            #20=IFCFURNITURE('0000000000000000000020',$,'chair',$,$,$,$,$,$);
            #21=IFCRELCONTAINEDINSPATIALSTRUCTURE('0000000000000000000021',$,$,$,(#20),#8);
            """);
        Assert.Equal(["chair|1|EG|0000000000000000000008"], result.Rows("elements", "name", "space", "storey", "container"));
    }

    [Theory]
    [InlineData("IFC2X3", "")]
    [InlineData("IFC4", "SOLIDWALL")]
    [InlineData("IFC4X3_ADD2", "SOLIDWALL")]
    [InlineData("IFC2X_FINAL", "")]
    public void The_position_of_the_predefined_type_goes_by_the_schema(string schema, string expected)
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall, schema);
        Assert.Equal([expected], result.Rows("elements", "predefined_type"));
        Assert.Equal(schema == "IFC2X_FINAL" ? ["schema-unknown"] : [], result.Codes());
    }

    [Fact]
    public void An_unknown_schema_is_read_as_the_newest()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall, "IFC5_ALPHA");
        Assert.Equal(["SOLIDWALL"], result.Rows("elements", "predefined_type"));
        Assert.Equal(["schema-unknown"], result.Codes());
        Assert.False(result.HasErrors);
    }

    [Theory]
    [InlineData("IFC4X3_RC2", "ROADSEGMENT")]
    [InlineData("IFC4X3_ADD2", "")]
    public void A_facility_part_of_a_release_candidate_has_its_type_as_a_select(string schema, string expected)
    {
        var part = schema == "IFC4X3_RC2" ? "IFCROADPARTTYPEENUM(.ROADSEGMENT.),.LONGITUDINAL." : ".LONGITUDINAL.";
        var result = IfcText.Read($"#1=IFCFACILITYPART('0000000000000000000001',$,'A',$,$,$,$,$,.ELEMENT.,{part});", schema);
        Assert.Equal([$"IfcFacilityPart|{expected}"], result.Rows("spatial", "class", "predefined_type"));
    }

    [Fact]
    public void Groups_systems_and_zones_have_members()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #30=IFCDISTRIBUTIONSYSTEM('0000000000000000000030',$,'S',$,$,'Supply',.AIRCONDITIONING.);
            #31=IFCRELASSIGNSTOGROUP('0000000000000000000031',$,$,$,(#20),$,#30);
            #32=IFCZONE('0000000000000000000032',$,'Z',$,$,$);
            #33=IFCRELASSIGNSTOGROUP('0000000000000000000033',$,$,$,(#20,#2),$,#32);
            #34=IFCRELSERVICESBUILDINGS('0000000000000000000034',$,$,$,#30,(#2));
            """);
        Assert.Equal(["S|IfcDistributionSystem|Supply|AIRCONDITIONING|1|B", "Z|IfcZone|||2|"], result.Rows("groups", "name", "class", "long_name", "predefined_type", "members", "serves"));
        Assert.Equal(["IfcWall", "IfcWall", "IfcBuilding"], result.Rows("group_members", "class"));
        Assert.Equal(["S"], result.Rows("elements", "system"));
    }

    [Fact]
    public void A_library_has_no_project_but_units_and_types()
    {
        var result = IfcText.Read("""
            #1=IFCPROJECTLIBRARY('0000000000000000000001',$,'Steel',$,$,$,$,$,#2);
            #2=IFCUNITASSIGNMENT((#3));
            #3=IFCCONVERSIONBASEDUNIT(#9,.LENGTHUNIT.,'inch',#4);
            #4=IFCMEASUREWITHUNIT(IFCLENGTHMEASURE(25.4),#5);
            #5=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);
            #6=IFCMEMBERTYPE('0000000000000000000006',$,'HEA 100',$,'IfcMember',(#7),$,'t','et',.MEMBER.);
            #7=IFCPROPERTYSET('0000000000000000000007',$,'Pset',$,(#8));
            #8=IFCPROPERTYSINGLEVALUE('Width',$,IFCPOSITIVELENGTHMEASURE(4.),$);
            """);
        Assert.Equal(["no-project"], result.Codes());
        Assert.Equal(["LENGTHUNIT|in|0.0254"], result.Rows("units", "unit_type", "symbol", "si_factor"));
        Assert.Equal(["HEA 100|IfcMemberType|MEMBER|t|et|IfcMember|0"], result.Rows("types", "name", "class", "predefined_type", "tag", "element_type", "applicable_occurrence", "occurrences"));
        Assert.Equal(["0000000000000000000006|Width|4|in|type"], result.Rows("properties", "guid", "name", "number", "unit", "from"));
    }

    [Fact]
    public void Shared_and_malformed_GlobalIds_are_told_and_locators_stay_unique()
    {
        var result = IfcText.Read(IfcText.House + """
            #20=IFCWALL('0000000000000000000020',$,'a',$,$,$,$,$,$);
            #21=IFCWALL('0000000000000000000020',$,'b',$,$,$,$,$,$);
            #22=IFCWALL($,$,'c',$,$,$,$,$,$);
            #23=IFCWALL('3$_AZaz09$_AZaz09$_AZa',$,'d',$,$,$,$,$,$);
            """);
        Assert.Equal(["duplicate-guid", "guid-malformed"], result.Codes());
        Assert.Equal(["0000000000000000000020", "0000000000000000000020 #21", "#22", "3$_AZaz09$_AZaz09$_AZa"], result.Table("elements")!.Rows.Select(row => row.Locator));
    }

    [Fact]
    public void A_take_off_adds_up_net_before_gross_and_in_the_projects_unit()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall + """
            #22=IFCWALL('0000000000000000000022',$,'W2',$,$,$,$,$,$);
            #23=IFCRELCONTAINEDINSPATIALSTRUCTURE('0000000000000000000023',$,$,$,(#22),#4);
            #30=IFCRELDEFINESBYTYPE('0000000000000000000030',$,$,$,(#20,#22),#31);
            #31=IFCWALLTYPE('0000000000000000000031',$,'T',$,$,$,$,$,$,.SOLIDWALL.);
            #40=IFCRELDEFINESBYPROPERTIES('0000000000000000000040',$,$,$,(#20),#41);
            #41=IFCELEMENTQUANTITY('0000000000000000000041',$,'Qto',$,$,(#42,#43,#44));
            #42=IFCQUANTITYAREA('GrossSideArea',$,$,12.,$);
            #43=IFCQUANTITYAREA('NetSideArea',$,$,10.,$);
            #44=IFCQUANTITYLENGTH('Length',$,#45,4.,$);
            #45=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
            #50=IFCRELDEFINESBYPROPERTIES('0000000000000000000050',$,$,$,(#22),#51);
            #51=IFCPROPERTYSET('0000000000000000000051',$,'Dimensions',$,(#52));
            #52=IFCPROPERTYSINGLEVALUE('Length',$,IFCLENGTHMEASURE(500.),$);
            """);
        Assert.Equal(["EG|IfcWall|T|2|4500|10|"], result.Rows("takeoff", "storey", "class", "type", "count", "length", "area", "volume"));
        Assert.Equal([0.5], result.Table("takeoff")!.Rows.Select(row => row.Confidence));
        Assert.Equal(["GrossSideArea|12|Area|m²", "NetSideArea|10|Area|m²", "Length|4|Length|m"], result.Rows("quantities", "name", "value", "kind", "unit"));
    }
}
