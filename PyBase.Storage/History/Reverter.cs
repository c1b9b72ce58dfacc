using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;
using PyBase.Storage.Releases;

namespace PyBase.Storage.History;

/// <summary>Something that an undo left as it is.</summary>
/// <param name="TableId">Where.</param>
/// <param name="RecordId">The record; null for a definition.</param>
/// <param name="FieldId">The field of a cell, or the definition; null for a whole record.</param>
/// <param name="Reason"><c>changed</c> (somebody built on it), <c>deleted</c>, <c>fieldRemoved</c>, <c>fieldConverted</c>, <c>constraint</c>, <c>released</c>, <c>linkedRecordDeleted</c>, <c>notUndoable</c>.</param>
/// <param name="By">Who built on it.</param>
public sealed record Left(string TableId, string? RecordId, string? FieldId, string Reason, string? By);

/// <summary>What taking an action back did, counted, and what it left.</summary>
public sealed record Reverted(int Restored, int Deleted, int Cells, int Links, int Definitions, IReadOnlyList<Left> Left);

/// <summary>
/// Takes one transaction back inside another: rows that it made go, rows that it deleted come, cells and links are what they were. Where anything stands on top
/// (<see cref="Standing"/>) it is left and said so. <paramref name="only"/>: deleted records that nobody can have touched since, as they are not there.
/// </summary>
sealed class Reverter(BaseTransaction transaction, LoggedAction action, IReadOnlyList<LoggedChange> changes, IReadOnlySet<string>? only = null, bool withDefinitions = false)
{
    readonly List<Left> left = [];
    Standing standing = null!;
    readonly Dictionary<string, IReadOnlySet<string>> released = [];
    int restored, deleted, cells, links;

    BaseSchema Schema => transaction.Schema;

    public async Task<Result<Reverted>> RunAsync(CancellationToken cancellation)
    {
        if (RuleLock.Refusal(transaction, changes) is { } mayNot)
            return mayNot;
        standing = await Standing.ReadAsync(await transaction.ConnectionAsync(cancellation), Schema, action.Number, [.. Tables()], only is null ? [.. changes.SelectMany(c => c.Ids).Distinct()] : null, cancellation);
        foreach (var table in Schema.Tables.Where(t => t.Release is not null && Tables().Contains(t.Id)))
            released[table.Id] = await ReleaseLock.ReleasedAsync(transaction, table, [.. changes.SelectMany(c => c.Ids.Concat(c.Links.SelectMany(l => LoggedLinks.Read(l.Value, "was").Concat(LoggedLinks.Read(l.Value, "made")).Select(pair => pair.Far)))).Distinct()], cancellation);
        var definitions = new DefinitionReverter(transaction, action, changes, standing, left);
        // What an action made may be in a table that it made: rows first. What it took away may have to come before its rows.
        var refused = await DeleteAsync(cancellation) ?? (withDefinitions ? await definitions.RunAsync(cancellation) : null)
            ?? await RestoreAsync(cancellation) ?? await SetAsync(cancellation) ?? await RelinkAsync(cancellation);
        if (refused is not null)
            return refused;
        if (!withDefinitions && only is null && DefinitionReverter.Has(action, changes))
            left.Add(new Left(action.BaseChanges is [var told, ..] ? told.Id : changes.First(c => DefinitionReverter.IsDefinition(c.Kind)).TableId, null, null, "notPermitted", null));
        return new Reverted(restored, deleted, cells, links, definitions.Count, left);
    }

    /// <summary>Those it changed, and those at the other end of their links, where the same links are changed too.</summary>
    IEnumerable<string> Tables() => action.Versions.Keys
        .Concat(Schema.Tables.Where(t => action.Versions.ContainsKey(t.Id)).SelectMany(t => t.Fields).Select(f => f.Type).OfType<MultipleRecordLinks>().Select(l => l.LinkedTableId)).Distinct();

