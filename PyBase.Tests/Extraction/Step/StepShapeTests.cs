using PyBase.Extraction.Step;
using Xunit;
using static PyBase.Tests.Extraction.Step.ShapeText;

namespace PyBase.Tests.Extraction.Step;

public sealed class StepShapeTests
{
    // The frame #80 at the origin: z up, x to the right.
    static readonly string Frame = Point(81, 0, 0, 0) + Direction(82, 0, 0, 1) + Direction(83, 1, 0, 0) + "#80=AXIS2_PLACEMENT_3D('',#81,#82,#83);";

    // A circle of radius 10 about z at height 0, closed at (10,0,0), as the edge #200.
    static readonly string Equator = Frame + "#200=EDGE_CURVE('',#201,#201,#203,.T.);#201=VERTEX_POINT('',#202);" + Point(202, 10, 0, 0) + "#203=CIRCLE('',#80,10.);#210=ORIENTED_EDGE('',*,*,#200,.T.);#211=ORIENTED_EDGE('',*,*,#200,.F.);";

    [Fact]
    public void A_quarter_arc_reaches_no_further_than_its_ends_and_a_longer_one_to_its_summit()
    {
        Assert.Equal("0 0 0 10 10 0", Box(Arc(0, 10)));
        Assert.Equal("-10 0 0 10 10 0", Box(Arc(-10, 0)));
        Assert.Equal("-10 -10 0 10 10 0", Box(Arc(0, -10)));
    }

    [Fact]
    public void An_arc_against_its_curve_is_the_other_piece() =>
        Assert.Equal("-10 -10 0 10 10 0", Box(Arc(0, 10, ".F.")));

    [Theory]
    [InlineData("#210", "-10 -10 0 10 10 10")]
    [InlineData("#211", "-10 -10 -10 10 10 0")]
    public void Half_a_sphere_lies_to_the_left_of_its_edge(string edge, string box) =>
        Assert.Equal(box, Box(Part("#61", Face("SPHERICAL_SURFACE('',#80,10.)", $"EDGE_LOOP('',({edge}))", Equator))));

    [Fact]
    public void A_face_against_its_surface_lies_there_too() =>
        Assert.Equal("-10 -10 -10 10 10 0", Box(Part("#61", Face("SPHERICAL_SURFACE('',#80,10.)", "EDGE_LOOP('',(#210))", Equator, ".F."))));

    [Fact]
    public void A_whole_sphere_needs_no_edges() =>
        Assert.Equal("-10 -10 -10 10 10 10", Box(Part("#61", Face("SPHERICAL_SURFACE('',#80,10.)", "VERTEX_LOOP('',#201)", Equator))));

    [Fact]
    public void The_side_of_a_torus_reaches_as_far_as_its_tube()
    {
        // The outer half of a tube of radius 3 about a ring of 10, between the circles above and below the ring.
        var circles = Equator + Point(301, 0, 0, 3) + Point(302, 10, 0, 3) + "#300=AXIS2_PLACEMENT_3D('',#301,#82,#83);#303=CIRCLE('',#300,10.);#304=VERTEX_POINT('',#302);#305=EDGE_CURVE('',#304,#304,#303,.T.);#306=ORIENTED_EDGE('',*,*,#305,.F.);"
            + Point(311, 0, 0, -3) + Point(312, 10, 0, -3) + "#310=AXIS2_PLACEMENT_3D('',#311,#82,#83);#313=CIRCLE('',#310,10.);#314=VERTEX_POINT('',#312);#315=EDGE_CURVE('',#314,#314,#313,.T.);#316=ORIENTED_EDGE('',*,*,#315,.T.);";
        Assert.Equal("-13 -13 -3 13 13 3", Box(Part("#61", Face("TOROIDAL_SURFACE('',#80,10.,3.)", "EDGE_LOOP('',(#306))|EDGE_LOOP('',(#316))", circles))));
    }

