using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Records;

/// <summary>
/// Airtable's <c>performUpsert</c>: a record without id is the one whose cells equal its own in the fields to merge on; with none it is new, with several the
/// request fails. An empty cell equals nothing, so it makes a new record.
/// </summary>
/// <param name="Columns">The fields to merge on, as places in <see cref="RecordPlan.Fields"/>; −1 for one that no record names.</param>
public sealed record Upsert(IReadOnlyList<int> Columns)
{
    /// <summary>Most fields to merge on, as in Airtable.</summary>
    public const int MaxFields = 3;

    /// <summary>Resolves the names; fields that hold links, files or boxes tell no records apart.</summary>
    public static Result<Upsert> Plan(RecordPlan plan, IReadOnlyList<string> names)
    {
        var columns = new List<int>();
        foreach (var name in names)
        {
            if (plan.Table.Find(name) is not { } field)
                return RecordErrors.UnknownFieldName(name);
            if (field.Type is MultipleRecordLinks or MultipleAttachments or Checkbox or Barcode or MultipleCollaborators || field.Type.IsComputed)
                return RecordErrors.CannotMergeOn(field.Name);
            columns.Add(plan.Fields.Select((f, n) => f.Id == field.Id ? n : -1).Max());
        }
        return new Upsert(columns);
    }

    /// <summary>The values that tell the record; null when one is empty.</summary>
    public IReadOnlyList<object>? KeyOf(PlannedRecord record)
    {
        var key = Columns.Select(column => column < 0 || !record.IsSet[column] ? null : record.Values[column]).ToArray();
        return key.Any(value => value is null) ? null : [.. key.Select(value => value!)];
    }
}
