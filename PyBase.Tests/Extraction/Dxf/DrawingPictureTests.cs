using System.Globalization;
using System.Xml.Linq;
using PyBase.Extraction;
using PyBase.Extraction.Pictures;
using PyBase.Tests.Extraction.Dwg;
using PyBase.Tests.Support;

namespace PyBase.Tests.Extraction.Dxf;

/// <summary>Pictures of drawings: where things are, in which colour, and nothing in them but shapes and texts.</summary>
public sealed class DrawingPictureTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Lines_arcs_and_bulges_are_where_they_belong_and_as_their_layer_looks()
    {
        var picture = Draw(DxfText.Drawing(
            """
            LINE 5=A 8=Red 10=0 20=0 11=100 21=0
            LINE 5=B 8=Red 62=5 10=0 20=0 11=0 21=100
            CIRCLE 5=C 8=Red 10=50 20=50 40=10
            LWPOLYLINE 5=D 8=Red 90=2 10=0 20=50 42=1 10=20 20=50
            LINE 5=E 8=Off 10=0 20=0 11=9999 21=9999
            """, tables: "LAYER 2=Red 62=1 370=50\nLAYER 2=Off 62=-3"));
        // The drawing is 100 by 100 in 1,160 units between margins of 20; y goes down.
        Assert.Equal("M20 1180L1180 1180", Path(picture, "A").Attribute("d")!.Value);
        Assert.Equal(("#ff0000", "2"), (Path(picture, "A").Attribute("stroke")!.Value, Path(picture, "A").Attribute("stroke-width")!.Value));
        Assert.Equal("#0000ff", Path(picture, "B").Attribute("stroke")!.Value);
        var circle = Points(Path(picture, "C"));
        Assert.All(circle, point => Assert.Equal(116, Math.Sqrt(Math.Pow(point.X - 600, 2) + Math.Pow(point.Y - 600, 2)), 0.2));
        // A bulge of 1 is half a circle, to the right of the way: below it here.
        Assert.Equal(716, Points(Path(picture, "D")).Max(point => point.Y), 1.0);
        Assert.DoesNotContain("eE\"", picture.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void References_nest_turn_and_repeat()
    {
        var picture = Draw(DxfText.Drawing("INSERT 5=A 8=0 2=OUTER 10=10 20=0 50=90 70=2 71=1 44=5",
            """
            BLOCK 2=INNER 10=1 20=1
            LINE 8=0 10=1 20=1 11=2 21=1
            ENDBLK
            BLOCK 2=OUTER 10=0 20=0
            INSERT 8=0 2=INNER 10=0 20=0 41=10
            ENDBLK
            """));
        // A line of 10 to the right, turned upwards at x = 10, twice, 5 apart along the turned row: from 0 to 15.
        var points = Points(Path(picture, "A"));
        Assert.Equal(4, points.Count);
        Assert.Single(points.Select(point => point.X).Distinct());
        Assert.Equal([1180, 406.7, 793.3, 20], points.Select(point => point.Y));
    }

    [Fact]
    public void Texts_stand_at_their_point_and_are_escaped()
    {
        var picture = Draw(DxfText.Drawing("LINE 8=0 10=0 20=0 11=100 21=100\nTEXT 5=A 8=0 10=1 20=1 11=50 21=50 40=5 50=90 72=1 73=2 1='<script>alert(1)</script> & \"x\"'\nMTEXT 5=B 8=0 10=50 20=90 40=5 71=2 1='{\\H2x;one}\\Ptwo'"));
        Assert.Equal("0", Group(picture, "A").Attribute("data-layer")?.Value);
        var text = Group(picture, "A").Element(Svg + "text")!;
        Assert.Equal("<script>alert(1)</script> & \"x\"", text.Value);
        Assert.Equal("middle", text.Attribute("text-anchor")!.Value);
        Assert.Equal(["one", "two"], Group(picture, "B").Elements(Svg + "text").Select(line => line.Value));
        Assert.DoesNotContain("<script", picture.Svg, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Blocks_within_themselves_and_grids_without_end_are_cut()
    {
        var blocks = "BLOCK 2=A\nLINE 8=0 10=0 11=1\nINSERT 8=0 2=B 70=30000 71=30000 44=1 45=1\nENDBLK\nBLOCK 2=B\nLINE 8=0 10=0 11=1\nINSERT 8=0 2=A 10=1\nINSERT 8=0 2=A 10=2\nENDBLK";
        var picture = Draw(DxfText.Drawing("INSERT 8=0 2=A", blocks), new PictureOptions { MaxPoints = 20_000 });
        Assert.True(picture.IsCut);
        Assert.InRange(picture.Svg.Length, 1000, 1_000_000);
    }

    [Fact]
    public void A_layout_is_chosen_by_name_and_hostile_input_gives_a_picture()
    {
        var drawing = DxfText.Drawing("LINE 5=A 8=0 10=0 11=1\nLINE 5=B 8=0 67=1 10=0 11=1");
        Assert.Equal(["Model", "Paper"], Draw(drawing).Layouts);
        Assert.Contains("id=\"eB\"", Draw(drawing, new PictureOptions { Layout = "Paper" }).Svg, StringComparison.Ordinal);
        var random = new Random(11);
        var file = DxfText.Ascii(DxfText.Drawing("HATCH 5=A 8=0 91=1 92=2 72=1 73=1 93=2 10=0 20=0 42=1 10=5 20=5 42=0\nSPLINE 5=B 8=0 71=3 40=0 40=0 40=0 40=0 40=1 40=1 40=1 40=1 10=0 20=0 10=1 20=1 10=2 20=0 10=3 20=3\nMULTILEADER 8=0 300=CONTEXT_DATA{ 41=2 12=5 22=5 304=Note 302=LEADER{ 10=4 20=4 304=LEADER_LINE{ 10=0 20=0 305=} 303=} 301=}"));
        Assert.Contains("Note", Picture(file, FileFormat.Dxf, null).Svg, StringComparison.Ordinal);
        for (var round = 0; round < 500; round++)
        {
            var bytes = (byte[])file.Clone();
            for (var flips = random.Next(1, 8); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            XDocument.Parse(Picture(bytes, FileFormat.Dxf, null).Svg);
        }
    }

    [Theory]
    [MemberData(nameof(Twins))]
    public void A_drawing_looks_the_same_in_both_formats(string dwg, string dxf)
    {
        var (one, other) = (Picture(File.ReadAllBytes(SharedData.Locate(dwg)), FileFormat.Dwg, null), Picture(File.ReadAllBytes(SharedData.Locate(dxf)), FileFormat.Dxf, null));
        var (ids, twins) = (Shapes(one), Shapes(other));
        Assert.NotEmpty(ids);
        // What both draw is drawn alike.
        Assert.True(ids.Count(shape => twins.GetValueOrDefault(shape.Key) == shape.Value) > 0.8 * ids.Count);
    }

    public static TheoryData<string, string> Twins => new() { { "drawings/dwg/BLOCKVISIBILITYPARAMETER.dwg", "drawings/dxf/BLOCKVISIBILITYPARAMETER.dxf" }, { "drawings/dwg/sample_AC1032.dwg", "drawings/dxf/sample_AC1032_ascii.dxf" } };

    [Fact]
    public void Hatches_of_a_DWG_file_have_the_boundaries_that_its_DXF_has()
    {
        var (one, other) = (Hatches("drawings/dwg/sample_AC1032.dwg", FileFormat.Dwg), Hatches("drawings/dxf/sample_AC1032_ascii.dxf", FileFormat.Dxf));
        Assert.NotEmpty(one);
        Assert.Equal(other.Select(hatch => (hatch.Id, hatch.Points.Count)), one.Select(hatch => (hatch.Id, hatch.Points.Count)));
        foreach (var (point, twin) in one.SelectMany(hatch => hatch.Points).Zip(other.SelectMany(hatch => hatch.Points)))
            Assert.True(Math.Abs(point.X - twin.X) < 0.002 && Math.Abs(point.Y - twin.Y) < 0.002, $"{point} and {twin}");
    }

    // Where the points lie between the outermost of them all: the drawings around them differ.
    static List<(string Id, List<(double X, double Y)> Points)> Hatches(string file, FileFormat format)
    {
        var found = XDocument.Parse(Picture(File.ReadAllBytes(SharedData.Locate(file)), format, null).Svg).Descendants(Svg + "path").Where(path => path.Attribute("fill-opacity")?.Value is "0.5" or "0.1")
            .Select(path => (Id: path.Parent!.Attribute("id")!.Value, Points: Points(path))).OrderBy(hatch => hatch.Id, StringComparer.Ordinal).ToList();
        var all = found.SelectMany(hatch => hatch.Points).ToList();
        var (left, top, width, height) = (all.Min(point => point.X), all.Min(point => point.Y), all.Max(point => point.X) - all.Min(point => point.X), all.Max(point => point.Y) - all.Min(point => point.Y));
        return found.ConvertAll(hatch => (hatch.Id, hatch.Points.ConvertAll(point => ((point.X - left) / width, (point.Y - top) / height))));
    }

    [Fact]
    public void A_text_of_a_DWG_file_is_drawn() =>
        Assert.Contains("M8x1.25", Picture(DwgFile.Write("AC1032", "M8x1.25"), FileFormat.Dwg, null).Svg, StringComparison.Ordinal);

    // How many paths and texts each entity has; where they are goes by the extents of all.
    static Dictionary<string, string> Shapes(Picture picture) => XDocument.Parse(picture.Svg).Descendants(Svg + "g").Where(group => group.Attribute("id") is not null)
        .GroupBy(group => group.Attribute("id")!.Value).ToDictionary(group => group.Key, group => string.Join(' ', group.First().Elements().Select(element => element.Name.LocalName + element.Attribute("stroke")?.Value)));

    static Picture Draw(string drawing, PictureOptions? options = null) => Picture(DxfText.Ascii(drawing), FileFormat.Dxf, options);

    static Picture Picture(byte[] file, FileFormat format, PictureOptions? options) => DrawingPicture.Svg(new MemoryStream(file), format, options, TestContext.Current.CancellationToken);

    static XElement Group(Picture picture, string handle) => XDocument.Parse(picture.Svg).Descendants(Svg + "g").First(group => group.Attribute("id")?.Value == $"e{handle}");

    static XElement Path(Picture picture, string handle) => Group(picture, handle).Element(Svg + "path")!;

    static List<(double X, double Y)> Points(XElement path) => [.. path.Attribute("d")!.Value.Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries)
        .Select(point => point.Split(' ')).Select(point => (double.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture)))];
}
