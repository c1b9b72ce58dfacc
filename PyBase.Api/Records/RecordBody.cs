using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Records;

namespace PyBase.Api.Records;

/// <summary>The body of a writing request: one record (<c>{fields}</c>) or a list (<c>{records:[{id?,fields}]}</c>).</summary>
sealed record RecordBody(IReadOnlyList<RecordInput> Records, bool IsSingle, bool Typecast, bool ByFieldId)
{
    /// <summary>Reads a body; <paramref name="id"/> is the record of the path, null where the path names none.</summary>
    public static Result<RecordBody> Read(JsonElement json, string? id, bool mustHaveIds)
    {
        var typecast = json.GetFlag("typecast") ?? false;
        var byFieldId = json.GetFlag("returnFieldsByFieldId") ?? false;
        if (json.TryGet("performUpsert", out _))
            return RecordErrors.InvalidRequest("performUpsert is not part of this version.");
        if (id is not null || !json.TryGet("records", out var list))
        {
            if (id is null && mustHaveIds)
                return RecordErrors.InvalidRecords;
            return json.TryGet("fields", out var fields) && fields.ValueKind is JsonValueKind.Object
                ? new RecordBody([new RecordInput(id, fields)], true, typecast, byFieldId)
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
            if (mustHaveIds && !Id.Is(recordId, "rec"))
                return RecordErrors.InvalidRecords;
            records.Add(new RecordInput(recordId, fields));
        }
        return new RecordBody(records, false, typecast, byFieldId);
    }
}
