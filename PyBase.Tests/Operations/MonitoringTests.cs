using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Npgsql;
using PyBase.Tests.Jobs;
using PyBase.Tests.Support;
using StackExchange.Redis;

namespace PyBase.Tests.Operations;

/// <summary>An installation watched by the real programs, with the configurations of <c>deploy</c>; only intervals and addresses are the test's.</summary>
public sealed partial class MonitoringTests(Servers servers) : IAsyncLifetime
{
    const string Waiting = "cad-extraction";

    Cluster cluster = null!;
    HttpSink sink = null!;
    Prometheus prometheus = null!, alertmanager = null!;
    ChildProcess standby = null!;
    string heard = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backlog_is_told_until_workers_have_taken_it_and_every_metric_that_is_asked_for_is_there()
    {
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        await using (var left = await person.ConnectAsync(cluster.RealtimeAddress()))
            await left.StopAsync(Cancellation);
        await using var hub = await person.ConnectAsync(cluster.RealtimeAddress());
        await hub.InvokeCoreAsync("Subscribe", typeof(object), [baseId, null], Cancellation);

        // The one worker stands at the gate with the first: all others wait, however quick the machine is.
        await using (var gate = await Gate.AtTablesAsync(cluster.ConnectionString, baseId))
        {
            await person.DropAsync(baseId, Samples.Path("gearbox.stp"));
            await gate.ReachedAsync();
            await DropManyAsync(person, baseId);

            Assert.Equal(("firing", Waiting), Told(await sink.NextAsync(heard)));
            Assert.Equal("101", Assert.Single(await prometheus.QueryAsync($"queue:pybase_queue_depth:max{{queue=\"{Waiting}\"}}", Cancellation)).Value);
            // Who stands at the gate may be told by the next scrape only.
            Assert.Single(await Wait.UntilAsync(() => prometheus.QueryAsync("max (postgresql_locks_waiting) > 0", Cancellation), found => found.Count > 0));
        }
        Assert.Equal(("resolved", Waiting), Told(await sink.NextAsync(heard)));

        await EveryMetricIsThereAsync(() => person.GetAsync($"/v0/{baseId}/Parts"));
        await EveryPageOfTheDocumentationIsTrueAsync();
        LinesAreJson();
    }

    /// <summary>Files that are soon done with, in two drops as one takes a hundred.</summary>
    static async Task DropManyAsync(Person person, string baseId)
    {
        foreach (var part in Enumerable.Range(0, 101).Chunk(60))
        {
            using var form = new MultipartFormDataContent();
            foreach (var n in part)
                form.Add(new ByteArrayContent("no drawing"u8.ToArray()), "file", $"part-{n}.dxf");
            Assert.Equal(HttpStatusCode.Accepted, (await person.Client.PostAsync($"/api/bases/{baseId}/extractions", form, Cancellation)).StatusCode);
        }
    }

    /// <summary>Some are rates: they want something to happen between two scrapes.</summary>
    async Task EveryMetricIsThereAsync(Func<Task> happen)
    {
        string[] asked = [.. Monitoring.Rules.Select(rule => rule.Expression).Concat(Monitoring.Panels.Select(panel => panel.Expression)).SelectMany(Monitoring.Metrics).Distinct().Order()];
        Assert.Contains("http_server_request_duration_seconds_bucket", asked);
        var missing = await Wait.UntilAsync(async () =>
        {
            await happen();
            return asked.Except(await prometheus.NamesAsync(Cancellation)).ToArray();
        }, missing => missing.Length == 0);
        Assert.Empty(missing);
        foreach (var (panel, expression) in Monitoring.Panels)
            Assert.NotNull(await prometheus.QueryAsync(expression, Cancellation));
    }

