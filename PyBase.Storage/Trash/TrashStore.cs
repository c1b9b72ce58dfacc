using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.History;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.History;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

namespace PyBase.Storage.Trash;

/// <summary>What a restore of records did.</summary>
public sealed record RestoredRecords(int Count, IReadOnlyList<Left> Left, IReadOnlyDictionary<string, long> Versions);

/// <summary>Restores from the trash, and deletes for good.</summary>
public sealed class TrashStore(NpgsqlDataSource data, BaseWriter writer, BaseStore bases, SchemaStore schemas)
{
    /// <summary>Records that one request restores or deletes for good.</summary>
    public const int MaxRecords = 50_000;

    /// <summary>
    /// Brings deleted records back with ids, numbers, cells, links at both ends and comments. Each deletion is taken back by a transaction of its own, of one undo group,
    /// so that the restore itself can be undone.
    /// </summary>
    public async Task<Result<RestoredRecords>> RestoreAsync(string baseId, string tableName, string[] ids, Origin origin, CancellationToken cancellation)
    {
        if (await schemas.FindAsync(baseId, cancellation) is not { } schema)
            return SchemaErrors.ModelNotFound;
        if (!schema.Get(tableName).TryGet(out var table, out var error))
            return error;
        var actions = new List<(LoggedAction Action, IReadOnlyList<LoggedChange> Changes, HashSet<string> Ids)>();
        await using (var connection = await data.OpenConnectionAsync(cancellation))
        {
            ids = await AbsentAsync(connection, baseId, table, ids, cancellation);
            foreach (var (version, some) in (await TrashReader.DeletionsAsync(connection, table.Id, ids, cancellation)).OrderByDescending(d => d.Key))
            {
                var found = await ActionLog.FindAsync(connection, """
                    t.base = $1 and t.time = (select time from pybase.changes where table_id = $2 and version = $3 limit 1) and t.versions ->> $2 = $3::text
                    """, cancellation, baseId, table.Id, version);
                if (found.Count > 0)
                    actions.Add((found[0], await ActionLog.ChangesAsync(connection, found[0], cancellation), [.. some]));
            }
        }
        if (actions.Count == 0)
            return HistoryErrors.NotInTrash;
        await SearchIndex.SuspendAsync(data, baseId, table.Id, ids.Length, cancellation);
        var (count, left, versions, group) = (0, new List<Left>(), new Dictionary<string, long>(), origin.UndoGroup ?? Core.Ids.Id.New("und"));
        foreach (var (action, changes, some) in actions)
        {
            var own = origin with { Command = "Restore", UndoGroup = group, Reverts = new Reversal(action.Number, !action.TakesBack, action.Root) };
            var deletions = changes.Where(c => c.Kind is ChangeKinds.RecordsDeleted && c.TableId == table.Id).ToList();
            IReadOnlyDictionary<string, long> made = versions;
            var done = await writer.WriteAsync<Reverted>(baseId, own, now => UndoStore.ScopeOf(now, action), transaction =>
            {
                made = transaction.Versions;
                return new Reverter(transaction, action, deletions, some).RunAsync(cancellation);
            }, cancellation);
            if (!done.TryGet(out var reverted, out error))
                return error;
            foreach (var (id, version) in made)
                versions[id] = version;
            count += reverted.Restored;
            left.AddRange(reverted.Left);
        }
        return new RestoredRecords(count, left, versions);
    }

    /// <summary>Those that are not there.</summary>
    static async Task<string[]> AbsentAsync(NpgsqlConnection connection, string baseId, Table table, string[] ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select coalesce(array_agg(id), array[]::text[]) from unnest($1) id where not exists (select from {Postgres.Sql.Table(baseId, table.Id)} where _id = id)", connection) { Parameters = { new() { Value = ids } } };
        return (string[])(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Brings a field back; without its constraints where cells of today break them.</summary>
    public Task<Result<Field>> RestoreFieldAsync(string baseId, string fieldId, bool withConstraints, Origin origin, CancellationToken cancellation) =>
        bases.EditAsync(baseId, origin, _ => true, editor => new TrashEditor(editor).RestoreFieldAsync(fieldId, withConstraints, cancellation), cancellation);

    /// <summary>Brings a table back.</summary>
    public Task<Result<Table>> RestoreTableAsync(string baseId, string tableId, Origin origin, CancellationToken cancellation) =>
        bases.EditAsync(baseId, origin, _ => true, editor => new TrashEditor(editor).RestoreTableAsync(tableId, cancellation), cancellation);

    /// <summary>Takes a field or table out of the trash for good.</summary>
    public Task<Result<bool>> PurgeAsync(string baseId, string id, Origin origin, CancellationToken cancellation) =>
        bases.EditAsync<bool>(baseId, origin, _ => true, async editor =>
            await (id.StartsWith("fld", StringComparison.Ordinal) ? new TrashEditor(editor).PurgeFieldAsync(id, cancellation) : new TrashEditor(editor).PurgeTableAsync(id, cancellation)) ? true : HistoryErrors.NotInTrash, cancellation);

    /// <summary>Takes deleted records' rows out of the log, and their comments; how many there were.</summary>
    public Task<Result<int>> PurgeRecordsAsync(string baseId, string tableName, string[] ids, Origin origin, CancellationToken cancellation)
    {
        Table table = null!;
        return writer.WriteAsync<int>(baseId, origin, schema => schema.Get(tableName).Then<WriteScope>(found => new WriteScope([(table = found).Id])), async transaction =>
        {
            var deletions = await TrashReader.DeletionsAsync(await transaction.ConnectionAsync(cancellation), table.Id, ids, cancellation);
            string[] gone = [.. deletions.Values.SelectMany(some => some)];
            if (gone.Length == 0 || (await transaction.ListAsync($"select count(*)::int from {Postgres.Sql.Table(baseId, table.Id)} where _id = any($1)", row => row.GetInt32(0), cancellation, [gone]))[0] > 0)
                return HistoryErrors.NotInTrash;
            transaction.Do("""
                update pybase.changes c set body = jsonb_set(c.body, '{purged}', coalesce(c.body -> 'purged', '[]') || to_jsonb($2)) || jsonb_build_object('rows', (select jsonb_agg(case when r ->> '_id' = any($2) then '{}' else r end order by n) from jsonb_array_elements(c.body -> 'rows') with ordinality as x(r, n)))
                where c.table_id = $1 and c.kind = 'recordsDeleted' and c.body -> 'ids' ?| $2
                """, table.Id, gone);
            transaction.Do("delete from pybase.comments where table_id = $1 and record_id = any($2)", table.Id, gone);
            return gone.Length;
        }, cancellation);
    }
}
