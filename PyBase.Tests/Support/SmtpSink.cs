using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace PyBase.Tests.Support;

/// <summary>A mail server (RFC 5321) that keeps what it is given. What it says to a recipient can be set by address.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Channel<MimeMessage> received = Channel.CreateUnbounded<MimeMessage>();
    readonly ConcurrentDictionary<string, (string Reply, int Left)> refusals = new(StringComparer.OrdinalIgnoreCase);
    readonly Task serving;
    int refused;

    public SmtpSink()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How often a recipient was refused.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Answers <c>RCPT TO</c> of this address with <paramref name="reply"/> so many times, then takes its mails again.</summary>
    public void Refuse(string address, string reply, int times) => refusals[address] = (reply, times);

    /// <summary>The next mail to this address; those to others that come before it are passed over.</summary>
    public async Task<MimeMessage> NextAsync(string to)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var mail = await received.Reader.ReadAsync(patience.Token);
            if (mail.To.Mailboxes.Any(box => box.Address.Equals(to, StringComparison.OrdinalIgnoreCase)))
                return mail;
        }
    }

    /// <summary>What came and was not asked for.</summary>
    public IReadOnlyList<MimeMessage> Rest()
    {
        var rest = new List<MimeMessage>();
        while (received.Reader.TryRead(out var mail))
            rest.Add(mail);
        return rest;
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = TalkAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        using (client)
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await SayAsync(stream, "220 sink ready");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var verb = line.Split([' ', ':'], 2)[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    await SayAsync(stream, "354 go on");
                    received.Writer.TryWrite(await ReadMessageAsync(reader));
                }
                else if (verb == "RCPT" && Refusal(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]) is { } refusal)
                {
                    Interlocked.Increment(ref refused);
                    await SayAsync(stream, refusal);
                    continue;
                }
                await SayAsync(stream, verb == "QUIT" ? "221 bye" : "250 OK");
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
        }
    }

    string? Refusal(string address)
    {
        if (!refusals.TryGetValue(address, out var refusal) || refusal.Left == 0)
            return null;
        refusals[address] = refusal with { Left = refusal.Left - 1 };
        return refusal.Reply;
    }

    async Task<MimeMessage> ReadMessageAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(bytes, stop.Token);
    }

    ValueTask SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop.Token);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        stop.Dispose();
    }
}
