using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>What stands about a user's second factor.</summary>
public sealed record SecondFactorState(bool IsOn, int RecoveryCodesLeft);

/// <summary>
/// Codes of an authenticator app beside the password. To begin, to end and to get new recovery codes take the password; each code counts once, whoever
/// is quicker, as taking it is one statement.
/// </summary>
public sealed class SecondFactors(NpgsqlDataSource database, Passwords passwords, IDataProtectionProvider protection, TimeProvider clock)
{
    const string Issuer = "PyBase";
    const int RecoveryCodes = 10;

    readonly IDataProtector seal = protection.CreateProtector("PyBase.SecondFactor");

    /// <summary>Whether it is on.</summary>
    public async Task<SecondFactorState> StateAsync(string userId, CancellationToken cancellation)
    {
        await using var command = database.Command("""
            select exists (select from catalog.second_factors where user_id = $1 and confirmed_time is not null),
                   (select count(*)::int from catalog.recovery_codes where user_id = $1)
            """, userId);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new(row.GetBoolean(0), row.GetInt32(1));
    }

    /// <summary>A secret for the app, in place of one that was not confirmed: as people type it, and as a QR code holds it.</summary>
    public async Task<Result<(string Secret, string Uri)>> EnrolAsync(CurrentUser user, string password, CancellationToken cancellation)
    {
        if (!await IsPasswordAsync(user.Id, password, cancellation))
            return AccountErrors.PasswordWrong;
        var secret = RandomNumberGenerator.GetBytes(OneTimePassword.SecretLength);
        await using var command = database.Command("""
            insert into catalog.second_factors as f (user_id, sealed_secret) values ($1, $2)
            on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, last_step = 0 where f.confirmed_time is null
            """, user.Id, seal.Protect(Convert.ToBase64String(secret)));
        return await command.ExecuteNonQueryAsync(cancellation) == 1
            ? (OneTimePassword.Spell(secret), OneTimePassword.Uri(Issuer, user.Email, secret)) : AccountErrors.SecondFactorIsOn;
    }

    /// <summary>Turns it on with a first code; answers the recovery codes, which are nowhere else.</summary>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAsync(string userId, string code, CancellationToken cancellation)
    {
        if (!await TakeAsync(userId, Plain(code), isConfirmed: false, cancellation))
            return AccountErrors.CodeWrong;
        return Result(await RenewAsync(userId, "update catalog.second_factors set confirmed_time = $2 where user_id = $1 and confirmed_time is null", cancellation));
    }

    /// <summary>New recovery codes; those of before are worth nothing any more.</summary>
    public async Task<Result<IReadOnlyList<string>>> RenewAsync(CurrentUser user, string password, CancellationToken cancellation) =>
        !await IsPasswordAsync(user.Id, password, cancellation) ? AccountErrors.PasswordWrong
            : Result(await RenewAsync(user.Id, "select $2::timestamptz from catalog.second_factors where user_id = $1 and confirmed_time is not null", cancellation));

    /// <summary>Turns it off.</summary>
    public async Task<Error?> DisableAsync(CurrentUser user, string password, CancellationToken cancellation)
    {
        if (!await IsPasswordAsync(user.Id, password, cancellation))
            return AccountErrors.PasswordWrong;
        await using var command = database.Command("delete from catalog.second_factors where user_id = $1", user.Id);
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? null : AccountErrors.SecondFactorIsOff;
    }

    /// <summary>Whether a code, or a recovery code, is right; it is used up with that.</summary>
    public async Task<bool> CheckAsync(string userId, string code, CancellationToken cancellation)
    {
        var plain = Plain(code);
        if (plain.Length == OneTimePassword.Digits)
            return await TakeAsync(userId, plain, isConfirmed: true, cancellation);
        await using var command = database.Command("delete from catalog.recovery_codes where user_id = $1 and hash = $2", userId, Hash(userId, plain));
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    async Task<bool> TakeAsync(string userId, string code, bool isConfirmed, CancellationToken cancellation)
    {
        await using var ask = database.Command("select sealed_secret from catalog.second_factors where user_id = $1 and (confirmed_time is not null) = $2", userId, isConfirmed);
        if (await ask.ExecuteScalarAsync(cancellation) is not string sealedSecret || Open(sealedSecret) is not { } secret
            || OneTimePassword.Match(secret, code, clock.GetUtcNow()) is not { } step)
            return false;
        await using var take = database.Command("update catalog.second_factors set last_step = $2 where user_id = $1 and last_step < $2 and sealed_secret = $3", userId, step, sealedSecret);
        return await take.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>The codes, in one batch with <paramref name="act"/>; null when that finds nothing to do.</summary>
    async Task<List<string>?> RenewAsync(string userId, string act, CancellationToken cancellation)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16)).ToList();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var first = new NpgsqlCommand(act, connection, transaction) { Parameters = { new() { Value = userId }, new() { Value = clock.GetUtcNow() } } };
        await using (var row = await first.ExecuteReaderAsync(cancellation))
            if (!row.HasRows && row.RecordsAffected < 1)
                return null;
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add("delete from catalog.recovery_codes where user_id = $1", userId);
        batch.Add("insert into catalog.recovery_codes (user_id, hash) select $1, unnest($2)", userId, codes.Select(code => Hash(userId, code)).ToArray());
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }

    async Task<bool> IsPasswordAsync(string userId, string password, CancellationToken cancellation)
    {
        await using var command = database.Command("select nullif(password_hash, '') from catalog.users where id = $1", userId);
        var hash = await command.ExecuteScalarAsync(cancellation) as string;
        return password.Length <= AccountRules.MaxPassword && await passwords.VerifyAsync(hash, password, cancellation) is not PasswordVerificationResult.Failed;
    }

    /// <summary>Null when the keys are not those that sealed it, as after a restore without them; recovery codes go on working.</summary>
    byte[]? Open(string sealedSecret)
    {
        try
        {
            return Convert.FromBase64String(seal.Unprotect(sealedSecret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static Result<IReadOnlyList<string>> Result(List<string>? codes) => codes is null ? AccountErrors.SecondFactorIsOff : codes;

    static string Plain(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>Eighty random bits need no slow hash.</summary>
    static byte[] Hash(string userId, string code) => Secrets.Hash($"{userId}:{code}");
}