    [Theory]
    [InlineData("#210", "-10 -10 0 10 10 10")]
    [InlineData("#211", "-10 -10 0 10 10 0")]
    public void A_cone_has_its_tip_only_when_the_face_goes_there(string edge, string box) =>
        // 45°, growing downwards from the tip at 10.
        Assert.Equal(box, Box(Part("#61", Face("CONICAL_SURFACE('',#90,10.,0.785398163397448)", $"EDGE_LOOP('',({edge}))", Equator + Direction(92, 0, 0, -1) + "#90=AXIS2_PLACEMENT_3D('',#81,#92,#83);"))));

    [Fact]
    public void A_spline_edge_reaches_less_far_than_its_control_points()
    {
        var edge = Point(301, 0, 0, 0) + Point(302, 5, 8, 0) + Point(303, 10, 0, 0)
            + "#310=B_SPLINE_CURVE_WITH_KNOTS('',2,(#301,#302,#303),.UNSPECIFIED.,.F.,.F.,(3,3),(0.,1.),.UNSPECIFIED.);"
            + "#320=EDGE_CURVE('',#321,#322,#310,.T.);#321=VERTEX_POINT('',#301);#322=VERTEX_POINT('',#303);#330=ORIENTED_EDGE('',*,*,#320,.T.);";
        Assert.Equal("0 0 0 10 4 0", Box(Part("#61", Face("PLANE('',#80)", "EDGE_LOOP('',(#330))", Frame + edge))));
        // With a weight, half a circle's quarter: a rational curve written in parts.
        var rational = edge.Replace("#310=B_SPLINE_CURVE_WITH_KNOTS('',2,(#301,#302,#303),.UNSPECIFIED.,.F.,.F.,(3,3),(0.,1.),.UNSPECIFIED.);",
            "#310=(BOUNDED_CURVE()B_SPLINE_CURVE(2,(#301,#302,#303),.UNSPECIFIED.,.F.,.F.)B_SPLINE_CURVE_WITH_KNOTS((3,3),(0.,1.),.UNSPECIFIED.)CURVE()GEOMETRIC_REPRESENTATION_ITEM()RATIONAL_B_SPLINE_CURVE((1.,3.,1.))REPRESENTATION_ITEM(''));", StringComparison.Ordinal);
        Assert.Equal("0 0 0 10 6 0", Box(Part("#61", Face("PLANE('',#80)", "EDGE_LOOP('',(#330))", Frame + rational))));
    }

    [Fact]
    public void A_bulging_spline_face_reaches_further_than_its_edges()
    {
        // A square of four straight sides whose middle control point stands at 8: the top of the Bézier patch is a quarter of it.
        var points = string.Concat(Enumerable.Range(0, 9).Select(i => Point(400 + i, i / 3 * 5, i % 3 * 5, i == 4 ? 8 : 0)));
        var surface = "B_SPLINE_SURFACE_WITH_KNOTS('',2,2,((#400,#401,#402),(#403,#404,#405),(#406,#407,#408)),.UNSPECIFIED.,.F.,.F.,.F.,(3,3),(3,3),(0.,1.),(0.,1.),.UNSPECIFIED.)";
        int[] corners = [400, 406, 408, 402];
        var edges = string.Concat(corners.Select((corner, i) =>
            $"#{500 + i}=EDGE_CURVE('',#{520 + i},#{520 + ((i + 1) % 4)},#530,.T.);#{510 + i}=ORIENTED_EDGE('',*,*,#{500 + i},.T.);#{520 + i}=VERTEX_POINT('',#{corner});")) + "#530=LINE('',#400,#531);";
        Assert.Equal("0 0 0 10 10 2", Box(Part("#61", Face(surface, "EDGE_LOOP('',(#510,#511,#512,#513))", points + edges))));
    }

    [Fact]
    public void Lengths_are_in_the_unit_of_the_context_and_boxes_in_millimetres() =>
        Assert.Equal("-254 -254 -254 254 254 254", Box(Part("#61", Face("SPHERICAL_SURFACE('',#80,10.)", "VERTEX_LOOP('',#201)", Equator), Inches)));

