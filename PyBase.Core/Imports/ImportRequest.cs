using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;

namespace PyBase.Core.Imports;

/// <summary>What somebody asks of a drop: the part <c>options</c>, which is kept as the job's input.</summary>
/// <param name="Table">The table that the file goes into; null for tables of its own.</param>
/// <param name="IsPreview">A person decides on a preview before anything is written.</param>
/// <param name="Mapping">What was decided; null as long as nobody did.</param>
/// <param name="Encoding">Of text.</param>
/// <param name="Delimiter">Of text.</param>
/// <param name="Quote">Of text.</param>
/// <param name="HasHeader">Does the first row name the columns?</param>
/// <param name="Sheet">Of a workbook.</param>
public sealed record ImportRequest(
    string? Table = null, bool IsPreview = false, ImportMapping? Mapping = null, string? Encoding = null, char? Delimiter = null, char? Quote = null, bool? HasHeader = null, string? Sheet = null)
{
    /// <summary>Nothing asked.</summary>
    public static readonly ImportRequest None = new();

    /// <summary><c>{"target":{"table":"tbl…"},"import":"preview","mapping":{…},"delimiter":";"}</c></summary>
    public static Result<ImportRequest> Read(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return None;
        if (json.ValueKind is not JsonValueKind.Object)
            return JobErrors.InvalidOptions("it is an object");
        var import = json.GetText("import") ?? "auto";
        if (import is not ("auto" or "preview"))
            return JobErrors.InvalidOptions("import is auto or preview");
        if (!One(json, "delimiter", out var delimiter) || !One(json, "quote", out var quote) || quote is not null && quote == delimiter)
            return JobErrors.InvalidOptions("delimiter and quote are one character each, and not the same");
        ImportMapping? mapping = null;
        if (json.TryGet("mapping", out var given) && given.ValueKind is not JsonValueKind.Null && !ImportMapping.Read(given).TryGet(out mapping, out var error))
            return error;
        var table = json.TryGet("target", out var target) ? target.GetText("table") : null;
        return new ImportRequest(table, import == "preview" && mapping is null, mapping, json.GetText("encoding"), delimiter, quote, json.GetFlag("hasHeader"), json.GetText("sheet"));
    }

    static bool One(JsonElement json, string property, out char? letter)
    {
        letter = null;
        if (json.GetText(property) is not { } text)
            return true;
        letter = text is "\\t" or "tab" ? '\t' : text.Length == 1 && text[0] is not ('\r' or '\n') ? text[0] : null;
        return letter is not null;
    }
}
