using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using PyBase.Api.Accounts;

namespace PyBase.Api.Shares;

/// <summary>
/// What one address may ask of links, in one process: a page a person looks at stays far below. Guessing has a limit of its own (<see cref="Attempts"/>), apart from
/// that of signing in, so that neither locks out the other.
/// </summary>
sealed class ShareLimits(TimeProvider clock) : IDisposable
{
    readonly PartitionedRateLimiter<IPAddress?> requests = Limiter(200, TimeSpan.FromMilliseconds(50)), forms = Limiter(20, TimeSpan.FromSeconds(3));

    /// <summary>Links and passwords that were wrong.</summary>
    public Attempts Guesses { get; } = new(clock);

    /// <summary>Null when the address may go on, else how long it is to wait.</summary>
    public TimeSpan? Begin(IPAddress? from, bool sendsForm)
    {
        using var lease = (sendsForm ? forms : requests).AttemptAcquire(from);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(3);
    }

    /// <summary>Says when to come again.</summary>
    public static void Say(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    static PartitionedRateLimiter<IPAddress?> Limiter(int burst, TimeSpan each) => PartitionedRateLimiter.Create<IPAddress?, string>(from => RateLimitPartition.GetTokenBucketLimiter(
        Attempts.Place(from), _ => new() { TokenLimit = burst, TokensPerPeriod = 1, ReplenishmentPeriod = each }));

    public void Dispose()
    {
        requests.Dispose();
        forms.Dispose();
    }
}
