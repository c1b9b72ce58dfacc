using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Operations;

/// <summary>Every process of a real installation is seen, and told from outside how much it does at once.</summary>
[Collection(OnCluster.Name)]
public sealed class OperationsOnClusterTests(DistributedInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_workers_take_a_new_limit_while_they_run()
    {
        using var client = new HttpClient { BaseAddress = installation.Apis[0], DefaultRequestHeaders = { Authorization = new("Bearer", Installation.OperationsToken) } };
        var before = await UntilAsync(client, seen => Parts(seen, "api") == 2 && Parts(seen, "realtime") == 2 && Of(seen).Consumers == 2);
        Assert.Equal(4, Of(before).Concurrency);

        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync("/api/operations/queues/exports/concurrency", new { concurrency = 3 }, Cancelled)).StatusCode);
        await UntilAsync(client, seen => Of(seen).Concurrency == 6);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync("/api/operations/queues/exports/concurrency", new { concurrency = (int?)null }, Cancelled)).StatusCode);
        await UntilAsync(client, seen => Of(seen).Concurrency == 4);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PutAsJsonAsync("/api/operations/queues/exports/concurrency", new { concurrency = 0 }, Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsJsonAsync("/api/operations/queues/nothing/concurrency", new { concurrency = 1 }, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_plan_is_answered_and_nonsense_refused()
    {
        using var client = new HttpClient { BaseAddress = installation.Apis[0], DefaultRequestHeaders = { Authorization = new("Bearer", Installation.OperationsToken) } };
        var plan = JsonNode.Parse(await (await client.PostAsJsonAsync("/api/operations/plan", new { users = 500, filesPerDay = 100, arm = true }, Cancelled)).Content.ReadAsStringAsync(Cancelled))!;
        Assert.Equal(("medium", 800), ((string)plan["tier"]!, plan["guideFrom"]!.GetValue<int>()));

        var refused = await client.PostAsJsonAsync("/api/operations/plan", new { users = 0 }, Cancelled);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancelled))!;
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-workload", "users"), (refused.StatusCode, (string)problem["code"]!, (string)problem["errors"]![0]!["field"]!));
    }

    static Task<JsonNode> UntilAsync(HttpClient client, Func<JsonNode, bool> wanted) =>
        Wait.UntilAsync(async () => JsonNode.Parse(await client.GetStringAsync("/api/operations", Cancelled))!, wanted);

    static int Parts(JsonNode seen, string kind) => seen["parts"]!.AsArray().Count(p => (string)p!["kind"]! == kind && (string)p["state"]! == "running");

    static (int Consumers, int Concurrency) Of(JsonNode seen) =>
        seen["queues"]!.AsArray().Single(q => (string)q!["name"]! == "exports") is { } queue ? (queue["consumers"]!.GetValue<int>(), queue["concurrency"]!.GetValue<int>()) : default;
}
