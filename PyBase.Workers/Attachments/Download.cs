using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Storage.Files;

namespace PyBase.Workers.Attachments;

/// <summary>A file as it came, or why it did not.</summary>
sealed record Downloaded(StoredFile? Stored, string Name, string MediaType, JobError? Error = null)
{
    public static Downloaded Refused(string code, string message, string? hint = null) => new(null, "", "", new JobError(code, message, hint));
}

/// <summary>
/// Fetches files from addresses that strangers give. A name is looked up once, and the connection goes to the address that was looked at, so nobody can answer
/// differently the second time; every redirect is a new address to look at.
/// </summary>
sealed class Download(FileStore files, IOptions<FileStoreOptions> options) : IDisposable
{
    const int MaxRedirects = 5;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(30);

    readonly HttpMessageInvoker http = new(GuardedHttp.Handler(options.Value));

    public async Task<Downloaded> FetchAsync(AttachmentFetch fetch, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var url = new Uri(fetch.Url);
            for (var hop = 0; hop <= MaxRedirects; hop++)
            {
                if (url.Scheme is not ("http" or "https"))
                    return Downloaded.Refused("attachment-address-refused", $"The address leads to {url.Scheme}, which is not fetched.");
                using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { UserAgent = { new ProductInfoHeaderValue("PyBase", "1.0") } } };
                using var answering = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
                answering.CancelAfter(AnswerPatience);
                using var answer = await http.SendAsync(request, answering.Token);
                if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } next)
                    url = new Uri(url, next);
                else if (!answer.IsSuccessStatusCode)
                    return Downloaded.Refused("attachment-not-fetched", $"The server there answers {(int)answer.StatusCode}.");
                else
                    return await StoreAsync(fetch, url, answer, limit.Token);
            }
            return Downloaded.Refused("attachment-not-fetched", $"The address is redirected more than {MaxRedirects} times.");
        }
        catch (HttpRequestException failed) when (failed.InnerException is PrivateAddressException)
        {
            return Downloaded.Refused("attachment-address-refused", "The address is not on the public internet.", "Whoever runs this installation can allow it: Files:AllowPrivateAddresses.");
        }
        catch (Exception failed) when (failed is HttpRequestException or UriFormatException or TimeoutException || failed is IOException && failed is not FileNotFoundException
            || failed is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return Downloaded.Refused("attachment-not-fetched", $"The file could not be fetched ({failed.GetType().Name}).", "Check the address and write it again.");
        }
    }

    async Task<Downloaded> StoreAsync(AttachmentFetch fetch, Uri url, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var tooLarge = Downloaded.Refused("attachment-too-large", $"The file has more than {files.MaxBytes:N0} bytes.", "The limit is the setting Files:MaxBytes.");
        if (answer.Content.Headers.ContentLength > files.MaxBytes)
            return tooLarge;
        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        if (await files.WriteAsync(content, cancellation) is not { } stored)
            return tooLarge;
        var name = fetch.FileName ?? (Disposition(answer) is { } given ? AttachmentAddress.CleanName(given) : AttachmentAddress.NameIn(url));
        return new Downloaded(stored, name, await MediaTypeAsync(answer, stored, cancellation));
    }

    static string? Disposition(HttpResponseMessage answer) => answer.Content.Headers.ContentDisposition is { } disposition
        ? (disposition.FileNameStar ?? disposition.FileName)?.Trim('"') is { Length: > 0 } name ? name : null : null;

    /// <summary>What the server says it is, unless that says nothing and the first bytes do.</summary>
    async Task<string> MediaTypeAsync(HttpResponseMessage answer, StoredFile stored, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType is { Length: <= 100 } type && Ascii.IsValid(type) && type is not ("application/octet-stream" or "binary/octet-stream"))
            return type;
        await using var file = files.OpenRead(stored.Sha256);
        var start = new byte[12];
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        return start.AsSpan(0, length) switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "application/pdf",
            [(byte)'P', (byte)'K', 3, 4, ..] => "application/zip",
            _ => "application/octet-stream",
        };
    }

    public void Dispose() => http.Dispose();
}
