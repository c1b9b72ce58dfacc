using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PyBase.Tests.Support;

/// <summary>Takes what processes send over OTLP (http/protobuf) and offers their spans to tests. Metrics and logs are taken and forgotten.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<ReceivedSpan> _spans = [];
    volatile TaskCompletionSource _arrived = New();

    OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/traces", receiver.TakeAsync);
        app.MapPost("/v1/metrics", Swallow);
        app.MapPost("/v1/logs", Swallow);
        await app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Waits until the spans received so far satisfy <paramref name="enough"/>, and gives them.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> WaitForAsync(
        Func<IReadOnlyList<ReceivedSpan>, bool> enough, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit ?? TimeSpan.FromSeconds(20));
        while (true)
        {
            var arrived = _arrived;
            if (Spans is var spans && enough(spans))
                return spans;
            try
            {
                await arrived.Task.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException("The awaited spans did not come. Received:\n" + string.Join('\n', Spans));
            }
        }
    }

    /// <summary>Waits for one span.</summary>
    public async Task<ReceivedSpan> WaitForAsync(Func<ReceivedSpan, bool> wanted, TimeSpan? limit = null, CancellationToken cancellationToken = default) =>
        (await WaitForAsync((IReadOnlyList<ReceivedSpan> spans) => spans.Any(wanted), limit, cancellationToken)).First(wanted);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    async Task<IResult> TakeAsync(HttpRequest request)
    {
        foreach (var span in OtlpSpans.Read(await BodyAsync(request)))
            _spans.Enqueue(span);
        Interlocked.Exchange(ref _arrived, New()).SetResult();
        return Results.Bytes([], "application/x-protobuf");
    }

    static async Task<IResult> Swallow(HttpRequest request)
    {
        await request.Body.CopyToAsync(Stream.Null);
        return Results.Bytes([], "application/x-protobuf");
    }

    static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var whole = new MemoryStream();
        await using var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        await body.CopyToAsync(whole);
        return whole.ToArray();
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
