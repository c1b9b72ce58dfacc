using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>multipleAttachments</c>. Stored as a JSON list of <c>{id,filename,size,type,width?,height?}</c>; the address is made when the cell is shown,
/// since it expires.
/// </summary>
public sealed class MultipleAttachments : FieldType
{
    /// <inheritdoc/>
    public override string Name => "multipleAttachments";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Json;

    /// <inheritdoc/>
    public override Formulas.FormulaType Value => new(Formulas.ValueKind.Text, IsList: true);

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("isReversed", false);
        json.WriteEndObject();
    };

    /// <summary>
    /// <c>[{"id":"att…"},{"url":"https://…","filename":"…"}]</c>: the ones to keep and those to fetch, in this order. What they are is looked up by the writer,
    /// so the value here is the list of ids, and of <see cref="AttachmentAddress"/> as it is written.
    /// </summary>
    public override Result<object?> Parse(JsonElement value, CellInput input)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return Empty;
        if (value.ValueKind is not JsonValueKind.Array)
            return Refuse(input);
        var ids = new OrderedDictionary<string, bool>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.GetText("id") is { } id && Ids.Id.Is(id, "att"))
                ids.TryAdd(id, true);
            else if (item.TryGet("id", out _) || item.GetText("url") is not { } url)
                return item.TryGet("id", out _) ? (Result<object?>)CellErrors.UnknownAttachment : Refuse(input);
            else if (AttachmentAddress.Read(url, item.GetText("filename")) is not { } address)
                return (Result<object?>)CellErrors.AttachmentAddress;
            else
                ids.TryAdd(address.Write(), true);
        }
        return ids.Count == 0 ? Empty : Cell(ids.Keys.ToArray());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        using var document = JsonDocument.Parse(row.GetString(column));
        json.WriteStartArray();
        foreach (var item in document.RootElement.EnumerateArray())
            WriteItem(json, item, format);
        json.WriteEndArray();
    }

    internal static void WriteItem(Utf8JsonWriter json, JsonElement item, CellFormat format)
    {
        json.WriteStartObject();
        var id = item.GetText("id")!;
        json.WriteString("id", id);
        var url = format.FileUrl(id);
        json.WriteString("url", url);
        foreach (var property in item.EnumerateObject().Where(p => p.Name is not "id"))
            property.WriteTo(json);
        if (item.TryGetInt("width", out var width) && item.TryGetInt("height", out var height))
            WriteThumbnails(json, url, width, height);
        json.WriteEndObject();
    }

    /// <summary>The picture itself in each of Airtable's three sizes: nothing here makes smaller ones.</summary>
    static void WriteThumbnails(Utf8JsonWriter json, string url, int width, int height)
    {
        json.WriteStartObject("thumbnails");
        foreach (var size in (ReadOnlySpan<string>)["small", "large", "full"])
        {
            json.WriteStartObject(size);
            json.WriteString("url", url);
            json.WriteNumber("width", width);
            json.WriteNumber("height", height);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
