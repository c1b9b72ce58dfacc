using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Npgsql;
using PyBase.Core.Accounts;

namespace PyBase.Storage.Accounts;

/// <summary>
/// What a session cookie is worth. It holds the user's id and security stamp; who that is comes from the catalog, at most a minute old:
/// a new stamp (another password) or a deleted account ends the session within that minute, in every process.
/// </summary>
public sealed class Sessions(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The cookie, and the authentication scheme that reads it.</summary>
    public const string Cookie = "pybase";

    /// <summary>The header that a write with the cookie needs: a form or link on another site cannot set it.</summary>
    public const string ClientHeader = "PyBase-Client";

    const string Stamp = "stamp";
    const int Bound = 10_000;
    static readonly TimeSpan Trusted = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<(string Id, string Stamp), (CurrentUser User, DateTimeOffset Until)> known = new();

    /// <summary>The content of a session cookie.</summary>
    public static ClaimsPrincipal For(string userId, string securityStamp) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, userId), new(Stamp, securityStamp)], Cookie));

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
        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && context.Principal.FindFirstValue(Stamp) is { } stamp
            && await sessions.FindAsync(id, stamp, http.RequestAborted) is { } user)
            // For this request only: the sliding renewal writes what the cookie held, id and stamp.
            context.ReplacePrincipal(user.ToPrincipal(Cookie));
        else
            context.RejectPrincipal();
    }

    async ValueTask<CurrentUser?> FindAsync(string id, string stamp, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue((id, stamp), out var found) && found.Until > now)
            return found.User;
        known.TryRemove((id, stamp), out _);
        if (await AskAsync(id, stamp, cancellation) is not { } user)
            return null;
        // What is thrown away here is asked again.
        if (known.Count >= Bound)
            known.Clear();
        known[(id, stamp)] = (user, now + Trusted);
        return user;
    }

    async Task<CurrentUser?> AskAsync(string id, string stamp, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select email, name, is_installation_owner from catalog.users where id = $1 and security_stamp = $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = stamp });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(id, reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), null)
            : null;
    }

    /// <summary>CONNECT is how a WebSocket begins over HTTP/2; a browser cannot add headers to it, and SameSite keeps other sites' cookies out.</summary>
    static bool IsUnsafe(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method) || HttpMethods.IsConnect(method));
}
