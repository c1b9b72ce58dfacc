using System.IO.Compression;
using System.Text;
using PyBase.Tests.Extraction.Dwg;
using PyBase.Tests.Extraction.Dxf;
using PyBase.Tests.Extraction.Ifc;
using PyBase.Tests.Extraction.Pdf;
using PyBase.Tests.Extraction.Sheets;
using PyBase.Tests.Extraction.Step;
using PyBase.Tests.Support;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>What is mutated: small files written here, and real ones where there are some.</summary>
public static class FuzzSamples
{
    /// <summary>The project's own.</summary>
    public static IReadOnlyList<byte[]> Own(FuzzFormat format) => format.Name switch
    {
        "step" => [Step(), LargeFiles.Step(20)],
        "ifc" => [Ifc(), LargeFiles.Ifc(20), Zip("model.ifc", Ifc())],
        "dxf" => [DxfText.Ascii(Drawing), DxfText.Ascii(Drawing, "\r\n"), DxfText.Binary(Drawing, true), DxfText.Binary(Drawing, false)],
        "dwg" => [.. DwgFile.Versions.Select(version => DwgFile.Write(version, "M8x1.25 {\\H2x;deep}")), LargeFiles.Dwg(50)],
        "pdf" => [Pdf(), LargeFiles.Pdf(2, 300), Coloured()],
        _ => [LargeFiles.Csv(30), LargeFiles.Xlsx(40), Workbook()],
    };

    /// <summary>Those and the real files up to a size.</summary>
    public static IReadOnlyList<byte[]> All(FuzzFormat format, int maxBytes) =>
    [
        .. Own(format),
        .. SharedData.Exists
            ? format.Extensions.SelectMany(extension => SharedData.Files("drawings", $"*.{extension}").Concat(SharedData.Files("drawings", $"*.{extension.ToUpperInvariant()}"))).Distinct().Select(File.ReadAllBytes).Where(file => file.Length <= maxBytes)
            : [],
    ];

    static byte[] Step() => Part21Text.Bytes(StepText.Tree("car wheel 4", "wheel bolt 5", "car seat").Replace("ENDSEC;\nEND-ISO", ShapeText.Part("#60", ShapeText.Face("PLANE('',#80)", "EDGE_LOOP('',(#130))", """
        #130=ORIENTED_EDGE('',*,*,#131,.T.);#131=EDGE_CURVE('',#132,#132,#133,.T.);#132=VERTEX_POINT('',#134);#134=CARTESIAN_POINT('',(10.,0.,0.));
        #133=CIRCLE('',#80,10.);#80=AXIS2_PLACEMENT_3D('',#81,$,$);#81=CARTESIAN_POINT('',(0.,0.,0.));
        #300=DIMENSIONAL_SIZE(#301,'diameter');#301=SHAPE_ASPECT('','',#40,.T.);#302=DIMENSIONAL_CHARACTERISTIC_REPRESENTATION(#300,#303);
        #303=SHAPE_DIMENSION_REPRESENTATION('',(#304),#910);#304=(LENGTH_MEASURE_WITH_UNIT()MEASURE_REPRESENTATION_ITEM()MEASURE_WITH_UNIT(LENGTH_MEASURE(12.5),#900)REPRESENTATION_ITEM('nominal value'));
        #305=POSITION_TOLERANCE('','',#306,#301);#306=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(0.1),#900);#307=DATUM('','',#40,.F.,'A');
        """)) + "ENDSEC;\nEND-ISO", StringComparison.Ordinal));

