using PyBase.Extraction;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Step;
using Xunit;
using static PyBase.Tests.Extraction.Step.ShapeText;

namespace PyBase.Tests.Extraction.Step;

public sealed class StepExtractorTests
{
    static readonly string Sample = Part("#61", Face("SPHERICAL_SURFACE('',#80,10.)", "EDGE_LOOP('',(#210))",
        Point(81, 0, 0, 0) + Direction(82, 0, 0, 1) + Direction(83, 1, 0, 0) + "#80=AXIS2_PLACEMENT_3D('',#81,#82,#83);#200=EDGE_CURVE('',#201,#201,#203,.T.);#201=VERTEX_POINT('',#202);" + Point(202, 10, 0, 0) + "#203=CIRCLE('',#80,10.);#210=ORIENTED_EDGE('',*,*,#200,.T.);"))
        + StepText.Product(2, "whole") + """
        #160=NEXT_ASSEMBLY_USAGE_OCCURRENCE('u1','left','',#2,#1,'X1');
        #301=PROPERTY_DEFINITION_REPRESENTATION(#300,#302);#300=PROPERTY_DEFINITION('p','',#1);#302=REPRESENTATION('r',(#303),#910);#303=DESCRIPTIVE_REPRESENTATION_ITEM('n','v');
        #320=SHAPE_ASPECT('bore','',#40,.T.);#321=DIMENSIONAL_SIZE(#320,'diameter');#322=FLATNESS_TOLERANCE('a','',#323,#320);#323=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.),#900);
        #400=B_SPLINE_SURFACE_WITH_KNOTS('',1,1,((#81,#202),(#81,#202)),.UNSPECIFIED.,.F.,.F.,.F.,(2,2),(2,2),(0.,1.),(0.,1.),.UNSPECIFIED.);
        #410=B_SPLINE_CURVE_WITH_KNOTS('',1,(#81,#202),.UNSPECIFIED.,.F.,.F.,(2,2),(0.,1.),.UNSPECIFIED.);
        """;

    [Fact]
    public void A_file_cut_at_any_place_is_read_as_far_as_it_goes()
    {
        var bytes = Part21Text.Bytes(Part21Text.Data(Sample));
        for (var length = 0; length < bytes.Length - 20; length += 7)
            Assert.True(Extract(bytes[..length]).HasErrors);
    }

    [Fact]
    public void Flipped_bits_and_swapped_references_never_throw_and_give_the_same_twice()
    {
        var random = new Random(242);
        var sample = Part21Text.Bytes(Part21Text.Data(Sample));
        for (var round = 0; round < 1500; round++)
        {
            var bytes = (byte[])sample.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
            {
                var at = random.Next(bytes.Length);
                // Digits make other references and numbers, which stay readable and so go deeper.
                bytes[at] = char.IsAsciiDigit((char)bytes[at]) && random.Next(3) > 0 ? (byte)('0' + random.Next(10)) : (byte)(bytes[at] ^ (1 << random.Next(8)));
            }
            Assert.Equal(Show(Extract(bytes)), Show(Extract(bytes)));
        }
    }

    [Fact]
    public void Numbers_beyond_all_measure_leave_boxes_empty_rather_than_wrong()
    {
        var table = Extract(Part21Text.Bytes(Part21Text.Data(Sample.Replace("10.0,0.0,0.0", "1E308,1E308,1E308", StringComparison.Ordinal)))).Table("parts")!;
        Assert.All(table.Rows.SelectMany(row => row.Cells), cell => Assert.True(cell.Number is null || double.IsFinite(cell.Number.Value)));
    }