    IEnumerable<(LoggedChange Change, Table Table)> Of(string kind) => changes.Where(c => c.Kind == kind).Select(c => (c, Schema.Tables.FirstOrDefault(t => t.Id == c.TableId))).Where(c => c.Item2 is not null)!;

    string[] Wanted(LoggedChange change) => [.. change.Ids.Except(change.Purged).Where(id => only is null || only.Contains(id))];

    async Task<Error?> DeleteAsync(CancellationToken cancellation)
    {
        foreach (var (change, table) in Of(ChangeKinds.RecordsCreated))
        {
            var there = await ThereAsync(table.Id, Wanted(change), cancellation);
            string[] free = [.. there.Where(id => Free(Standing.Anything(id), table, id, null))];
            // Should somebody's deletion be undone, what was made is there again.
            left.AddRange(Wanted(change).Where(id => !there.Contains(id)).Select(id => new Left(table.Id, id, null, "deleted", standing.By(Standing.Record(id)))));
            if (free.Length > 0 && (await new RecordWriter(transaction).DeleteAsync(table, free, cancellation)).Error is { } refused)
                return refused;
            deleted += free.Length;
        }
        return null;
    }

    async Task<Error?> RestoreAsync(CancellationToken cancellation)
    {
        foreach (var (change, table) in Of(ChangeKinds.RecordsDeleted))
        {
            var there = await ThereAsync(table.Id, Wanted(change), cancellation);
            string[] free = [.. Wanted(change).Where(id => !there.Contains(id) && Free(Standing.Record(id), table, id, null))];
            if (free.Length == 0)
                continue;
            Field[] columns = [.. table.Fields.Where(f => !f.Type.IsComputed && f.Type.SystemColumn is null && f.Type is not MultipleRecordLinks && standing.IsFree(Standing.Definition(f.Id)))];
            var (coming, returning) = (free.ToHashSet(), new List<ReturningLinks>());
            foreach (var (field, some) in LinksOf(change, table, "was"))
            {
                var far = await ThereAsync(((MultipleRecordLinks)field.Type).LinkedTableId, [.. some.Select(l => l.Far).Distinct()], cancellation);
                if (((MultipleRecordLinks)field.Type).LinkedTableId == table.Id)
                    far.UnionWith(coming);
                var own = some.Where(l => coming.Contains(l.Near) && !IsLocked(((MultipleRecordLinks)field.Type).LinkedTableId, l.Far)).ToList();
                left.AddRange(some.Where(l => coming.Contains(l.Near) && IsLocked(((MultipleRecordLinks)field.Type).LinkedTableId, l.Far)).Select(l => new Left(table.Id, l.Near, field.Id, "released", null)));
                left.AddRange(own.Where(l => !far.Contains(l.Far)).Select(l => new Left(table.Id, l.Near, field.Id, "linkedRecordDeleted", null)));
                returning.Add(new ReturningLinks(field, [.. own.Where(l => far.Contains(l.Far))]));
            }
            if (!(await new RowRestorer(transaction).RestoreAsync(table, (change.Version, change.Position), free, columns, returning, cancellation)).TryGet(out var count, out var refused))
                return refused;
            restored += count;
            links += returning.Sum(r => r.Links.Count);
        }
        return null;
    }

