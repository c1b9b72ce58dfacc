using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Extraction.Envelope;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>STEP: products, assembly, units, sizes, properties, dimensions and tolerances.</summary>
static class StepFacts
{
    public static void Add(Tally tally, string file, JsonElement truth, ExtractionResult alone, ExtractionResult whole)
    {
        // The truth's texts are Latin-1 where a file holds raw bytes; beside it stands what the bytes mean.
        var repaired = truth.List("raw_8bit_strings").ToDictionary(raw => Encoding.Latin1.GetString(Convert.FromHexString(raw.Text("hex"))).Trim('\''), raw => raw.Text("heuristic_best"));
        string Repair(string text) => string.IsNullOrWhiteSpace(text) ? "" : repaired.GetValueOrDefault(text, text);

        Tree(tally, file, truth, alone, Repair);
        Sizes(tally, file, truth, whole);
        Placements(tally, file, truth, whole);
        Properties(tally, file, truth, alone, Repair);
        Dimensions(tally, file, truth, alone);
        Tolerances(tally, file, truth, alone);
    }

    static void Tree(Tally tally, string file, JsonElement truth, ExtractionResult result, Func<string, string> repair)
    {
        List<Fact> parts = [], places = [];
        var seen = new HashSet<double>();
        foreach (var root in truth.List("assembly_roots"))
            Walk(root, 0);
        tally.Add("STEP", "products", file, parts, result.Rows("parts").Select(row => new Fact(row["part_number"], row["name"])));
        var rows = result.Rows("parts").ToDictionary(row => row.Locator);
        tally.Add("STEP", "places in the assembly with quantities", file, places,
            result.Rows("assembly").Select(row => new Fact($"{row["level"]} {rows[row["parent"]]["part_number"]} > {rows[row["part"]]["part_number"]}", row["qty"])));
        tally.Add("STEP", "total quantities of parts", file,
            truth.Members("flat_leaf_quantities").Where(leaf => leaf.Name.Length > 0).Select(leaf => new Fact(repair(leaf.Name), leaf.Value.ToString())),
            result.Rows("bom").Where(row => row["name"].Length > 0).GroupBy(row => row["name"]).Select(same => new Fact(same.Key, Tally.Show(same.Sum(row => row.Number("total_qty"))))));
        var units = truth.List("unit_contexts").SelectMany(context => context.List("units")).Where(unit => unit.Strings("kind").Any(kind => kind is "LENGTH_UNIT" or "PLANE_ANGLE_UNIT")).Select(unit => Unit(unit.Text("name"))).ToHashSet();
        var file1 = result.Rows("file").First();
        tally.Add("STEP", "units", file, units.Select(unit => new Fact(unit, "")), new[] { file1["length_unit"], file1["angle_unit"] }.Where(unit => unit.Length > 0).Select(unit => new Fact(unit, "")));
        tally.Add("STEP", "files referred to", file, truth.List("external_documents").Select(each => new Fact(each[0].GetString()!, "")), result.Rows("external_files").Select(row => new Fact(row["name"], "")));

        void Walk(JsonElement node, int level)
        {
            if (seen.Add(node.Number("pd")!.Value))
                parts.Add(new(Number(node), repair(node.Text("product_name"))));
            foreach (var child in node.List("children"))
            {
                places.Add(new($"{level + 1} {Number(node)} > {Number(child)}", child.Text("qty")));
                Walk(child, level + 1);
            }
        }

        string Number(JsonElement node) => repair(node.Text("product_id")) is { Length: > 0 } id ? id : repair(node.Text("product_name"));
    }

    static readonly string[] Sides = ["min_x", "min_y", "min_z", "max_x", "max_y", "max_z"];

