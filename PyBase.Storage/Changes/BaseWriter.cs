using System.Diagnostics;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Computing;
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

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction of the base; an error it returns rolls everything back. What it leaves to be sent runs with the commit,
    /// so its result may be filled after it returned.
    /// </summary>
    public async Task<Result<T>> WriteAsync<T>(
        string baseId, Origin origin, Func<BaseSchema, Result<WriteScope>> plan, Func<BaseTransaction, Task<Result<T>>> work, CancellationToken cancellation)
    {
        using var activity = Source.StartActivity(origin.Command);
        var started = clock.GetTimestamp();
        // What this process knows may be old: the door finds out, and before anything is refused it is read anew.
        var schema = schemas.Known(baseId) ?? await schemas.FindAsync(baseId, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            if (schema is null)
                return SchemaErrors.ModelNotFound;
            var planned = schema;
            if (!plan(schema).TryGet(out var scope, out var refusal))
            {
                if (ReferenceEquals(schema = await schemas.FindAsync(baseId, cancellation), planned))
                    return refusal;
                continue;
            }
            await using var transaction = await BeginAsync(schema, origin, scope, cancellation);
            try
            {
                var result = await work(transaction);
                if (!result.IsOk)
                {
                    if (transaction.IsInside)
                        return result;
                    await transaction.DisposeAsync();
                    if (ReferenceEquals(schema = await schemas.FindAsync(baseId, cancellation), planned))
                        return result;
                    continue;
                }
                await transaction.EndAsync(commits: !origin.IsDryRun, cancellation);
                if (origin.IsDryRun)
                    return result;
                activity?.SetTag("pybase.base", baseId);
                activity?.SetTag("pybase.versions", string.Join(',', transaction.Versions.Select(v => $"{v.Key}={v.Value}")));
                signals.Publish(new ChangeSignal(baseId, transaction.Number, transaction.Versions, null, Activity.Current?.Id));
                if (transaction.LeavesWork)
                    signals.PublishWork();
                if (transaction.Notifies)
                    signals.PublishNotified();
                await transaction.DisposeAsync();
                foreach (var table in transaction.Rewritten)
                    await OldVersions.ClearAsync(data, baseId, table, CancellationToken.None);
                return result;
            }
            catch (PostgresException refused) when (transaction.RefusalOf(refused) is { } reason)
            {
                return reason;
            }
            catch (PostgresException twice) when (UniqueViolation.ErrorOf(twice, planned) is { } notUnique)
            {
                return notUnique;
            }
            catch (PostgresException moved) when (moved.SqlState is BaseTransaction.SchemaMoved)
            {
                // Whoever holds a connection while they wait for another keeps everybody out once all are held like that.
                await transaction.DisposeAsync();
                if (clock.GetElapsedTime(started) > Patience)
                    return SchemaErrors.BaseBusy;
                schema = await schemas.FindAsync(baseId, cancellation);
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await transaction.DisposeAsync();
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

    async Task<BaseTransaction> BeginAsync(BaseSchema schema, Origin origin, WriteScope scope, CancellationToken cancellation)
    {
        var connection = await data.OpenConnectionAsync(cancellation);
        try
        {
            // Begins with the first statement, in the same round trip.
            var transaction = new BaseTransaction(connection, await connection.BeginTransactionAsync(cancellation), schema, origin, clock.GetUtcNow());
            transaction.Enter(scope);
            return transaction;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
