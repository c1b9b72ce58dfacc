using System.Diagnostics;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Constraints;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Changes;

/// <summary>What a write will touch.</summary>
/// <param name="Tables">Tables whose rows may change.</param>
/// <param name="ChangesSchema">Definitions change too: all other writers of the base wait.</param>
public sealed record WriteScope(IReadOnlyCollection<string> Tables, bool ChangesSchema = false)
{
    /// <summary>Definitions change.</summary>
    public static readonly WriteScope Schema = new([], ChangesSchema: true);

    /// <summary>Writes to these fields of these tables: their computed cells change too, and those of every table that these follow into.</summary>
    public static WriteScope Of(BaseSchema schema, IEnumerable<string> tables, IEnumerable<string> fieldIds, bool changesSchema = false)
    {
        var graph = DependencyGraph.Of(schema);
        return new WriteScope([.. tables.Concat(graph.TablesOf(graph.Reach(fieldIds))).Distinct()], changesSchema);
    }

    /// <summary>Whole rows of this table come or go.</summary>
    public static WriteScope Rows(BaseSchema schema, Table table, bool changesSchema = false)
    {
        var links = table.Fields.Select(f => f.Type).OfType<MultipleRecordLinks>().ToList();
        return Of(schema, links.Select(l => l.LinkedTableId).Append(table.Id), table.Fields.Select(f => Dependency.KeyOf(table, f)).Concat(links.Select(l => l.InverseFieldId).OfType<string>()), changesSchema);
    }
}

/// <summary>
/// The one door through which a base is written, for a click, an import and a job alike: plan with the known schema, lock, make sure the schema is still
/// that one (else plan again), work, commit, tell.
/// </summary>
public sealed class BaseWriter(NpgsqlDataSource data, SchemaStore schemas, ChangeSignals signals, TimeProvider clock)
{
    /// <summary>A request does not wait longer than this for its turn.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly ActivitySource Source = new("PyBase.Storage");

    /// <summary>Runs <paramref name="work"/> in one transaction of the base; an error it returns rolls everything back.</summary>
    public async Task<Result<T>> WriteAsync<T>(
        string baseId, Origin origin, Func<BaseSchema, Result<WriteScope>> plan, Func<BaseTransaction, Task<Result<T>>> work, CancellationToken cancellation)
    {
        using var activity = Source.StartActivity(origin.Command);
        var started = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var schema = await schemas.FindAsync(baseId, cancellation);
            if (schema is null)
                return SchemaErrors.ModelNotFound;
            if (!plan(schema).TryGet(out var scope, out var refusal))
                return refusal;
            try
            {
                await using var transaction = await BeginAsync(schema, origin, scope, cancellation);
                if (transaction is null)
                {
                    if (clock.GetElapsedTime(started) > Patience)
                        return SchemaErrors.BaseBusy;
                    continue;
                }
                var result = await work(transaction);
                if (!result.IsOk || origin.IsDryRun)
                    return result;
                await transaction.CommitAsync(cancellation);
                activity?.SetTag("pybase.base", baseId);
                activity?.SetTag("pybase.versions", string.Join(',', transaction.Versions.Select(v => $"{v.Key}={v.Value}")));
                signals.Publish(new ChangeSignal(baseId, transaction.Number, transaction.Versions, null, Activity.Current?.Id));
                if (transaction.LeavesWork)
                    signals.PublishWork();
                return result;
            }
            catch (PostgresException twice) when (UniqueViolation.ErrorOf(twice, schema) is { } notUnique)
            {
                return notUnique;
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                if (clock.GetElapsedTime(started) > Patience)
                    return SchemaErrors.BaseBusy;
                await FreeAsync(baseId, cancellation);
                // A reader of another transaction holds the table a moment longer; jitter keeps two waiting writers apart.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 + 5 * Math.Min(attempt, 20))), clock, cancellation);
            }
        }
    }

    /// <summary>
    /// A process that stopped while it sent a statement keeps its locks: PostgreSQL waits for the rest and counts that as work, so no timeout of an idle transaction
    /// ends it. Whoever has waited for the door ends those inside from whom nothing came for ten seconds.
    /// </summary>
    async Task FreeAsync(string baseId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with door as (select hashtextextended($1, 0) as key)
            select pg_terminate_backend(a.pid) from door, pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.database = (select oid from pg_database where datname = current_database())
              and l.classid::bigint = (door.key >> 32) & 4294967295 and l.objid::bigint = door.key & 4294967295
              and a.wait_event = 'ClientRead' and a.state_change < now() - interval '10 seconds'
            """);
        command.Parameters.Add(new() { Value = baseId });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Null when the schema is not the planned one any more.</summary>
    async Task<BaseTransaction?> BeginAsync(BaseSchema schema, Origin origin, WriteScope scope, CancellationToken cancellation)
    {
        var connection = await data.OpenConnectionAsync(cancellation);
        NpgsqlTransaction? transaction = null;
        try
        {
            transaction = await connection.BeginTransactionAsync(cancellation);
            await using var batch = new NpgsqlBatch(connection, transaction)
            {
                BatchCommands =
                {
                    // A process that is paused or cut off from the network in the middle would keep the base locked until TCP gives up, which takes hours.
                    new("set local idle_in_transaction_session_timeout = '10s'"),
                    new("set local lock_timeout = '5s'"),
                    // A queue at the door: row locks alone let new sharers pass one who waits for all, so that busy writers would keep definitions from ever changing.
                    new($"select pg_advisory_xact_lock{(scope.ChangesSchema ? "" : "_shared")}(hashtextextended($1, 0))") { Parameters = { new() { Value = schema.Id } } },
                    new($"select epoch, schema_version, state from pybase.bases where id = $1 for {(scope.ChangesSchema ? "no key update" : "share")}") { Parameters = { new() { Value = schema.Id } } },
                    new("select table_id, version from pybase.table_versions where base = $1 and ($2 or table_id = any($3)) order by table_id for update")
                    {
                        Parameters = { new() { Value = schema.Id }, new() { Value = scope.ChangesSchema }, new() { Value = scope.Tables.ToArray() } },
                    },
                    // From here DDL waits for readers only, and stops every reader behind it while it waits: give up soon and come again.
                    new(scope.ChangesSchema ? "set local lock_timeout = '200ms'" : "set local lock_timeout = '5s'"),
                },
            };
            var locked = new Dictionary<string, long>();
            await using (var row = await batch.ExecuteReaderAsync(cancellation))
            {
                await row.NextResultAsync(cancellation); // the door's empty answer
                var current = await row.ReadAsync(cancellation) && row.GetString(0) == schema.Epoch && row.GetInt64(1) == schema.Version && row.GetString(2) == "open";
                if (current)
                {
                    await row.NextResultAsync(cancellation);
                    while (await row.ReadAsync(cancellation))
                        locked[row.GetString(0)] = row.GetInt64(1);
                }
                else
                {
                    await row.DisposeAsync();
                    await transaction.DisposeAsync();
                    await connection.DisposeAsync();
                    return null;
                }
            }
            return new BaseTransaction(connection, transaction, schema, origin, clock.GetUtcNow(), locked);
        }
        catch
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            await connection.DisposeAsync();
            throw;
        }
    }
}
