using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Extraction.Envelope;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>DXF and DWG: layers, blocks, inserts, texts, dimensions, tolerances, tables and leaders of a drawing.</summary>
static partial class DrawingFacts
{
    public static void Add(Tally tally, string format, string file, JsonElement truth, ExtractionResult result)
    {
        Layers(tally, format, file, truth, result);
        Blocks(tally, format, file, truth, result);
        Inserts(tally, format, file, truth, result);
        Texts(tally, format, file, truth, result);
        Dimensions(tally, format, file, truth, result);
        Tolerances(tally, format, file, truth, result);
        Tables(tally, format, file, truth, result);
        // R12 has no such variable; the independent reader makes one up.
        var code = Raw(truth) is { ValueKind: JsonValueKind.Object } raw ? raw.GetProperty("header").Text("$INSUNITS") : truth.Text("insunits");
        var declared = Units.GetValueOrDefault(code, "");
        tally.Add(format, "declared units", file, [new("length", declared)], [new("length", result.Units.Source == UnitSource.Declared ? result.Units.Length ?? "" : "")]);
    }

    static readonly Dictionary<string, string> Units = new() { ["1"] = "in", ["2"] = "ft", ["4"] = "mm", ["5"] = "cm", ["6"] = "m" };

    static void Layers(Tally tally, string format, string file, JsonElement truth, ExtractionResult result)
    {
        var found = result.Rows("layers").ToDictionary(row => row["name"]);
        // The independent reader adds 0 and Defpoints where a file lacks them. Beside a true colour it shows the nearest index, by a measure that only AutoCAD knows.
        var added = truth.List("layers").Count() - (Raw(truth).Members("raw_counts").Where(section => section.Name == "TABLES").Select(tables => (int?)tables.Value.Number("LAYER")).FirstOrDefault() ?? 0);
        var expected = truth.List("layers").Where(layer => found.ContainsKey(Name(layer)) || layer.Text("name") is not ("0" or "Defpoints") || added-- <= 0).ToList();
        string Name(JsonElement layer) => Truth.Decoded(layer.Text("name"));
        bool HasTrueColour(string name) => format == "DWG" && found.TryGetValue(name, out var row) && row["rgb"].Length > 0;
        tally.Add(format, "layers", file,
            expected.Select(layer => new Fact(Name(layer), string.Join(';', HasTrueColour(Name(layer)) ? "" : Math.Abs(layer.Number("color")!.Value), layer.Text("linetype"), Word(layer.Text("off") == "False"),
                layer.Text("frozen").ToLowerInvariant(), layer.Text("locked").ToLowerInvariant()))),
            found.Values.Select(row => new Fact(row["name"], string.Join(';', HasTrueColour(row["name"]) ? "" : row["color_aci"], row.Join("linetype", "on", "frozen", "locked")))));
    }

