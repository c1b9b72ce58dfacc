using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PyBase.ServiceDefaults;

namespace PyBase.Tests.ServiceDefaults;

/// <summary>A process ends in two halves, and lets no request take for ever.</summary>
public sealed class DrainTests : IAsyncDisposable
{
    readonly TaskCompletionSource release = new();
    HttpClient client = new();
    WebApplication? app;
    int connections;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task While_it_drains_it_is_not_ready_and_serves_each_request_with_the_last_word_on_its_connection(int version)
    {
        await StartAsync(version, ("Server:DrainFor", "01:00:00"));
        for (var n = 0; n < 3; n++)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health"));
        Assert.Equal(1, connections);

        app!.Services.GetRequiredService<Drain>().Begin("a test");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("/health"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/alive"));
        using var answer = await client.GetAsync("/parts", Token);
        Assert.Equal((HttpStatusCode.OK, version == 1 ? true : null), (answer.StatusCode, answer.Headers.ConnectionClose));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/parts"));
        Assert.True(connections > 2, $"{connections} connections.");
        Assert.False(app.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task After_its_time_it_ends_and_a_request_under_way_is_answered_first()
    {
        await StartAsync(1, ("Server:DrainFor", "00:00:00.1"));
        var slow = client.GetAsync("/slow", Token);
        app!.Services.GetRequiredService<Drain>().Begin("a test");
        var ended = app.WaitForShutdownAsync(Token);
        await WhenAsync(app.Lifetime.ApplicationStopping);
        Assert.False(ended.IsCompleted);
        release.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await slow).StatusCode);
        await ended;
    }

    [Fact]
    public async Task It_recycles_after_so_many_requests_probes_not_counted()
    {
        await StartAsync(1, ("Server:RecycleAfter", "3"), ("Server:RecycleJitter", "0"), ("Server:DrainFor", "01:00:00"));
        var drain = app!.Services.GetRequiredService<Drain>();
        foreach (var path in (string[])["/health", "/parts", "/alive", "/parts", "/health", "/metrics"])
            await StatusAsync(path);
        Assert.False(drain.HasBegun);
        await StatusAsync("/parts");
        await WhenAsync(drain.Begun);
    }

    [Fact]
    public async Task An_answer_that_does_not_begin_is_given_up_and_one_that_has_begun_is_not()
    {
        await StartAsync(1, ("Server:RequestTimeout", "00:00:00.2"));
        using var late = await client.GetAsync("/slow", Token);
        Assert.Equal(HttpStatusCode.GatewayTimeout, late.StatusCode);
        Assert.Contains("\"code\":\"gateway-timeout\"", await late.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        // The whole answer takes longer than allowed for its beginning.
        Assert.Equal("begun, done", await client.GetStringAsync("/stream", Token));
    }

    [Theory]
    [InlineData("Server:DrainFor", "-00:00:01")]
    [InlineData("Server:RecycleAfter", "-1")]
    [InlineData("Server:RecycleJitter", "5")]
    [InlineData("Server:RequestTimeout", "00:00:00")]
    public async Task A_setting_that_cannot_be_stops_the_start(string name, string value)
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(1, (name, value)));
        Assert.Contains(name, wrong.Message, StringComparison.Ordinal);
    }

    static async Task WhenAsync(CancellationToken happened)
    {
        var it = new TaskCompletionSource();
        await using var registration = happened.Register(() => it.SetResult());
        await it.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return answer.StatusCode;
    }

    async Task StartAsync(int version, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = version == 1 ? HttpProtocols.Http1 : HttpProtocols.Http2));
        foreach (var (name, value) in settings)
            builder.Configuration[name] = value;
        builder.AddServiceDefaults();
        app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGet("/parts", () => "bolts");
        app.MapGet("/slow", async (CancellationToken gone) =>
        {
            await release.Task.WaitAsync(gone);
            return "done";
        });
        app.MapGet("/stream", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun, ", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(500), context.RequestAborted);
            await context.Response.WriteAsync("done", context.RequestAborted);
        });
        await app.StartAsync(Token);
        client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri(app.Urls.Single()),
            DefaultRequestVersion = version == 1 ? HttpVersion.Version11 : HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        release.TrySetResult();
        if (app is not null)
            await app.DisposeAsync();
    }
}
