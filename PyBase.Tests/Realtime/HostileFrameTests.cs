using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>MessagePack from clients of bad will, or of little knowledge: refused like the same in JSON, at the cost of nobody else.</summary>
public abstract class HostileFrameTests(Installation installation) : RealtimeTests(installation)
{
    [Fact]
    public async Task Refusals_are_the_same_and_end_no_connection()
    {
        using var scene = await SetAsync();
        foreach (var hub in Installation.Hubs)
        {
            var (connection, _) = await ConnectAsync(scene.Owner, hub, HttpTransportType.WebSockets, isPacked: true);
            foreach (var id in (string?[])["tblAAAAAAAAAAAAAA", "", null])
                Assert.Contains("not-found", (await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<object>("Subscribe", id, (long?)null, Cancellation))).Message, StringComparison.Ordinal);
            await connection.InvokeAsync<object>("Subscribe", scene.Things, (long?)null, Cancellation);
            Assert.Contains("invalid-presence", (await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("SetPresence", scene.Things, new { recordId = "x" }, Cancellation))).Message, StringComparison.Ordinal);
            object deep = 1;
            for (var n = 0; n < 100; n++)
                deep = new[] { deep };
            foreach (var place in (object[])["text", 5, new[] { 1 }, new { editing = "yes" }, deep, new byte[] { 1 }])
                await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("SetPresence", scene.Things, place, Cancellation));
            await connection.InvokeAsync("SetPresence", scene.Things, new { editing = false, more = 1 }, Cancellation);
            await connection.DisposeAsync();
        }
    }

    /// <summary>Frames, with their lengths in front, after which the connection is over.</summary>
    static byte[][] Hostile =>
    [
        // Two gigabytes and more are announced.
        [0xff, 0xff, 0xff, 0xff, 0x0f],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        // A message breaks off, in its list and within a text.
        Frame([0x96, 0x01, 0x80]),
        Frame([0x96, 0x01, 0x80, 0xa1, 0x31, 0xa9, 0x53, 0x75]),
        // Nothing, no list, no type, a byte that MessagePack does not have.
        Frame([0x90]), Frame([0x81, 0x01, 0x01]), Frame([0x91, 0xc0]), Frame([0x93, 0x01, 0xc1, 0xc1]),
        // Headers of four thousand million entries.
        Frame([0x96, 0x01, 0xdf, 0xff, 0xff, 0xff, 0xff]),
        // Longer than any that a client has to send, whole and only begun.
        Frame([0x96, 0x01, 0x80, 0xc0, 0xa9, .. "Subscribe"u8, 0x92, 0xda, 0x9c, 0x40, .. new byte[40_000], 0xc0, 0x90]),
        [0x80, 0x80, 0x40, .. Enumerable.Repeat((byte)0x91, 40_000)],
    ];

    /// <summary>Frames of more depth than any reader's stack: an answer to nobody's question, an argument, and an argument of what there is not.</summary>
    static byte[][] Deep =>
    [
        Frame([0x95, 0x03, 0x80, 0xa1, 0x78, 0x03, .. Nested(32_000)]),
        Frame([0x96, 0x01, 0x80, 0xa1, 0x31, 0xa9, .. "Subscribe"u8, 0x92, .. Nested(32_000), 0xc0, 0x90]),
        Frame([0x96, 0x01, 0x80, 0xa1, 0x31, 0xa8, .. "Nonsense"u8, 0x91, .. Nested(32_000), 0x90]),
        Frame([0x95, 0x02, 0x80, 0xa1, 0x31, .. Nested(32_000)]),
    ];

    [Fact]
    public async Task A_hostile_frame_costs_its_sender_the_connection_and_nobody_else_anything()
    {
        using var scene = await SetAsync();
        var others = await Task.WhenAll(Installation.Hubs.Select(hub => ConnectAsync(scene.Owner, hub, HttpTransportType.WebSockets, isPacked: true)));
        foreach (var (connection, _) in others)
            await connection.InvokeAsync<object>("Subscribe", scene.Things, (long?)null, Cancellation);

        foreach (var hub in Installation.Hubs)
        {
            await Task.WhenAll(Hostile.Select(async (frame, n) =>
            {
                using var socket = await OpenAsync(hub, scene.Owner.Token);
                await socket.SendAsync(frame, WebSocketMessageType.Binary, true, Cancellation);
                await EndAsync(socket).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            }));
            foreach (var frame in Deep)
            {
                using var socket = await OpenAsync(hub, scene.Owner.Token);
                await socket.SendAsync(frame, WebSocketMessageType.Binary, true, Cancellation);
                // Refused or passed over: what comes behind it ends the connection, so it has been read by then.
                await SendAsync(socket, Hostile[0]);
                await EndAsync(socket).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            }
        }

        await scene.AddAsync("bolt");
        foreach (var (connection, log) in others)
        {
            await log.WaitAsync("Changes", m => (string)m["id"]! == scene.Things);
            Assert.Equal(HubConnectionState.Connected, connection.State);
            await connection.DisposeAsync();
        }
    }

    static async Task<ClientWebSocket> OpenAsync(Uri hub, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws", Path = "/hubs/tables" }.Uri, Cancellation);
        await socket.SendAsync("{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Binary, true, Cancellation);
        var answer = new byte[16];
        var got = await socket.ReceiveAsync(answer.AsMemory(), Cancellation);
        Assert.Equal("{}\u001e", Encoding.UTF8.GetString(answer, 0, got.Count));
        return socket;
    }

    static async Task SendAsync(ClientWebSocket socket, byte[] frame)
    {
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, true, Cancellation);
        }
        catch (WebSocketException)
        {
            // Over already.
        }
    }

    /// <summary>Reads until the other side has closed it or let it go.</summary>
    static async Task EndAsync(ClientWebSocket socket)
    {
        var rest = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(rest.AsMemory(), Cancellation)).MessageType is not WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Let go without a word.
        }
    }

    static IEnumerable<byte> Nested(int depth) => Enumerable.Repeat((byte)0x91, depth).Append((byte)0xc0);

    static byte[] Frame(byte[] message)
    {
        var length = new List<byte>();
        for (var left = message.Length; ; left >>= 7)
        {
            length.Add((byte)(left > 0x7f ? left & 0x7f | 0x80 : left));
            if (left <= 0x7f)
                return [.. length, .. message];
        }
    }
}

[Collection(OnStandalone.Name)]
public sealed class HostileFrameOnStandaloneTests(StandaloneInstallation installation) : HostileFrameTests(installation);

[Collection(OnCluster.Name)]
public sealed class HostileFrameOnClusterTests(DistributedInstallation installation) : HostileFrameTests(installation);