    async Task<Error?> SetAsync(CancellationToken cancellation)
    {
        var made = changes.Where(c => c.Kind is ChangeKinds.RecordsCreated).SelectMany(c => c.Ids).ToHashSet();
        foreach (var of in Of(ChangeKinds.CellsChanged).Where(c => !c.Change.IsFar && !c.Change.Body.TryGet("was", out _)).GroupBy(c => c.Table.Id))
        {
            // Last things first: of two changes of a cell the earlier one knows what it was.
            var (table, was) = (of.First().Table, new OrderedDictionary<string, Dictionary<string, JsonElement>>());
            foreach (var (change, _) in of)
            {
                var (ids, old) = (change.Ids, change.Old.ToDictionary(o => o.Name, o => o.Value.EnumerateArray().ToArray()));
                for (var n = 0; n < ids.Length; n++)
                    if (!made.Contains(ids[n]) && (only is null || only.Contains(ids[n])))
                    {
                        if (!was.TryGetValue(ids[n], out var row))
                            was[ids[n]] = row = [];
                        foreach (var (field, values) in old)
                            if (!change.Keeps(field, n) && !IsLink(table, field, values[n]))
                                row[field] = values[n];
                    }
            }
            var there = await ThereAsync(table.Id, [.. was.Keys], cancellation);
            var fields = was.Values.SelectMany(row => row.Keys).Distinct().Select(table.Find).OfType<Field>().ToList();
            var records = was.Select(row => Plan(table, fields, row.Key, row.Value, there.Contains(row.Key))).OfType<PlannedRecord>().ToList();
            (fields, records) = Narrowed(fields, records);
            if (records.Count > 0 && (await new RecordWriter(transaction).UpdateAsync(new RecordPlan(table, fields, records, NoChoices) { IsStored = true }, cancellation)).Error is { } refused)
                return refused;
            cells += records.Sum(r => r.IsSet.Count(set => set));
        }
        return null;
    }

    /// <summary>Link cells come back with their links.</summary>
    static bool IsLink(Table table, string fieldId, JsonElement value) => table.Find(fieldId)?.Type is MultipleRecordLinks link && StoredCells.Fits(link.Column, value);

    static readonly Dictionary<string, IReadOnlyList<Choice>> NoChoices = [];

    /// <summary>Without the fields of which no cell goes back: what is not written is not to be logged either.</summary>
    static (List<Field> Fields, List<PlannedRecord> Records) Narrowed(List<Field> fields, List<PlannedRecord> records)
    {
        int[] used = [.. Enumerable.Range(0, fields.Count).Where(n => records.Any(r => r.IsSet[n]))];
        return ([.. used.Select(n => fields[n])], [.. records.Select(r => r with { Values = [.. used.Select(n => r.Values[n])], IsSet = [.. used.Select(n => r.IsSet[n])] })]);
    }

    PlannedRecord? Plan(Table table, List<Field> fields, string record, Dictionary<string, JsonElement> was, bool isThere)
    {
        var planned = new PlannedRecord(record, new object?[fields.Count], new bool[fields.Count]);
        if (!isThere)
        {
            left.Add(new Left(table.Id, record, null, "deleted", standing.By(Standing.Record(record))));
            return null;
        }
        foreach (var (fieldId, value) in was)
        {
            var n = fields.FindIndex(f => f.Id == fieldId);
            if (!Free(Standing.Cell(record, fieldId), table, record, fieldId))
                continue;
            var reason = n < 0 ? "fieldRemoved" : fields[n].Type.IsComputed || !StoredCells.Fits(fields[n].Type.Column, value) ? "fieldConverted"
                : fields[n].Constraints.Check(fields[n], StoredCells.Read(fields[n].Type.Column, value)) is not null ? "constraint" : null;
            if (reason is not null)
                left.Add(new Left(table.Id, record, fieldId, reason, null));
            else
                (planned.Values[n], planned.IsSet[n]) = (StoredCells.Read(fields[n].Type.Column, value), true);
        }
        return planned.IsSet.Contains(true) ? planned : null;
    }

