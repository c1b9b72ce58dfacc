using System.Text.Json;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Releases;
using PyBase.Core.Schema;
using PyBase.Notation.Revisions;
using PyBase.Storage.Changes;
using PyBase.Storage.History;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Releases;

/// <summary>The next revision of a record; <paramref name="LinksLeft"/> names fields whose links to released records were not taken over.</summary>
public sealed record NextRevision(string RecordId, string? Revision, IReadOnlyList<string> LinksLeft, IReadOnlyDictionary<string, long> Versions);

/// <summary>A table's rule of release, and the way on from a released record.</summary>
public sealed class ReleaseStore(BaseWriter writer, BaseStore bases)
{
    /// <summary>Sets the rule, or takes it away.</summary>
    public Task<Result<ReleaseRule?>> SetAsync(string baseId, string table, JsonElement? body, Origin origin, CancellationToken cancellation) =>
        bases.EditAsync<ReleaseRule?>(baseId, origin, schema => schema.Get(table).Then(found => body is { } json ? ReleaseRule.Read(json, found).Then<bool>(_ => true) : true), async editor =>
        {
            var found = editor.Schema.Find(table)!;
            var rule = body is { } json ? ReleaseRule.Read(json, found).Value : null;
            editor.SetRelease(found, rule);
            return rule;
        }, cancellation);

    /// <summary>Copies a released record: the next revision, in the first state that is none of release, linked to the one it follows.</summary>
    public Task<Result<NextRevision>> ReviseAsync(string baseId, string tableName, string recordId, Origin origin, CancellationToken cancellation)
    {
        Table table = null!;
        return writer.WriteAsync<NextRevision>(baseId, origin, schema => schema.Get(tableName).Then<WriteScope>(found => WriteScope.Rows(schema, table = found)), async transaction =>
        {
            if (table.Release is not { } rule)
                return ReleaseErrors.NoRule;
            if (await transaction.ListAsync($"select to_jsonb(t) from {Sql.Table(baseId, table.Id)} t where _id = $1{RuleLock.Condition(transaction, table, "t._id")}", found => JsonSerializer.Deserialize<StoredRow>(found.GetString(0))!, cancellation, recordId) is not [var row])
                return SchemaErrors.RecordNotFound;
            if (!(await ReleaseLock.ReleasedAsync(transaction, table, [recordId], cancellation)).Contains(recordId))
                return ReleaseErrors.NotReleased;
            if (await SuccessorAsync(transaction, table, rule, recordId, cancellation) is { } successor)
                return ReleaseErrors.AlreadyRevised(successor);
            if (!NextOf(rule, row).TryGet(out var revision, out var error) && error is not null)
                return error;
            var (plan, left) = await CopyAsync(transaction, table, rule, row, recordId, revision, cancellation);
            return (await new RecordWriter(transaction).CreateAsync(plan, cancellation)).TryGet(out var ids, out error)
                ? new NextRevision(ids[0], revision, left, transaction.Versions)
                : error;
        }, cancellation);
    }

    static async Task<string?> SuccessorAsync(BaseTransaction transaction, Table table, ReleaseRule rule, string recordId, CancellationToken cancellation)
    {
        if (rule.PredecessorFieldId is not { } predecessor)
            return null;
        var link = (MultipleRecordLinks)table.Find(predecessor)!.Type;
        var (near, far) = Sql.Ends(link);
        return (await transaction.ListAsync($"select {near}_id from {Sql.LinkTable(transaction.Schema.Id, link)} where {far}_id = $1 limit 1", row => row.GetString(0), cancellation, recordId)).FirstOrDefault();
    }

    static Result<string?> NextOf(ReleaseRule rule, StoredRow row)
    {
        if (rule.RevisionFieldId is not { } field)
            return (string?)null;
        var cell = row.GetValueOrDefault(field);
        var text = (cell.ValueKind is JsonValueKind.String ? cell.GetString() : cell.GetText("text")) ?? "";
        // A revision field knows what follows in its own scheme.
        if (cell.ValueKind is JsonValueKind.Object)
            return cell.GetText("next") is { } following ? following : ReleaseErrors.NoNextRevision(text);
        // A record without one is the issue before the first.
        if (string.IsNullOrWhiteSpace(text))
            return RevisionScheme.AsmeLetters.First;
        return RevisionScheme.Of(text) is { } scheme && scheme.TryParse(text, out var revision, out _) && scheme.Next(revision) is { } next ? next.Text : ReleaseErrors.NoNextRevision(text);
    }

    /// <summary>Everything that a person set, as it stands; links to released records are left, since they would change those.</summary>
    static async Task<(RecordPlan Plan, IReadOnlyList<string> Left)> CopyAsync(
        BaseTransaction transaction, Table table, ReleaseRule rule, StoredRow row, string recordId, string? revision, CancellationToken cancellation)
    {
        var (fields, values, left) = (new List<Field>(), new List<object?>(), new List<string>());
        foreach (var field in table.Fields.Where(f => !f.Type.IsComputed && f.Type.SystemColumn is null))
        {
            var value = field.Id == rule.StateFieldId ? OpenState(table, rule)
                : field.Id == rule.RevisionFieldId ? field.Type.Parse(JsonSerializer.SerializeToElement(revision), new CellInput(field.Id, field.Name, Typecast: false)).Value
                : field.Id == rule.PredecessorFieldId ? new[] { recordId }
                : field.Type is MultipleRecordLinks { LinkedTableId: var own } link && own == table.Id && link.InverseFieldId == rule.PredecessorFieldId ? null
                : row.TryGetValue(field.Id, out var cell) ? StoredCells.Read(field.Type.Column, cell) : null;
            if (field.Id != rule.PredecessorFieldId && field.Type is MultipleRecordLinks { InverseFieldId: { } inverse } linked && value is string[] targets
                && transaction.Schema.Find(linked.LinkedTableId) is { } far && ReleaseLock.Locks(far, inverse))
            {
                var released = await ReleaseLock.ReleasedAsync(transaction, far, targets, cancellation);
                if (released.Count > 0)
                    left.Add(field.Id);
                value = targets.Where(id => !released.Contains(id)).ToArray();
            }
            fields.Add(field);
            values.Add(value);
        }
        return (new RecordPlan(table, fields, [new PlannedRecord(Core.Ids.Id.New("rec"), [.. values], [.. fields.Select(_ => true)])], NoChoices) { IsStored = true }, left);
    }

    static readonly Dictionary<string, IReadOnlyList<Choice>> NoChoices = [];

    static string? OpenState(Table table, ReleaseRule rule) =>
        ((SingleSelect)table.Find(rule.StateFieldId)!.Type).Choices.List.FirstOrDefault(c => !rule.ReleasedChoiceIds.Contains(c.Id))?.Id;
}