    /// <summary>The table of <c>docs/monitoring.md</c>: what it names is there, and what begins with ours is in it.</summary>
    async Task EveryPageOfTheDocumentationIsTrueAsync()
    {
        var named = TableName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "monitoring.md"))).Select(match => match.Groups[1].Value).ToHashSet();
        var there = (await prometheus.NamesAsync(Cancellation)).Select(name => HistogramPart().Replace(name, "")).ToHashSet();
        Assert.Empty(named.Except(there));
        Assert.Empty(there.Where(name => OurName().IsMatch(name) && !name.EndsWith("_created", StringComparison.Ordinal)).Except(named));
    }

    /// <summary>One line a request, with its trace, in a form that log stores read.</summary>
    void LinesAreJson()
    {
        var lines = cluster.Api[0].Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        var drop = lines.First(line => (string?)line["method"] == "POST" && ((string?)line["path"])?.EndsWith("/extractions", StringComparison.Ordinal) is true);
        Assert.Equal(202, (int)drop["status"]!);
        Assert.Equal(JsonValueKind.Number, drop["milliseconds"]!.GetValueKind());
        Assert.Equal(32, ((string)drop["traceId"]!).Length);
        Assert.Equal("information", (string)drop["level"]!);
    }

    static (string Status, string Queue) Told(SunkRequest request)
    {
        var alert = Assert.Single(request.Json["alerts"]!.AsArray())!;
        Assert.Equal("PyBaseQueueDeep", (string)alert["labels"]!["alertname"]!);
        return ((string)alert["status"]!, (string)alert["labels"]!["queue"]!);
    }

    public async ValueTask InitializeAsync()
    {
        Require.Server("prometheus");
        Require.Server("prometheus-alertmanager");
        sink = await HttpSink.StartAsync();
        (var url, heard) = sink.NewPath();
        var starting = Prometheus.StartAlertmanagerAsync(Alertmanager(url), Cancellation);
        cluster = await Cluster.StartAsync(servers, new()
        {
            Workers = 0,
            Settings = new Dictionary<string, string>
            {
                ["Accounts:SignUp"] = "open", ["Metrics:ServersEvery"] = "00:00:00.200", ["Metrics:Token"] = "for-prometheus", ["Logging:Console:FormatterName"] = "json-lines",
                ["ConnectionStrings:messaging"] = await (await servers.RabbitMqAsync()).CreateVirtualHostAsync(Cancellation),
            },
        }, Cancellation);
        // Without a limit there is nothing to compare the memory with.
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(cluster.Redis.ConnectionString + ",allowAdmin=true"))
            await redis.GetServers()[0].ConfigSetAsync("maxmemory", "64mb");
        standby = Standby();
        standby.Start();
        var worker = await cluster.AddWorkerAsync($"maintenance,{Waiting}=1", Cancellation);
        alertmanager = await starting;
        prometheus = await Prometheus.StartAsync(Configuration(("api", cluster.Api[0]), ("realtime", cluster.Realtime[0]), ("workers", worker)), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[prometheus, alertmanager, standby, cluster, sink])
            if (part is not null)
                await part.DisposeAsync();
    }

    /// <summary>Whoever follows the log is a standby to the server, be it only to keep it.</summary>
    ChildProcess Standby()
    {
        var (server, folder) = (new NpgsqlConnectionStringBuilder(cluster.ConnectionString), TestRun.NewFolder("receivewal"));
        var program = Require.Find("pg_receivewal") ?? Directory.GetFiles("/usr/lib/postgresql", "pg_receivewal", SearchOption.AllDirectories).Order().Last();
        return new ChildProcess("pg_receivewal", () => new(program, ["-D", folder, "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, "--no-password"])
        {
            Environment = { ["PGPASSWORD"] = server.Password, ["PGAPPNAME"] = "standby" },
        });
    }

    /// <summary>The checked-in configuration, which looks every second and waits for nothing.</summary>
    string Configuration(params (string Service, PyBaseProcess Process)[] processes)
    {
        var (from, to) = (Monitoring.Folder("prometheus"), TestRun.NewFolder("prometheus-configuration"));
        foreach (var folder in (string[])["rules", "targets"])
            Directory.CreateDirectory(Path.Combine(to, folder));
        foreach (var rules in Monitoring.RuleFiles)
            File.WriteAllText(Path.Combine(to, "rules", Path.GetFileName(rules)), Intervals().Replace(File.ReadAllText(rules), "$1 250ms"));
        File.WriteAllText(Path.Combine(to, "metrics-token"), "for-prometheus");
        File.WriteAllText(Path.Combine(to, "targets", "pybase.yml"), string.Concat(processes.Select(p => $"- targets: ['{p.Process.Address.Authority}']\n  labels: {{service: {p.Service}}}\n")));
        var configuration = Path.Combine(to, "prometheus.yml");
        File.WriteAllText(configuration, Intervals().Replace(File.ReadAllText(Path.Combine(from, "prometheus.yml")), match => $"{match.Groups[1].Value} {(match.Groups[1].Value is "scrape_interval:" ? "1s" : "250ms")}").Replace("localhost:9093", alertmanager.Address.Authority, StringComparison.Ordinal));
        return configuration;
    }

    static string Alertmanager(string url)
    {
        var configuration = Path.Combine(TestRun.NewFolder("alertmanager-configuration"), "alertmanager.yml");
        var text = File.ReadAllText(Path.Combine(Monitoring.Folder("alertmanager"), "alertmanager.yml"));
        text = text.Replace("http://localhost:9094/scaling", url, StringComparison.Ordinal).Replace("mail.example.org:587", "127.0.0.1:1", StringComparison.Ordinal);
        File.WriteAllText(configuration, Waits().Replace(text, match => $"{match.Groups[1].Value} {(match.Groups[1].Value is "group_wait:" ? "0s" : "250ms")}"));
        return configuration;
    }

    [GeneratedRegex(@"\b(scrape_interval:|evaluation_interval:|interval:|for:) \d+\w+")]
    private static partial Regex Intervals();

    [GeneratedRegex(@"\b(group_wait:|group_interval:) \d+\w+")]
    private static partial Regex Waits();

    // | `pybase_queue_depth` | …
    [GeneratedRegex("^\\| `([a-z0-9_]+)` ", RegexOptions.Multiline)]
    private static partial Regex TableName();

    [GeneratedRegex("(?<=_seconds)_(bucket|count|sum)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex("^(pybase|postgresql|redis)_")]
    private static partial Regex OurName();
}
