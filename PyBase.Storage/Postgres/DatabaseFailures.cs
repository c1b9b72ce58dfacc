using System.Net.Sockets;
using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Records;
using PyBase.Core.Schema;

namespace PyBase.Storage.Postgres;

/// <summary>The one table of what PostgreSQL says and who is meant: most of its errors are bugs of ours, these are not.</summary>
public static class DatabaseFailures
{
    /// <summary>The refusal or "try again" that the exception stands for; null when it is a bug.</summary>
    public static Error? ErrorOf(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ProgramLimitExceeded or PostgresErrorCodes.TooManyColumns } => RecordErrors.TooWide,
        PostgresException known => IsPassing(known.SqlState) ? SchemaErrors.BaseBusy : null,
        // No connection was to be had, so nothing was begun.
        NpgsqlException { InnerException: SocketException or TimeoutException } => SchemaErrors.BaseBusy,
        _ => null,
    };

    /// <summary>The transaction was rolled back, and the same again may well succeed.</summary>
    static bool IsPassing(string state) =>
        state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        || state.StartsWith("53", StringComparison.Ordinal); // connections, memory or disk used up
}
