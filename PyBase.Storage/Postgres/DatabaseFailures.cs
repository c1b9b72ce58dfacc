using System.Net.Sockets;
using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Records;
using PyBase.Core.Scaling;
using PyBase.Core.Schema;

namespace PyBase.Storage.Postgres;

/// <summary>The one table of what PostgreSQL says and who is meant: most of its errors are bugs of ours, these are not.</summary>
public static class DatabaseFailures
{
    /// <summary>Raised by <c>pybase.must_not_move</c>.</summary>
    const string BaseMoves = "PB003";

    /// <summary>The refusal or "try again" that the exception stands for; null when it is a bug.</summary>
    public static Error? ErrorOf(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ProgramLimitExceeded or PostgresErrorCodes.TooManyColumns } => RecordErrors.TooWide,
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => ScalingErrors.ConnectionsExhausted,
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation } bouncer when IsFull(bouncer.MessageText) => ScalingErrors.ConnectionsExhausted,
        PostgresException { SqlState: BaseMoves } => SchemaErrors.BaseMoves,
        PostgresException known => IsPassing(known.SqlState) ? SchemaErrors.BaseBusy : null,
        NpgsqlException { InnerException: TimeoutException } pool when pool.Message.Contains("pool has been exhausted", StringComparison.Ordinal) => ScalingErrors.ConnectionsExhausted,
        // No connection was to be had, so nothing was begun.
        NpgsqlException { InnerException: SocketException or TimeoutException } => SchemaErrors.BaseBusy,
        NpgsqlException away when away.Message.Contains("suitable host", StringComparison.Ordinal) => SchemaErrors.BaseBusy,
        // As EF Core wraps it when it has tried often enough.
        { InnerException: NpgsqlException inner } => ErrorOf(inner),
        _ => null,
    };

    /// <summary>PgBouncer's words; it has no code of its own for them.</summary>
    static bool IsFull(string says) =>
        says.Contains("no more connections allowed", StringComparison.Ordinal) || says.Contains("query_wait_timeout", StringComparison.Ordinal);

    /// <summary>The transaction was rolled back, and the same again may well succeed.</summary>
    static bool IsPassing(string state) =>
        state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            // Of a server that was the primary a moment ago.
            or PostgresErrorCodes.ReadOnlySqlTransaction
        || state.StartsWith("53", StringComparison.Ordinal); // connections, memory or disk used up
}
