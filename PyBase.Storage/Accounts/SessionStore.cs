using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>A session as its user sees it.</summary>
/// <param name="Id"><c>ses…</c></param>
/// <param name="Method"><c>password</c>, or the provider that vouched.</param>
/// <param name="Device">As <see cref="DeviceName"/> puts it.</param>
/// <param name="Address">Where it was last seen.</param>
/// <param name="CreatedTime">When it began.</param>
/// <param name="LastSeenTime">To the minute.</param>
public sealed record OpenSession(string Id, string Method, string Device, string Address, DateTimeOffset CreatedTime, DateTimeOffset LastSeenTime);

/// <summary>Begins, lists and ends sessions.</summary>
public sealed class SessionStore(NpgsqlDataSource database, Sessions sessions, TimeProvider clock)
{
    /// <summary>More than anybody has computers; the quietest go first.</summary>
    const int MaxPerUser = 100;

    /// <summary>The way in that is no provider's.</summary>
    public const string Password = "password";

    /// <summary>A new session, and the cookie that names it; an error when the account is not in use any more.</summary>
    public async Task<Error?> BeginAsync(HttpContext http, string userId, string securityStamp, string method)
    {
        var (id, now) = (Id.New("ses"), clock.GetUtcNow());
        await using var batch = database.CreateBatch();
        batch.Add("delete from catalog.sessions where user_id = $1 and last_seen_time <= $2", userId, now - Sessions.Lifetime);
        batch.Add("""
            delete from catalog.sessions where id in
                (select id from catalog.sessions where user_id = $1 order by last_seen_time desc, id offset $2)
            """, userId, MaxPerUser - 1);
        batch.Add("""
            insert into catalog.sessions (id, user_id, security_stamp, method, device, address, created_time, last_seen_time)
            select $1, u.id, u.security_stamp, $4, $5, $6, $7, $7 from catalog.users u where u.id = $2 and u.security_stamp = $3 and u.deactivated_time is null
            returning id
            """, id, userId, securityStamp, method, DeviceName.Of(http.Request.Headers.UserAgent), Sessions.AddressOf(http), now);
        if (await batch.ExecuteScalarAsync(http.RequestAborted) is null)
            return AccountErrors.AccountDeactivated;
        await http.SignInAsync(Sessions.Cookie, Sessions.For(userId, securityStamp, id), new() { IsPersistent = true });
        return null;
    }

    /// <summary>Those that go on, the one seen last first.</summary>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(string userId, CancellationToken cancellation)
    {
        await using var command = database.Command("""
            select s.id, s.method, s.device, s.address, s.created_time, s.last_seen_time
            from catalog.sessions s join catalog.users u on u.id = s.user_id and u.security_stamp = s.security_stamp
            where s.user_id = $1 and s.last_seen_time > $2 order by s.last_seen_time desc, s.id
            """, userId, clock.GetUtcNow() - Sessions.Lifetime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var open = new List<OpenSession>();
        while (await row.ReadAsync(cancellation))
            open.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)));
        return open;
    }

    /// <summary>Ends one of the user's own.</summary>
    public async Task<Error?> EndAsync(string userId, string sessionId, CancellationToken cancellation) =>
        await EndAsync("user_id = $1 and id = $2", cancellation, userId, sessionId) == 1 ? null : AccountErrors.SessionNotFound;

    /// <summary>Ends all of the user's but one; null keeps none.</summary>
    public Task<int> EndOthersAsync(string userId, string? keep, CancellationToken cancellation) =>
        EndAsync("user_id = $1 and id <> $2", cancellation, userId, keep ?? "");

    async Task<int> EndAsync(string which, CancellationToken cancellation, params object[] values)
    {
        await using var command = database.Command($"delete from catalog.sessions where {which} returning id", values);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var ended = 0;
        for (; await row.ReadAsync(cancellation); ended++)
            sessions.Forget(row.GetString(0));
        return ended;
    }
}
