using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PyBase.Tests.Support;

/// <summary>What another system was sent.</summary>
public sealed record SunkRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>Another system on this machine, which keeps what it is sent. What a path answers, how often, and whether it waits can be set.</summary>
public sealed class HttpSink : IAsyncDisposable
{
    readonly WebApplication server;
    readonly ConcurrentDictionary<string, Channel<SunkRequest>> received = new();
    readonly ConcurrentDictionary<string, Func<SunkRequest, Task<(int Status, string Body)>>> answers = new();

    HttpSink(WebApplication server) => this.server = server;

    public Uri Address { get; private set; } = null!;

    public static async Task<HttpSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new HttpSink(app);
        app.Map("/{**path}", (Delegate)sink.TakeAsync);
        await app.StartAsync();
        sink.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return sink;
    }

    /// <summary>An address that nobody else uses.</summary>
    public (string Url, string Path) NewPath(Func<SunkRequest, Task<(int Status, string Body)>>? answer = null)
    {
        var path = $"/{Guid.NewGuid():n}";
        if (answer is not null)
            answers[path] = answer;
        return (new Uri(Address, path).OriginalString is var url ? $"{Address.OriginalString.TrimEnd('/')}{path}" : url, path);
    }

    /// <summary>The next request that came to the path, be it there already or yet to come.</summary>
    public async Task<SunkRequest> NextAsync(string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        return await Of(path).Reader.ReadAsync(patience.Token);
    }

    /// <summary>What came and was not asked for.</summary>
    public IReadOnlyList<SunkRequest> Rest(string path)
    {
        var rest = new List<SunkRequest>();
        while (Of(path).Reader.TryRead(out var request))
            rest.Add(request);
        return rest;
    }

    Channel<SunkRequest> Of(string path) => received.GetOrAdd(path, _ => Channel.CreateUnbounded<SunkRequest>());

    async Task<IResult> TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var path = context.Request.Path.Value!;
        var request = new SunkRequest(context.Request.Method, path, context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        await Of(path).Writer.WriteAsync(request);
        var (status, body) = answers.TryGetValue(path, out var answer) ? await answer(request) : (200, """{"ok":true}""");
        return Results.Content(body, "application/json", null, status);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
