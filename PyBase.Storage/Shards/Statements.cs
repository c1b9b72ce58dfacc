using Npgsql;

namespace PyBase.Storage.Shards;

/// <summary>Statements on one connection, as setting shards up and moving bases needs them.</summary>
static class Statements
{
    public static async Task DoAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // Copies and indexes of large tables take as long as they take.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellation) is { } value and not DBNull ? value : null;
    }

    public static async Task<List<string>> ListAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var all = new List<string>();
        while (await row.ReadAsync(cancellation))
            all.Add(row.GetString(0));
        return all;
    }
}
