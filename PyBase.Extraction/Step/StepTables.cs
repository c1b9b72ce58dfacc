using System.Globalization;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Step;

/// <summary>The tables of a model.</summary>
sealed class StepTables
{
    readonly StepModel model;
    readonly FindingList findings;
    readonly StepOptions options;
    readonly CancellationToken cancellation;
    readonly AssemblyShapes shapes;
    readonly PropertyReader[] readers;
    readonly List<StepProperty> properties;
    readonly List<int>[] nodesOf;

    public StepTables(StepModel model, FindingList findings, StepOptions options, CancellationToken cancellation)
    {
        this.model = model;
        this.findings = findings;
        this.options = options;
        this.cancellation = cancellation;
        shapes = new AssemblyShapes(model, findings, options, cancellation);
        readers = [.. model.Files.Select((_, file) => new PropertyReader(model, file))];
        properties = [.. readers.SelectMany(reader => reader.All()).Take(options.MaxRows + 1)];
        nodesOf = [.. model.Tree.Parts.Select(_ => new List<int>())];
        for (var node = 0; node < model.Structure.Nodes.Length; node++)
            nodesOf[model.Tree.PartOf(node).Index].Add(node);
    }

    /// <summary>Parts and assembly are there in any case, whoever reads the tables relies on it; of the others those that have rows.</summary>
    public List<ExtractedTable> Build()
    {
        var parts = Parts();
        List<TableBuilder> builders = [Placements(), Bom(), Properties(), .. Pmi(), Notes(), Views(), Layers(), ExternalFiles(), Files()];
        if (parts.IsCut || builders.Exists(builder => builder.IsCut))
            findings.Warn(FindingCode.RowsCut, $"A table has more than {options.MaxRows:N0} rows; the rest was left out.");
        return [parts.Build(), Assembly(), .. builders.Where(builder => builder.Count > 0).Select(builder => builder.Build())];
    }

    TableBuilder Files()
    {
        var table = Table("file",
        [
            Text("file"), Text("schema"), Text("application_protocol"), Text("edition"), Text("name"), Text("time_stamp"), Text("author"), Text("organization"), Text("preprocessor"),
            Text("cad_system"), Text("length_unit"), Text("angle_unit"),
            .. Bounds("", "bbox"), .. Bounds("body_", "bbox"),
        ]);
        var (all, body) = (shapes.Total(AssemblyShapes.Extent.All), shapes.Total(AssemblyShapes.Extent.Body));
        for (var i = 0; i < model.Files.Count; i++)
        {
            var file = model.Files[i];
            var header = file.Header;
            var (protocol, edition) = StepMetadata.Protocol(header.Schemas is [var first, ..] ? first : "");
            var units = file.Units.First();
            // Several files are one assembly, which only the first row tells the size of.
            table.Add(file.Name, 1, null,
            [
                Or(file.Name), Or(string.Join(", ", header.Schemas)), Or(protocol), Or(edition), Or(header.Name), Or(header.TimeStamp), Or(string.Join(", ", header.Authors)),
                Or(string.Join(", ", header.Organizations)), Or(header.PreprocessorVersion), Or(header.OriginatingSystem), units.Length?.Symbol, units.Angle?.Symbol,
                .. Cells(i == 0 ? all : Box.Empty), .. Cells(i == 0 ? body : Box.Empty),
            ]);
        }
        return table;
    }

