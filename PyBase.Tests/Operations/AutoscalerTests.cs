using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PyBase.Tests.Jobs;
using PyBase.Tests.Support;

namespace PyBase.Tests.Operations;

public sealed class AutoscalerTests(Servers servers)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A hundred files, two workers that stand at a gate: the autoscaler lets the running process take two more, and no more within the cool-down.</summary>
    [Fact]
    public async Task A_deep_queue_makes_running_workers_do_more_at_once()
    {
        await using var host = await OperationsHost.StartAsync(servers, null, "Autoscaler:Mode=concurrency", "Workers:Concurrency=2");
        using var person = await Person.SignUpAsync(host.Address);
        var baseId = await person.CreateBaseAsync();
        var gate = await Gate.AtTablesAsync(host.Database.ConnectionString, baseId);
        var file = await File.ReadAllBytesAsync(Samples.Path("gearbox.stp"), Cancelled);
        var jobs = new List<string>();
        for (var drop = 0; drop < 2; drop++)
        {
            using var form = new MultipartFormDataContent();
            for (var n = 0; n < 60; n++)
                form.Add(new ByteArrayContent(file), "file", $"part-{drop}-{n}.stp");
            jobs.Add((string)JsonNode.Parse(await (await person.Client.PostAsync($"/api/bases/{baseId}/extractions", form, Cancelled)).Content.ReadAsStringAsync(Cancelled))!["id"]!);
        }

        var seen = await host.UntilAsync(now => Queue(now)["running"]!.GetValue<int>() == 4 && Queue(now)["concurrency"]!.GetValue<int>() == 4);

        Assert.Equal((4, 1), (Queue(seen)["concurrency"]!.GetValue<int>(), Queue(seen)["consumers"]!.GetValue<int>()));
        var decisions = Of(await host.UntilAsync(now => Of(now, "cad-extraction").Any(d => (string)d["reason"]! == "cool-down")), "cad-extraction");
        Assert.Equal(["cool-down", "depth"], decisions.Select(d => (string)d["reason"]!));
        Assert.Equal(("concurrency", 2, 4, null), ((string)decisions[^1]["actuator"]!, decisions[^1]["was"]!.GetValue<int>(), decisions[^1]["desired"]!.GetValue<int>(), (string?)decisions[^1]["error"]));
        Assert.Contains((await host.LookAsync())["advice"]!.AsArray(), a => (string)a!["code"]! == "queue-deep" && (string)a["part"]! == "cad-extraction");

        // Back by hand: who runs goes on, nobody new begins.
        var set = await host.Operator.PutAsJsonAsync("/api/operations/queues/cad-extraction/concurrency", new { concurrency = (int?)null }, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        await host.UntilAsync(now => Queue(now)["concurrency"]!.GetValue<int>() == 2);
        foreach (var job in jobs)
            await person.PostAsync($"/api/jobs/{job}/cancel", new { });
        await gate.DisposeAsync();
        await host.UntilAsync(now => Queue(now)["ready"]!.GetValue<long>() + Queue(now)["running"]!.GetValue<int>() == 0);

        static JsonNode Queue(JsonNode seen) => seen["queues"]!.AsArray().Single(q => (string)q!["name"]! == "cad-extraction")!;
    }

    [Fact]
    public async Task In_Kubernetes_replicas_change_through_the_scale_subresource()
    {
        await using var kubernetes = await ScaleServer.StartAsync("workers-cad-deployment", replicas: 2);
        await using var host = await OperationsHost.StartAsync(servers, null, "Autoscaler:Mode=kubernetes", $"Autoscaler:Kubernetes:Url={kubernetes.Url}", "Autoscaler:Kubernetes:Token=secret",
            "Autoscaler:Kubernetes:Namespace=pybase", "Autoscaler:Pools:workers-cad:Queues=cad-extraction,pdf-extraction", "Autoscaler:Pools:workers-cad:Max=8", "Workers:Queues=email");
        await WaitingJobsAsync(host, 101);

        var seen = await host.UntilAsync(now => Of(now, "workers-cad").Any(d => (string)d["reason"]! == "depth"));

        Assert.Equal(4, kubernetes.Replicas);
        Assert.Equal([("PATCH", "application/merge-patch+json")], kubernetes.Asked);
        Assert.Equal(("kubernetes", 2, 4), ((string)Of(seen, "workers-cad")[^1]["actuator"]!, Of(seen, "workers-cad")[^1]["was"]!.GetValue<int>(), Of(seen, "workers-cad")[^1]["desired"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_the_cluster_refuses_is_kept_with_its_reason_and_tried_again()
    {
        await using var kubernetes = await ScaleServer.StartAsync("workers-deployment", replicas: 2, refusals: 2);
        await using var host = await OperationsHost.StartAsync(servers, null, "Autoscaler:Mode=kubernetes", $"Autoscaler:Kubernetes:Url={kubernetes.Url}", "Autoscaler:Kubernetes:Token=secret",
            "Autoscaler:Kubernetes:Namespace=pybase", "Autoscaler:Pools:workers:Queues=cad-extraction", "Workers:Queues=email");
        await WaitingJobsAsync(host, 101);

        var decisions = Of(await host.UntilAsync(now => kubernetes.Replicas == 4 && Of(now, "workers").Any(d => (string?)d["error"] is null && (string)d["reason"]! == "depth")), "workers");

        Assert.Equal(2, decisions.Count(d => ((string?)d["error"])?.Contains("Forbidden", StringComparison.Ordinal) is true));
    }

    [Fact]
    public async Task Outside_of_Kubernetes_it_only_says_what_it_would_do_and_one_of_all_says_it()
    {
        await using var host = await OperationsHost.StartAsync(servers, null, "Workers:Queues=email");
        await using var sibling = await OperationsHost.StartAsync(servers, host, "Workers:Queues=email");
        await WaitingJobsAsync(host, 101, "email");

        var decision = Of(await host.UntilAsync(now => Of(now, "email").Count > 0), "email")[^1];

        Assert.Equal(("dry-run", 2, 4), ((string)decision["actuator"]!, decision["was"]!.GetValue<int>(), decision["desired"]!.GetValue<int>()));
        var seen = await host.UntilAsync(now => Of(now, "email").Any(d => (string)d["reason"]! == "cool-down"));
        Assert.Equal(2, seen["queues"]!.AsArray().Single(q => (string)q!["name"]! == "email")!["concurrency"]!.GetValue<int>());
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from pybase.leases where name = 'autoscaler'"));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from pybase.queue_limits"));
    }

    /// <summary>Jobs that wait, and of which no message is on its way.</summary>
    static Task WaitingJobsAsync(OperationsHost host, int count, string queue = "cad-extraction") => host.ExecuteAsync(
        $"insert into pybase.jobs (id, kind, queue, state, created) select 'job' || lpad(n::text, 14, '0'), 'waiting', '{queue}', 'queued', now() from generate_series(1, {count}) n");

    static List<JsonNode> Of(JsonNode seen, string pool) => [.. seen["decisions"]!.AsArray().Where(d => (string)d!["pool"]! == pool).Select(d => d!)];

    /// <summary>What an autoscaler sees of Kubernetes: the scale subresource of one deployment, for those with the token.</summary>
    sealed class ScaleServer(WebApplication app) : IAsyncDisposable
    {
        public string Url => app.Urls.First();

        public int Replicas { get; private set; }

        public List<(string Method, string Type)> Asked { get; } = [];

        public static async Task<ScaleServer> StartAsync(string deployment, int replicas, int refusals = 0)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var server = new ScaleServer(app) { Replicas = replicas };
            var path = $"/apis/apps/v1/namespaces/pybase/deployments/{deployment}/scale";
            app.MapGet(path, (HttpRequest request) => request.Headers.Authorization == "Bearer secret" ? server.Scale() : Results.StatusCode(401));
            app.MapPatch(path, async (HttpRequest request) =>
            {
                using var patch = await JsonDocument.ParseAsync(request.Body);
                if (refusals-- > 0)
                    return Results.Json(new { kind = "Status", apiVersion = "v1", status = "Failure", reason = "Forbidden", code = 403 }, statusCode: 403);
                lock (server.Asked)
                    server.Asked.Add(("PATCH", request.ContentType!.Split(';')[0]));
                server.Replicas = patch.RootElement.GetProperty("spec").GetProperty("replicas").GetInt32();
                return server.Scale();
            });
            await app.StartAsync(Cancelled);
            return server;
        }

        IResult Scale() => Results.Json(new
        {
            kind = "Scale", apiVersion = "autoscaling/v1", metadata = new { name = "workers", @namespace = "pybase", resourceVersion = "7" },
            spec = new { replicas = Replicas }, status = new { replicas = Replicas },
        });

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
