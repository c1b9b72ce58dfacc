using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Changes;

/// <summary>
/// One writing transaction of a base. Statements wait until somebody needs an answer, and then travel together; an ordinary write needs none, so that its lock,
/// its rows, their log and the commit are one round trip, and nobody who waits for the same table waits for the network. The first statement locks the base's row and,
/// in id order, the version rows of every table it can reach; the last takes the base's next number. What it did is in the change log when it commits, or nothing is.
/// </summary>
public sealed class BaseTransaction : IAsyncDisposable
{
    /// <summary>What <c>pybase.enter</c> says when the definitions are not the planned ones.</summary>
    internal const string SchemaMoved = "PB001";

    /// <summary>What <c>pybase.must</c> says.</summary>
    const string Refused = "PB002";

    readonly NpgsqlConnection connection;
    readonly NpgsqlTransaction transaction;
    readonly Origin origin;
    readonly DateTimeOffset time;
    readonly Dictionary<string, long> versions = [];
    readonly Dictionary<string, int> positions = [];
    readonly List<object> baseChanges = [];
    readonly Dictionary<string, HashSet<string>> created = [];
    readonly List<(NpgsqlBatchCommand Command, Func<NpgsqlDataReader, Task>? Read)> waiting = [];
    readonly List<Func<string, Error>> refusals = [];
    bool schemaChanged;
    bool isDisposed;

