using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Extraction.Envelope;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>IFC: objects, types, properties, quantities, materials, classifications and units.</summary>
static class IfcFacts
{
    static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static void Add(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        Objects(tally, file, truth, result);
        Properties(tally, file, truth, result);
        tally.Add("IFC", "materials", file,
            Owners(truth).SelectMany(owner => owner.Subject.List("materials").Select(each => new Fact(Join(owner.From, Said(owner.Subject, "guid"), Said(each, "name")), Value(each, "layer_thickness")))),
            Own(result, "materials").Select(row => new Fact(Join(row["from"], row["guid"], row["material"]), row["thickness"])));
        tally.Add("IFC", "classifications", file,
            Owners(truth).SelectMany(owner => owner.Subject.List("classifications").Select(each => new Fact(Join(owner.From, Said(owner.Subject, "guid"), Said(each, "system"), Said(each, "identification")), Said(each, "name")))),
            Own(result, "classifications").Select(row => new Fact(Join(row["from"], row["guid"], row["system"], row["identification"]), row["name"])));
        // The truth lists SI and conversion-based units only.
        var units = truth.List("units").SelectMany(list => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : []).Where(each => each.Text("class") is "IfcSIUnit" or "IfcConversionBasedUnit").Select(each => new Fact(Said(each, "unit_type"), Said(each, "name"))).ToList();
        var known = units.Select(unit => unit.Key).ToHashSet();
        tally.Add("IFC", "units", file, units, result.Rows("units").Select(row => new Fact(row["unit_type"], row["name"])).Where(unit => known.Contains(unit.Key)));
    }

    static void Objects(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        var rows = new[] { "spatial", "elements", "groups" }.SelectMany(result.Rows).Where(row => row["class"] != "IfcProject").ToList();
        var objects = truth.List("objects").ToList();
        tally.Add("IFC", "objects by class", file,
            objects.CountBy(each => Said(each, "class")).Select(each => new Fact(each.Key, each.Value.ToString(CultureInfo.InvariantCulture))),
            rows.CountBy(row => row["class"]).Select(each => new Fact(each.Key, each.Value.ToString(CultureInfo.InvariantCulture))));
        tally.Add("IFC", "objects by GUID", file,
            objects.Select(each => new Fact(Said(each, "guid"), Join(Said(each, "class"), Said(each, "name"), Said(each, "object_type"), Predefined(each), Said(each, "parent")))),
            rows.Select(row => new Fact(row["guid"], Join(row["class"], row["name"], row["object_type"], row["predefined_type"], row["parent"]))));
        tally.Add("IFC", "types", file,
            truth.List("types").Select(each => new Fact(Said(each, "guid"), Join(Said(each, "class"), Said(each, "name"), each.Text("occurrences")))),
            result.Rows("types").Select(row => new Fact(row["guid"], Join(row["class"], row["name"], row["occurrences"]))));
        tally.Add("IFC", "projects", file,
            truth.List("project").Select(each => new Fact(Said(each, "guid"), Join(Said(each, "name"), Said(each, "long_name")))),
            result.Rows("project").Select(row => new Fact(row["guid"], Join(row["name"], row["long_name"]))));
        var spatial = result.Rows("spatial").Select(row => row["guid"]).ToHashSet();
        var elements = objects.Where(each => !spatial.Contains(Said(each, "guid"))).ToList();
        tally.Add("IFC", "tags and types of elements", file,
            elements.Select(each => new Fact(Said(each, "guid"), Join(Said(each, "tag"), Said(each, "type"), Said(each, "type_name")))),
            result.Rows("elements").Concat(result.Rows("groups")).Select(row => new Fact(row["guid"], Join(row["tag"], row["type_guid"], row["type_name"]))));
        // The truth has only what is contained itself, not what is where its whole is.
        var contained = elements.Where(each => Said(each, "container").Length > 0).Select(each => new Fact(Said(each, "guid"), Said(each, "container"))).ToList();
        var keys = contained.Select(each => each.Key).ToHashSet();
        tally.Add("IFC", "places of elements", file, contained, result.Rows("elements").Where(row => keys.Contains(row["guid"])).Select(row => new Fact(row["guid"], row["container"])));
    }

    static void Properties(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        tally.Add("IFC", "properties", file,
            Owners(truth).SelectMany(owner => owner.Subject.Members("psets").SelectMany(set => Inside(Join(owner.From, Said(owner.Subject, "guid"), Repair(set.Name)), "", set.Value))),
            Own(result, "properties").Select(row => new Fact(Join(row["from"], row["guid"], row["pset"], row["name"]).ToUpperInvariant(), Join(row["value_type"], row["value"]).ToUpperInvariant())));
        tally.Add("IFC", "quantities", file,
            Owners(truth).SelectMany(owner => owner.Subject.Members("quantities").SelectMany(set => set.Value.EnumerateObject().Select(each =>
                new Fact(Join(owner.From, Said(owner.Subject, "guid"), Repair(set.Name), Repair(each.Name)), Join(Said(each.Value, "class")["IfcQuantity".Length..], Value(each.Value)))))),
            Own(result, "quantities").Select(row => new Fact(Join(row["from"], row["guid"], row["qset"], row["name"]), Join(row["kind"], row["value"]))));
    }

    static IEnumerable<(string From, JsonElement Subject)> Owners(JsonElement truth) => truth.List("objects").Select(each => ("occurrence", each)).Concat(truth.List("types").Select(each => ("type", each)));

    /// <summary>Rows that are not inherited from a type; those of the project are not part of the truth.</summary>
    static IEnumerable<Row> Own(ExtractionResult result, string table)
    {
        var types = result.Rows("types").Select(row => row["guid"]).ToHashSet();
        var projects = result.Rows("project").Select(row => row["guid"]).ToHashSet();
        return result.Rows(table).Where(row => !projects.Contains(row["guid"]) && (row["from"] == "occurrence" || types.Contains(row["guid"])));
    }

    static IEnumerable<Fact> Inside(string start, string path, JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            var name = path + Repair(property.Name);
            if (property.Value.TryGetProperty("props", out var inner))
            {
                foreach (var fact in Inside(start, name + "/", inner))
                    yield return fact;
            }
            else
            {
                List<JsonElement> values = property.Value.TryGetProperty("values", out var several) ? [.. several.EnumerateArray()] : [property.Value];
                yield return new(Join(start, name).ToUpperInvariant(), Join(Said(values[0], "type"), string.Join("; ", values.Select(value => Value(value)))).ToUpperInvariant());
            }
        }
    }

    // IFCROADPARTTYPEENUM['ROADSEGMENT'] is how the truth writes a select.
    static string Predefined(JsonElement subject) => Said(subject, "predefined_type") is var text && text.Split('\'') is [_, var inner, _] ? inner : text;

    static string Value(JsonElement holder, string name = "value") => !holder.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Said(holder, name),
    };

    static string Said(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Repair(value.GetString()!) : "";

    /// <summary>The truth takes escapes by the letter; where that gives control characters, they are bytes of Shift-JIS in disguise.</summary>
    static string Repair(string text) => text.Any(c => c is >= '\u0080' and <= '\u009F') ? ShiftJis.GetString(Encoding.Latin1.GetBytes(text)) : text;

    static string Join(params string[] parts) => string.Join('|', parts);
}
