using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Ifc;

/// <summary>The tables of a model; their rows are made while enumerated.</summary>
static class IfcTables
{
    public static List<ExtractedTable> Of(IfcContent content, CancellationToken cancellation)
    {
        var length = content.Units.OfType("LENGTHUNIT")?.Symbol;
        List<ExtractedTable> tables =
        [
            Table("project", content.Projects(), content.Projects().Count(),
                [Text("guid"), Text("class"), Text("name"), Text("description"), Text("long_name"), Text("phase"), Text("object_type")],
                row => new([row.Guid, row.Class, row.Name, row.Description, row.LongName, row.Phase, row.ObjectType], row.Locator)),
            Table("units", content.Units.All, content.Units.All.Count,
                [Text("unit_type"), Text("symbol"), Text("name"), Number("si_factor")],
                row => new([row.UnitType, row.Symbol, row.Name, row.Factor], row.Locator)),
            Table("spatial", content.Spatial(), content.SpatialCount,
                [new("level", ColumnType.Integer), Text("path"), Text("class"), Text("guid"), Text("parent"), Text("name"), Text("long_name"), Text("object_type"), Text("predefined_type"), Number("elevation", length)],
                row => new([row.Level, row.Path, row.Class, row.Guid, row.Parent, row.Name, row.LongName, row.ObjectType, row.PredefinedType, row.Elevation], row.Locator)),
            Table("elements", content.Elements(), content.ElementCount,
                [Text("guid"), Text("class"), Text("name"), Text("description"), Text("tag"), Text("object_type"), Text("predefined_type"), Text("type_name"), Text("type_guid"), Text("storey"), Text("space"), Text("container"), Text("parent"), Text("material"), Text("classification"), Text("system")],
                row => new([row.Guid, row.Class, row.Name, row.Description, row.Tag, row.ObjectType, row.PredefinedType, row.TypeName, row.TypeGuid, row.Storey, row.Space, row.Container, row.Parent, row.Material, row.Classification, row.System], row.Locator)),
            Table("types", content.Types(), content.Objects.Of(IfcKind.Type).Count(),
                [Text("guid"), Text("class"), Text("name"), Text("description"), Text("tag"), Text("element_type"), Text("predefined_type"), Text("applicable_occurrence"), new("occurrences", ColumnType.Integer), Text("material")],
                row => new([row.Guid, row.Class, row.Name, row.Description, row.Tag, row.ElementType, row.PredefinedType, row.ApplicableOccurrence, row.Occurrences, row.Material], row.Locator)),
            Table("properties", content.Rows.Properties(), content.Rows.PropertyCount,
                [Text("guid"), Text("pset"), Text("name"), Text("value"), Number("number"), Number("lower"), Number("upper"), Text("value_type"), Text("unit"), Text("kind"), Text("from")],
                row => new([row.Guid, row.Set, row.Name, row.Value.IsEmpty ? null : row.Value.ToString(), row.Value.Number, row.Lower, row.Upper, row.ValueType.Length == 0 ? null : row.ValueType, row.Unit, Word(row.Kind), Word(row.From)], row.Locator, 1, row.Raw)),
            Table("quantities", content.Rows.Quantities(), content.Rows.QuantityCount,
                [Text("guid"), Text("qset"), Text("name"), Number("value"), Text("kind"), Text("unit"), Text("from")],
                row => new([row.Guid, row.Set, row.Name, row.Value, row.Kind, row.Unit, Word(row.From)], row.Locator)),
            Table("materials", content.Materials(), content.MaterialCount,
                [Text("guid"), Text("material"), Text("kind"), new("layer_index", ColumnType.Integer), Text("name"), Number("thickness", length), Number("fraction"), Text("profile"), Text("category"), Text("set"), Text("from")],
                row => new([row.Guid, row.Material, row.Kind, row.Index, row.Name, row.Thickness, row.Fraction, row.Profile, row.Category, row.SetName, Word(row.From)], row.Locator)),
            Table("classifications", content.Classifications(), Count(content.Classifications(), cancellation),
                [Text("guid"), Text("system"), Text("identification"), Text("name"), Text("location"), Text("from")],
                row => new([row.Guid, row.System, row.Identification, row.Name, row.Location, Word(row.From)], row.Locator)),
            Table("groups", content.Groups(), content.Objects.Of(IfcKind.Group, IfcKind.System).Count(),
                [Text("guid"), Text("class"), Text("name"), Text("long_name"), Text("object_type"), Text("predefined_type"), new("members", ColumnType.Integer), Text("serves")],
                row => new([row.Guid, row.Class, row.Name, row.LongName, row.ObjectType, row.PredefinedType, row.Members, row.Serves], row.Locator)),
            Table("group_members", content.GroupMembers(), Count(content.GroupMembers(), cancellation),
                [Text("group"), Text("guid"), Text("class")],
                row => new([row.Group, row.Guid, row.Class], row.Locator)),
            TakeOff([.. content.TakeOff(cancellation)], content.Units),
        ];
        tables.RemoveAll(table => table.RowCount == 0);
        return tables;
    }

    static ExtractedTable TakeOff(List<IfcTakeOffLine> lines, ProjectUnits units) => Table("takeoff", lines, lines.Count,
        [
            Text("storey"), Text("storey_guid"), Text("class"), Text("type"), new("count", ColumnType.Integer),
            Number("length", units.OfType("LENGTHUNIT")?.Symbol), Number("area", units.OfType("AREAUNIT")?.Symbol), Number("volume", units.OfType("VOLUMEUNIT")?.Symbol),
            new("with_length", ColumnType.Integer), new("with_area", ColumnType.Integer), new("with_volume", ColumnType.Integer),
        ],
        row => new([row.Storey, row.StoreyGuid, row.Class, row.Type, row.Count, row.Length, row.Area, row.Volume, row.LengthCount, row.AreaCount, row.VolumeCount], row.Locator, row.Confidence));

    static ExtractedTable Table<T>(string kind, IEnumerable<T> rows, int count, TableColumn[] columns, Func<T, ExtractedRow> toRow) =>
        new(kind, columns, rows.Select(toRow), count);

    static int Count<T>(IEnumerable<T> rows, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var _ in rows)
        {
            if ((++count & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
        }
        return count;
    }

    static TableColumn Text(string key) => new(key, ColumnType.Text);

    static TableColumn Number(string key, string? unit = null) => new(key, ColumnType.Number, unit);

    static string Word(IfcSource source) => source == IfcSource.Type ? "type" : "occurrence";

    static string Word(IfcValueKind kind) => kind switch
    {
        IfcValueKind.Single => "single",
        IfcValueKind.Enumerated => "enumerated",
        IfcValueKind.List => "list",
        IfcValueKind.Bounded => "bounded",
        IfcValueKind.Table => "table",
        _ => "reference",
    };
}