    static byte[] Ifc() => Part21Text.Bytes(Part21Text.Data(IfcText.House + IfcText.Wall + """
        #30=IFCRELDEFINESBYPROPERTIES('0000000000000000000030',$,$,$,(#20),#31);
        #31=IFCPROPERTYSET('0000000000000000000031',$,'Pset',$,(#32,#33,#34,#35));
        #32=IFCPROPERTYSINGLEVALUE('p',$,IFCLENGTHMEASURE(2.5),#11);
        #33=IFCPROPERTYENUMERATEDVALUE('e',$,(IFCLABEL('a'),IFCLABEL('b')),$);
        #34=IFCCOMPLEXPROPERTY('c',$,'u',(#32,#35));
        #35=IFCPROPERTYTABLEVALUE('t',$,(IFCREAL(1.),IFCREAL(2.)),(IFCREAL(3.),IFCREAL(4.)),$,$,$,$);
        #40=IFCRELDEFINESBYTYPE('0000000000000000000040',$,$,$,(#20),#41);
        #41=IFCWALLTYPE('0000000000000000000041',$,'T',$,$,(#31),$,$,$,.STANDARD.);
        #42=IFCRELASSOCIATESMATERIAL('0000000000000000000042',$,$,$,(#20),#43);
        #43=IFCMATERIALLAYERSETUSAGE(#44,.AXIS2.,.POSITIVE.,0.,$);
        #44=IFCMATERIALLAYERSET((#45,#45),'L',$);
        #45=IFCMATERIALLAYER(#46,100.,.U.,$,$,$,$);
        #46=IFCMATERIAL('Beton','\X2\00E4\X0\',$);
        #50=IFCRELDEFINESBYPROPERTIES('0000000000000000000050',$,$,$,(#20),#51);
        #51=IFCELEMENTQUANTITY('0000000000000000000051',$,'Q',$,$,(#52));
        #52=IFCQUANTITYAREA('a',$,$,12.5,$);
        #60=IFCGROUP('0000000000000000000060',$,'G',$,$);
        #61=IFCRELASSIGNSTOGROUP('0000000000000000000061',$,$,$,(#20,#60),$,#60);
        """, "IFC4"));

    static string Drawing => DxfText.Drawing(
        """
        MTEXT 5=30 8=Notes 1='{\H2x;\S1#2;}\P%%c12' 3=abc 40=2.5 50=1.5
        TEXT 5=31 8=Notes 1='Scale 1:2' 10=1 20=2 40=2.5
        DIMENSION 5=32 8=Sizes 2=*D1 3=ISO 70=32 42=12.5 1='<> H7'
        DIMENSION 5=33 8=Sizes 3=ISO 70=1 42=48.36 1001=ACAD 1000=DSTYLE 1002={ 1070=71 1070=1 1002=}
        TOLERANCE 5=34 8=Sizes 1='{\Fgdt;j}%%v{\Fgdt;n}0.1{\Fgdt;m}%%vA%%vB'
        LEADER 5=35 8=Sizes 340=30 10=1 20=2
        INSERT 5=36 8=Parts 2=*U1 66=1 10=3 20=4 41=2 70=2 71=3
        ATTRIB 5=37 8=Parts 2=NUMBER 1=P-1
        SEQEND
        ACAD_TABLE 5=38 8=Parts 2=*T1 91=1 92=2 171=1 1=a 171=1 1=b
        LWPOLYLINE 5=39 8=0 90=2 10=0 20=0 10=5 20=5
        """,
        """
        BLOCK 5=20 2=*D1
        MTEXT 8=0 1='12,5 H7'
        ENDBLK
        BLOCK 5=21 2=*U1
        ATTDEF 8=0 2=NUMBER 1=P-0 70=2
        INSERT 8=0 2=PART
        ENDBLK
        BLOCK 5=22 2=PART
        LINE 8=0 10=0 11=1
        ENDBLK
        """,
        """
        TABLE 2=LAYER
        LAYER 5=10 2=Notes 62=3 70=0 6=CONTINUOUS 370=25
        ENDTAB
        DIMSTYLE 105=11 2=ISO 47=0.1 48=0.2 71=1
        BLOCK_RECORD 5=12 2=*U1 1001=AcDbBlockRepBTag 1070=1 1005=13
        BLOCK_RECORD 5=13 2=DYNAMIC
        """,
        "LAYOUT 5=40 100=AcDbLayout 1=Sheet 330=12");

    static byte[] Pdf() => new PdfText().Box(50, 200, 300, 90).Line(50, 230, 350, 230).Line(150, 200, 150, 290).Text(60, 270, "Part").Text(200, 270, "12 H7").Circle(100, 204, 4).Line(96, 198, 104, 210).Text(107, 200, "25 h6", 12)
        .Text(500, 100, "Ra 3.2", 9, 90).Page().Text(10, 10, "M8x1.25").Bytes();

