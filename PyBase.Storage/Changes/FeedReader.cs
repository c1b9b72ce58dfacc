using System.Buffers;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Comments;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Comments;
using PyBase.Storage.Files;
using PyBase.Storage.Permissions;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Changes;

/// <summary>
/// The change log as messages. The log says which records and fields changed; their values are read from the rows as they are now, which is what a listener
/// is to show: applying a later version on top changes nothing.
/// </summary>
public sealed class FeedReader(NpgsqlDataSource data, SchemaStore schemas, FileLinks links, Collaborators people, CommentReader comments, TimeProvider clock)
{
    /// <summary>More records than this in one reading are told as "many changed".</summary>
    public const int MaxRecords = 500;

    /// <summary>So are more versions than this.</summary>
    public const int MaxVersions = 500;

    /// <summary>Nobody is told what happened longer ago than this, so that no more than two months of the log are looked into.</summary>
    static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    sealed record Entry(long Version, string Kind, int Count, JsonElement Body, DateTimeOffset Time, string? Actor, string? Mutation);

    /// <summary>The base that a table is in; null when there is no such table.</summary>
    public async Task<string?> BaseOfAsync(string tableId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select base from pybase.tables where id = $1 and removed is null");
        command.Parameters.Add(new() { Value = tableId });
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>The base is on the list and not here: it lives in another shard now.</summary>
    public async Task<bool> HasMovedAsync(string baseId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select exists (select from catalog.bases where id = $1) and not exists (select from pybase.bases where id = $1 and state = 'open')");
        command.Parameters.Add(new() { Value = baseId });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>The newest version of each table and number of each base asked for; what is gone is missing.</summary>
    public async Task<IReadOnlyDictionary<string, long>> HeadsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select v.table_id, v.version from pybase.table_versions v join pybase.tables t on t.id = v.table_id and t.removed is null where v.table_id = any($1)
            union all select base, number from pybase.transaction_numbers where base = any($1)
            """);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        var heads = new Dictionary<string, long>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            heads[row.GetString(0)] = row.GetInt64(1);
        return heads;
    }

    /// <summary>
    /// What happened to the table after <paramref name="since"/>, as far as <paramref name="until"/>: one message for all of it, however many versions it were.
    /// Null when nothing did.
    /// </summary>
    public async Task<FeedMessage?> ReadTableAsync(string baseId, string tableId, long since, long until, Reader? reader, CancellationToken cancellation)
    {
        var (entries, known) = await ReadEntriesAsync(baseId, tableId, since, until, cancellation);
        if (entries.Count == 0)
        {
            if (!(await HeadsAsync([tableId], cancellation)).TryGetValue(tableId, out var head) || head <= since)
                return null;
            // Committed between the two questions, or what the log does not tell any more.
            (entries, known) = await ReadEntriesAsync(baseId, tableId, since, Math.Min(head, until), cancellation);
            if (entries.Count == 0)
                return Many(tableId, since, [new Entry(Math.Min(head, until), ChangeKinds.ManyChanged, 0, default, clock.GetUtcNow(), null, null)]);
        }
        var schema = (known ?? await schemas.FindAsync(baseId, cancellation))?.For(reader);
        var table = schema?.Find(tableId);
        var versions = entries.Select(e => e.Version).Distinct().Count();
        // The log is dense; where it is not (its beginning was thrown away) nobody can say what happened in between.
        var isWhole = versions == entries[^1].Version - since;
        if (schema is null || table is null || !isWhole || versions > MaxVersions || entries.Sum(e => (long)e.Count) > MaxRecords || entries.Any(e => e.Kind is ChangeKinds.ManyChanged || Moves(e, table)))
            return Many(tableId, since, entries, table);

        Dictionary<string, JsonElement> records;
        try
        {
            records = await ReadRecordsAsync(schema, table, [.. entries.Where(e => e.Kind is ChangeKinds.RecordsCreated or ChangeKinds.CellsChanged).SelectMany(IdsOf).Distinct()], cancellation);
        }
        catch (PostgresException changed) when (changed.SqlState is PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedTable)
        {
            // The definition changed between the two readings.
            return Many(tableId, since, entries, table);
        }
        var said = await comments.FindAsync(baseId, [.. entries.Where(e => e.Kind is ChangeKinds.CommentAdded or ChangeKinds.CommentChanged).Select(e => e.Body.GetText("id")!)], cancellation);
        if (table.Scope?.Rows is not null)
            said = await SeenAsync(schema, table, said, cancellation);
        var (first, last) = (entries[0], entries[^1]);
        return new FeedMessage(tableId, since + 1, last.Version, entries.All(e => e.Actor == first.Actor) ? first.Actor : null, versions == 1 ? first.Mutation : null, last.Time,
            Write(json => WriteEntries(json, entries.Where(e => IsTold(e, table, said)), table, records, said)));
    }

    /// <summary>What happened to the base itself after <paramref name="since"/>; null when nothing has been written at all.</summary>
    public async Task<FeedMessage?> ReadBaseAsync(string baseId, long since, long until, Reader? reader, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select least(n.number, $3), t.actor, t.mutation, t.time, t.changes from pybase.transaction_numbers n
            left join pybase.transactions t on t.base = n.base and t.number > $2 and t.number <= least(n.number, $3) and t.changes is not null
            where n.base = $1 and n.number > $2 order by t.number
            """);
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = since });
        command.Parameters.Add(new() { Value = until });
        var (last, told) = (since, new List<(string Kind, string Id)>());
        (string? Actor, string? Mutation, DateTimeOffset Time)? only = null;
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
            {
                last = row.GetInt64(0);
                if (row.IsDBNull(4))
                    continue;
                only = told.Count == 0 ? (row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)) : null;
                using var changes = JsonDocument.Parse(row.GetString(4));
                told.AddRange(changes.RootElement.EnumerateArray().Select(c => (c.GetText("kind")!, c.GetText("id")!)));
            }
        if (last == since)
            return null;
        var schema = (await schemas.FindAsync(baseId, cancellation))?.For(reader);
        return new FeedMessage(baseId, since + 1, last, only?.Actor, only?.Mutation, only?.Time, Write(json =>
        {
            foreach (var (kind, id) in told)
                if (kind is ChangeKinds.ViewAdded or ChangeKinds.ViewChanged or ChangeKinds.ViewRemoved)
                    WriteView(json, kind, id, schema);
                else
                    WriteTable(json, kind, id, schema?.Find(id));
        }));
    }

    /// <summary>The log, and in the same round trip whether the definitions are still those that are here; null when they are not.</summary>
    async Task<(List<Entry> Entries, BaseSchema? Schema)> ReadEntriesAsync(string baseId, string tableId, long since, long until, CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        // Only ids and names of fields, neither deleted rows nor old cells; and nothing at all when it is too much to be told one by one.
        batch.BatchCommands.Add(new("""
            select version, kind, count, case when sum(count) over () > $3 or max(version) over () - $2 > $4 then '{}' else jsonb_build_object(
                'id', body -> 'id', 'ids', body -> 'ids', 'computed', body -> 'computed',
                'changed', (select jsonb_agg(field) from jsonb_object_keys(case jsonb_typeof(body -> 'old') when 'object' then body -> 'old' else '{}' end) as field)) end,
                time, actor, mutation
            from pybase.changes where table_id = $1 and version > $2 and version <= $6 and time > $5 order by version, position
            """)
        {
            Parameters = { new() { Value = tableId }, new() { Value = since }, new() { Value = (long)MaxRecords }, new() { Value = (long)MaxVersions }, new() { Value = clock.GetUtcNow() - MaxAge }, new() { Value = until } },
        });
        batch.BatchCommands.Add(new("select epoch, schema_version from pybase.bases where id = $1 and state = 'open'") { Parameters = { new() { Value = baseId } } });
        var entries = new List<Entry>();
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            entries.Add(new Entry(row.GetInt64(0), row.GetString(1), row.GetInt32(2), JsonSerializer.Deserialize<JsonElement>(row.GetString(3)),
                row.GetFieldValue<DateTimeOffset>(4), row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6)));
        await row.NextResultAsync(cancellation);
        return (entries, await row.ReadAsync(cancellation) ? schemas.Known(baseId, row.GetString(0), row.GetInt64(1)) : null);
    }

    /// <summary>The records as they are now, by id; those that are gone are missing.</summary>
    async Task<Dictionary<string, JsonElement>> ReadRecordsAsync(BaseSchema schema, Table table, string[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0)
            return [];
        var buffer = new ArrayBufferWriter<byte>();
        var format = await people.FormatAsync(schema.Id, table.Fields, new CellFormat(links.PathOf), cancellation);
        await using (var connection = await data.OpenConnectionAsync(cancellation))
        await using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
        {
            json.WriteStartArray();
            await RecordReader.WriteRecordsAsync(connection, schema, table, table.Fields, ids, byFieldId: true, format, json, cancellation);
            json.WriteEndArray();
        }
        return JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan).EnumerateArray().ToDictionary(r => r.GetText("id")!);
    }

    /// <summary>Rows may have come into what the reader sees, or gone from it: he loads again, and is not told which.</summary>
    static bool Moves(Entry entry, Table table)
    {
        if (table.Scope?.Rows is not { } rows)
            return false;
        if (entry.Kind is ChangeKinds.RecordsDeleted || rows.Formula is null || rows.Formula.ReadsModified || rows.Formula.Watched.Count > 0 || table.Scope.ReadsOthers)
            return entry.Kind is ChangeKinds.RecordsDeleted or ChangeKinds.CellsChanged;
        return entry.Kind is ChangeKinds.CellsChanged && FieldsOf(entry).Any(id => rows.Formula.Fields.Any(f => f.Id == id));
    }

    /// <summary>What a field or a record that is not there for the reader has to do with is not told.</summary>
    static bool IsTold(Entry entry, Table table, IReadOnlyDictionary<string, Comment> said) => table.Scope is not { } scope || entry.Kind switch
    {
        ChangeKinds.FieldAdded or ChangeKinds.FieldChanged or ChangeKinds.FieldRemoved => !scope.Hidden.Contains(entry.Body.GetText("id")!),
        ChangeKinds.CommentAdded or ChangeKinds.CommentChanged => said.ContainsKey(entry.Body.GetText("id")!),
        _ => true,
    };

    async Task<IReadOnlyDictionary<string, Comment>> SeenAsync(BaseSchema schema, Table table, IReadOnlyDictionary<string, Comment> said, CancellationToken cancellation)
    {
        if (said.Count == 0)
            return said;
        await using var command = data.CreateCommand($"select w.id from unnest($1) as w(id) where true{ReadableRows.And(schema, table, "w.id")}");
        command.Parameters.Add(new() { Value = said.Values.Select(c => c.RecordId).Distinct().ToArray() });
        var seen = new HashSet<string>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            seen.Add(row.GetString(0));
        return said.Where(c => seen.Contains(c.Value.RecordId)).ToDictionary();
    }

    static FeedMessage Many(string tableId, long since, List<Entry> entries, Table? table = null) => new(tableId, since + 1, entries[^1].Version, null, null, entries[^1].Time, Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("kind", ChangeKinds.ManyChanged);
        // How many rows there are that he does not see is not said.
        json.WriteNumber("count", table?.Scope?.Rows is null ? entries.Sum(e => (long)e.Count) : 0);
        json.WriteEndObject();
    }));

    /// <summary>In their order; only cells are gathered as long as nothing but rows has changed: these hold what they hold now in whatever order it is told.</summary>
    static void WriteEntries(Utf8JsonWriter json, IEnumerable<Entry> entries, Table table, Dictionary<string, JsonElement> records, IReadOnlyDictionary<string, Comment> said)
    {
        var cells = new ChangedCells();
        foreach (var entry in entries)
        {
            if (entry.Kind is ChangeKinds.CellsChanged)
            {
                string[] fields = [.. FieldsOf(entry).Where(id => table.Find(id) is not null)];
                foreach (var id in IdsOf(entry))
                    cells.Add(id, fields);
                continue;
            }
            if (entry.Kind is not (ChangeKinds.RecordsCreated or ChangeKinds.RecordsDeleted))
                cells.WriteTo(json, records);
            WriteEntry(json, entry, table, records, said);
        }
        cells.WriteTo(json, records);
    }

    static void WriteEntry(Utf8JsonWriter json, Entry entry, Table table, Dictionary<string, JsonElement> records, IReadOnlyDictionary<string, Comment> said)
    {
        json.WriteStartObject();
        json.WriteString("kind", entry.Kind);
        switch (entry.Kind)
        {
            case ChangeKinds.RecordsCreated:
                json.WriteStartArray("records");
                foreach (var id in IdsOf(entry))
                    if (records.TryGetValue(id, out var record))
                        record.WriteTo(json);
                json.WriteEndArray();
                break;
            case ChangeKinds.RecordsDeleted:
                json.WriteStartArray("ids");
                foreach (var id in IdsOf(entry))
                    json.WriteStringValue(id);
                json.WriteEndArray();
                break;
            case ChangeKinds.FieldAdded or ChangeKinds.FieldChanged when table.Find(entry.Body.GetText("id")!) is { } field:
                json.WritePropertyName("field");
                field.Write(json);
                break;
            case ChangeKinds.CommentAdded or ChangeKinds.CommentChanged when said.TryGetValue(entry.Body.GetText("id")!, out var comment):
                json.WritePropertyName("comment");
                comment.Write(json, withRecord: true);
                break;
            case ChangeKinds.ViewAdded or ChangeKinds.ViewChanged when table.FindView(entry.Body.GetText("id")!) is { OwnerId: null } view:
                json.WritePropertyName("view");
                view.Write(json);
                break;
            default:
                json.WriteString("id", entry.Body.GetText("id"));
                break;
        }
        json.WriteEndObject();
    }

    static void WriteTable(Utf8JsonWriter json, string kind, string id, Table? table)
    {
        json.WriteStartObject();
        json.WriteString("kind", table is null ? ChangeKinds.TableRemoved : kind);
        if (table is null)
            json.WriteString("id", id);
        else
        {
            json.WritePropertyName("table");
            table.SeenBy(null).Write(json);
        }
        json.WriteEndObject();
    }

    /// <summary>A view with the table that it is of; one that is gone since is removed. All listeners hear the same, so of a personal one they hear the id alone.</summary>
    static void WriteView(Utf8JsonWriter json, string kind, string id, BaseSchema? schema)
    {
        json.WriteStartObject();
        var table = schema?.Tables.FirstOrDefault(t => t.Views.Any(v => v.Id == id));
        json.WriteString("kind", table is null ? ChangeKinds.ViewRemoved : kind);
        if (table?.SeenBy(null).FindView(id) is not { } view)
            json.WriteString("id", id);
        else
        {
            json.WriteString("tableId", table.Id);
            json.WritePropertyName("view");
            view.Write(json);
        }
        json.WriteEndObject();
    }

    static IEnumerable<string> FieldsOf(Entry entry) => (entry.Body.TryGetList("changed", out var changed) ? changed.Select(c => c.GetString()!) : [])
        .Concat(entry.Body.TryGetList("computed", out var computed) ? computed.Select(c => c.GetString()!) : []);

    static IEnumerable<string> IdsOf(Entry entry) => entry.Body.TryGetList("ids", out var ids) ? ids.Select(id => id.GetString()!) : [];

    static JsonElement Write(Action<Utf8JsonWriter> items)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
        {
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        }
        return JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan);
    }
}