    [Theory]
    // Which end of the relationship is the child, and whose placement comes first, differs between programs.
    [InlineData("#50", "#150", "#700", "#710")]
    [InlineData("#150", "#50", "#710", "#700")]
    public void A_part_stands_in_its_assembly_turned_and_moved(string first, string second, string from, string to)
    {
        // Half a sphere, turned so that its top looks along x, and moved by 100.
        var part = Part("#61,#700", Face("SPHERICAL_SURFACE('',#80,10.)", "EDGE_LOOP('',(#210))", Equator)) + StepText.Product(2, "whole");
        var assembly = $"""
            #140=PRODUCT_DEFINITION_SHAPE('','',#2);#141=SHAPE_DEFINITION_REPRESENTATION(#140,#150);#150=SHAPE_REPRESENTATION('',(#710),#910);
            #160=NEXT_ASSEMBLY_USAGE_OCCURRENCE('u1','left','',#2,#1,'X1');#161=PRODUCT_DEFINITION_SHAPE('','',#160);
            #162=CONTEXT_DEPENDENT_SHAPE_REPRESENTATION(#163,#161);
            #163=(REPRESENTATION_RELATIONSHIP('','',{first},{second})REPRESENTATION_RELATIONSHIP_WITH_TRANSFORMATION(#164)SHAPE_REPRESENTATION_RELATIONSHIP());
            #164=ITEM_DEFINED_TRANSFORMATION('','',{from},{to});
            #700=AXIS2_PLACEMENT_3D('',#81,#82,#83);#710=AXIS2_PLACEMENT_3D('',#711,#83,#712);
            {Point(711, 100, 0, 0)}{Direction(712, 0, 1, 0)}
            """;
        Assert.Equal("100 -10 -10 110 10 10", Box(part + assembly, "whole"));
        var table = Extract(part + assembly).Table("assembly")!;
        var row = Assert.Single(table.Rows);
        Assert.Equal(("left", "X1", "0 0 1 100 1 0 0 0 0 1 0 0"), (table.At(row, "instance").ToString(), table.At(row, "ref_designator").ToString(), table.At(row, "transform").ToString()));
    }

    [Fact]
    public void A_mapped_shape_stands_where_it_is_mapped_to()
    {
        var mapped = Part("#730", Face("SPHERICAL_SURFACE('',#80,10.)", "VERTEX_LOOP('',#201)", Equator)) + $"""
            #730=MAPPED_ITEM('',#731,#732);#731=REPRESENTATION_MAP(#80,#733);#733=SHAPE_REPRESENTATION('',(#61),#910);#732=AXIS2_PLACEMENT_3D('',#734,#82,#83);
            {Point(734, 0, 0, 50)}
            """;
        Assert.Equal("-10 -10 40 10 10 60", Box(mapped));
    }

    [Fact]
    public void Shapes_mapped_into_each_other_cost_bounded_time()
    {
        // Thirty levels of two, and a circle at the end.
        var maps = string.Concat(Enumerable.Range(0, 30).Select(i =>
            $"#{1000 + (i * 10)}=SHAPE_REPRESENTATION('',(#{1001 + (i * 10)},#{1002 + (i * 10)}),#910);#{1001 + (i * 10)}=MAPPED_ITEM('',#{1003 + (i * 10)},#80);#{1002 + (i * 10)}=MAPPED_ITEM('',#{1003 + (i * 10)},#80);#{1003 + (i * 10)}=REPRESENTATION_MAP(#80,#{1000 + ((i + 1) % 30 * 10)});"));
        var result = Extract(Part("#61,#1001", Face("SPHERICAL_SURFACE('',#80,10.)", "VERTEX_LOOP('',#201)", Equator)) + maps);
        Assert.NotNull(result.Table("parts"));
    }
    static string Arc(double x, double y, string sense = ".T.") => Part("#61", Face("PLANE('',#80)", "EDGE_LOOP('',(#390))", Frame
        + "#300=EDGE_CURVE('',#301,#303,#305,%);#301=VERTEX_POINT('',#302);#303=VERTEX_POINT('',#304);#305=CIRCLE('',#80,10.);#390=ORIENTED_EDGE('',*,*,#300,.T.);".Replace("%", sense, StringComparison.Ordinal)
        + Point(302, 10, 0, 0) + Point(304, x, y, 0)));
}
