using Npgsql;

namespace PyBase.Storage.Schema;

/// <summary>
/// Definitions are read without a lock, so that nobody who reads holds up who changes them. A field or table may therefore be gone when the statement over it
/// runs: then the same is done once more with the definitions of now, which say what is wrong.
/// </summary>
public static class SchemaRaces
{
    const int Attempts = 3;

    /// <summary>Reads; <paramref name="read"/> looks the definitions up itself.</summary>
    public static Task<T> RetryAsync<T>(Func<Task<T>> read) => RetryAsync(_ => read());

    /// <summary>The same for who would begin with definitions from before: <paramref name="read"/> gets whether those failed it.</summary>
    public static async Task<T> RetryAsync<T>(Func<bool, Task<T>> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read(attempt > 1);
            }
            catch (PostgresException lost) when (attempt < Attempts && IsRace(lost.SqlState))
            {
            }
        }
    }

    /// <summary>Definitions may have changed under a statement that failed so.</summary>
    public static bool IsRace(string state) => state is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName
        or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch;
}
