using Npgsql;
using PyBase.Core.Accounts;

namespace PyBase.Storage.Accounts;

/// <summary>Who asks to read.</summary>
/// <param name="UserId"><c>usr…</c></param>
/// <param name="TokenHash">The token they came with, when it is yet to be looked up (<see cref="ChecksToken"/>).</param>
/// <param name="LinkHash">The link they came by, who are nobody; it is looked up anew.</param>
public sealed record Asker(string UserId, byte[]? TokenHash, byte[]? LinkHash = null);

/// <summary>
/// What decides whether somebody reads a table, and which one: asked in the batch that reads the rows, by <c>pybase.entry</c>, so that nothing of it is kept
/// and none of it costs a round trip.
/// </summary>
/// <param name="IsSignedIn">False when the token is gone or has expired.</param>
/// <param name="Role">What the asker is in the base; null when they may not know it.</param>
/// <param name="Epoch">Of the base; null when this database does not hold it.</param>
/// <param name="SchemaVersion">Of the base.</param>
/// <param name="Version">Of the table.</param>
/// <param name="Stale">Computed fields of the table some of whose cells are still to be made true.</param>
public sealed record TableEntry(bool IsSignedIn, Role? Role, string? Epoch, long SchemaVersion, long Version, IReadOnlyList<string> Stale)
{
    internal static NpgsqlBatchCommand Ask(Asker asker, string baseId, string tableId) => asker.LinkHash is { } link
        ? new("select * from pybase.share_entry($1, $2, $3)") { Parameters = { new() { Value = link }, new() { Value = baseId }, new() { Value = tableId } } }
        : new("select * from pybase.entry($1, $2, $3, $4)")
    {
        Parameters =
        {
            new() { Value = (object?)asker.TokenHash ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
            new() { Value = asker.UserId }, new() { Value = baseId }, new() { Value = tableId },
        },
    };

    internal static async Task<TableEntry> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        await row.ReadAsync(cancellation);
        return new TableEntry(row.GetBoolean(0), row.IsDBNull(1) ? null : Roles.Parse(row.GetString(1)), row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(3) ? 0 : row.GetInt64(3), row.IsDBNull(4) ? 0 : row.GetInt64(4), row.IsDBNull(5) ? [] : row.GetFieldValue<string[]>(5));
    }
}
