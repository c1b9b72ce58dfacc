using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Notation.BillsOfMaterial;
using PyBase.Notation.PartNumbers;

namespace PyBase.Core.Fields;

/// <summary><c>bomItem</c>: an item of a parts list, <c>3.1: 4x PT-100 Rev B</c>, in order of the position, then of the part.</summary>
public sealed class BomItemField(bool requiresPosition, bool requiresQuantity) : Notated
{
    static readonly Part Folded = Part.Word("folded");

    /// <inheritdoc/>
    public override string Name => "bomItem";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; } = [Part.Word("position"), Part.Number("level"), Part.Number("quantity"), Part.Word("unit"), Part.Word("partNumber"), Part.Word("revision"), Folded];

    /// <inheritdoc/>
    public override Part Searched => Folded;

    /// <inheritdoc/>
    public override string Fold(string words) => PartNumber.Fold(words);

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("requirePosition", requiresPosition);
        json.WriteBoolean("requireQuantity", requiresQuantity);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        (cell, fault) = (null, null);
        if (!BomItem.TryParse(text, out var item, out var wrong))
        {
            fault = wrong.ToString();
            return false;
        }
        var folded = item.Part?.Key ?? "";
        // The sign between is less than a point, so that 3.1 stands behind all of 3 and before 4.
        cell = Made(item, item.ToString(), $"{SortableName.Of(item.Position)}!{SortableName.Of(folded)} {RevisionField.KeyOf(item.Revision)} {item.Quantity / 1.0000000000000000000000000000m}{item.Unit?.Symbol}".TrimEnd(), null, json =>
        {
            if (item.Position.Length > 0)
            {
                json.WriteString("position", item.Position);
                json.WriteNumber("level", item.Position.Count(c => c == '.') + 1);
            }
            if (item.Quantity is { } quantity)
                json.WriteNumber("quantity", quantity);
            if (item.Unit is { } unit)
                json.WriteString("unit", unit.Symbol);
            if (item.Part is { } part)
            {
                json.WriteString("partNumber", part.Text);
                json.WriteString("folded", folded);
            }
            if (item.Revision.Length > 0)
                json.WriteString("revision", item.Revision);
        });
        return true;
    }

    /// <inheritdoc/>
    protected override string? Broken(NotatedCell cell) => cell.Value is not BomItem item ? null
        : requiresPosition && item.Position.Length == 0 ? "A position is required, as in 3.1: PT-100."
        : requiresQuantity && item.Quantity is null ? "A quantity is required, as in 4x PT-100."
        : null;

    /// <summary><c>{"position":"3.1","quantity":4,"unit":"m","partNumber":"PT-100","revision":"B"}</c></summary>
    protected override string? Compose(JsonElement value)
    {
        var (position, part) = (Written(value, "position"), Written(value, "partNumber", "part_number"));
        if ((position ?? part) is null)
            return null;
        var quantity = Written(value, "quantity") is { } number ? number + (value.GetText("unit") is { Length: > 0 } unit ? " " + unit : "x") : null;
        return part is null ? position : string.Join(' ', new[] { position is null ? null : position + ":", quantity, part, Written(value, "revision") is { } revision ? "Rev " + revision : null }.OfType<string>());
    }

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("bomItem", json);
        var (position, quantity) = (options.Flag("requirePosition", false), options.Flag("requireQuantity", false));
        return options.Then(() => new BomItemField(position, quantity));
    }
}
