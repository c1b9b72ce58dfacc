using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>button</c>: <c>{label,url}</c> in every row. The column holds the address that the formula in <c>url</c> gives, empty text where it gives
/// none, so that the cell is never blank.
/// </summary>
public sealed class Button(string label, string? urlFormula) : FieldType
{
    /// <summary>What stands on it.</summary>
    public string Label => label;

    const int MaxFormula = 20_000;

    /// <summary>The formula of the address; null for a button without one.</summary>
    public string? UrlFormula => urlFormula;

    /// <inheritdoc/>
    public override string Name => "button";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Text;

    /// <inheritdoc/>
    public override string? Initial => "";

    /// <inheritdoc/>
    public override bool IsComputed => true;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        if (urlFormula is not null)
            json.WriteString("url", urlFormula);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => CellErrors.Computed(input.FieldName);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        json.WriteStartObject();
        json.WriteString("label", label);
        if (row.GetString(column) is { Length: > 0 } url)
            json.WriteString("url", url);
        else
            json.WriteNull("url");
        json.WriteEndObject();
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        var label = options.TryGet("label", out _) ? options.GetText("label")?.Trim() : "Open";
        var hasUrl = options.TryGet("url", out var url) && url.ValueKind is not JsonValueKind.Null;
        var formula = hasUrl ? options.GetText("url")?.Trim() : null;
        return label is { Length: > 0 and <= Schema.TableSpec.MaxName } && (!hasUrl || formula is { Length: > 0 and <= MaxFormula })
            ? new Button(label, formula)
            : FieldErrors.InvalidOptions("button", $"label has 1 to {Schema.TableSpec.MaxName} characters, url is a formula of at most {MaxFormula}");
    }
}
