using System.Collections.Concurrent;

namespace PyBase.Api.Hubs;

/// <summary>Which realtime nodes answer. Service discovery may go on naming one that is gone, and its users would have nowhere to go.</summary>
sealed class HubNodes(TimeProvider clock, ILogger<HubNodes> logger) : IDisposable
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    sealed record Look(long At, Task<bool> Answers);

    readonly ConcurrentDictionary<string, Look> looks = new();
    readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) });

    /// <summary>The first of these that answers; null when none does.</summary>
    public async Task<string?> FirstAsync(IEnumerable<string> nodes)
    {
        foreach (var node in nodes)
            if (await AnswersAsync(node))
                return node;
        return null;
    }

    Task<bool> AnswersAsync(string node)
    {
        var now = clock.GetTimestamp();
        if (looks.TryGetValue(node, out var known) && (!known.Answers.IsCompleted || clock.GetElapsedTime(known.At, now) < Remembered))
            return known.Answers;
        // Addresses come and go where a platform gives each replica a new one.
        if (looks.Count > 1_000)
            looks.Clear();
        return (looks[node] = new Look(now, AskAsync(node))).Answers;
    }

    async Task<bool> AskAsync(string node)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            using var alive = await client.GetAsync(new Uri(new Uri(node), "/alive"), HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return alive.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            logger.LogWarning("The realtime node {Node} does not answer: {Why}", node, silent.Message);
            return false;
        }
    }

    public void Dispose() => client.Dispose();
}
