using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Webhooks;

namespace PyBase.Storage.Webhooks;

/// <summary>Webhooks of bases. One that nobody reads or refreshes for a week is gone.</summary>
public sealed class WebhookStore(NpgsqlDataSource data, IDataProtectionProvider protection, WebhookScan scan, TimeProvider clock)
{
    /// <summary>How long one lives without being used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    readonly IDataProtector seal = protection.CreateProtector("PyBase.WebhookSecret");

    /// <summary>A new one, which hears of every transaction after this moment.</summary>
    public async Task<Result<NewWebhook>> AddAsync(string baseId, string userId, string? url, JsonElement specification, CancellationToken cancellation)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var (id, now) = (Id.New("ach"), clock.GetUtcNow());
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Two at once count one after the other. Writers of the base need not wait for that, so it is not the base's row that is locked.
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended('webhooks of ' || $1, 0))", cancellation, baseId);
        await ExecuteAsync(connection, "delete from pybase.webhooks where base = $1 and expires <= $2", cancellation, baseId, now);
        var added = await ExecuteAsync(connection, """
            insert into pybase.webhooks (id, base, notification_url, specification, secret, created_by, created, expires, scanned)
            select $1, $2, $3, $4, $5, $6, $7, $8, number from pybase.transaction_numbers
            where base = $2 and (select count(*) from pybase.webhooks where base = $2) < $9
            """, cancellation, id, baseId, url, new NpgsqlParameter { Value = specification.GetRawText(), NpgsqlDbType = NpgsqlDbType.Jsonb }, seal.Protect(secret), userId, now, now + Life, WebhookErrors.MaxPerBase);
        await transaction.CommitAsync(cancellation);
        return added == 1 ? new NewWebhook(id, secret, now + Life) : WebhookErrors.TooMany;
    }

    /// <summary>Those of a base, oldest first, with their cursors brought up to date.</summary>
    public async Task<IReadOnlyList<Webhook>> ListAsync(string baseId, CancellationToken cancellation)
    {
        foreach (var hook in await ReadAsync(baseId, cancellation))
            await scan.AdvanceAsync(baseId, hook.Id, cancellation);
        return await ReadAsync(baseId, cancellation);
    }

    /// <summary>Takes it away with everything it had.</summary>
    public Task<bool> RemoveAsync(string baseId, string id, CancellationToken cancellation) =>
        ChangeAsync("delete from pybase.webhooks where base = $1 and id = $2 and expires > $3", cancellation, baseId, id, clock.GetUtcNow());

    /// <summary>Switches ringing on or off; on also gives one that failed for good another chance.</summary>
    public Task<bool> EnableAsync(string baseId, string id, bool enable, CancellationToken cancellation) => ChangeAsync("""
        update pybase.webhooks set are_notifications_enabled = $4, is_hook_enabled = is_hook_enabled or $4 where base = $1 and id = $2 and expires > $3
        """, cancellation, baseId, id, clock.GetUtcNow(), enable);

    /// <summary>Gives it another week; null when it is not there any more.</summary>
    public async Task<DateTimeOffset?> RefreshAsync(string baseId, string id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await ChangeAsync("update pybase.webhooks set expires = $4 where base = $1 and id = $2 and expires > $3", cancellation, baseId, id, now, now + Life) ? now + Life : null;
    }

    /// <summary>What notifications are signed with, for whoever delivers them.</summary>
    public async Task<byte[]?> SecretAsync(string id, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select secret from pybase.webhooks where id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellation) is string secret ? Convert.FromBase64String(seal.Unprotect(secret)) : null;
    }

    async Task<List<Webhook>> ReadAsync(string baseId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select id, notification_url, specification, expires, are_notifications_enabled, is_hook_enabled, next_cursor, last_notification, last_success
            from pybase.webhooks where base = $1 and expires > $2 order by created, id
            """);
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        var hooks = new List<Webhook>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            hooks.Add(new Webhook(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), JsonSerializer.Deserialize<JsonElement>(row.GetString(2)), row.GetFieldValue<DateTimeOffset>(3),
                row.GetBoolean(4), row.GetBoolean(5), row.GetInt64(6), row.IsDBNull(7) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(7)), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8)));
        return hooks;
    }

    async Task<bool> ChangeAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        return await ExecuteAsync(connection, sql, cancellation, values) == 1;
    }

    static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? (value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value }));
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
