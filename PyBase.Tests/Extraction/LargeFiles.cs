using System.Globalization;
using System.Text;
using PyBase.Tests.Extraction.Dwg;
using PyBase.Tests.Extraction.Ifc;
using PyBase.Tests.Extraction.Pdf;
using PyBase.Tests.Extraction.Sheets;
using PyBase.Tests.Extraction.Step;

namespace PyBase.Tests.Extraction;

/// <summary>Healthy files of one kind of content repeated: large enough that every phase of a reader takes a while.</summary>
static class LargeFiles
{
    public static byte[] Step(int parts) => Part21Text.Bytes(Part21Text.Data(Repeat(parts, i => StepText.Product(i + 1, $"P-{i}") + Line($"""
        #{1_000_000 + i}=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#{i / 8 + 1},#{i + 2},$);
        #{2_000_000 + i}=PRODUCT_DEFINITION_SHAPE('','',#{i + 1});
        #{3_000_000 + i}=PROPERTY_DEFINITION('material property','',#{i + 1});
        #{4_000_000 + i}=PROPERTY_DEFINITION_REPRESENTATION(#{3_000_000 + i},#{5_000_000 + i});
        #{5_000_000 + i}=REPRESENTATION('',(#{6_000_000 + i}),#910);
        #{6_000_000 + i}=DESCRIPTIVE_REPRESENTATION_ITEM('material','steel');
        #{7_000_000 + i}=DIMENSIONAL_SIZE(#{8_000_000 + i},'diameter');
        #{8_000_000 + i}=SHAPE_ASPECT('','',#{2_000_000 + i},.T.);
        #{9_100_000 + i}=CARTESIAN_POINT('',({i}.5,0.,1.E-3));

        """)) + ShapeText.Context(ShapeText.Millimetres)));

    public static byte[] Ifc(int walls) => Part21Text.Bytes(Part21Text.Data(IfcText.House + Repeat(walls, i => Line($"""
        #{100 + i * 10}=IFCWALL('{i:D22}',$,'W{i}',$,$,$,$,'tag',.SOLIDWALL.);
        #{101 + i * 10}=IFCRELCONTAINEDINSPATIALSTRUCTURE('{i + 1_000_000:D22}',$,$,$,(#{100 + i * 10}),#4);
        #{102 + i * 10}=IFCPROPERTYSINGLEVALUE('Width',$,IFCLENGTHMEASURE({i}.5),$);
        #{103 + i * 10}=IFCPROPERTYSINGLEVALUE('Fire rating',$,IFCLABEL('F90'),$);
        #{104 + i * 10}=IFCPROPERTYSET('{i + 2_000_000:D22}',$,'Pset_WallCommon',$,(#{102 + i * 10},#{103 + i * 10}));
        #{105 + i * 10}=IFCRELDEFINESBYPROPERTIES('{i + 3_000_000:D22}',$,$,$,(#{100 + i * 10}),#{104 + i * 10});

        """)), "IFC4"));

    public static byte[] Dxf(int records) => Encoding.Latin1.GetBytes("0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1027\n0\nENDSEC\n0\nSECTION\n2\nBLOCKS\n0\nBLOCK\n2\nPART\n0\nENDBLK\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n" + Repeat(records, i => Line($"""
        0
        LINE
        8
        0
        10
        {i}.5
        20
        1.0
        11
        3.25
        21
        4.0
        0
        TEXT
        8
        Notes
        1
        M{i}x1.5
        10
        1.5
        0
        DIMENSION
        8
        Sizes
        42
        {i}.25
        1
        <>
        0
        INSERT
        2
        PART
        66
        1
        0
        ATTRIB
        2
        NUMBER
        1
        P-{i}
        0
        SEQEND

        """)) + "0\nENDSEC\n0\nEOF\n");

    public static byte[] Dwg(int texts) => DwgFile.Write("AC1015", [.. Enumerable.Range(0, texts).Select(i => Line($"M{i}"))]);

    public static byte[] Pdf(int pages, int lettersPerPage)
    {
        var pdf = new PdfText();
        for (var page = 0; page < pages; page++)
        {
            if (page > 0)
                pdf.Page();
            for (var i = 0; i < lettersPerPage / 10; i++)
                pdf.Text(10 + (i % 12 * 45), 10 + (i / 12 * 5 % 780), Line($"Size {i:D4}"), 4).Line(i % 600, 0, i % 600, 800);
        }
        return pdf.Bytes();
    }

    public static byte[] Csv(int rows) => Encoding.ASCII.GetBytes("Item,Part number,Description,Qty,Material\n" + Repeat(rows, i => Line($"{i},P-{i},Bolt {i},{i % 9},Steel\n")));

    public static byte[] Xlsx(int rows) => SheetText.Xlsx(SheetText.Row(1, "Item", "Part number", "Description", "Qty", "Material") + Repeat(rows, i => SheetText.Row(i + 2, Line($"{i}"), Line($"P-{i}"), "Bolt", "4", "Steel")),
        $"<mergeCells>{Repeat(rows / 20, i => Line($"""<mergeCell ref="E{i * 20 + 2}:E{i * 20 + 5}"/>"""))}</mergeCells>");

    static string Line(FormattableString text) => FormattableString.Invariant(text);

    static string Repeat(int count, Func<int, string> one)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(one(i));
        return text.ToString();
    }
}
