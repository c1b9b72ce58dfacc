using System.Globalization;
using System.Text;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Step;
using Xunit;

namespace PyBase.Tests.Extraction.Step;

/// <summary>Small shapes written in place: <see cref="Solid"/> is a product of one face, <see cref="Extract"/> reads a file.</summary>
static class ShapeText
{
    public const string Millimetres = "#900=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));";
    public const string Inches = "#900=(CONVERSION_BASED_UNIT('inch',#903)LENGTH_UNIT()NAMED_UNIT(#904));#903=LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(25.4),#905);#905=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));#904=DIMENSIONAL_EXPONENTS(1.,0.,0.,0.,0.,0.,0.);";

    /// <summary>A product whose representation #50 has the items, in a context of the unit #900.</summary>
    public static string Part(string items, string content, string unit = Millimetres) => StepText.Product(1, "part") + Context(unit) + $"""
        #40=PRODUCT_DEFINITION_SHAPE('','',#1);
        #41=SHAPE_DEFINITION_REPRESENTATION(#40,#50);
        #50=ADVANCED_BREP_SHAPE_REPRESENTATION('',({items}),#910);
        {content}

        """;

    public static string Context(string unit) => unit + """
        #901=(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.));
        #910=(GEOMETRIC_REPRESENTATION_CONTEXT(3)GLOBAL_UNIT_ASSIGNED_CONTEXT((#900,#901))REPRESENTATION_CONTEXT('',''));

        """;

    /// <summary>A shell #60 of one face on the surface #70, bounded by the loops given as oriented edges.</summary>
    public static string Face(string surface, string loops, string more, string sense = ".T.")
    {
        var text = new StringBuilder("#61=SHELL_BASED_SURFACE_MODEL('',(#60));#60=OPEN_SHELL('',(#62));");
        var bounds = loops.Split('|', StringSplitOptions.RemoveEmptyEntries);
        text.Append(CultureInfo.InvariantCulture, $"#62=ADVANCED_FACE('',({string.Join(',', bounds.Select((_, i) => $"#{100 + i}"))}),#70,{sense});#70={surface};");
        for (var i = 0; i < bounds.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"#{100 + i}=FACE_BOUND('',#{120 + i},.T.);#{120 + i}={bounds[i]};");
        return text.Append(more).ToString();
    }

    public static string Point(int id, double x, double y, double z) => string.Create(CultureInfo.InvariantCulture, $"#{id}=CARTESIAN_POINT('',({x:0.0########},{y:0.0########},{z:0.0########}));");

    public static string Direction(int id, double x, double y, double z) => Point(id, x, y, z).Replace("CARTESIAN_POINT", "DIRECTION", StringComparison.Ordinal);

    public static ExtractionResult Extract(string instances) =>
        StepExtractor.Read(new MemoryStream(Part21Text.Bytes(Part21Text.Data(instances))), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The part's box as "minX minY minZ maxX maxY maxZ", to three places.</summary>
    public static string Box(string instances, string part = "part")
    {
        var table = Extract(instances).Table("parts")!;
        var row = table.Rows.First(row => table.At(row, "part_number").ToString() == part);
        return string.Join(' ', ((string[])["min_x", "min_y", "min_z", "max_x", "max_y", "max_z"])
            .Select(key => table.At(row, key).Number is { } number ? (Math.Round(number, 3) + 0.0).ToString(CultureInfo.InvariantCulture) : "-"));
    }
}
