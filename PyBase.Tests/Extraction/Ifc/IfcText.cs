using PyBase.Extraction.Envelope;
using PyBase.Extraction.Ifc;
using Xunit;

namespace PyBase.Tests.Extraction.Ifc;

/// <summary>Small models written in place, and their tables in few words.</summary>
static class IfcText
{
    /// <summary>A project in millimetres, a building and a storey; what a test adds hangs below <c>#4</c>.</summary>
    public const string House = """
        #1=IFCPROJECT('0000000000000000000001',$,'P',$,$,'Project',$,$,#10);
        #2=IFCBUILDING('0000000000000000000002',$,'B',$,$,$,$,$,.ELEMENT.,$,$,$);
        #4=IFCBUILDINGSTOREY('0000000000000000000004',$,'EG',$,$,$,$,'Erdgeschoss',.ELEMENT.,-150.);
        #5=IFCRELAGGREGATES('0000000000000000000005',$,$,$,#1,(#2));
        #6=IFCRELAGGREGATES('0000000000000000000006',$,$,$,#2,(#4));
        #10=IFCUNITASSIGNMENT((#11,#12,#13));
        #11=IFCSIUNIT(*,.LENGTHUNIT.,.MILLI.,.METRE.);
        #12=IFCSIUNIT(*,.AREAUNIT.,$,.SQUARE_METRE.);
        #13=IFCSIUNIT(*,.VOLUMEUNIT.,$,.CUBIC_METRE.);

        """;

    /// <summary>A wall <c>#20</c> in the storey of <see cref="House"/>.</summary>
    public const string Wall = """
        #20=IFCWALL('0000000000000000000020',$,'W',$,$,$,$,'tag',.SOLIDWALL.);
        #21=IFCRELCONTAINEDINSPATIALSTRUCTURE('0000000000000000000021',$,$,$,(#20),#4);

        """;

    public static ExtractionResult Read(string instances, string schema = "IFC4", IfcOptions? options = null) =>
        Read(Part21Text.Bytes(Part21Text.Data(instances, schema)), options);

    public static ExtractionResult Read(byte[] file, IfcOptions? options = null) => Read(new MemoryStream(file), options);

    public static ExtractionResult Read(Stream stream, IfcOptions? options = null) =>
        IfcReader.Read(stream, options, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The rows of a table, the cells of some columns joined by bars: <c>W|IfcWall</c>.</summary>
    public static List<string> Rows(this ExtractionResult result, string table, params string[] columns) =>
        result.Table(table) is { } found ? [.. found.Rows.Select(row => string.Join('|', columns.Select(column => found.At(row, column).ToString())))] : [];

    /// <summary>Properties of a wall that has one set of them, as <c>name|value|number|value_type|unit</c>.</summary>
    public static List<string> Properties(string references, string instances, string schema = "IFC4") => Read($"""
        {House}{Wall}
        #90=IFCRELDEFINESBYPROPERTIES('0000000000000000000090',$,$,$,(#20),#91);
        #91=IFCPROPERTYSET('0000000000000000000091',$,'Pset',$,({references}));
        {instances}
        """, schema).Rows("properties", "name", "value", "number", "value_type", "unit");

    public static List<string> Codes(this ExtractionResult result) => [.. result.Findings.Select(finding => finding.Code)];
}
