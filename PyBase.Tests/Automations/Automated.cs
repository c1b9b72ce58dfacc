using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Automations;

/// <summary>A base's automations, as its owner makes them and looks at what they did.</summary>
sealed class Automated(Sheet sheet)
{
    public string Path => $"/api/bases/{sheet.BaseId}/automations";

    /// <summary>An enabled automation; all but name and state as JSON.</summary>
    public async Task<string> AddAsync(string trigger, string actions, string more = "") =>
        (string)(await SendAsync("POST", Path, $$"""{"name":"Test","enabled":true,"trigger":{{trigger}},"actions":{{actions}}{{more}}}""", HttpStatusCode.Created))["id"]!;

    public async Task<JsonNode> SendAsync(string method, string path, string? json, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await sheet.SendAsync(method, path, json);
        Assert.True(answer.Status == expected, $"{method} {path}: {(int)answer.Status} {answer.Text}");
        return answer.Text.Length == 0 ? new JsonObject() : answer.Json;
    }

    public async Task<JsonArray> RunsAsync(string automation) => (await SendAsync("GET", $"{Path}/{automation}/runs", null))["runs"]!.AsArray();

    /// <summary>The runs of an automation, once they are so many and all at their end, oldest first and with their steps.</summary>
    public async Task<JsonNode[]> EndedAsync(string automation, int count = 1)
    {
        var ended = await Wait.UntilAsync(() => RunsAsync(automation), runs => runs.Count >= count && runs.All(r => (string)r!["state"]! is "succeeded" or "failed" or "refused"));
        return await Task.WhenAll(ended.Reverse().Select(r => SendAsync("GET", $"{Path}/{automation}/runs/{(string)r!["id"]!}", null)));
    }

    /// <summary>The one run, which went well.</summary>
    public async Task<JsonNode> SucceededAsync(string automation)
    {
        var run = Assert.Single(await EndedAsync(automation));
        Assert.True((string)run["state"]! == "succeeded", run.ToJsonString());
        return run;
    }

    /// <summary>What a step of a run gave.</summary>
    public static JsonNode? Output(JsonNode run, string step) => run["steps"]!.AsArray().Single(s => (string)s!["step"]! == step)!["output"];
}
