using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace PyBase.Storage.Accounts;

/// <summary>
/// Mark of an endpoint that looks the caller's token up itself, in the batch that reads what is asked for (<see cref="TableEntry"/>). Until then whose token
/// it is may be known from before; at all other endpoints the catalog is asked first.
/// </summary>
public sealed class ChecksToken
{
    /// <summary>The mark.</summary>
    public static readonly ChecksToken Mark = new();

    /// <summary>The token that is yet to be looked up.</summary>
    public static byte[]? Pending(HttpContext context) => context.Features.Get<PendingToken>()?.Hash;
}

/// <summary>A request's token that nobody has looked up yet.</summary>
sealed record PendingToken(byte[] Hash);

/// <summary>Whose tokens came by in the last minute; never enough to let somebody in.</summary>
sealed class KnownTokens(TimeProvider clock)
{
    const int Bound = 10_000;
    static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, (CurrentUser User, long Seen)> known = new();

    public CurrentUser? Find(byte[] hash) => known.TryGetValue(Convert.ToBase64String(hash), out var found) && clock.GetElapsedTime(found.Seen) < Age ? found.User : null;

    public void Add(byte[] hash, CurrentUser user)
    {
        if (known.Count >= Bound)
            known.Clear();
        known[Convert.ToBase64String(hash)] = (user, clock.GetTimestamp());
    }
}
