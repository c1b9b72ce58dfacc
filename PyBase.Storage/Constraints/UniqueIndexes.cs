using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Connections;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Constraints;

/// <summary>
/// Builds indexes of unique values outside any transaction (CREATE INDEX CONCURRENTLY), so that nobody who writes waits, however large the table is. One at a
/// time per database; what a failed or killed build leaves is dropped by the next.
/// </summary>
public sealed class UniqueIndexes(NpgsqlDataSource data, [FromKeyedServices(ConnectionExtensions.Direct)] NpgsqlDataSource direct, TimeProvider clock)
{
    internal const int PatienceSeconds = 600;
    const long LockKey = 0x5079_496e_6465; // "PyInde"
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(30);

    /// <summary>The refusal when records are equal already, or when there was no quiet moment; null when the index is there.</summary>
    internal async Task<Error?> BuildAsync(string baseId, Table table, UniqueIndex index, CancellationToken cancellation)
    {
        if (await ExistingCells.RepeatedAsync(data, baseId, table, index, cancellation) is { } repeated)
            return repeated;
        await using var connection = await direct.OpenConnectionAsync(cancellation);
        if (!await LockAsync(connection, cancellation))
            return SchemaErrors.BaseBusy;
        try
        {
            // What waits for its lock stops those behind it: five seconds at most.
            await ExecuteAsync(connection, "set lock_timeout = '5s'", cancellation);
            await ExecuteAsync(connection, $"drop index concurrently if exists {Sql.Table(baseId, index.Name)}", cancellation);
            await ExecuteAsync(connection, index.Build(baseId, table.Id), cancellation);
            return null;
        }
        catch (Exception failed)
        {
            await ExecuteAsync(connection, $"drop index concurrently if exists {Sql.Table(baseId, index.Name)}", CancellationToken.None);
            switch ((failed as PostgresException)?.SqlState)
            {
                case PostgresErrorCodes.UniqueViolation: // written since the count
                    return await ExistingCells.RepeatedAsync(data, baseId, table, index, cancellation) ?? SchemaErrors.BaseBusy;
                case PostgresErrorCodes.ProgramLimitExceeded:
                    return Core.Constraints.ConstraintErrors.TooLongToBeUnique(string.Join(", ", index.Fields.Select(f => $"\"{f.Name}\"")));
                case PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected:
                    return SchemaErrors.BaseBusy;
                default:
                    throw;
            }
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>Takes back a built index that came to nothing.</summary>
    internal async Task DropAsync(string baseId, UniqueIndex index)
    {
        await using var connection = await direct.OpenConnectionAsync(CancellationToken.None);
        await ExecuteAsync(connection, $"drop index concurrently if exists {Sql.Table(baseId, index.Name)}", CancellationToken.None);
    }

    /// <summary>Asks again and again instead of waiting inside the database: a session that waits there is one that the build of another waits for.</summary>
    async Task<bool> LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        for (var started = clock.GetTimestamp(); clock.GetElapsedTime(started) < Turn; await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellation))
        {
            await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({LockKey})", connection);
            if (await command.ExecuteScalarAsync(cancellation) is true)
                return true;
        }
        return false;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = PatienceSeconds };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