    internal BaseTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, BaseSchema schema, Origin origin, DateTimeOffset time) =>
        (this.connection, this.transaction, Schema, this.origin, this.time) = (connection, transaction, schema, origin, time);

    /// <summary>The definitions under the lock: nobody changes them before this transaction ends.</summary>
    public BaseSchema Schema { get; internal set; }

    /// <summary>The instant that rows of this transaction carry.</summary>
    public DateTimeOffset Time => time;

    /// <summary>Who writes.</summary>
    public string? Actor => origin.Actor;

    /// <summary>What they are in the base; null for jobs and the system.</summary>
    public Role? Role => origin.Role;

    /// <summary>The definitions as the writer may know them; all of them for the system.</summary>
    public BaseSchema Seen => Schema.For(origin.Reader);

    /// <summary>The versions that this transaction made, by table; filled by its end.</summary>
    public IReadOnlyDictionary<string, long> Versions => versions;

    /// <summary>The base's transaction number; known at its end.</summary>
    public long Number { get; private set; }

    /// <summary>The lock is taken: what <see cref="Schema"/> says is how it is.</summary>
    internal bool IsInside { get; private set; }

    /// <summary>What is left to do when the versions are known, just before the commit.</summary>
    internal Action? Closing { get; set; }

    /// <summary>There is something for the workers to do after the commit.</summary>
    internal bool LeavesWork { get; private set; }

    /// <summary>Somebody is told of something.</summary>
    internal bool Notifies { get; private set; }

    /// <summary>Somebody may have a notification of this transaction.</summary>
    internal void MarkNotified() => Notifies = true;

    /// <summary>The first statement.</summary>
    internal void Enter(WriteScope scope) => Ask(
        new("select * from pybase.enter($1, $2, $3, $4, $5)", Schema.Id, Schema.Epoch, Schema.Version, scope.Tables.ToArray(), scope.ChangesSchema),
        _ =>
        {
            IsInside = true;
            return Task.CompletedTask;
        });

    /// <summary>A statement without an answer, sent with the next that has one.</summary>
    internal void Do(Statement statement) => waiting.Add((statement.Command, null));

    /// <summary>The same.</summary>
    internal void Do(string sql, params object?[] values) => Do(new Statement(sql, values));

    /// <summary>A statement whose answer is read when it comes; <paramref name="read"/> stands before its first row.</summary>
    internal void Ask(Statement statement, Func<NpgsqlDataReader, Task> read) => waiting.Add((statement.Command, read));

    /// <summary>Sends what waits, and reads the answers.</summary>
    internal async Task FlushAsync(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return;
        var sent = waiting.ToArray();
        waiting.Clear();
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (command, _) in sent)
            batch.BatchCommands.Add(command);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        foreach (var (_, read) in sent)
        {
            if (read is null)
                continue;
            await read(row);
            await row.NextResultAsync(cancellation);
        }
        while (await row.NextResultAsync(cancellation))
        {
            // To the end: an error of the last, the commit, comes last.
        }
    }

    /// <summary>Runs a statement now, with what waits before it; how many rows it wrote.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object?[] parameters)
    {
        var statement = new Statement(sql, parameters);
        Do(statement);
        await FlushAsync(cancellation);
        return (int)statement.Command.RecordsAffected;
    }

    /// <summary>The rows of a question, asked now.</summary>
    internal async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] parameters)
    {
        var rows = new List<T>();
        Ask(new Statement(sql, parameters), async row =>
        {
            while (await row.ReadAsync(cancellation))
                rows.Add(read(row));
        });
        await FlushAsync(cancellation);
        return rows;
    }

    /// <summary>The connection, inside the transaction and after everything so far.</summary>
    public async Task<NpgsqlConnection> ConnectionAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        return connection;
    }

    /// <summary>SQL that refuses everything for this reason when <paramref name="condition"/> does not hold.</summary>
    internal string Must(string condition, Error error)
    {
        refusals.Add(_ => error);
        return $"pybase.must({condition}, {refusals.Count - 1})";
    }

    /// <summary>The same, for the reason that follows from what <paramref name="detail"/> is then.</summary>
    internal string Must(string condition, string detail, Func<string, Error> error)
    {
        refusals.Add(error);
        return $"pybase.must({condition}, {refusals.Count - 1}, {detail})";
    }

    /// <summary>SQL that refuses everything, for the reason that follows from what <paramref name="detail"/> is then.</summary>
    internal string Refuse(string detail, Func<string, Error> error) => Must("false", detail, error);

    /// <summary>The reason of such a refusal; null when the exception is about something else.</summary>
    internal Error? RefusalOf(PostgresException exception) => exception.SqlState is Refused && exception.MessageText.Split(' ', 2) is [var number, var detail]
        ? refusals[int.Parse(number, CultureInfo.InvariantCulture)](detail)
        : null;

    /// <summary>
    /// The INSERT of entries into the log of the table's next version; their rows are <c>(place, count, body)</c>, the places from 0 below
    /// <paramref name="entries"/>. A table that nothing is logged of in the end stays at its version.
    /// </summary>
    internal string LogInto(Statement statement, string tableId, string kind, string rows, int entries = 1)
    {
        versions.TryAdd(tableId, 0);
        var position = positions.GetValueOrDefault(tableId);
        positions[tableId] = position + entries;
        return $"""
            insert into pybase.changes (table_id, version, position, base, kind, time, actor, mutation, count, body)
            select '{tableId}', (select version + 1 from pybase.table_versions where table_id = '{tableId}'), {position} + logged.place, '{Schema.Id}', '{kind}',
                {statement.Value(time)}, {statement.Value(origin.Actor, NpgsqlDbType.Text)}, {statement.Value(origin.Mutation, NpgsqlDbType.Text)}, logged.count, logged.body
            from ({rows}) logged (place, count, body)
            """;
    }

    /// <summary>Adds an entry to the log of the table's next version.</summary>
    internal void Log(string tableId, string kind, Func<Statement, string> row)
    {
        var statement = new Statement();
        statement.Text = LogInto(statement, tableId, kind, row(statement));
        Do(statement);
    }

    /// <summary>Notes a change of the base itself, for those who listen to the base.</summary>
    internal void TellBase(string kind, string id, object? was = null) => baseChanges.Add(was is null ? new { kind, id } : new { kind, id, was });

    /// <summary>Notes that something about a table is another, for those who listen to the table.</summary>
    /// <remarks><paramref name="was"/> is JSON of what it was before, for those who take it back.</remarks>
    internal void TellTable(string tableId, string kind, string id, string? was = null) => Log(tableId, kind, statement =>
        $"select 0, 0, jsonb_build_object('id', {statement.Value(id)}{(was is null ? "" : $", 'was', {statement.Value(was, NpgsqlDbType.Jsonb)}")})");

    /// <summary>Rows that this transaction made, of a table: who hears of them reads them whole.</summary>
    internal HashSet<string> Created(string tableId)
    {
        if (!created.TryGetValue(tableId, out var ids))
            created[tableId] = ids = [];
        return ids;
    }

    /// <summary>Computed cells that this transaction leaves untrue: of all records, or of those that a link leads to these sources from.</summary>
    internal void NoteStale(string tableId, IEnumerable<string> fieldIds, string? link, string[]? sources)
    {
        LeavesWork = true;
        Do("insert into pybase.stale (base, table_id, fields, link, sources) values ($1, $2, $3, $4, $5)",
            Schema.Id, tableId, fieldIds.ToArray(), Text(link), new NpgsqlParameter { Value = (object?)sources ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }

    /// <summary>Tables of which all rows were computed anew.</summary>
    internal IReadOnlyCollection<string> Rewritten => rewritten;

    internal void NoteRewritten(string tableId) => rewritten.Add(tableId);

    readonly HashSet<string> rewritten = [];

    /// <summary>The definitions differ from what <see cref="Schema"/> says; every process reads them anew.</summary>
    internal void MarkSchemaChanged() => schemaChanged = true;

    /// <summary>Writes version rows and the transaction's own row, then commits; without the commit everything is as if it had been.</summary>
    internal async Task EndAsync(bool commits, CancellationToken cancellation)
    {
        Ask(new("select * from pybase.finish($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            Schema.Id, versions.Keys.ToArray(), schemaChanged, time, Text(origin.Actor), Text(origin.Command), Text(origin.Mutation), Text(origin.UndoGroup),
            new NpgsqlParameter { Value = baseChanges.Count == 0 ? DBNull.Value : JsonSerializer.Serialize(baseChanges), NpgsqlDbType = NpgsqlDbType.Jsonb },
            Text(Activity.Current?.Id), Text(origin.Source)),
            async row =>
            {
                await row.ReadAsync(cancellation);
                Number = row.GetInt64(0);
                versions.Clear();
                foreach (var (table, version) in JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(1))!)
                    versions[table] = version;
            });
        if (origin.Reverts is { } reverts)
            Do("update pybase.transactions set reverts = $3, takes_back = $4, root = $5 where base = $1 and time = $2 and number = (select number from pybase.transaction_numbers where base = $1)",
                Schema.Id, time, reverts.Number, reverts.TakesBack, reverts.Root);
        if (Closing is not null)
        {
            await FlushAsync(cancellation);
            Closing();
        }
        if (commits)
            Do("commit");
        await FlushAsync(cancellation);
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Once: the driver uses its objects again, and by the second time this one may be somebody else's transaction.
        if (isDisposed)
            return;
        isDisposed = true;
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