    async Task<Error?> RelinkAsync(CancellationToken cancellation)
    {
        var made = changes.Where(c => c.Kind is ChangeKinds.RecordsCreated).SelectMany(c => c.Ids).ToHashSet();
        foreach (var (change, table) in Of(ChangeKinds.CellsChanged).Concat(Of(ChangeKinds.RecordsDeleted)))
            foreach (var (field, was) in LinksOf(change, table, "was"))
            {
                var (_, come) = LinksOf(change, table, "made").FirstOrDefault(l => l.Field.Id == field.Id);
                var there = await ThereAsync(table.Id, [.. was.Concat(come ?? []).Select(l => l.Near).Distinct()], cancellation);
                var type = (MultipleRecordLinks)field.Type;
                var far = await ThereAsync(type.LinkedTableId, [.. was.Concat(come ?? []).Select(l => l.Far).Distinct()], cancellation);
                var isDeletion = change.Kind is ChangeKinds.RecordsDeleted;
                var (again, gone) = (new List<StoredLink>(), new List<StoredLink>());
                foreach (var pair in was.Where(l => !made.Contains(l.Near) && (only is null || only.Contains(l.Near))))
                    if (there.Contains(pair.Near) && far.Contains(pair.Far) && Unlocked(type, table, pair, field.Id) && Free(Standing.Link(type, pair), table, pair.Near, field.Id))
                        again.Add(pair);
                    else if (!isDeletion && !(there.Contains(pair.Near) && far.Contains(pair.Far)))
                        left.Add(new Left(table.Id, pair.Near, field.Id, there.Contains(pair.Near) ? "linkedRecordDeleted" : "deleted", null));
                left.AddRange((come ?? []).Where(l => !made.Contains(l.Near) && !there.Contains(l.Near)).Select(l => new Left(table.Id, l.Near, field.Id, "deleted", standing.By(Standing.Record(l.Near)))));
                gone.AddRange((come ?? []).Where(l => !made.Contains(l.Near) && there.Contains(l.Near) && Unlocked(type, table, l, field.Id) && Free(Standing.Link(type, l), table, l.Near, field.Id)));
                // Those that came with their rows are there already.
                if (isDeletion && (again = await MissingAsync(type, again, cancellation)).Count == 0)
                    continue;
                if (again.Count + gone.Count > 0 && await new RowRestorer(transaction).RelinkAsync(table, field, gone, again, cancellation) is { } refused)
                    return refused;
                links += again.Count + gone.Count;
            }
        return null;
    }

    static List<(Field Field, IReadOnlyList<StoredLink> Links)> LinksOf(LoggedChange change, Table table, string which) =>
        [.. change.Links.Select(l => (Field: table.Fields.FirstOrDefault(f => f.Id == l.Name && f.Type is MultipleRecordLinks), Links: LoggedLinks.Read(l.Value, which))).Where(l => l.Field is not null).Select(l => (l.Field!, l.Links))];

    bool Unlocked(MultipleRecordLinks link, Table table, StoredLink pair, string field)
    {
        if (!IsLocked(link.LinkedTableId, pair.Far))
            return true;
        left.Add(new Left(table.Id, pair.Near, field, "released", null));
        return false;
    }

    bool IsLocked(string tableId, string record) => released.GetValueOrDefault(tableId)?.Contains(record) is true;

    bool Free(string thing, Table table, string record, string? field)
    {
        if (IsLocked(table.Id, record))
        {
            left.Add(new Left(table.Id, record, field, "released", null));
            return false;
        }
        if (standing.IsFree(thing))
            return true;
        left.Add(new Left(table.Id, record, field, "changed", standing.By(thing)));
        return false;
    }

    async Task<HashSet<string>> ThereAsync(string tableId, string[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0 || Schema.Tables.All(t => t.Id != tableId))
            return [];
        return [.. await transaction.ListAsync($"select _id from {Sql.Table(Schema.Id, tableId)} where _id = any($1)", row => row.GetString(0), cancellation, [ids])];
    }

    async Task<List<StoredLink>> MissingAsync(MultipleRecordLinks link, List<StoredLink> links, CancellationToken cancellation)
    {
        var (near, far) = Sql.Ends(link);
        var there = (await transaction.ListAsync($"select {near}_id, {far}_id from {Sql.LinkTable(Schema.Id, link)} where {near}_id = any($1)", row => (row.GetString(0), row.GetString(1)), cancellation,
            [links.Select(l => l.Near).Distinct().ToArray()])).ToHashSet();
        return [.. links.Where(l => !there.Contains((l.Near, l.Far)))];
    }
}