    [Fact]
    public void Shapes_beyond_the_limit_are_not_measured_and_that_is_told()
    {
        var result = StepExtractor.Read(new MemoryStream(Part21Text.Bytes(Part21Text.Data(Sample))), new StepOptions { MaxGeometrySteps = 5 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(result.Findings, finding => finding.Code == "geometry-too-large");
        Assert.True(result.Truncated);
        Assert.True(result.Table("parts")!.At(result.Table("parts")!.Rows.First(), "bbox_x").IsEmpty);
    }

    // Found by the fuzzer: a degree beyond the points that are there.
    [Fact]
    public void A_spline_of_fewer_points_than_its_degree_needs_is_left_out() => Assert.NotNull(ShapeText.Extract(ShapeText.Part("#60", ShapeText.Face("PLANE('',#80)", "EDGE_LOOP('',(#130))", """
        #130=ORIENTED_EDGE('',*,*,#131,.T.);#131=EDGE_CURVE('',#132,#132,#133,.T.);#132=VERTEX_POINT('',#134);#134=CARTESIAN_POINT('',(10.,0.,0.));
        #133=QUASI_UNIFORM_CURVE('',5,(#134,#134,#134),.UNSPECIFIED.,.F.,.F.);#80=AXIS2_PLACEMENT_3D('',#134,$,$);
        """))).Table("parts"));

    [Fact]
    public void Rows_and_kept_bytes_are_bounded()
    {
        var bytes = Part21Text.Bytes(Part21Text.Data(Sample));
        Assert.Contains(StepExtractor.Read(new MemoryStream(bytes), new StepOptions { MaxRows = 1 }, cancellationToken: TestContext.Current.CancellationToken).Findings, finding => finding.Code == "rows-cut");
        Assert.Contains(StepExtractor.Read(new MemoryStream(bytes), new StepOptions { MaxKeptBytes = 200 }, cancellationToken: TestContext.Current.CancellationToken).Findings, finding => finding.Code == "structure-too-large");
    }

    [Fact]
    public void An_empty_stream_and_an_IFC_file_are_told_apart()
    {
        Assert.Equal(["empty-file"], Extract([]).Findings.Select(finding => finding.Code));
        var ifc = Extract(Part21Text.Bytes(Part21Text.Data("#1=IFCWALL();", "IFC4")));
        Assert.Equal((FileFormat.Ifc, "not-a-step-file"), (ifc.Source.Format, ifc.Findings[0].Code));
    }

    [Fact]
    public void A_product_that_another_file_describes_has_what_is_in_it()
    {
        var top = Part21Text.Data(StepText.Product(1, "top") + StepText.Product(2, "arm") + """
            #50=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#1,#2,$);#51=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#1,#2,$);
            #60=DOCUMENT_FILE('Arm.stp','','',#61,'',$);#62=APPLIED_DOCUMENT_REFERENCE(#60,'',(#2));
            """);
        var arm = StepText.Tree("arm bolt 3");
        foreach (var order in (string[][])[["top", "arm"], ["arm", "top"]])
        {
            var result = StepExtractor.Read([.. order.Select(name => new StepInput(name == "top" ? "x/top.stp" : "ARM.stp", new MemoryStream(Part21Text.Bytes(name == "top" ? top : arm))))], cancellationToken: TestContext.Current.CancellationToken);
            Assert.Empty(result.Findings);
            var table = result.Table("assembly")!;
            Assert.Equal(["top/arm 2 2", "top/arm/bolt 3 6"], table.Rows.Select(row => $"{table.At(row, "path")} {table.At(row, "qty")} {table.At(row, "total_qty")}"));
            Assert.StartsWith("ARM.stp#", table.Rows.Last().Locator, StringComparison.Ordinal);
        }
        var alone = StepExtractor.Read(new MemoryStream(Part21Text.Bytes(top)), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["external-file-missing"], alone.Findings.Select(finding => finding.Code));
        Assert.Equal("Arm.stp false", string.Join(' ', alone.Table("external_files")!.Rows.Single().Cells.Select(cell => cell.ToString())));
    }

    [Fact]
    public void Files_that_refer_to_each_other_in_a_circle_end()
    {
        string Stub(string own, string other, string file) => Part21Text.Data(StepText.Product(1, own) + StepText.Product(2, other)
            + $"#50=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#1,#2,$);#60=DOCUMENT_FILE('{file}','','',#61,'',$);#62=APPLIED_DOCUMENT_REFERENCE(#60,'',(#2));");
        var result = StepExtractor.Read(
            [new StepInput("a.stp", new MemoryStream(Part21Text.Bytes(Stub("a", "b", "b.stp")))), new StepInput("b.stp", new MemoryStream(Part21Text.Bytes(Stub("b", "a", "a.stp"))))],
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["assembly-cycle"], result.Findings.Select(finding => finding.Code));
    }

    static ExtractionResult Extract(byte[] bytes) => StepExtractor.Read(new MemoryStream(bytes), cancellationToken: TestContext.Current.CancellationToken);

    static string Show(ExtractionResult result) => string.Join('\n', result.Tables.SelectMany(table => table.Rows.Select(row => $"{table.Kind} {row.Locator} {string.Join('|', row.Cells)}")))
        + string.Join('\n', result.Findings);
}
