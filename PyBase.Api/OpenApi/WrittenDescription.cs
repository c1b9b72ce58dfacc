using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace PyBase.Api.OpenApi;

/// <summary>The description as it is sent, <c>/openapi/v1.json</c>. It stays the same until the process ends, so it is written once: whoever asks again costs nothing, and a stranger cannot keep a core busy with it.</summary>
sealed class WrittenDescription([FromKeyedServices(WrittenDescription.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "v1";

    readonly Lazy<Task<(byte[] Json, EntityTagHeaderValue Tag)>> written = new(() => WriteAsync(provider));

    public async Task<IResult> AnswerAsync()
    {
        var (json, tag) = await written.Value;
        return Results.Bytes(json, "application/json;charset=utf-8", entityTag: tag);
    }

    static async Task<(byte[], EntityTagHeaderValue)> WriteAsync(IOpenApiDocumentProvider provider)
    {
        using var text = new MemoryStream();
        await (await provider.GetOpenApiDocumentAsync()).SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        var json = text.ToArray();
        return (json, new($"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..16]}\""));
    }
}
