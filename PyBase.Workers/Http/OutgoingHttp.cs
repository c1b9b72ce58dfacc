using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using PyBase.Core.Jobs;
using PyBase.Storage.Files;
using PyBase.Workers.Attachments;

namespace PyBase.Workers.Http;

/// <summary>What came back from another system, or why nothing did.</summary>
/// <param name="Status">Its status; 0 when nothing came.</param>
/// <param name="Text">Its body, as far as it is read.</param>
/// <param name="Error">Why it did not go well.</param>
/// <param name="IsFinal">Asking again would end alike.</param>
sealed record HttpAnswer(int Status, string Text, JobError? Error = null, bool IsFinal = false);

/// <summary>Calls of systems whose addresses strangers give: to the address that was looked at, within a time, without following redirects, and never read beyond a megabyte.</summary>
sealed class OutgoingHttp(IOptions<FileStoreOptions> options) : IDisposable
{
    const int MaxAnswer = 1 << 20;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    static readonly string[] Ours = ["host", "content-length", "transfer-encoding", "connection", "upgrade", "expect", "te", "trailer"];

    readonly HttpMessageInvoker http = new(GuardedHttp.Handler(options.Value));

    /// <summary>Sends it once; <paramref name="delivery"/> is the same for every try, so that the other side can tell.</summary>
    public async Task<HttpAnswer> SendAsync(
        string method, string url, IEnumerable<KeyValuePair<string, string>> headers, string? body, string mediaType, string delivery, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return Refused("The address is none of http or https.");
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("PyBase", "1.0"));
        request.Headers.TryAddWithoutValidation("PyBase-Delivery", delivery);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", delivery);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType, "utf-8") } };
        foreach (var (name, value) in headers)
            if (Ours.Contains(name, StringComparer.OrdinalIgnoreCase) || value.AsSpan().IndexOfAny('\r', '\n') >= 0 || !Set(request, name, value))
                return Refused($"The header \"{name}\" cannot be sent.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await http.SendAsync(request, limit.Token);
            var (status, text) = ((int)answer.StatusCode, await ReadAsync(answer.Content, limit.Token));
            return status is >= 200 and < 300 ? new HttpAnswer(status, text)
                : new HttpAnswer(status, text, new JobError("http-refused", $"The server there answers {status}.", null), IsFinal: status is >= 300 and < 500 and not (408 or 425 or 429));
        }
        catch (HttpRequestException failed) when (failed.InnerException is PrivateAddressException)
        {
            return Refused("The address is not on the public internet.", "Whoever runs this installation can allow it: Files:AllowPrivateAddresses.");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or SocketException || failed is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new HttpAnswer(0, "", new JobError("http-failed", failed is OperationCanceledException ? $"There was no answer within {Patience.TotalSeconds:0} seconds." : $"The server there cannot be asked ({failed.GetType().Name}).", null));
        }
    }

    static bool Set(HttpRequestMessage request, string name, string value)
    {
        if (!name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
            return request.Headers.TryAddWithoutValidation(name, value);
        if (request.Content is not null && MediaTypeHeaderValue.TryParse(value, out var type))
            request.Content.Headers.ContentType = type;
        return true;
    }

    static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[16 * 1024];
        using var kept = new MemoryStream();
        while (kept.Length < MaxAnswer && await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            kept.Write(buffer, 0, (int)Math.Min(read, MaxAnswer - kept.Length));
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length).Replace("\0", "", StringComparison.Ordinal);
    }

    static HttpAnswer Refused(string why, string? hint = null) => new(0, "", new JobError("http-address-refused", why, hint), IsFinal: true);

    public void Dispose() => http.Dispose();
}
