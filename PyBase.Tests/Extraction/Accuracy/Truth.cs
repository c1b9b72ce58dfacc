using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Extraction.Envelope;
using PyBase.Tests.Support;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>What independent readers found in a real file.</summary>
static partial class Truth
{
    public static JsonElement Of(string file)
    {
        var path = SharedData.Locate($"truth/{file}.json");
        using Stream stream = File.Exists(path) ? File.OpenRead(path) : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    /// <summary>Paths below <c>drawings</c>, as the truth names them.</summary>
    public static IEnumerable<string> Files(string folder) =>
        SharedData.Files("drawings/" + folder, "*").Select(path => Path.GetRelativePath(SharedData.Locate("drawings"), path).Replace('\\', '/'));

    public static Stream OpenDrawing(string file) => File.OpenRead(SharedData.Locate("drawings/" + file));

    public static string Text(this JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : "";

    public static double? Number(this JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public static IEnumerable<JsonElement> List(this JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var members) && members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : [];

    public static IEnumerable<string> Strings(this JsonElement holder, string name) => holder.List(name).Select(each => each.GetString() ?? "");

    /// <summary>The rows of a table, none where there is no such table.</summary>
    public static IEnumerable<Row> Rows(this ExtractionResult result, string kind) => result.Table(kind) is { } table ? table.Rows.Select(row => new Row(table, row)) : [];

    /// <summary>Independent readers leave <c>\U+XXXX</c> as it is.</summary>
    public static string Decoded(string text) => UnicodeEscape().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    [GeneratedRegex(@"\\U\+([0-9A-F]{4})")]
    private static partial Regex UnicodeEscape();
}

/// <summary>A row with its table, so that a cell is asked for by its column.</summary>
readonly record struct Row(ExtractedTable Table, ExtractedRow Source)
{
    public string this[string column] => Table.At(Source, column).ToString();

    public double? Number(string column) => Table.At(Source, column).Number;

    public bool Is(string column) => Table.At(Source, column).Boolean == true;

    public string Locator => Source.Locator;

    /// <summary>The handle in a locator such as <c>Model#2A3/1</c>.</summary>
    public string Handle => Locator.Split('#')[1].Split('/')[0];

    public string Join(params ReadOnlySpan<string> columns)
    {
        var cells = new List<string>();
        foreach (var column in columns)
            cells.Add(this[column]);
        return string.Join(';', cells);
    }
}
