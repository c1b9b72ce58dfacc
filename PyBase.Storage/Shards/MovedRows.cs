using Npgsql;

namespace PyBase.Storage.Shards;

/// <summary>What a base has in the tables that all bases share, but for its log: definitions, versions, files, jobs, comments, links, automations.</summary>
static class MovedRows
{
    /// <summary>Written only behind the base's door, by every writer: they need no lock of their own, and one would hold up all other bases.</summary>
    static readonly string[] BehindTheDoor = ["table_versions", "transaction_numbers"];

    /// <summary>A table, and which of its rows are the base's.</summary>
    public sealed record Part(string Table, string Columns, string Condition, string Order);

    public static async Task<List<Part>> OfAsync(NpgsqlConnection connection, string baseId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select name, columns, condition, coalesce(ordering, '') from pybase.rows_of($1)", connection) { Parameters = { new() { Value = baseId } } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var parts = new List<Part>();
        while (await row.ReadAsync(cancellation))
            parts.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)));
        return parts;
    }

    /// <summary>Nobody writes to these tables until the transaction ends: moments, since the rows of one base are few.</summary>
    public static Task LockAsync(NpgsqlConnection connection, IEnumerable<Part> parts, CancellationToken cancellation) => connection.DoAsync(
        $"lock table {string.Join(", ", parts.Where(part => !BehindTheDoor.Contains(part.Table)).Select(part => $"pybase.{part.Table}"))} in share row exclusive mode", cancellation);

    /// <summary>As they are, binary, without a stop in this process.</summary>
    public static async Task CopyAsync(NpgsqlConnection from, NpgsqlConnection to, Part part, CancellationToken cancellation)
    {
        await using var read = await from.BeginRawBinaryCopyAsync($"copy (select {part.Columns} from pybase.{part.Table} where {part.Condition} {part.Order}) to stdout (format binary)", cancellation);
        await using var write = await to.BeginRawBinaryCopyAsync($"copy pybase.{part.Table} ({part.Columns}) from stdin (format binary)", cancellation);
        await read.CopyToAsync(write, 128 * 1024, cancellation);
    }

    public static async Task DeleteAsync(NpgsqlConnection connection, IEnumerable<Part> parts, CancellationToken cancellation)
    {
        // Those that hang on others first: their conditions ask the others.
        foreach (var part in parts)
            await connection.DoAsync($"delete from pybase.{part.Table} where {part.Condition}", cancellation);
    }
}
