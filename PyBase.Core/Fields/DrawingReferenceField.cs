using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Notation.Drawings;
using PyBase.Notation.PartNumbers;

namespace PyBase.Core.Fields;

/// <summary>
/// <c>drawingReference</c>: the number of a drawing or part, which revision and sheet of it, <c>DRW-1234 Rev B Sheet 2/5</c>. Letters that only look Latin, case, blanks and
/// dashes make no difference when numbers are compared or looked for.
/// </summary>
public sealed class DrawingReferenceField(bool requiresRevision) : Notated
{
    static readonly Part Folded = Part.Word("folded");

    /// <inheritdoc/>
    public override string Name => "drawingReference";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; } = [Part.Word("number"), Part.Word("revision"), Part.Number("sheet"), Part.Number("sheets"), Part.Flag("lookalikes"), Folded];

    /// <inheritdoc/>
    public override Part Searched => Folded;

    /// <inheritdoc/>
    public override string Fold(string words) => PartNumber.Fold(words);

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("requireRevision", requiresRevision);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        (cell, fault) = (null, null);
        if (!DrawingReference.TryParse(text, out var reference, out var wrong))
        {
            fault = wrong.ToString();
            return false;
        }
        var key = $"{SortableName.Of(reference.Number.Key)} {RevisionField.KeyOf(reference.Revision)} {reference.Sheet:0000} {reference.Sheets}".TrimEnd();
        cell = Made(reference, reference.ToString(), key, null, json =>
        {
            json.WriteString("number", reference.Number.Text);
            json.WriteString("folded", reference.Number.Key);
            if (reference.Revision.Length > 0)
                json.WriteString("revision", reference.Revision);
            if (reference.Sheet is { } sheet)
                json.WriteNumber("sheet", sheet);
            if (reference.Sheets is { } sheets)
                json.WriteNumber("sheets", sheets);
            if (reference.Number.HasLookalikes)
                json.WriteBoolean("lookalikes", true);
        });
        return true;
    }

    /// <inheritdoc/>
    protected override string? Broken(NotatedCell cell) => requiresRevision && cell.Value is DrawingReference { Revision: "" } ? "A revision is required." : null;

    /// <summary><c>{"number":"DRW-1234","revision":"B","sheet":2,"sheets":5}</c></summary>
    protected override string? Compose(JsonElement value) => Written(value, "number") is not { } number ? null
        : number + (Written(value, "revision") is { } revision ? " Rev " + revision : "")
            + (Written(value, "sheet") is { } sheet ? " Sheet " + sheet + (Written(value, "sheets") is { } sheets ? "/" + sheets : "") : "");

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("drawingReference", json);
        var requiresRevision = options.Flag("requireRevision", false);
        return options.Then(() => new DrawingReferenceField(requiresRevision));
    }
}