    // Everything that leads from one object to the next.
    static byte[] Coloured() => PdfText.Assemble([.. ((string[])
    [
        "<< /Type /Catalog /Pages 2 0 R /Names << /Dests 18 0 R >> /Outlines 19 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources 4 0 R >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents [5 0 R 5 0 R] /Annots [20 0 R] /Resources << /XObject << /B 7 0 R >> >> >>",
        "<< /Font << /F1 8 0 R /F2 9 0 R >> /XObject << /A 6 0 R /I 10 0 R >> /ColorSpace << /C 11 0 R /D 12 0 R /E 13 0 R >> /Shading << /S 14 0 R >> /Pattern << /P 15 0 R /T 16 0 R >> /ExtGState << /G 17 0 R >> >>",
        Stream("", "/G gs /A Do /B Do q 9 0 0 9 5 5 cm /I Do Q /C cs 0 sc /D cs 0.5 sc 0 0 5 5 re f /E cs 1 sc /Pattern cs /P scn 9 9 5 5 re f /T scn 9 9 5 5 re f /S sh BT /F1 10 Tf 20 50 Td (12 H7) Tj /F2 10 Tf (t) Tj ET "),
        Stream("/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Group << /S /Transparency /CS 11 0 R >>", "/B Do BT /F1 5 Tf 9 9 Td (form) Tj ET "),
        Stream("/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << /Font << /F1 8 0 R >> /XObject << /I 10 0 R >> /Pattern << /P 15 0 R >> >>", "/I Do BT /F1 5 Tf 9 9 Td (form) Tj ET "),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /B] >> >>",
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /t 21 0 R >> /Encoding << /Differences [116 /t] >> /FirstChar 116 /LastChar 116 /Widths [9] /Resources 4 0 R >>",
        Stream("/Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace 13 0 R /BitsPerComponent 8 /SMask 22 0 R", "01"),
        "[/Separation /Red /DeviceGray 23 0 R]", "[/DeviceN [/X] 11 0 R 23 0 R << /Colorants << /X 11 0 R >> >>]", "[/Indexed 11 0 R 1 <00FF>]", "<< /ShadingType 2 /ColorSpace 12 0 R /Coords [0 0 9 9] /Function 23 0 R >>",
        "<< /Type /Pattern /PatternType 2 /Shading 14 0 R /ExtGState 17 0 R >>",
        Stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources 4 0 R", "0 0 5 5 re f"),
        "<< /Type /ExtGState /Font [8 0 R 9] /SMask << /S /Luminosity /G 6 0 R /TR 23 0 R >> >>",
        "<< /Kids [24 0 R] >>", "<< /First 25 0 R /Last 25 0 R >>", "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /D (a) /Next 26 0 R >> /Parent 3 0 R >>",
        Stream("", "9 0 0 0 9 9 d1 0 0 5 5 re f"), Stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "0"),
        "<< /FunctionType 3 /Domain [0 1] /Functions [27 0 R 27 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>", "<< /Names [(a) [3 0 R /Fit]] /Limits [(a) (a)] >>", "<< /Title (a) /Parent 19 0 R /Dest (a) >>", "<< /S /GoTo /D [3 0 R /Fit] >>",
        "<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>",
    ]).Select(Encoding.Latin1.GetBytes)]);

    static string Stream(string about, string content) => $"<< {about} /Length {content.Length} >>\nstream\n{content}\nendstream";

    static byte[] Workbook() => SheetText.Xlsx(
        """<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row><row r="2" hidden="1"><c r="A2"><v>370103009</v></c><c r="B2" s="1"><v>45000.5</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>""",
        """<mergeCells><mergeCell ref="A1:A2"/></mergeCells>""", "<si><t>Part number</t></si><si><r><t>Descrip</t></r><r><t>tion</t></r></si><si><t>Qty</t></si>",
        """<numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"><alignment indent="2"/></xf></cellXfs>""");

    static byte[] Zip(string name, byte[] content)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = archive.CreateEntry(name).Open();
            stream.Write(content);
        }
        return file.ToArray();
    }
}