    // PRODUCT_RELATED_PRODUCT_CATEGORY(name, description, products)
    Dictionary<string, List<string>> Categories()
    {
        var categories = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var file in model.Files)
        {
            foreach (var category in file.Graph.Of(StepWord.ProductRelatedProductCategory))
            {
                var name = file.Graph.Text(category, 0);
                foreach (var product in file.Graph.Targets(category, 2).Select(file.Locator).Where(_ => name.Length > 0))
                {
                    if (!categories.TryGetValue(product, out var names))
                        categories.Add(product, names = []);
                    if (names.Count < 100 && !names.Contains(name))
                        names.Add(name);
                }
            }
        }
        return categories;
    }

    // Made while enumerated: an assembly of shared subassemblies has far more places than the file has bytes.
    ExtractedTable Assembly()
    {
        var uses = UsesByFirst();
        return new ExtractedTable("assembly",
            [Text("path"), Integer("level"), Text("parent"), Text("part"), Number("qty"), Number("total_qty"), Text("name"), Text("instance"), Text("ref_designator"), Text("transform")],
            model.Tree.Lines(0).Select(line =>
            {
                var same = uses.GetValueOrDefault(line.Locator, []);
                return new ExtractedRow(
                [
                    line.Path, line.Level, line.Parent.Locator, line.Part.Locator, (double?)line.Quantity, (double?)line.TotalQuantity,
                    Or(line.Part.Name), Join(same.Select(Instance)), Join(same.Select(Designator)), same.Count == 1 ? Matrix(same[0].At) : null,
                ], line.Locator);
            }), model.Tree.LineCount);
    }

    // A line stands for all uses of one child in one parent.
    Dictionary<string, List<StepModel.Use>> UsesByFirst()
    {
        var lines = new Dictionary<string, List<StepModel.Use>>(StringComparer.Ordinal);
        for (var parent = 0; parent < model.Structure.Nodes.Length; parent++)
        {
            foreach (var same in shapes.Uses(parent).GroupBy(use => use.Child))
            {
                if (model.Structure.Edges[parent]?.Find(edge => edge.Child == same.Key) is { FirstUsage: > 0 } edge)
                    lines.TryAdd(model.Structure.Locator(edge.FirstUsage), [.. same]);
            }
        }
        return lines;
    }

    TableBuilder Placements()
    {
        var table = Table("placements",
            Text("parent"), Text("product"), Text("instance"), Text("ref_designator"), Number("x", "mm"), Number("y", "mm"), Number("z", "mm"), Text("transform"));
        for (var parent = 0; parent < model.Structure.Nodes.Length; parent++)
        {
            foreach (var use in shapes.Uses(parent))
            {
                table.Add(use.Usage.Place < 0 ? model.Files[use.Usage.File].Name : model.Files[use.Usage.File].Locator(use.Usage.Place), 1, null,
                    Or(model.Tree.PartOf(parent).PartNumber), Or(model.Tree.PartOf(use.Child).PartNumber), Instance(use), Designator(use), use.At.O.X, use.At.O.Y, use.At.O.Z, Matrix(use.At));
            }
        }
        return table;
    }

    TableBuilder Bom()
    {
        var table = Table("bom", Text("part_number"), Text("name"), Text("description"), Number("total_qty"), Text("used_in"));
        var totals = new Dictionary<int, (decimal? Total, SortedSet<string> UsedIn)>();
        List<int> order = [];
        foreach (var line in model.Tree.Lines(0))
        {
            if (nodesOf[line.Part.Index].Exists(node => model.Structure.Edges[node] is { Count: > 0 }))
                continue;
            if (!totals.TryGetValue(line.Part.Index, out var sum))
            {
                sum = (0, new SortedSet<string>(StringComparer.Ordinal));
                order.Add(line.Part.Index);
            }
            if (sum.UsedIn.Count < 100)
                sum.UsedIn.Add(line.Parent.PartNumber);
            totals[line.Part.Index] = (sum.Total + line.TotalQuantity, sum.UsedIn);
        }
        foreach (var part in order.Select(index => model.Tree.Parts[index]))
            table.Add(part.Locator, 1, null, Or(part.PartNumber), Or(part.Name), Or(part.Description), (double?)totals[part.Index].Total, Or(string.Join("; ", totals[part.Index].UsedIn)));
        return table;
    }

    TableBuilder Parts()
    {
        var table = Table("parts",
        [
            Text("part_number"), Text("name"), Text("description"), Text("version"), Text("category"), Flag("is_assembly"), Flag("is_root"), Integer("solids"), Integer("faces"), .. Bounds("", "bbox"),
            Number("volume", "mm³"), Text("volume_source"), Number("area", "mm²"), Text("centroid"), Number("stated_children"),
            Text("material"), Number("density"), Text("density_unit"), Text("color"), Text("layer"),
        ]);
        var stated = properties.Where(each => each.Node >= 0).ToLookup(each => each.Node);
        var appearances = model.Files.Select(file => new Appearance(file.Graph)).ToArray();
        var materials = new MaterialReader(model, stated);
        var categories = Categories();
        var roots = model.Tree.Roots.Select(part => part.Index).ToHashSet();
        foreach (var part in model.Tree.Parts)
        {
            cancellation.ThrowIfCancellationRequested();
            var nodes = nodesOf[part.Index];
            var node = nodes.FirstOrDefault(each => !shapes.BoxOf(each, AssemblyShapes.Extent.Body).IsEmpty, nodes[0]);
            var checks = nodes.SelectMany(each => stated[each]).Where(each => each.OwnerKind == "product").ToList();
            var (body, _) = shapes.OwnShape(node);
            var volume = Check(checks, "geometric validation", "volume");
            var area = Check(checks, "geometric validation", "area");
            var centre = checks.Find(each => IsCheck(each, "geometric validation") && (each.Name.Contains("centr", StringComparison.OrdinalIgnoreCase) || each.Name.Contains("center", StringComparison.OrdinalIgnoreCase)) && each.Number is null);
            var children = checks.Find(each => IsCheck(each, "assembly validation") && each.Name.Contains("children", StringComparison.OrdinalIgnoreCase));
            var (material, density, densityUnit) = materials.Of(nodes);
            var reps = nodes.SelectMany(shapes.Representations).ToList();
            table.Add(part.Locator, 1, null,
            [
                Or(part.PartNumber), Or(part.Name), Or(part.Description), Or(part.Version), Or(string.Join("; ", categories.GetValueOrDefault(part.Locator, []))),
                nodes.Exists(each => model.Structure.Edges[each] is { Count: > 0 }), roots.Contains(part.Index), Count(body.Solids), Count(body.AllFaces),
                .. Cells(shapes.BoxOf(node, AssemblyShapes.Extent.Body)),
                volume, volume is null ? null : "validation property", area, centre?.Text, children?.Number, material, density, densityUnit,
                reps.Select(rep => appearances[rep.File].ColourOf(rep.Place)).FirstOrDefault(colour => colour is not null),
                Or(string.Join("; ", reps.SelectMany(rep => appearances[rep.File].LayersOf(rep.Place)).Distinct())),
            ]);
        }
        return table;
    }

    static bool IsCheck(StepProperty property, string group) => property.Group.Contains(group, StringComparison.OrdinalIgnoreCase);

    // Of the whole part, in cubes and squares of millimetres.
    static double? Check(List<StepProperty> checks, string group, string word) => checks
        .Where(each => IsCheck(each, group) && each.Number is not null && each.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
        .Select(each => each.Number * (each.Unit?.Factor ?? 1)).FirstOrDefault();

    static long? Count(double number) => number < long.MaxValue ? (long)number : null;

    TableBuilder Properties()
    {
        var table = Table("properties",
            Text("owner"), Text("owner_kind"), Text("part_number"), Text("group"), Text("description"), Text("name"), Text("value"), Number("number"), Text("unit"));
        foreach (var each in properties)
        {
            table.Add(each.File.Locator(each.Place), 1, null,
                Or(each.Owner), Or(each.OwnerKind), each.Node < 0 ? null : Or(model.Structure.Nodes[each.Node].Number), Or(each.Group), Or(each.Description), Or(each.Name), each.Text, each.Number, each.Unit?.Symbol);
        }
        return table;
    }

    List<TableBuilder> Pmi()
    {
        var dimensions = Table("pmi_dimensions",
            Text("part_number"), Text("kind"), Text("name"), Number("nominal"), Number("upper"), Number("lower"), Number("upper_limit"), Number("lower_limit"), Text("fit"), Text("unit"),
            Integer("decimals"), Text("displayed"), Flag("reference"), Flag("basic"), Text("modifiers"), Text("feature"));
        var tolerances = Table("pmi_tolerances",
            Text("part_number"), Text("characteristic"), Text("name"), Number("value"), Text("unit"), Text("zone"), Flag("diametral"), Text("modifiers"), Text("datums"), Integer("composite_index"),
            Number("unit_size"), Number("second_unit_size"), Number("max_value"), Number("projected"), Number("unequally_disposed"), Text("applies_to"), Text("feature"));
        var datums = Table("datums", Text("part_number"), Text("letter"), Text("target"), Text("feature"));
        for (var i = 0; i < model.Files.Count; i++)
        {
            var file = model.Files[i];
            var reader = new PmiReader(file, readers[i], findings);
            foreach (var each in reader.Dimensions())
            {
                dimensions.Add(file.Locator(each.Place), 1, null,
                    Number(each.Node), each.Kind, Or(each.Name), each.Nominal, each.Upper, each.Lower, each.UpperLimit, each.LowerLimit, each.Fit, each.Unit, each.Decimals is { } places ? places : new Cell(),
                    Displayed(each), each.IsReference, each.IsBasic, each.Modifiers, each.Feature);
            }
            foreach (var each in reader.Tolerances())
            {
                tolerances.Add(file.Locator(each.Place), 1, null,
                    Number(each.Node), each.Characteristic, Or(each.Name), each.Value, each.Unit, each.Zone, each.IsDiametral, each.Modifiers, each.Datums, each.CompositeIndex is { } index ? index : new Cell(),
                    each.UnitSize, each.SecondUnitSize, each.MaxValue, each.Projected, each.Displacement, each.AppliesTo, each.Feature);
            }
            foreach (var each in reader.Datums())
                datums.Add(file.Locator(each.Place), 1, null, Number(each.Node), Or(each.Letter), each.Target, each.Feature);
        }
        return [dimensions, tolerances, datums];
    }

    static string? Displayed(StepDimension dimension) => dimension.Nominal is { } nominal
        ? nominal.ToString(dimension.Decimals is { } places ? string.Create(CultureInfo.InvariantCulture, $"F{places}") : "R", CultureInfo.InvariantCulture)
        : null;

    TableBuilder Notes()
    {
        var table = Table("notes", Text("kind"), Text("owner"), Text("owner_kind"), Text("text"));
        foreach (var each in properties)
        {
            var isText = each.Number is null && each.Text.Length > 0 && (each.Name.Contains("unicode string", StringComparison.OrdinalIgnoreCase) || each.Group == "semantic text");
            if (isText)
                table.Add(each.File.Locator(each.Place), 1, each.Text, each.Group == "semantic text" ? "semantic text" : "annotation", Or(each.Owner), Or(each.OwnerKind), PmiText.Decode(each.Text));
        }
        return table;
    }

    TableBuilder Views()
    {
        var table = Table("views", Text("name"), Text("kind"));
        foreach (var file in model.Files)
        {
            // MODEL_GEOMETRIC_VIEW(name, description, item, rep): often without a name, its item being the camera that has one.
            var seen = new HashSet<int>();
            foreach (var view in file.Graph.Of(StepWord.ModelGeometricView, StepWord.DefaultModelGeometricView))
            {
                var camera = file.Graph.Reference(view, 2);
                // The default view is one of the others once more.
                if (!seen.Add(camera) && camera >= 0)
                    continue;
                table.Add(file.Locator(view), 1, null, Or(file.Graph.Text(view, 0)) ?? Or(Name(file, camera)), "saved view");
            }
            foreach (var camera in file.Graph.Of(StepWord.CameraModelD3).Where(camera => !seen.Contains(camera)))
                table.Add(file.Locator(camera), 1, null, Or(Name(file, camera)), "camera");
        }
        return table;
    }

    static string Name(StepFile file, int item) => file.Graph.Text(item, 0, StepWord.RepresentationItem, 0);

    TableBuilder Layers()
    {
        var table = Table("layers", Text("name"), Text("description"), Integer("items"));
        foreach (var file in model.Files)
        {
            foreach (var (name, description, items, place) in new Appearance(file.Graph).Layers)
                table.Add(file.Locator(place), 1, null, name, Or(description), items);
        }
        return table;
    }

    TableBuilder ExternalFiles()
    {
        var table = Table("external_files", Text("name"), Flag("found"));
        foreach (var (file, isFound) in model.ExternalFiles)
            table.Add(file.Locator, 1, null, file.Name, isFound);
        return table;
    }

    string? Number(int node) => node < 0 ? null : Or(model.Structure.Nodes[node].Number);

    string? Instance(StepModel.Use use)
    {
        var graph = model.Files[use.Usage.File].Graph;
        var name = graph.Text(use.Usage.Place, 1, StepWord.ProductDefinitionRelationship, 1);
        return Or(name.Length > 0 ? name : graph.Text(use.Usage.Place, 0, StepWord.ProductDefinitionRelationship, 0));
    }

    // NEXT_ASSEMBLY_USAGE_OCCURRENCE(id, name, description, parent, child, reference_designator)
    string? Designator(StepModel.Use use) => Or(model.Files[use.Usage.File].Graph.Text(use.Usage.Place, 5));

    static string? Join(IEnumerable<string?> texts)
    {
        List<string> some = [.. texts.OfType<string>().Distinct().Take(101)];
        return some.Count == 0 ? null : string.Join("; ", some.Take(100)) + (some.Count > 100 ? "; …" : "");
    }

    /// <summary>Three rows of four numbers, the last of each in millimetres.</summary>
    static string Matrix(Frame frame) => string.Join(' ', Row(frame.Row(0), frame.O.X), Row(frame.Row(1), frame.O.Y), Row(frame.Row(2), frame.O.Z));

    static string Row(Vec3 row, double move) => string.Create(CultureInfo.InvariantCulture, $"{Neat(row.X)} {Neat(row.Y)} {Neat(row.Z)} {Neat(move)}");

    static double Neat(double number) => Math.Round(number, 9) + 0.0;

    static Cell[] Cells(Box box) => box.IsEmpty || !box.Min.IsFinite || !box.Max.IsFinite
        ? [.. Enumerable.Repeat(new Cell(), 9)]
        : [Neat(box.Size.X), Neat(box.Size.Y), Neat(box.Size.Z), Neat(box.Min.X), Neat(box.Min.Y), Neat(box.Min.Z), Neat(box.Max.X), Neat(box.Max.Y), Neat(box.Max.Z)];

    static IEnumerable<TableColumn> Bounds(string prefix, string size) =>
        ((string[])[$"{size}_x", $"{size}_y", $"{size}_z", "min_x", "min_y", "min_z", "max_x", "max_y", "max_z"]).Select(key => Number(prefix + key, "mm"));

    TableBuilder Table(string kind, params IReadOnlyList<TableColumn> columns) => new(kind, columns, options.MaxRows, cancellation);

    static string? Or(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    static TableColumn Text(string key) => new(key, ColumnType.Text);
    static TableColumn Integer(string key) => new(key, ColumnType.Integer);
    static TableColumn Flag(string key) => new(key, ColumnType.Boolean);
    static TableColumn Number(string key, string? unit = null) => new(key, ColumnType.Number, unit);
}
