using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace PyBase.Tests.Support;

/// <summary>What a tool said: JSON, which of a failure is <c>{"error":{"code",…}}</c>.</summary>
public sealed record ToolAnswer(bool IsError, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => IsError ? (string?)Json["error"]!["code"] : null;
}

/// <summary>The protocol's own client at <c>/mcp</c>, as somebody.</summary>
public sealed class ToolClient : IAsyncDisposable
{
    ToolClient(McpClient client) => Client = client;

    public McpClient Client { get; }

    public static async Task<ToolClient> ConnectAsync(Uri api, string? token, HttpClient? over = null)
    {
        var options = new HttpClientTransportOptions { Endpoint = new Uri(api, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp };
        if (token is not null)
            options.AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" };
        return new ToolClient(await McpClient.CreateAsync(over is null ? new HttpClientTransport(options) : new HttpClientTransport(options, over)));
    }

    public async Task<IList<McpClientTool>> ToolsAsync() => await Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Calls a tool with its arguments as a JSON object.</summary>
    public async Task<ToolAnswer> CallAsync(string tool, string arguments = "{}")
    {
        var result = await Client.CallToolAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!);
        return new ToolAnswer(result.IsError is true, ((TextContentBlock)Assert.Single(result.Content)).Text);
    }

    public async Task<JsonNode> OkAsync(string tool, string arguments = "{}")
    {
        var answer = await CallAsync(tool, arguments);
        Assert.False(answer.IsError, $"{tool} {arguments}: {answer.Text}");
        return answer.Json;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
