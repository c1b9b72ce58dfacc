using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>checkbox</c>: true, or an empty cell.</summary>
public sealed class Checkbox(string icon, string colour) : FieldType
{
    /// <inheritdoc/>
    public override string Name => "checkbox";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Boolean;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("icon", icon);
        json.WriteString("color", colour);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.True => Cell(true),
        JsonValueKind.False or JsonValueKind.Null => Empty,
        JsonValueKind.String when input.Typecast => value.GetString() is "true" or "TRUE" or "1" or "checked" ? Cell(true) : Empty,
        JsonValueKind.Number when input.Typecast => value.GetDouble() != 0 ? Cell(true) : Empty,
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteBooleanValue(row.GetBoolean(column));

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        (options.GetText("icon") ?? "check", options.GetText("color") ?? "greenBright") is var (icon, colour)
        && (scope.IsStored || (Icons.Contains(icon) && Choice.IsColour(colour)))
            ? new Checkbox(icon, colour)
            : FieldErrors.InvalidOptions("checkbox", $"icon is one of {string.Join(", ", Icons)}, and color is a colour of a choice");

    static readonly string[] Icons = ["check", "xCheckbox", "star", "heart", "thumbsUp", "flag", "dot"];
}
