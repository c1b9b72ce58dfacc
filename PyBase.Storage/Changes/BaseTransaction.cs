using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Schema;

namespace PyBase.Storage.Changes;

/// <summary>
/// One writing transaction of a base. Its first statements lock the base's row and, in id order, the version rows of every table it can reach; its last
/// takes the base's next number. What it did is in the change log when it commits, or nothing is.
/// </summary>
public sealed class BaseTransaction : IAsyncDisposable
{
    readonly NpgsqlConnection connection;
    readonly NpgsqlTransaction transaction;
    readonly Origin origin;
    readonly DateTimeOffset time;
    readonly Dictionary<string, long> locked;
    readonly Dictionary<string, long> versions = [];
    readonly Dictionary<string, int> positions = [];
    readonly List<object> baseChanges = [];
    readonly Dictionary<string, HashSet<string>> created = [];
    bool schemaChanged;

    internal BaseTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, BaseSchema schema, Origin origin, DateTimeOffset time, Dictionary<string, long> locked) =>
        (this.connection, this.transaction, Schema, this.origin, this.time, this.locked) = (connection, transaction, schema, origin, time, locked);

    /// <summary>The definitions under the lock: nobody changes them before this transaction ends.</summary>
    public BaseSchema Schema { get; internal set; }

    /// <summary>The instant that rows of this transaction carry.</summary>
    public DateTimeOffset Time => time;

    /// <summary>Who writes.</summary>
    public string? Actor => origin.Actor;

    /// <summary>What they are in the base; null for jobs and the system.</summary>
    public Role? Role => origin.Role;

    /// <summary>The connection, inside the transaction.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>The versions that this transaction makes, by table.</summary>
    public IReadOnlyDictionary<string, long> Versions => versions;

    /// <summary>The base's transaction number, after <see cref="CommitAsync"/>.</summary>
    public long Number { get; private set; }

    /// <summary>The version that the table will have; the table counts as changed from here on.</summary>
    public long VersionOf(string tableId)
    {
        if (!versions.TryGetValue(tableId, out var version))
            versions[tableId] = version = (locked.TryGetValue(tableId, out var current) ? current : 0) + 1;
        return version;
    }

    /// <summary>
    /// Adds an entry to the log of the table's next version, counted and spelled by a query over the given statement's parts:
    /// <paramref name="with"/> is a WITH list that does the work, <paramref name="from"/> selects <c>count, body</c>. Returns the count.
    /// </summary>
    internal async Task<int> LogAsync(string tableId, string kind, string with, string from, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        var version = VersionOf(tableId);
        var position = positions[tableId] = positions.GetValueOrDefault(tableId, -1) + 1;
        NpgsqlParameter[] own =
        [
            new("table", tableId), new("version", version), new("position", position), new("base", Schema.Id), new("kind", kind), new("time", time),
            new("actor", NpgsqlDbType.Text) { Value = (object?)origin.Actor ?? DBNull.Value }, new("mutation", NpgsqlDbType.Text) { Value = (object?)origin.Mutation ?? DBNull.Value },
        ];
        await using var command = Command($"""
            {with} insert into pybase.changes (table_id, version, position, base, kind, time, actor, mutation, count, body)
            select @table, @version, @position, @base, @kind, @time, @actor, @mutation, logged.* from ({from}) logged
            returning count
            """, [.. own, .. parameters]);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Notes a change of the base itself, for those who listen to the base.</summary>
    internal void TellBase(string kind, string id, object? was = null) => baseChanges.Add(was is null ? new { kind, id } : new { kind, id, was });

    /// <summary>Notes a change of a table's definition, for those who listen to the table.</summary>
    /// <remarks><paramref name="was"/> is JSON of what it was before, for those who take it back.</remarks>
    internal Task TellTableAsync(string tableId, string kind, string id, CancellationToken cancellation, string? was = null) =>
        LogAsync(tableId, kind, "", $"select 0, jsonb_build_object('id', @id){(was is null ? "" : " || jsonb_build_object('was', @was)")}", cancellation,
            [new NpgsqlParameter<string>("id", id), .. was is null ? (NpgsqlParameter[])[] : [new NpgsqlParameter("was", NpgsqlDbType.Jsonb) { Value = was }]]);

    /// <summary>Rows that this transaction made, of a table: who hears of them reads them whole.</summary>
    internal HashSet<string> Created(string tableId)
    {
        if (!created.TryGetValue(tableId, out var ids))
            created[tableId] = ids = [];
        return ids;
    }

    /// <summary>There is something for the workers to do after the commit.</summary>
    internal bool LeavesWork { get; private set; }

    /// <summary>Computed cells that this transaction leaves untrue: of all records, or of those that a link leads to these sources from.</summary>
    internal Task NoteStaleAsync(string tableId, IEnumerable<string> fieldIds, string? link, string[]? sources, CancellationToken cancellation)
    {
        LeavesWork = true;
        return ExecuteAsync("insert into pybase.stale (base, table_id, fields, link, sources) values ($1, $2, $3, $4, $5)", cancellation,
            Schema.Id, tableId, fieldIds.ToArray(), Text(link), new NpgsqlParameter { Value = (object?)sources ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }

    /// <summary>The definitions differ from what <see cref="Schema"/> says; every process reads them anew.</summary>
    internal void MarkSchemaChanged() => schemaChanged = true;

    /// <summary>Runs a statement inside the transaction.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object?[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    internal NpgsqlCommand Command(string sql, params object?[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in parameters)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>Writes version rows and the transaction's own row, then commits.</summary>
    internal async Task CommitAsync(CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (versions.Count > 0)
            batch.BatchCommands.Add(new("update pybase.table_versions set version = version + 1 where table_id = any($1)") { Parameters = { new() { Value = versions.Keys.ToArray() } } });
        if (schemaChanged)
            batch.BatchCommands.Add(new("update pybase.bases set schema_version = schema_version + 1 where id = $1") { Parameters = { new() { Value = Schema.Id } } });
        batch.BatchCommands.Add(new("""
            with next as (update pybase.transaction_numbers set number = number + 1 where base = $1 returning number)
            insert into pybase.transactions (base, number, time, actor, command, mutation, undo_group, versions, changes, trace, source, reverts, takes_back, root)
            select $1, number, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from next returning number
            """)
        {
            Parameters =
            {
                new() { Value = Schema.Id }, new() { Value = time },
                Text(origin.Actor), Text(origin.Command), Text(origin.Mutation), Text(origin.UndoGroup),
                Json(versions), Json(baseChanges.Count > 0 ? baseChanges : null), Text(Activity.Current?.Id), Text(origin.Source),
                new() { Value = (object?)origin.Reverts?.Number ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint }, new() { Value = origin.Reverts?.TakesBack is true },
                new() { Value = (object?)origin.Reverts?.Root ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
        });
        // In the same round trip, since everybody who writes these tables waits for it. Anything that fails before it skips it.
        batch.BatchCommands.Add(new("commit"));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var number = row.GetInt64(0);
        while (await row.NextResultAsync(cancellation))
        {
            // To the end: an error of the commit itself comes last.
        }
        Number = number;
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Json(object? value) =>
        new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