    static void Blocks(Tally tally, string format, string file, JsonElement truth, ExtractionResult result)
    {
        var lost = NamesLost(format, truth, result);
        // What the file itself names; of a twin only what the independent reader made of it, which knows layouts by other names.
        var isRaw = Raw(truth).ValueKind == JsonValueKind.Object;
        var names = (isRaw ? Raw(truth).Strings("raw_block_names") : truth.List("blocks").Select(block => block.Text("name")).Where(name => !IsLayout(name))).Select(name => Truth.Decoded(Space(name))).Select(Kept).ToList();
        var known = truth.List("blocks").ToDictionary(block => Kept(Truth.Decoded(Space(block.Text("name")))));
        var rows = result.Rows("blocks").Where(row => isRaw || !IsLayout(row["name"])).ToList();
        // A layout is inserted nowhere, and an independent reader makes up where one is missing.
        bool IsLayout(string name) => name.StartsWith("*Model_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("*Paper_", StringComparison.OrdinalIgnoreCase);
        tally.Add(format, "blocks", file,
            names.Select(name => new Fact(name, known.TryGetValue(name, out var block) && !IsLayout(name)
                ? string.Join(';', block.Text("insert_count_all"), string.Join(", ", block.List("attdefs").Select(one => one.Text("tag"))), block.Text("is_xref").ToLowerInvariant()) : "")),
            rows.Select(row => new Fact(row["name"], known.ContainsKey(row["name"]) && !IsLayout(row["name"]) ? row.Join("insert_count", "attdef_tags", "is_xref") : "")));
        var layouts = result.Rows("layouts").Select(row => row["name"]).ToHashSet();
        string Layout(string name) => layouts.Contains(name) || name != "Layout1" ? name : "Paper";
        var spaces = truth.List("layouts").Select(layout => (Name: Layout(layout.Text("name")), Counts: layout.Members("counts"))).Append((Name: "Model", Counts: truth.Members("modelspace_counts"))).ToList();
        tally.Add(format, "entities by layout and type", file,
            spaces.SelectMany(space => space.Counts.Where(count => count.Value.GetInt64() > 0).Select(count => new Fact($"{space.Name};{count.Name}", count.Value.ToString()))),
            result.Rows("summary").Where(row => spaces.Exists(space => space.Name == row["layout"])).Select(row => new Fact(row.Join("layout", "type"), row["count"])));

        string Kept(string name) => lost.GetValueOrDefault(name, name);
    }

    static void Inserts(Tally tally, string format, string file, JsonElement truth, ExtractionResult result)
    {
        var lost = NamesLost(format, truth, result);
        // Variants of a dynamic block are made anew when AutoCAD writes a twin: what stands in them has other handles there.
        string Handle(JsonElement insert) => format == "DXF" ? insert.Text("handle") : "";
        string Found(Row insert) => format == "DXF" ? insert.Handle : "";
        tally.Add(format, "inserts", file,
            truth.List("inserts").Select(insert => new Fact(Handle(insert), string.Join(';', insert.Text("block"), lost.GetValueOrDefault(insert.Text("effective_block"), insert.Text("effective_block")), Owner(insert, result),
                Truth.Decoded(insert.Text("layer")), insert.Text("rows"), insert.Text("columns")))),
            result.Rows("inserts").Select(row => new Fact(Found(row), row.Join("block_raw", "block", "owner", "layer", "rows", "cols"))));
        tally.Add(format, "attributes", file,
            truth.List("inserts").SelectMany(insert => insert.List("attribs").Select(attribute => new Fact($"{insert.Text("handle")};{attribute.Text("tag")}", attribute.Text("text")))),
            result.Rows("attributes").Where(row => !row.Is("constant")).Select(row => new Fact($"{row.Handle};{row["tag"]}", row["value"])));
    }

    static void Texts(Tally tally, string format, string file, JsonElement truth, ExtractionResult result)
    {
        static string Raw(string text) => Truth.Decoded(text).Replace("^J", "\\P", StringComparison.Ordinal).Replace("\n", "\\P", StringComparison.Ordinal);
        string Plain(string text) => format == "DXF" ? Comparable(text) : "";
        tally.Add(format, "texts", file,
            truth.List("texts").Select(text => new Fact(string.Join(';', Owner(text, result), text.Text("type"), Truth.Decoded(text.Text("layer")), Raw(text.Text("raw"))), Plain(text.Text("plain")))),
            result.Rows("texts").Select(row => new Fact(string.Join(';', row.Join("owner", "type", "layer"), Raw(row["raw"])), Plain(row["text"]))));
    }

    static void Dimensions(Tally tally, string format, string file, JsonElement truth, ExtractionResult result)
    {
        var rows = result.Rows("dimensions").ToDictionary(row => row.Handle);
        var all = truth.List("dimensions").ToList();
        tally.Add(format, "dimensions", file,
            all.Select(each => new Fact(each.Text("handle"), string.Join(';', Kind(each), Owner(each, result), each.Text("layer"), each.Text("dimstyle"), each.Text("text_override")))),
            rows.Select(row => new Fact(row.Key, row.Value.Join("kind", "owner", "layer", "dimstyle", "override"))));
        var measured = all.Where(each => each.Number("stored_measurement_42") is not null).ToDictionary(each => each.Text("handle"), each => each.Number("stored_measurement_42")!.Value * (Kind(each).StartsWith("angular", StringComparison.Ordinal) ? 180 / Math.PI : 1));
        tally.Add(format, "dimension values", file,
            measured.Select(each => new Fact(each.Key, Tally.Show(each.Value))),
            rows.Where(row => measured.ContainsKey(row.Key)).Select(row => new Fact(row.Key, Tally.Near(measured[row.Key], row.Value.Number("measured"), 1e-6 * Math.Abs(measured[row.Key])))));
        var shown = all.Where(each => each.Strings("displayed_raw").Any()).ToDictionary(each => each.Text("handle"));
        static string Raw(string text) => Truth.Decoded(text).Replace("\n", "\\P", StringComparison.Ordinal);
        tally.Add(format, "displayed texts of dimensions", file,
            shown.Select(each => new Fact(each.Key, $"{string.Join('|', each.Value.Strings("displayed_raw").Select(Raw))};{Comparable(string.Concat(each.Value.Strings("displayed_text_in_geometry_block")))}")),
            rows.Where(row => shown.ContainsKey(row.Key)).Select(row => new Fact(row.Key, $"{row.Value["displayed_raw"].Replace('\n', '|')};{Comparable(row.Value["displayed"])}")));
    }

    static void Tolerances(Tally tally, string format, string file, JsonElement truth, ExtractionResult result)
    {
        tally.Add(format, "tolerances", file,
            truth.List("tolerances").Select(each => new Fact(each.Text("handle"), each.Text("content"))),
            result.Rows("tolerances").GroupBy(row => row.Handle).Select(rows => new Fact(rows.Key, rows.First().Source.Raw ?? "")));
        tally.Add(format, "leaders", file,
            truth.List("multileaders").Select(each => new Fact(each.Text("handle"), Truth.Decoded(each.Text("text")))),
            result.Rows("leaders").Where(row => row["type"] == "MULTILEADER").Select(row => new Fact(row.Handle, row["raw"])));
    }

    static void Tables(Tally tally, string format, string file, JsonElement truth, ExtractionResult result) => tally.Add(format, "table cells", file,
        truth.List("acad_tables").SelectMany(table => table.List("cells").SelectMany((row, r) => row.EnumerateArray().Select((cell, c) => new Fact($"{table.Text("handle")};{r + 1};{c + 1}", cell.ToString())))).Where(cell => cell.Value.Length > 0),
        result.Rows("tables").Select(row => new Fact($"{row.Handle};{row.Join("row", "col")}", row["text"])).Where(cell => cell.Value.Length > 0));

    static readonly string[] Kinds = ["linear", "aligned", "angular", "diameter", "radius", "angular_3_point", "ordinate"];

    static string Kind(JsonElement dimension) => dimension.Text("entity") switch
    {
        "ARC_DIMENSION" => "arc_length",
        "LARGE_RADIAL_DIMENSION" => "jogged_radius",
        _ => Kinds[(int)dimension.Number("dimtype")!.Value & 15],
    };

    // "layout:Sheet 1" is the block that holds it.
    static string Owner(JsonElement entity, ExtractionResult result)
    {
        var owner = entity.Text("owner");
        return owner.StartsWith("layout:", StringComparison.Ordinal) ? result.Rows("layouts").Where(row => row["name"] == owner[7..]).Select(row => row["owner"]).FirstOrDefault(owner) : owner;
    }

    static JsonElement Raw(JsonElement truth) => truth.TryGetProperty("raw", out var raw) ? raw : default;

    static string Space(string name) => name.Replace("$MODEL_SPACE", "*Model_Space", StringComparison.Ordinal).Replace("$PAPER_SPACE", "*Paper_Space", StringComparison.Ordinal);

    // To R2000 AutoCAD saves the block behind a dynamic one as an anonymous one, and DXF keeps no more than that; DWG still has its name.
    static Dictionary<string, string> NamesLost(string format, JsonElement truth, ExtractionResult result)
    {
        if (format != "DWG")
            return [];
        var twin = truth.List("blocks").Select(block => block.Text("name")).ToList();
        var own = result.Rows("blocks").Select(row => row["name"]).ToList();
        var (lost, kept) = (twin.Except(own).Where(name => name.StartsWith("*U", StringComparison.Ordinal)).ToList(), own.Except(twin).Where(name => !name.StartsWith('*')).ToList());
        return lost.Count == 1 && kept.Count == 1 ? new() { [lost[0]] = kept[0] } : [];
    }

    static string Word(bool value) => value ? "true" : "false";

    // The independent reader joins stacks without blanks and keeps their mark, and has Ø for %%c.
    static string Comparable(string plain) => Blanks().Replace(Truth.Decoded(plain).Replace("\0", "", StringComparison.Ordinal).Replace('Ø', '⌀').Replace('#', '/').Replace('^', '/'), "");

    [GeneratedRegex(@"[ \u00A0\n]")]
    private static partial Regex Blanks();
}
