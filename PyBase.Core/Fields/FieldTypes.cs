using System.Collections.Frozen;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>What a new field may refer to while its options are read.</summary>
/// <param name="FieldId">The id it will have.</param>
/// <param name="HasTable">Is there such a table in the base?</param>
/// <param name="IsStored">The options come from the database, so what only PyBase writes there is believed.</param>
/// <param name="Known">The choices that the field has, when it is changed: one that is named again is the same one.</param>
public sealed record FieldScope(string FieldId, Func<string, bool> HasTable, bool IsStored = false, Choices? Known = null);

/// <summary>Every field type by Airtable's name: a new type is a new file and one line here.</summary>
public static class FieldTypes
{
    delegate Result<FieldType> FromOptions(JsonElement options, FieldScope scope);

    static readonly FrozenDictionary<string, FromOptions> All = new Dictionary<string, FromOptions>
    {
        ["singleLineText"] = (_, _) => new SingleLineText(),
        ["multilineText"] = (_, _) => new MultilineText(),
        ["richText"] = (_, _) => new RichText(),
        ["email"] = (_, _) => new Email(),
        ["url"] = (_, _) => new Url(),
        ["phoneNumber"] = (_, _) => new PhoneNumber(),
        ["barcode"] = (_, _) => new Barcode(),
        ["number"] = Number.FromOptions,
        ["percent"] = Percent.FromOptions,
        ["currency"] = Currency.FromOptions,
        ["duration"] = Duration.FromOptions,
        ["rating"] = Rating.FromOptions,
        ["checkbox"] = Checkbox.FromOptions,
        ["singleSelect"] = SingleSelect.FromOptions,
        ["multipleSelects"] = MultipleSelects.FromOptions,
        ["date"] = Date.FromOptions,
        ["dateTime"] = DateTimeField.FromOptions,
        ["singleCollaborator"] = (_, _) => new SingleCollaborator(),
        ["multipleCollaborators"] = (_, _) => new MultipleCollaborators(),
        ["time"] = TimeOfDay.FromOptions,
        ["status"] = Status.FromOptions,
        ["button"] = Button.FromOptions,
        ["aiText"] = AiText.FromOptions,
        ["externalSyncSource"] = ExternalSyncSource.FromOptions,
        ["quantity"] = QuantityField.FromOptions,
        ["gdt"] = GdtField.FromOptions,
        ["thread"] = ThreadField.FromOptions,
        ["surfaceFinish"] = SurfaceFinishField.FromOptions,
        ["material"] = MaterialField.FromOptions,
        ["revision"] = RevisionField.FromOptions,
        ["drawingReference"] = DrawingReferenceField.FromOptions,
        ["bomItem"] = BomItemField.FromOptions,
        ["multipleAttachments"] = (_, _) => new MultipleAttachments(),
        ["multipleRecordLinks"] = Link,
        ["formula"] = FormulaField.FromOptions,
        ["multipleLookupValues"] = Lookup.FromOptions,
        ["rollup"] = Rollup.FromOptions,
        ["count"] = Count.FromOptions,
        ["recursiveRollup"] = RecursiveRollup.FromOptions,
        ["autoNumber"] = (_, _) => new AutoNumber(),
        ["createdTime"] = (_, _) => new CreatedTime(),
        ["createdBy"] = (_, _) => new CreatedBy(),
        ["lastModifiedBy"] = (_, _) => new LastModifiedBy(),
        ["lastModifiedTime"] = LastModifiedTime.FromOptions,
    }.ToFrozenDictionary();

    /// <summary>The names, for messages and documentation.</summary>
    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>A type as a client describes it: <c>{"type":"number","options":{"precision":2}}</c>.</summary>
    public static Result<FieldType> Read(string? type, JsonElement options, FieldScope scope) =>
        type is not null && All.TryGetValue(type, out var read) ? read(options, scope) : FieldErrors.UnknownType(type ?? "");

    /// <summary>A link as a client describes it: <c>{"linkedTableId":"tbl…"}</c>; its other end is added by the schema command.</summary>
    static Result<FieldType> Link(JsonElement options, FieldScope scope)
    {
        if (options.GetText("linkedTableId") is not { } table || !scope.HasTable(table))
            return FieldErrors.InvalidOptions("multipleRecordLinks", "linkedTableId names a table of this base");
        var single = options.TryGet("prefersSingleRecordLink", out var value) && value.ValueKind is JsonValueKind.True;
        return scope.IsStored
            ? new MultipleRecordLinks(table, options.GetText("inverseLinkFieldId"), single, options.GetText("linkTable") ?? scope.FieldId, options.GetFlag("isReversed") ?? false)
            : new MultipleRecordLinks(table, null, single, scope.FieldId, isInverse: false);
    }
}
