using System.Net.Http.Json;
using PyBase.Core.Jobs;
using PyBase.Storage.Accounts;
using PyBase.Storage.Shards;

namespace PyBase.Api.Shards;

/// <summary>What somebody has in all shards: asked of each as they, by the same request, and put together by whoever got it.</summary>
sealed class OtherShards(ShardSettings settings, ILogger<OtherShards> logger) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    static readonly string[] Credentials = ["Authorization", "Cookie", Sessions.ClientHeader];

    readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };

    /// <summary>The answers of those that answer; one that is away is missing until it is back.</summary>
    /// <param name="context">The request, which is sent on.</param>
    /// <param name="body">Its body as JSON; null for none.</param>
    public async Task<IReadOnlyList<T>> AskAsync<T>(HttpContext context, object? body = null)
    {
        if (!settings.AreSeveral || context.Request.Headers.ContainsKey(ShardRouter.Mark))
            return [];
        var answers = await Task.WhenAll(settings.Others.Select(shard => AskAsync<T>(context, shard, body)));
        return [.. answers.OfType<T>()];
    }

    async Task<T?> AskAsync<T>(HttpContext context, Shard shard, object? body)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(shard.Url!, $"{context.Request.Path}{context.Request.QueryString}"));
        request.Headers.TryAddWithoutValidation(ShardRouter.Mark, shard.Name);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", Sessions.AddressOf(context));
        foreach (var header in Credentials)
            if (context.Request.Headers.TryGetValue(header, out var value))
                request.Headers.TryAddWithoutValidation(header, (IEnumerable<string?>)value);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: JobJson.Options);
        try
        {
            using var answer = await client.SendAsync(request, context.RequestAborted);
            if (answer.IsSuccessStatusCode)
                return await answer.Content.ReadFromJsonAsync<T>(JobJson.Options, context.RequestAborted);
            logger.LogWarning("Shard {Shard} answers {Status} to {Method} {Path}", shard.Name, (int)answer.StatusCode, context.Request.Method, context.Request.Path.Value);
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            logger.LogWarning("Shard {Shard} does not answer: {Reason}", shard.Name, away.Message);
        }
        return default;
    }

    public void Dispose() => client.Dispose();
}
