using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;

namespace PyBase.Tests.Support;

/// <summary>Everything that a hub connection is told, in order.</summary>
public sealed class HubLog
{
    static readonly string[] s_methods = ["Changes", "Presence", "Reload", "Ended", "JobChanged", "Notified"];
    readonly List<(string Method, JsonNode Message)> _heard = [];

    /// <param name="connection">Whose.</param>
    /// <param name="isPacked">It speaks MessagePack, of which SignalR's client makes plain objects.</param>
    public HubLog(HubConnection connection, bool isPacked = false)
    {
        foreach (var method in s_methods)
            if (isPacked)
                connection.On<object>(method, message => Hear(method, Plain(message)!));
            else
                connection.On<JsonNode>(method, message => Hear(method, message));
    }

    /// <summary>The JSON form of what MessagePack brought.</summary>
    public static JsonNode? Plain(object? value) => JsonSerializer.SerializeToNode(value);

    void Hear(string method, JsonNode message)
    {
        lock (_heard)
            _heard.Add((method, message));
    }

    public IReadOnlyList<JsonNode> Of(string method)
    {
        lock (_heard)
            return [.. _heard.Where(h => h.Method == method).Select(h => h.Message)];
    }

    /// <summary>The changes of one kind that a table or base told of.</summary>
    public IReadOnlyList<JsonNode> Changes(string id, string kind) =>
        [.. Of("Changes").Where(m => (string)m["id"]! == id).SelectMany(m => m["changes"]!.AsArray()).Where(c => (string)c!["kind"]! == kind).Select(c => c!)];

    /// <summary>The first message that is as wanted, be it here already or yet to come.</summary>
    public async Task<JsonNode> WaitAsync(string method, Func<JsonNode, bool> wanted, TimeSpan? limit = null)
    {
        using var patience = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(20));
        while (true)
        {
            if (Of(method).FirstOrDefault(wanted) is { } found)
                return found;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"No such {method}; heard: {string.Join("\n", Of(method).Select(m => m.ToJsonString()))}");
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
