using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Automations;
using PyBase.Workers.Http;

namespace PyBase.Workers.Automations;

/// <summary>
/// Calls another system, at least once, each time under the same <c>PyBase-Delivery</c>. The answer is found as <c>status</c> and <c>body</c>, and what
/// <c>response</c> maps by its names.
/// </summary>
sealed class CallHttpStep(OutgoingHttp http) : IAutomationStep
{
    static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

    public string Kind => ActionKind.CallHttp;

    public async Task<StepOutcome> RunAsync(StepContext step)
    {
        var method = step.Input["method"] is null ? step.Input["body"] is null ? "GET" : "POST" : step.Text("method").ToUpperInvariant();
        if (!Methods.Contains(method))
            return StepOutcome.Failed("invalid-http-method", $"A call is one of {string.Join(", ", Methods)}.");
        var body = step.Input["body"] switch { null => null, JsonValue text when text.GetValueKind() is JsonValueKind.String => text.GetValue<string>(), var json => json.ToJsonString() };
        var mediaType = step.Input["body"] is JsonValue ? "text/plain" : "application/json";
        if (step.Run.IsTest)
            return new StepOutcome(new JsonObject { ["status"] = 0, ["sent"] = false });
        var headers = (step.Input["headers"] as JsonObject ?? []).Select(h => KeyValuePair.Create(h.Key, Template.Shown(h.Value)));
        var answer = await http.SendAsync(method, step.Text("url"), headers, method is "GET" or "HEAD" ? null : body, mediaType, step.Delivery, step.Cancellation);
        return answer.Error is { } error ? new StepOutcome(Output(answer), error, answer.IsFinal) : new StepOutcome(Mapped(Output(answer), step.Input["response"] as JsonObject));
    }

    static JsonObject Output(HttpAnswer answer) => new() { ["status"] = answer.Status, ["body"] = Parsed(answer.Text) };

    static JsonObject Mapped(JsonObject output, JsonObject? map)
    {
        foreach (var (name, path) in map ?? [])
            output[name] = Template.Find(output["body"], Template.Shown(path))?.DeepClone();
        return output;
    }

    static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

/// <summary>A message in the form that Slack's incoming webhooks take, and those of Mattermost and Rocket.Chat.</summary>
sealed class SendSlackMessageStep(OutgoingHttp http) : IAutomationStep
{
    public string Kind => ActionKind.SendSlackMessage;

    public async Task<StepOutcome> RunAsync(StepContext step)
    {
        var message = new JsonObject { ["text"] = step.Text("text") };
        foreach (var name in (string[])["channel", "username", "blocks"])
            if (step.Input[name] is { } value)
                message[name] = value.DeepClone();
        if (step.Run.IsTest)
            return new StepOutcome(new JsonObject { ["status"] = 0, ["sent"] = false });
        var answer = await http.SendAsync("POST", step.Text("url"), [], message.ToJsonString(), "application/json", step.Delivery, step.Cancellation);
        return new StepOutcome(new JsonObject { ["status"] = answer.Status }, answer.Error, answer.IsFinal);
    }
}
