using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace PyBase.Tests.Support;

/// <summary>The way to a server in another region: each byte takes a while, there is room for so many a second, and it can be cut with bytes on it.</summary>
public sealed class SlowLink : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _cut = new();
    readonly (int Port, TimeSpan Delay, double BytesPerSecond) _way;
    readonly Task _accepting;

    /// <param name="port">of the server</param>
    /// <param name="delay">in each direction</param>
    /// <param name="bytesPerSecond">of a connection, in each direction</param>
    public SlowLink(int port, TimeSpan delay, double bytesPerSecond)
    {
        _way = (port, delay, bytesPerSecond);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What is on it does not arrive.</summary>
    public async Task CutAsync()
    {
        await _cut.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _listener.Dispose();
        _cut.Dispose();
    }

    async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
                carrying.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_cut.Token)));
        }
        catch (Exception cut) when (cut is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carrying);
        }
    }

    async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _way.Port, _cut.Token);
                await await Task.WhenAny(PumpAsync(near.GetStream(), far.GetStream()), PumpAsync(far.GetStream(), near.GetStream()));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // One side has gone, and so does the other.
            }
    }

    async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var way = Channel.CreateBounded<(long Due, byte[] Bytes)>(64);
        var reading = ReadAsync(from, way.Writer);
        await foreach (var (due, bytes) in way.Reader.ReadAllAsync(_cut.Token))
        {
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var rest && rest > TimeSpan.Zero)
                await Task.Delay(rest, _cut.Token);
            await to.WriteAsync(bytes, _cut.Token);
        }
        await reading;
    }

    async Task ReadAsync(NetworkStream from, ChannelWriter<(long, byte[])> way)
    {
        var (buffer, free) = (new byte[16 * 1024], 0L);
        try
        {
            while (await from.ReadAsync(buffer, _cut.Token) is > 0 and var count)
            {
                // Behind what is on the way already.
                free = Math.Max(free, Stopwatch.GetTimestamp()) + (long)(count / _way.BytesPerSecond * Stopwatch.Frequency);
                await way.WriteAsync((free + (long)(_way.Delay.TotalSeconds * Stopwatch.Frequency), buffer[..count]), _cut.Token);
            }
        }
        finally
        {
            way.Complete();
        }
    }
}
