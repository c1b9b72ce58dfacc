using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace PyBase.Tests.Support;

/// <summary>A message of the feed: the versions it brought, and when it was here. One without versions says "load again".</summary>
public readonly record struct Told(long From, long Version, long At)
{
    public bool IsReload => From == 0;
}

/// <summary>
/// A subscriber that reads of each message only which versions it brings, on a bare socket: thousands of SignalR's own clients would need the processors that the
/// servers are measured on. It may also stop reading, or send whatever somebody of bad will sends.
/// </summary>
public sealed class FeedSocket : IDisposable
{
    static readonly byte[] s_ping = Frame("{\"type\":6}\u001e");

    readonly Socket _socket;
    readonly TaskCompletionSource<long> _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<Told> _told = [];
    byte[] _raw = new byte[1024];
    int _rawLength;
    byte[] _text = new byte[1024];
    int _textLength;
    TaskCompletionSource? _pause;
    long _version;

    FeedSocket(Socket socket) => _socket = socket;

    /// <summary>What it was told, in order.</summary>
    public IReadOnlyList<Told> Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    /// <summary>The version that it began behind.</summary>
    public long Began { get; private set; }

    /// <summary>The newest version it was told.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Ends when the connection does.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    public bool IsOpen => !Reading.IsCompleted;

    /// <summary>A connection that has said what it speaks; with a table, one that listens to it.</summary>
    /// <param name="node">A hub's address.</param>
    /// <param name="token">Of who listens.</param>
    /// <param name="table">What to.</param>
    /// <param name="buffer">Bytes that the system keeps for it unread; 0: as many as it likes.</param>
    public static async Task<FeedSocket> ConnectAsync(Uri node, string token, string? table = null, int buffer = 0)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (buffer > 0)
            socket.ReceiveBufferSize = buffer;
        var feed = new FeedSocket(socket);
        await socket.ConnectAsync(node.Host, node.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /hubs/tables HTTP/1.1\r\nHost: {node.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer {token}\r\n\r\n"));
        await feed.UpgradeAsync();
        await feed.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e");
        feed.Reading = Task.Run(feed.ReadAsync);
        if (table is null)
            return feed;
        await feed.SendAsync($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[\"{table}\",null]}}\u001e");
        feed.Began = await feed._subscribed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return feed;
    }

    /// <summary>The server ends connections that are silent for half a minute.</summary>
    public Task PingAsync() => _socket.SendAsync(s_ping);

    /// <summary>Sends messages as they are.</summary>
    public Task SendAsync(string text) => _socket.SendAsync(Frame(text));

    /// <summary>Reads no more, until <see cref="Resume"/>.</summary>
    public void Pause() => _pause = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => Interlocked.Exchange(ref _pause, null)?.SetResult();

    public void Dispose()
    {
        _socket.Dispose();
        Resume();
    }

    async Task UpgradeAsync()
    {
        int end;
        while ((end = _raw.AsSpan(0, _rawLength).IndexOf("\r\n\r\n"u8)) < 0)
            if (await _socket.ReceiveAsync(_raw.AsMemory(_rawLength)) is > 0 and var received)
                _rawLength += received;
            else
                throw new IOException("The connection ended.");
        var answer = Encoding.ASCII.GetString(_raw, 0, end);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new HttpRequestException(answer.Split('\r')[0]);
        Keep(end + 4);
    }

    async Task ReadAsync()
    {
        try
        {
            while (TakeFrames(Stopwatch.GetTimestamp()))
            {
                if (_pause is { } pause)
                    await pause.Task;
                if (_rawLength == _raw.Length)
                    Array.Resize(ref _raw, 2 * _raw.Length);
                if (await _socket.ReceiveAsync(_raw.AsMemory(_rawLength)) is not (> 0 and var received))
                    return;
                _rawLength += received;
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Ended, by either side.
        }
    }

    /// <summary>Takes every whole frame; false when one says that it is over.</summary>
    bool TakeFrames(long at)
    {
        var start = 0;
        while (_rawLength - start >= 2)
        {
            var head = _raw.AsSpan(start, _rawLength - start);
            var (kind, length, skip) = (head[0] & 0xf, (long)(head[1] & 0x7f), 2);
            if (length == 126 && head.Length >= 4)
                (length, skip) = (BinaryPrimitives.ReadUInt16BigEndian(head[2..]), 4);
            else if (length == 127 && head.Length >= 10)
                (length, skip) = (BinaryPrimitives.ReadInt64BigEndian(head[2..]), 10);
            else if (length >= 126)
                break;
            if (head.Length < skip + length)
                break;
            if (kind == 8)
                return false;
            // A message may come in several frames, and a frame bring several messages: what counts is the separator.
            if (kind <= 2)
                TakeText(head.Slice(skip, (int)length), at);
            start += skip + (int)length;
        }
        Keep(start);
        return true;
    }

    void TakeText(ReadOnlySpan<byte> part, long at)
    {
        for (int end; (end = part.IndexOf((byte)0x1e)) >= 0; part = part[(end + 1)..])
            if (_textLength == 0)
                Take(part[..end], at);
            else
            {
                Append(part[..end]);
                Take(_text.AsSpan(0, _textLength), at);
                _textLength = 0;
            }
        Append(part);
    }

    void Append(ReadOnlySpan<byte> part)
    {
        if (_textLength + part.Length > _text.Length)
            Array.Resize(ref _text, 2 * (_textLength + part.Length));
        part.CopyTo(_text.AsSpan(_textLength));
        _textLength += part.Length;
    }

    void Take(ReadOnlySpan<byte> message, long at)
    {
        if (message.StartsWith("{\"type\":1,\"target\":\"Changes\""u8))
            Note(new Told(Number(message, "\"from\":"u8), Number(message, "\"version\":"u8), at));
        else if (message.StartsWith("{\"type\":1,\"target\":\"Reload\""u8))
            Note(new Told(0, Number(message, "\"version\":"u8), at));
        else if (message.StartsWith("{\"type\":3"u8) && message.IndexOf("\"version\":"u8) >= 0)
            _subscribed.TrySetResult(Number(message, "\"version\":"u8));
    }

    void Note(Told told)
    {
        lock (_told)
            _told.Add(told);
        Interlocked.Exchange(ref _version, told.Version);
    }

    void Keep(int from)
    {
        _raw.AsSpan(from, _rawLength - from).CopyTo(_raw);
        _rawLength -= from;
    }

    static long Number(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(message[(message.IndexOf(name) + name.Length)..], out long number, out _) ? number : throw new FormatException(Encoding.UTF8.GetString(message));

    /// <summary>Clients have to mask what they send; a mask of zeros leaves it as it is.</summary>
    static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)]
            : payload.Length <= ushort.MaxValue ? [0xfe, (byte)(payload.Length >> 8), (byte)payload.Length]
            : [0xff, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length];
        return [0x81, .. length, 0, 0, 0, 0, .. payload];
    }
}
