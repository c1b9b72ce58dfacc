using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace PyBase.Api.Json;

/// <summary>Bodies that strangers wrote.</summary>
static class JsonBody
{
    /// <summary>Largest body of a request: 1,000 records of long texts fit, a flood does not.</summary>
    const long MaxBytes = 32 << 20;

    /// <summary>
    /// The JSON object of the body, null when it is none. Every string in it can be read and stored: half of a surrogate pair is U+FFFD, NUL is left out.
    /// A body that is too large is an exception of the server's, which <see cref="Errors.Failures"/> puts into words.
    /// </summary>
    public static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        using var body = new MemoryStream((int)Math.Clamp(context.Request.ContentLength ?? 0, 0, 1 << 20));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        if (!Utf8.IsValid(bytes.Span))
            return null;
        try
        {
            var json = JsonDocument.Parse(bytes[..JsonEscapes.Repair(bytes.Span)]);
            if (json.RootElement.ValueKind is JsonValueKind.Object)
                return json;
            json.Dispose();
        }
        catch (JsonException)
        {
        }
        return null;
    }
}
