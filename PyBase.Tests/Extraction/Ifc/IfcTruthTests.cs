using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Extraction.Envelope;
using Xunit;

namespace PyBase.Tests.Extraction.Ifc;

/// <summary>Real files against what an independent reader found in them; both lie beside the repository where they exist at all.</summary>
public sealed class IfcTruthTests
{
    public static TheoryData<string> Files() => [.. IfcTruth.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Objects_and_types_are_those_of_the_independent_reader(string file)
    {
        var (truth, result) = IfcTruth.Open(file);
        Assert.DoesNotContain(result.Findings, finding => finding.Code != "encoding-guessed");
        Assert.Equal(truth.GetProperty("instances").GetInt64(), result.Statistics.Entities);
        Assert.Equal(truth.GetProperty("schema").GetString(), result.Source.Schema);
        AssertSame(
            Items(truth, "objects").Select(each => Join(Text(each, "guid"), Text(each, "class"), Text(each, "name"), Text(each, "object_type"), Predefined(each), Text(each, "parent"))),
            new[] { "spatial", "elements", "groups" }.SelectMany(table => result.Rows(table, "guid", "class", "name", "object_type", "predefined_type", "parent"))
                .Where(row => !row.Contains("|IfcProject|", StringComparison.Ordinal)));
        AssertSame(
            Items(truth, "types").Select(each => Join(Text(each, "guid"), Text(each, "class"), Text(each, "name"), each.GetProperty("occurrences").ToString())),
            result.Rows("types", "guid", "class", "name", "occurrences"));
        Assert.Equal(Items(truth, "project").Select(each => Join(Text(each, "guid"), Text(each, "name"), Text(each, "long_name"))), result.Rows("project", "guid", "name", "long_name"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Elements_have_the_tag_type_and_container_of_the_independent_reader(string file)
    {
        var (truth, result) = IfcTruth.Open(file);
        var spatial = result.Rows("spatial", "guid").ToHashSet();
        var elements = Items(truth, "objects").Where(each => !spatial.Contains(Text(each, "guid"))).ToList();
        AssertSame(
            elements.Select(each => Join(Text(each, "guid"), Text(each, "tag"), Text(each, "type"), Text(each, "type_name"))),
            result.Rows("elements", "guid", "tag", "type_guid", "type_name"));
        // The truth has only what is contained itself, not what is where its whole is.
        Assert.Empty(elements.Where(each => each.TryGetProperty("container", out _)).Select(each => Join(Text(each, "guid"), Text(each, "container")))
            .Except(result.Rows("elements", "guid", "container")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Properties_and_quantities_are_those_of_the_independent_reader(string file)
    {
        var (truth, result) = IfcTruth.Open(file);
        AssertSame(
            Owners(truth).SelectMany(owner => Members(owner.Subject, "psets").SelectMany(set => Properties(Join(owner.From, Text(owner.Subject, "guid"), IfcTruth.Repair(set.Name)), "", set.Value))),
            Own(result, "properties", "guid", "pset", "name", "value_type", "value").Select(row => row.ToUpperInvariant()));
        AssertSame(
            Owners(truth).SelectMany(owner => Members(owner.Subject, "quantities").SelectMany(set => set.Value.EnumerateObject().Select(each =>
                Join(owner.From, Text(owner.Subject, "guid"), IfcTruth.Repair(set.Name), IfcTruth.Repair(each.Name), Text(each.Value, "class")["IfcQuantity".Length..], Value(each.Value))))),
            Own(result, "quantities", "guid", "qset", "name", "kind", "value"));
        Assert.Equal(truth.GetProperty("totals").GetProperty("quantity_values").GetInt32(), Own(result, "quantities", "guid").Count(row => row.StartsWith("occurrence", StringComparison.Ordinal)));
        Assert.All(result.Tables, table => Assert.Equal(table.RowCount, table.Rows.Count()));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Materials_classifications_and_units_are_those_of_the_independent_reader(string file)
    {
        var (truth, result) = IfcTruth.Open(file);
        AssertSame(
            Owners(truth).SelectMany(owner => Items(owner.Subject, "materials").Select(each => Join(owner.From, Text(owner.Subject, "guid"), Text(each, "name"), Value(each, "layer_thickness")))),
            Own(result, "materials", "guid", "material", "thickness"));
        AssertSame(
            Owners(truth).SelectMany(owner => Items(owner.Subject, "classifications").Select(each => Join(owner.From, Text(owner.Subject, "guid"), Text(each, "system"), Text(each, "identification"), Text(each, "name")))),
            Own(result, "classifications", "guid", "system", "identification", "name"));
        var units = Items(truth, "units").First().EnumerateArray().Where(each => Text(each, "class") is "IfcSIUnit" or "IfcConversionBasedUnit").ToList();
        Assert.Empty(units.Select(each => Join(Text(each, "unit_type"), Text(each, "name"))).Except(result.Rows("units", "unit_type", "name")));
    }

    static IEnumerable<(string From, JsonElement Subject)> Owners(JsonElement truth) =>
        Items(truth, "objects").Select(each => ("occurrence", each)).Concat(Items(truth, "types").Select(each => ("type", each)));

    /// <summary>Rows that are not inherited from a type; those of the project are not part of the truth.</summary>
    static IEnumerable<string> Own(ExtractionResult result, string table, params string[] columns)
    {
        var types = result.Rows("types", "guid").ToHashSet();
        var projects = result.Rows("project", "guid").ToHashSet();
        return result.Rows(table, ["from", .. columns]).Where(row => row.Split('|') is [var from, var guid, ..] && !projects.Contains(guid) && (from == "occurrence" || types.Contains(guid)));
    }

    static IEnumerable<string> Properties(string start, string path, JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            var name = path + IfcTruth.Repair(property.Name);
            if (property.Value.TryGetProperty("props", out var inner))
            {
                foreach (var row in Properties(start, name + "/", inner))
                    yield return row;
            }
            else
            {
                List<JsonElement> values = property.Value.TryGetProperty("values", out var several) ? [.. several.EnumerateArray()] : [property.Value];
                yield return Join(start, name, Text(values[0], "type"), string.Join("; ", values.Select(value => Value(value)))).ToUpperInvariant();
            }
        }
    }

    // IFCROADPARTTYPEENUM['ROADSEGMENT'] is how the truth writes a select.
    static string Predefined(JsonElement subject) => Text(subject, "predefined_type") is var text && text.Split('\'') is [_, var inner, _] ? inner : text;

    static string Value(JsonElement holder, string name = "value") => !holder.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Text(holder, name),
    };

    static string Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? IfcTruth.Repair(value.GetString()!) : "";

    static IEnumerable<JsonElement> Items(JsonElement holder, string name) => holder.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];

    static IEnumerable<JsonProperty> Members(JsonElement holder, string name) => holder.TryGetProperty(name, out var members) ? members.EnumerateObject() : [];

    static string Join(params string[] parts) => string.Join('|', parts);

    static void AssertSame(IEnumerable<string> expected, IEnumerable<string> found) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
}
