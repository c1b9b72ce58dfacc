using System.Buffers;
using System.IO.Pipelines;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using PyBase.Realtime.Tables;

namespace PyBase.Tests.Realtime;

/// <summary>One connection's place in line.</summary>
public sealed class ListenerTests
{
    const string Table = "tblAAAAAAAAAAAAAA";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_does_not_read_costs_a_bounded_queue_and_is_told_to_load_again()
    {
        var (listener, output) = Make();
        listener.TryAdd(Table, 1);
        for (var version = 1; version <= 2_000; version++)
            listener.Tell(Table, version, Change(version));

        var told = await ReadUntilAsync(output, m => (string)m["target"]! == "Reload");
        var changes = told.TakeWhile(m => (string)m["target"]! == "Changes").Select(VersionOf).ToList();
        Assert.Equal(Enumerable.Range(1, changes.Count).Select(n => (long)n), changes);
        Assert.InRange(changes.Count, Listener.MaxWaiting, Listener.MaxWaiting + 20);
        Assert.Equal(("Reload", 2_000L), ((string)told[^1]["target"]!, VersionOf(told[^1])));

        listener.Tell(Table, 2_001, Change(2_001));
        Assert.Equal(2_001, VersionOf((await ReadUntilAsync(output, _ => true))[0]));
    }

    [Fact]
    public async Task The_end_of_a_feed_is_told_however_long_the_queue()
    {
        var (listener, output) = Make();
        listener.TryAdd(Table, 1);
        for (var version = 1; version <= 2_000; version++)
            listener.Tell(Table, version, Change(version));
        listener.Tell(new Ended(Table, "access"));

        var told = await ReadUntilAsync(output, m => (string)m["target"]! == "Ended");
        Assert.DoesNotContain(told, m => (string)m["target"]! == "Reload");
    }

    [Fact]
    public void Nothing_is_kept_for_a_connection_that_has_ended()
    {
        var (listener, _) = Make();
        Assert.True(listener.TryAdd(Table, 1));
        Assert.False(listener.TryAdd("tblBBBBBBBBBBBBBB", 1));
        Assert.Equal([Table], listener.End());
        Assert.False(listener.TryAdd(Table, 1));
        Assert.False(listener.Has(Table));
    }

    static (Listener, PipeReader) Make()
    {
        // Takes next to nothing until somebody reads.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 500, resumeWriterThreshold: 250));
        var connection = new DefaultConnectionContext("one") { Transport = new Duplex(pipe) };
        connection.Features.Set<IConnectionUserFeature>(new SignedIn());
        var hub = new HubConnectionContext(connection, new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromMinutes(1) }, NullLoggerFactory.Instance) { Protocol = new JsonHubProtocol() };
        return (new Listener(hub), pipe.Reader);
    }

    static SerializedHubMessage Change(long version) => Listener.Message("Changes", new { id = Table, version, padding = new string('x', 50) });

    static long VersionOf(JsonNode message) => (long)message["arguments"]![0]!["version"]!;

    static async Task<List<JsonNode>> ReadUntilAsync(PipeReader reader, Func<JsonNode, bool> isLast)
    {
        var messages = new List<JsonNode>();
        while (messages.Count == 0 || !isLast(messages[^1]))
        {
            var buffer = (await reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation)).Buffer;
            if (buffer.PositionOf((byte)0x1e) is not { } end)
            {
                reader.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }
            messages.Add(JsonNode.Parse(Encoding.UTF8.GetString(buffer.Slice(0, end)))!);
            reader.AdvanceTo(buffer.GetPosition(1, end));
        }
        return messages;
    }

    sealed class Duplex(Pipe output) : IDuplexPipe
    {
        public PipeReader Input { get; } = new Pipe().Reader;

        public PipeWriter Output => output.Writer;
    }

    sealed class SignedIn : IConnectionUserFeature
    {
        public ClaimsPrincipal? User { get; set; } = new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "usrAAAAAAAAAAAAAA")], "test"));
    }
}
