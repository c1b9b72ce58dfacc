using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>aiText</c>: <c>{state,isStale,value}</c>, stored as such. It can be defined, so that a base moves here whole; nothing here generates text, so
/// its cells are empty.
/// </summary>
public sealed class AiText(IReadOnlyList<AiText.PromptPart> prompt) : FieldType
{
    const int MaxPrompt = 1_000;

    /// <summary>A piece of the prompt: plain text, or a field whose cell stands there.</summary>
    public readonly record struct PromptPart(string? Text, string? FieldId);

    /// <inheritdoc/>
    public override string Name => "aiText";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Json;

    /// <inheritdoc/>
    public override bool IsComputed => true;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <summary><c>{"prompt":["Translate ",{"field":{"fieldId":"fld…"}}],"referencedFieldIds":["fld…"]}</c></summary>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("prompt");
        foreach (var part in prompt)
        {
            if (part.FieldId is null)
            {
                json.WriteStringValue(part.Text);
                continue;
            }
            json.WriteStartObject();
            json.WriteStartObject("field");
            json.WriteString("fieldId", part.FieldId);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("referencedFieldIds");
        foreach (var id in prompt.Select(part => part.FieldId).OfType<string>().Distinct())
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => CellErrors.Computed(input.FieldName);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteRawValue(row.GetString(column));

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        var parts = new List<PromptPart>();
        if (options.TryGetList("prompt", out var items))
            foreach (var item in items)
            {
                var text = item.ValueKind is JsonValueKind.String ? item.GetString() : null;
                var field = item.TryGet("field", out var named) ? named.GetText("fieldId") : null;
                if (text is null or { Length: > Text.MaxLength } && !Ids.Id.Is(field, "fld"))
                    return Invalid;
                parts.Add(new PromptPart(text, field));
            }
        return parts.Count > MaxPrompt || parts.Sum(part => (long)(part.Text?.Length ?? 0)) > Text.MaxLength ? Invalid : new AiText(parts);
    }

    static Error Invalid => FieldErrors.InvalidOptions("aiText", $"prompt is a list of at most {MaxPrompt} texts and fields ({{\"field\":{{\"fieldId\"}}}}), {Text.MaxLength} characters together");
}