    static void Sizes(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        var occt = truth.GetProperty("occt");
        var total = Box(occt.GetProperty("total"));
        Correct(total, file);
        tally.Add("STEP", "bounding boxes of files", file, Boxed("all", total), Boxed("all", total, result.Rows("file").First()));
        var rows = result.Rows("parts").GroupBy(row => row["name"]).Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.First());
        var products = occt.List("products").GroupBy(each => each.Text("name")).Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.First());
        foreach (var (name, product) in products.Where(each => rows.ContainsKey(each.Key) && each.Value.List("bbox_mm").Any()))
        {
            // OCCT makes an assembly of a part that shows curves and points beside its solids and surfaces; ours is the size of those with faces.
            var box = Box(product);
            if (product.Text("kind") == "assembly" && !rows[name].Is("is_assembly"))
                box = occt.List("products").Where(each => each.Text("kind") == "part" && each.Number("faces") > 0).Select(Box).Aggregate(Union);
            // A part of a file that refers to others may be one of them.
            Correct(box, $"{Path.GetDirectoryName(file)}/{name}.stp");
            tally.Add("STEP", "bounding boxes of parts", file, Boxed(name, box), Boxed(name, box, rows[name]));
            if (product.Number("valprop_volume") is { } volume && rows[name].Number("volume") is not null)
                tally.Add("STEP", "volumes stated", file, [new(name, Tally.Show(volume))], [new(name, Tally.Near(volume, rows[name].Number("volume"), 1e-6 * Math.Abs(volume)))]);
        }
        var isAssembly = result.Rows("bom").ToDictionary(row => row.Locator, row => row.Number("total_qty") ?? 0);
        var solids = result.Rows("parts").Sum(row => (row.Number("solids") ?? 0) * ((row.Is("is_root") ? 1 : 0) + isAssembly.GetValueOrDefault(row.Locator)));
        if (!truth.List("external_documents").Any())
            tally.Add("STEP", "solids", file, [new("all", occt.GetProperty("total").Text("solids"))], [new("all", Tally.Show(solids))]);
    }

    /// <summary>Where each use of a part stands in its assembly: three rows of four numbers, in millimetres.</summary>
    static void Placements(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        var names = result.Rows("parts").GroupBy(row => row["part_number"]).ToDictionary(same => same.Key, same => same.First()["name"]);
        var assemblies = result.Rows("parts").Where(row => row.Is("is_assembly")).Select(row => row["name"]).ToHashSet();
        var seen = new HashSet<string>();
        List<(string Key, double[] At)> expected = [];
        foreach (var root in truth.GetProperty("occt").List("roots"))
            Walk(root);
        var left = result.Rows("placements").Select(row => (Key: $"{names.GetValueOrDefault(row["parent"])} > {names.GetValueOrDefault(row["product"])}", At: row["transform"].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()))
            .Where(use => expected.Exists(other => other.Key == use.Key)).ToList();
        List<Fact> wanted = [], found = [];
        foreach (var (key, at) in expected)
        {
            wanted.Add(new(key, string.Join(' ', at)));
            var same = left.FindIndex(use => use.Key == key && use.At.Zip(at, (one, other) => Math.Abs(one - other) < 1e-4).All(isNear => isNear));
            if (same < 0)
                continue;
            left.RemoveAt(same);
            found.Add(wanted[^1]);
        }
        tally.Add("STEP", "placements of parts", file, wanted, found.Concat(left.Select(use => new Fact(use.Key, string.Join(' ', use.At)))));

        void Walk(JsonElement node)
        {
            if (!seen.Add(node.Text("ref")) || !assemblies.Contains(node.Text("product")))
                return;
            foreach (var child in node.List("children"))
            {
                // OCCT takes raw bytes for names that nobody can compare.
                if (names.ContainsValue(child.Text("product")))
                    expected.Add(($"{node.Text("product")} > {child.Text("product")}", [.. child.List("transform").Select(number => number.GetDouble())]));
                Walk(child);
            }
        }
    }

    static double[] Union(double[] one, double[] other) => [.. Enumerable.Range(0, 6).Select(side => side < 3 ? Math.Min(one[side], other[side]) : Math.Max(one[side], other[side]))];

    static void Correct(double[] box, string file)
    {
        if (Disputes.Of(file, "bbox_mm max_x") is { } dispute)
            box[3] = double.Parse(dispute.Ours, CultureInfo.InvariantCulture);
    }

    static double[] Box(JsonElement holder) => [.. holder.List("bbox_mm").Select(each => each.GetDouble())];

    static IEnumerable<Fact> Boxed(string name, double[] box) => Sides.Zip(box, (side, at) => new Fact($"{name} {side}", Tally.Show(at)));

    /// <summary>Within a thousandth of the diagonal.</summary>
    static IEnumerable<Fact> Boxed(string name, double[] box, Row row)
    {
        var diagonal = Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(box[axis + 3] - box[axis], 2)));
        return Sides.Zip(box, (side, at) => new Fact($"{name} {side}", Tally.Near(at, row.Number(side), diagonal / 1000)));
    }

    static void Properties(Tally tally, string file, JsonElement truth, ExtractionResult result, Func<string, string> repair)
    {
        List<Fact> expected = [];
        foreach (var property in truth.List("properties"))
        {
            foreach (var item in property.List("items").Where(item => item.TryGetProperty("name", out _) && item.TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number))
                expected.Add(new($"{property.Text("name")}|{(item.Text("name") is { Length: > 0 } named ? named : item.Text("rep"))}".Trim(), item.Number("value") is { } number ? Nine(number) : repair(item.Text("value")).Trim()));
        }
        // The independent reader leaves out counts and points; what it has under one name it has all of.
        var known = expected.Select(fact => fact.Key).ToHashSet();
        tally.Add("STEP", "properties", file, expected,
            result.Rows("properties").Select(row => new Fact($"{row["group"]}|{row["name"]}".Trim(), row.Number("number") is { } number ? Nine(number) : row["value"].Trim())).Where(fact => known.Contains(fact.Key)));
        if (!truth.List("external_documents").Any())
            tally.Add("STEP", "layers", file, truth.Strings("layers").Select(each => new Fact(each.Trim(), "")), result.Rows("layers").Select(row => new Fact(row["name"], "")));
        tally.Add("STEP", "saved views", file, truth.Strings("saved_views").Select(each => new Fact(each, "")), result.Rows("views").Select(row => new Fact(row["name"], "")));
    }

    static string Nine(double number) => number.ToString("G9", CultureInfo.InvariantCulture);

    static void Dimensions(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        List<Fact> expected = [], found = [];
        foreach (var each in truth.List("pmi_dimensions"))
        {
            var id = $"#{each.Text("step_id")}";
            var values = each.List("values").ToLookup(value => value.Text("name"));
            JsonElement? nominal = values["nominal value"].Select(value => (JsonElement?)value).FirstOrDefault();
            expected.Add(new($"{id} name", each.Text("name")));
            Value(id, "nominal", nominal);
            Value(id, "upper limit", values["upper limit"].Select(value => (JsonElement?)value).FirstOrDefault());
            Value(id, "lower limit", values["lower limit"].Select(value => (JsonElement?)value).FirstOrDefault());
            foreach (var range in each.List("tolerances").Take(1))
            {
                Value(id, "upper", range.GetProperty("upper"));
                Value(id, "lower", range.GetProperty("lower"));
            }
            if (each.List("descriptive").Any(note => note[1].GetString() == "auxiliary"))
                expected.Add(new($"{id} reference", "true"));
            if (nominal is { } measure)
            {
                expected.Add(new($"{id} unit", Unit(measure.Text("unit"))));
                if (measure.List("qualifiers").Select(qualifier => qualifier[1].GetString()!).FirstOrDefault() is { } format)
                    expected.Add(new($"{id} decimals", format[(format.LastIndexOf('.') + 1)..]));
            }
        }
        var wanted = expected.ToDictionary(fact => fact.Key, fact => fact.Value);
        foreach (var row in result.Rows("pmi_dimensions"))
        {
            found.Add(new($"{row.Locator} name", row["name"]));
            foreach (var (word, column) in (ReadOnlySpan<(string, string)>)[("nominal", "nominal"), ("upper limit", "upper_limit"), ("lower limit", "lower_limit"), ("upper", "upper"), ("lower", "lower")])
            {
                // Where a file gives limits, the deviations follow from them, and the other way round: the truth has only what is written.
                var key = $"{row.Locator} {word}";
                if (row.Number(column) is { } number && (wanted.ContainsKey(key) || !Follows(row, word, wanted)))
                    found.Add(new(key, Tally.Near(wanted.TryGetValue(key, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : null, number, 1e-9 * Math.Abs(number) + 1e-12)));
            }
            if (row.Is("reference"))
                found.Add(new($"{row.Locator} reference", "true"));
            if (row.Number("nominal") is not null)
                found.Add(new($"{row.Locator} unit", row["unit"]));
            if (row["decimals"].Length > 0)
                found.Add(new($"{row.Locator} decimals", row["decimals"]));
        }
        tally.Add("STEP", "dimensions of the model", file, expected, found);

        void Value(string id, string word, JsonElement? value)
        {
            if (value?.Number("value") is { } number)
                expected.Add(new($"{id} {word}", Tally.Show(number)));
        }
    }

    /// <summary>Whether a limit is the nominal value with its deviation, or a deviation the limit without it.</summary>
    static bool Follows(Row row, string word, Dictionary<string, string> wanted)
    {
        var isLimit = word.EndsWith("limit", StringComparison.Ordinal);
        var side = word.Split(' ')[0];
        return wanted.ContainsKey($"{row.Locator} {(isLimit ? side : side + " limit")}")
            && row.Number("nominal") is { } nominal && row.Number(side) is { } deviation && row.Number(side + "_limit") is { } limit && Math.Abs(nominal + deviation - limit) < 1e-9;
    }

    static void Tolerances(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        // A thirteenth digit is noise of a conversion between units.
        var sizes = truth.List("pmi_geometric_tolerances").ToDictionary(each => $"#{each.Text("step_id")}", each => each.GetProperty("magnitude").Number("value"));
        tally.Add("STEP", "tolerances of the model", file,
            truth.List("pmi_geometric_tolerances").Select(each => new Fact($"#{each.Text("step_id")}", string.Join(';', each.Text("kind").Replace("_TOLERANCE", "", StringComparison.Ordinal), each.Text("name"),
                Tally.Show(each.GetProperty("magnitude").Number("value")), Unit(each.GetProperty("magnitude").Text("unit")), string.Join(',', each.Strings("zone_forms")),
                string.Concat(each.Strings("modifiers").Select(Letter)), string.Join('|', each.List("datum_system").Select(Compartment)), Tally.Show(UnitSize(each))))),
            result.Rows("pmi_tolerances").Select(row => new Fact(row.Locator, string.Join(';', row["characteristic"].ToUpperInvariant().Replace(' ', '_'), row["name"],
                Tally.Near(sizes.GetValueOrDefault(row.Locator), row.Number("value"), 1e-9), row["unit"], row["zone"],
                row["modifiers"].Replace("; ", "", StringComparison.Ordinal), row["datums"], Tally.Show(row.Number("unit_size"))))));
        tally.Add("STEP", "datums of the model", file, truth.Strings("pmi_datums").Select(letter => new Fact(letter, "")),
            result.Rows("datums").Where(row => row["target"].Length == 0).Select(row => new Fact(row["letter"], "")));
    }

    static double? UnitSize(JsonElement tolerance) => tolerance.TryGetProperty("extra", out var extra) && extra.TryGetProperty("GEOMETRIC_TOLERANCE_WITH_DEFINED_UNIT", out var size) ? size.Number("value") : null;

    static string Compartment(JsonElement compartment) => string.Join('-', compartment.Strings("datum")) + string.Concat(compartment.Strings("modifiers").Select(text => $"({Letter(text)})"));

    static string Letter(string modifier) => modifier switch
    {
        "MAXIMUM_MATERIAL_REQUIREMENT" => "M",
        "LEAST_MATERIAL_REQUIREMENT" => "L",
        "STATISTICAL_TOLERANCE" => "ST",
        "TANGENT_PLANE" => "T",
        "FREE_STATE" => "F",
        _ => modifier.ToLowerInvariant().Replace('_', ' '),
    };

    static string Unit(string name) => name.ToUpperInvariant() switch
    {
        "INCH" => "in",
        "MILLI METRE" or "MILLIMETRE" => "mm",
        "METRE" => "m",
        "DEGREE" => "deg",
        "RADIAN" => "rad",
        var other => other,
    };
}
