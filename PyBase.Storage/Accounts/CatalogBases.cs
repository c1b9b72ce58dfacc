using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Accounts;

/// <summary>
/// The catalog's row of a base, written in the caller's transaction, so that the base's schema and its row come and go together.
/// The permission is part of each statement: false means that nothing was done, as the user may not or there is no such thing.
/// </summary>
public sealed class CatalogBases(ShardSettings shards, TimeProvider clock)
{
    static readonly string[] MayEdit = Permission.EditSchema.Names();

    /// <summary>Enters a base in the workspace; false when the user may not make bases there.</summary>
    public Task<bool> AddAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string userId, string workspaceId,
        string baseId, string name, CancellationToken cancellation) =>
        ExecuteAsync(connection, transaction, """
            insert into catalog.bases (id, workspace_id, name, shard, created_time)
            select $1, m.workspace_id, $2, $3, $4 from catalog.members m
            where m.workspace_id = $5 and m.user_id = $6 and m.role = any($7)
            """, cancellation, baseId, name, shards.Here, clock.GetUtcNow(), workspaceId, userId, MayEdit);

    /// <summary>Gives the base another name; false when the user may not.</summary>
    public static Task<bool> RenameAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string userId, string baseId,
        string name, CancellationToken cancellation) =>
        ExecuteAsync(connection, transaction, """
            update catalog.bases b set name = $1 from catalog.members m
            where b.id = $2 and m.workspace_id = b.workspace_id and m.user_id = $3 and m.role = any($4)
            """, cancellation, name, baseId, userId, MayEdit);

    /// <summary>Strikes the base out; false when the user may not. Its schema is the caller's to drop.</summary>
    public static Task<bool> DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string userId, string baseId,
        CancellationToken cancellation) =>
        ExecuteAsync(connection, transaction, """
            delete from catalog.bases b using catalog.members m
            where b.id = $1 and m.workspace_id = b.workspace_id and m.user_id = $2 and m.role = any($3)
            """, cancellation, baseId, userId, MayEdit);

    static async Task<bool> ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql,
        CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
