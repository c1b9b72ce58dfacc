using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Storage.Postgres;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Accounts;

/// <summary>
/// What a session cookie is worth. It holds the ids of the user and the session, and the security stamp; who that is comes from the catalog, at most ten
/// seconds old: a session that was ended, a new stamp (another password) or a deleted account ends it by then in every process.
/// </summary>
public sealed class Sessions(NpgsqlDataSource database, ShardSettings shards, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>The cookie, and the authentication scheme that reads it.</summary>
    public const string Cookie = "pybase";

    /// <summary>The header that a write with the cookie needs: a form or link on another site cannot set it.</summary>
    public const string ClientHeader = "PyBase-Client";

    /// <summary>How long a session lasts after it was last seen.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    const string Stamp = "stamp";
    const string Session = "session";
    const int Bound = 10_000;
    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, Known> known = new();

    readonly bool secondFactorIsRequired = string.Equals(configuration["Accounts:SecondFactor"], "required", StringComparison.OrdinalIgnoreCase);

    /// <summary>The content of a session cookie.</summary>
    public static ClaimsPrincipal For(string userId, string securityStamp, string sessionId) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, userId), new(Stamp, securityStamp), new(Session, sessionId)], Cookie));

    /// <summary>Where a request came from, in the form that is kept.</summary>
    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    /// <summary>The session is asked for again at its next request.</summary>
    public void Forget(string sessionId) => known.TryRemove(sessionId, out _);

    internal static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (IsUnsafe(http.Request.Method) && !http.Request.Headers.ContainsKey(ClientHeader))
        {
            // Nobody is signed in as far as this request goes; the cookie itself stays good.
            Refusal.Because(http, AccountErrors.ClientHeaderMissing);
            context.RejectPrincipal();
            return;
        }
        var sessions = (Sessions)http.RequestServices.GetService(typeof(Sessions))!;
        if (context.Principal is { } cookie && cookie.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && cookie.FindFirstValue(Stamp) is { } stamp
            && cookie.FindFirstValue(Session) is { } session && await sessions.FindAsync(session, id, stamp, http) is { } found)
        {
            if (found.OwesFactor && !http.Request.Path.StartsWithSegments("/api/auth"))
            {
                Refusal.Because(http, AccountErrors.SecondFactorRequired);
                context.RejectPrincipal();
                return;
            }
            // For this request only: the sliding renewal writes what the cookie held.
            context.ReplacePrincipal(found.User.ToPrincipal(Cookie));
        }
        else
            context.RejectPrincipal();
    }

    async ValueTask<Known?> FindAsync(string session, string id, string stamp, HttpContext http)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(session, out var found) && found.Until > now && found.User.Id == id && found.Stamp == stamp)
            return found;
        known.TryRemove(session, out _);
        if (await shards.FindPersonAsync(() => AskAsync(session, id, stamp, now, http), http.RequestAborted) is not { } asked)
            return null;
        // What is thrown away here is asked again.
        if (known.Count >= Bound)
            known.Clear();
        return known[session] = asked;
    }

    /// <summary>One statement; it writes only when the session was last seen a minute ago.</summary>
    async Task<Known?> AskAsync(string session, string id, string stamp, DateTimeOffset now, HttpContext http)
    {
        await using var command = database.Command("""
            with found as (
                select s.id, s.last_seen_time, u.email, u.name, u.is_installation_owner,
                       s.method = 'password' and not exists (select from catalog.second_factors f where f.user_id = u.id and f.confirmed_time is not null) as owes
                from catalog.sessions s join catalog.users u on u.id = s.user_id and u.security_stamp = s.security_stamp
                where s.id = $1 and s.user_id = $2 and s.security_stamp = $3 and s.last_seen_time > $4 and u.deactivated_time is null
            ), seen as (
                update catalog.sessions s set last_seen_time = $5, address = $6 from found
                where s.id = found.id and found.last_seen_time <= $5 - interval '1 minute'
            )
            select email, name, is_installation_owner, owes from found
            """, session, id, stamp, now - Lifetime, now, AddressOf(http));
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        return await reader.ReadAsync(http.RequestAborted)
            ? new(new(id, reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), null, null, session), stamp, now + Trusted, secondFactorIsRequired && reader.GetBoolean(3))
            : null;
    }

    /// <summary>CONNECT is how a WebSocket begins over HTTP/2; a browser cannot add headers to it, and SameSite keeps other sites' cookies out.</summary>
    static bool IsUnsafe(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method) || HttpMethods.IsConnect(method));

    /// <param name="User">Who it is.</param>
    /// <param name="Stamp">What the cookie has to hold.</param>
    /// <param name="Until">When the catalog is asked again.</param>
    /// <param name="OwesFactor">The installation asks for a second factor, and there is none yet.</param>
    sealed record Known(CurrentUser User, string Stamp, DateTimeOffset Until, bool OwesFactor);
}
