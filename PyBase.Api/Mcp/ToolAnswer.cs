using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PyBase.Api.Errors;
using PyBase.Core.Errors;

namespace PyBase.Api.Mcp;

/// <summary>What a tool gives: the JSON of the API as text, and failures in one form, whichever the door behind it has.</summary>
static class ToolAnswer
{
    /// <summary>A model reads it all: what is longer does more harm than good.</summary>
    public const int MaxBytes = 256 << 10;

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CallToolResult Of((int Status, ReadOnlyMemory<byte> Body) answer) =>
        answer.Status is >= 200 and < 300 ? Of(answer.Body.Length == 0 ? "{}"u8 : answer.Body.Span)
        : answer is (StatusCodes.Status413PayloadTooLarge, { Length: 0 }) ? Of(ToolErrors.TooLarge)
        : Failed(Read(answer.Body.Span), answer.Status);

    /// <summary>A part of the answer, or the failure.</summary>
    public static CallToolResult Of((int Status, ReadOnlyMemory<byte> Body) answer, Func<JsonNode, JsonNode?> show) =>
        answer.Status is < 200 or >= 300 ? Of(answer)
        : show(Read(answer.Body.Span)!) is { } shown ? Of(JsonSerializer.SerializeToUtf8Bytes(shown, Plain))
        : Of(Core.Schema.SchemaErrors.ModelNotFound);

    public static CallToolResult Of(Error error) => Text(new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message, ["hint"] = error.Hint, ["status"] = Problems.Status(error.Kind) },
    }.ToJsonString(Plain), isError: true);

    static CallToolResult Of(ReadOnlySpan<byte> json) => json.Length > MaxBytes ? Of(ToolErrors.TooLarge) : Text(Encoding.UTF8.GetString(json), isError: false);

    static CallToolResult Text(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    static JsonNode? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.Length == 0 ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Of <c>{"error":"NOT_FOUND"}</c>, <c>{"error":{"type":…}}</c> and problem details one and the same, with the code as <c>docs/errors.md</c> has it.</summary>
    static CallToolResult Failed(JsonNode? body, int status)
    {
        var airtable = body?["error"];
        var said = airtable as JsonObject ?? body as JsonObject;
        var code = (string?)said?["code"] ?? ((airtable as JsonValue)?.ToString() ?? (string?)said?["type"] ?? (status == 404 ? "not-found" : "failed")).ToLowerInvariant().Replace('_', '-');
        var error = new JsonObject
        {
            ["code"] = code,
            ["message"] = (string?)said?["message"] ?? (string?)said?["detail"] ?? (status == 404 ? "It does not exist, or you may not see it." : "Something went wrong on the server; its log says what."),
            ["hint"] = (string?)said?["hint"],
            ["status"] = status,
        };
        if (said?["errors"] is JsonArray faults)
            error["errors"] = faults.DeepClone();
        return Text(new JsonObject { ["error"] = error }.ToJsonString(Plain), isError: true);
    }

    /// <summary>Calls that no tool can be made of have a code too.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> WithCodes(McpRequestHandler<CallToolRequestParams, CallToolResult> call) => async (request, cancellation) =>
    {
        try
        {
            return await call(request, cancellation);
        }
        catch (Exception wrong) when (wrong is ArgumentException or JsonException)
        {
            return Of(ToolErrors.InvalidArguments(wrong is JsonException { Path: { } path } ? $"{path} is not as the schema says." : wrong.Message));
        }
        catch (McpException unknown) when (request.MatchedPrimitive is null)
        {
            _ = unknown;
            return Of(ToolErrors.UnknownTool);
        }
    };
}
