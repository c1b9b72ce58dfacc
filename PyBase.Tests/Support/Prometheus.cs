using System.Diagnostics;
using System.Text.Json.Nodes;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>A real Prometheus with the given configuration, on a port and in a folder of its own.</summary>
public sealed class Prometheus : IAsyncDisposable
{
    readonly ChildProcess process;
    readonly HttpClient client;

    Prometheus(ChildProcess process, HttpClient client) => (this.process, this.client) = (process, client);

    public static Task<Prometheus> StartAsync(string configuration, CancellationToken cancellation) => StartAsync("prometheus", configuration, cancellation,
        "--storage.tsdb.path", Path.Combine(TestRun.NewFolder("prometheus"), "data"), "--log.level=warn");

    /// <summary>Alertmanager, which is configured, started and asked whether it is ready in the same way.</summary>
    public static Task<Prometheus> StartAlertmanagerAsync(string configuration, CancellationToken cancellation) => StartAsync("prometheus-alertmanager", configuration, cancellation,
        "--storage.path", Path.Combine(TestRun.NewFolder("alertmanager"), "data"), "--cluster.listen-address=", "--log.level=error");

    public Uri Address => client.BaseAddress!;

    public string Log => process.Tail();

    /// <summary>What a query gives: labels and value of each series.</summary>
    public async Task<IReadOnlyList<(JsonNode Labels, string Value)>> QueryAsync(string expression, CancellationToken cancellation)
    {
        using var answer = await client.PostAsync("/api/v1/query", new FormUrlEncodedContent([new("query", expression)]), cancellation);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!;
        Assert.True(answer.IsSuccessStatusCode, $"{expression}: {(string?)body["error"]}");
        return [.. body["data"]!["result"]!.AsArray().Select(series => (series!["metric"]!, (string)series["value"]![1]!))];
    }

    /// <summary>Names of all metrics that have been seen.</summary>
    public async Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellation)
    {
        var body = JsonNode.Parse(await client.GetStringAsync("/api/v1/label/__name__/values", cancellation))!;
        return body["data"]!.AsArray().Select(name => (string)name!).ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
    }

    static async Task<Prometheus> StartAsync(string program, string configuration, CancellationToken cancellation, params string[] more)
    {
        var (path, port) = (Require.Server(program), LoopbackPort.Free());
        var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        var process = new ChildProcess(program, () => new ProcessStartInfo(path, [$"--config.file={configuration}", $"--web.listen-address=127.0.0.1:{port}", .. more]));
        process.Start();
        await process.WaitAsync(IsReadyAsync, TimeSpan.FromSeconds(30), cancellation);
        return new(process, client);

        async Task<bool> IsReadyAsync(CancellationToken stop)
        {
            try
            {
                using var answer = await client.GetAsync("/-/ready", stop);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
