using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Imports;
using PyBase.Storage.Files;
using PyBase.Workers.Attachments;

namespace PyBase.Workers.Airtable;

/// <summary>Reads a base through Airtable's API: at most five requests a second, as it asks for, and after a 429 not before it says.</summary>
sealed class AirtableClient(AirtableRequest source, FileStoreOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Of one answer.</summary>
    const int MaxBytes = 32 << 20;
    const int MaxTries = 6;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(210);
    static readonly TimeSpan AfterTooMany = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly HttpMessageInvoker http = new(GuardedHttp.Handler(options));
    long last;

    public Task<Result<JsonElement>> TablesAsync(CancellationToken cancellation) => GetAsync($"/v0/meta/bases/{source.Base}/tables", cancellation);

    /// <summary>A page of records with cells by field id; the first when <paramref name="offset"/> is null.</summary>
    public Task<Result<JsonElement>> RecordsAsync(string table, string? offset, CancellationToken cancellation) =>
        GetAsync($"/v0/{source.Base}/{table}?pageSize=100&returnFieldsByFieldId=true{(offset is null ? "" : $"&offset={Uri.EscapeDataString(offset)}")}", cancellation);

    async Task<Result<JsonElement>> GetAsync(string path, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            if (Pause - clock.GetElapsedTime(last) is var wait && last != 0 && wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, cancellation);
            last = clock.GetTimestamp();
            TimeSpan again;
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(Patience);
                using var request = new HttpRequestMessage(HttpMethod.Get, source.Url + path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", source.Token), UserAgent = { new ProductInfoHeaderValue("PyBase", "1.0") } } };
                using var answer = await http.SendAsync(request, limit.Token);
                if (answer.IsSuccessStatusCode)
                    return await ReadAsync(answer, limit.Token);
                if (answer.StatusCode is not HttpStatusCode.TooManyRequests && (int)answer.StatusCode < 500)
                    return ImportErrors.SourceFailed($"it answers {(int)answer.StatusCode} to {path.Split('?')[0]}");
                again = answer.Headers.RetryAfter?.Delta ?? (answer.StatusCode is HttpStatusCode.TooManyRequests ? AfterTooMany : TimeSpan.FromSeconds(tries));
                if (tries == MaxTries)
                    return ImportErrors.SourceFailed($"it answers {(int)answer.StatusCode} again and again");
            }
            catch (HttpRequestException refused) when (refused.InnerException is PrivateAddressException)
            {
                return ImportErrors.SourceFailed("its address is not on the public internet, and Files:AllowPrivateAddresses is off");
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || broken is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                if (tries == MaxTries)
                    return ImportErrors.SourceFailed($"it cannot be reached ({broken.GetType().Name})");
                again = TimeSpan.FromSeconds(tries);
            }
            await Task.Delay(again < TimeSpan.FromMinutes(2) ? again : TimeSpan.FromMinutes(2), clock, cancellation);
        }
    }

    static async Task<Result<JsonElement>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (bytes.Length + read > MaxBytes)
                return ImportErrors.SourceFailed("an answer is too long");
            bytes.Write(buffer, 0, read);
        }
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) is { ValueKind: JsonValueKind.Object } json ? json : ImportErrors.SourceFailed("an answer is no object");
        }
        catch (JsonException)
        {
            return ImportErrors.SourceFailed("an answer is not JSON");
        }
    }

    public void Dispose() => http.Dispose();
}
