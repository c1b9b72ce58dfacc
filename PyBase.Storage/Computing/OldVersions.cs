using Npgsql;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Computing;

/// <summary>
/// Rows are not overwritten: of a table computed anew there are two versions, and were there a hundred before autovacuum comes by (a minute), it stayed that large.
/// So whoever wrote all rows of a small table frees the room of the old ones for the next. A large one is left to autovacuum.
/// https://www.postgresql.org/docs/15/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY
/// </summary>
static class OldVersions
{
    /// <summary>Fewer rows are not worth a statement.</summary>
    public const int ManyRows = 500;

    const int SmallTable = 32 << 20;

    /// <summary>Waits for nobody: where somebody else cleans already or changes the table, nothing is done.</summary>
    public static async Task ClearAsync(NpgsqlDataSource data, string baseId, string tableId, CancellationToken cancellation)
    {
        var table = Sql.Table(baseId, tableId);
        try
        {
            await using var size = data.CreateCommand($"select pg_relation_size(to_regclass($1)) < {SmallTable}");
            size.Parameters.Add(new() { Value = table });
            if (await size.ExecuteScalarAsync(cancellation) is not true)
                return;
            await using var clear = data.CreateCommand($"vacuum (skip_locked, truncate false) {table}");
            await clear.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException)
        {
            // What was written is written. The table may be gone or the database away; if not, the next one clears it, or autovacuum.
        }
    }
}
