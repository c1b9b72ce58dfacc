using System.Security.Cryptography;
using Npgsql;
using PyBase.Core.Ids;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>The one token with which a directory comes in; it opens nothing else.</summary>
public sealed class DirectoryTokens(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>A new one in place of the one before; the secret is nowhere else.</summary>
    public async Task<string> RenewAsync(string userId, CancellationToken cancellation)
    {
        var secret = Id.New("scm") + "." + RandomNumberGenerator.GetHexString(64, lowercase: true);
        await using var command = database.Command("""
            insert into catalog.directory_tokens (hash, created_time) select $1, $2 where pybase.acts($3)
            on conflict (only_one) do update set hash = excluded.hash, created_time = excluded.created_time
            """, Secrets.Hash(secret), clock.GetUtcNow(), userId);
        await command.ExecuteNonQueryAsync(cancellation);
        return secret;
    }

    /// <summary>Lets no directory in any more.</summary>
    public async Task EndAsync(string userId, CancellationToken cancellation)
    {
        await using var command = database.Command("delete from catalog.directory_tokens where pybase.acts($1)", userId);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Whether it is the one.</summary>
    public async Task<bool> IsGoodAsync(string secret, CancellationToken cancellation)
    {
        await using var command = database.Command("select exists (select from catalog.directory_tokens where hash = $1)", Secrets.Hash(secret));
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
