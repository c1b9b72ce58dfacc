using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Records;
using PyBase.Core.Schema;

namespace PyBase.Api.Records;

/// <summary>
/// The body of a writing request: one record (<c>{fields}</c>) or a list (<c>{records:[{id?,fields}]}</c>). With <c>performUpsert</c> the list names records
/// by the fields in <paramref name="MergeOn"/>, or by id.
/// </summary>
sealed record RecordBody(IReadOnlyList<RecordInput> Records, bool IsSingle, bool Typecast, bool ByFieldId, IReadOnlyList<string>? MergeOn = null)
{
    /// <summary>Reads a body; <paramref name="id"/> is the record of the path, null where the path names none.</summary>
    public static Result<RecordBody> Read(JsonElement json, string? id, bool mustHaveIds)
    {
        var typecast = json.GetFlag("typecast") ?? false;
        var byFieldId = json.GetFlag("returnFieldsByFieldId") ?? false;
        if (!ReadMergeOn(json, id, mustHaveIds).TryGet(out var mergeOn, out var refused) && refused is not null)
            return refused;
        if (id is not null || !json.TryGet("records", out var list))
        {
            if (id is null && mustHaveIds)
                return RecordErrors.InvalidRecords;
            return json.TryGet("fields", out var fields) && fields.ValueKind is JsonValueKind.Object
                ? NewOf(json, mustHaveIds).Then<RecordBody>(moved => new RecordBody([moved with { Id = id, Fields = fields }], true, typecast, byFieldId))
                : RecordErrors.MissingFields;
        }
        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() is 0 or > RecordErrors.MaxRecords)
            return RecordErrors.InvalidRecords;
        var records = new List<RecordInput>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (!item.TryGet("fields", out var fields) || fields.ValueKind is not JsonValueKind.Object)
                return RecordErrors.InvalidRecords;
            var recordId = mustHaveIds ? item.GetText("id") : null;
            if (mustHaveIds && !Id.Is(recordId, "rec") && (mergeOn is null || recordId is not null))
                return RecordErrors.InvalidRecords;
            if (!NewOf(item, mustHaveIds).TryGet(out var moved, out refused))
                return refused;
            records.Add(moved with { Id = recordId, Fields = fields });
        }
        return new RecordBody(records, false, typecast, byFieldId, mergeOn);
    }

    /// <summary>A record that moves here brings the id it has, and when it was made.</summary>
    static Result<RecordInput> NewOf(JsonElement json, bool mustHaveIds)
    {
        if (mustHaveIds)
            return new RecordInput();
        if (!TableSpec.IdIn(json, "rec").TryGet(out var id, out var invalid) && invalid is not null)
            return invalid;
        var made = (DateTimeOffset?)null;
        if (json.TryGet("createdTime", out _))
            made = json.GetText("createdTime") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time : null;
        return json.TryGet("createdTime", out _) && made is null ? RecordErrors.InvalidRequest("createdTime is a moment: 2026-01-02T03:04:05.000Z.") : new RecordInput { NewId = id, CreatedTime = made };
    }

    /// <summary><c>{"performUpsert":{"fieldsToMergeOn":["Part number"]}}</c>, for a list of changes only; null when it is absent.</summary>
    static Result<string[]?> ReadMergeOn(JsonElement json, string? id, bool mustHaveIds)
    {
        if (!json.TryGet("performUpsert", out var upsert))
            return (string[]?)null;
        if (id is not null || !mustHaveIds || !upsert.TryGetList("fieldsToMergeOn", out var names) || names.Count is 0 or > Upsert.MaxFields || names.Any(n => n.ValueKind is not JsonValueKind.String))
            return RecordErrors.InvalidRequest($"performUpsert goes with a list of records and names 1 to {Upsert.MaxFields} fieldsToMergeOn.");
        return names.Select(n => n.GetString()!).ToArray();
    }
}
