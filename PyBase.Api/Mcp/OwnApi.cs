using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol.Protocol;
using PyBase.Api.Json;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Mcp;

/// <summary>
/// Asks the API of this process as whoever called the tool, with their token or cookie, through everything that a request from outside goes through: roles, rules,
/// scopes and limits need no second place.
/// </summary>
sealed class OwnApi(IHttpContextAccessor caller, Pipeline pipeline, IServiceScopeFactory scopes)
{
    /// <summary>What is kept of an answer before it is cut to what a tool shows.</summary>
    const int MaxBytes = 8 << 20;

    static readonly string[] Credentials = ["Authorization", "Cookie", Sessions.ClientHeader];

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public Task<CallToolResult> GetAsync(FormattableString path, CancellationToken cancellation, params (string Name, object? Value)[] query) => SendAsync(HttpMethods.Get, path, null, cancellation, query);

    public async Task<CallToolResult> SendAsync(string method, FormattableString path, object? body, CancellationToken cancellation, params (string Name, object? Value)[] query) =>
        ToolAnswer.Of(await AskAsync(method, path, body, cancellation, query));

    /// <summary>The answer as it is, for tools that show a part of it.</summary>
    /// <param name="method">GET and so on.</param>
    /// <param name="path">Each value in it is one segment, whatever it holds.</param>
    /// <param name="body">Sent as JSON; null for none.</param>
    /// <param name="cancellation">Of the tool's caller.</param>
    /// <param name="query">Those without a value are left out.</param>
    public async Task<(int Status, ReadOnlyMemory<byte> Body)> AskAsync(string method, FormattableString path, object? body, CancellationToken cancellation, params (string Name, object? Value)[] query)
    {
        var outer = caller.HttpContext!;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, outer.RequestAborted);
        await using var scope = scopes.CreateAsyncScope();
        using var answer = new BoundedAnswer(MaxBytes, ends);
        var sent = body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, Json);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Body = new MemoryStream(sent) });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = ends.Token });
        var inner = new DefaultHttpContext(features) { RequestServices = scope.ServiceProvider, TraceIdentifier = outer.TraceIdentifier };
        var request = inner.Request;
        (request.Method, request.Scheme, request.Host, request.Protocol) = (method, outer.Request.Scheme, outer.Request.Host, outer.Request.Protocol);
        request.Path = PathString.FromUriComponent(PathOf(path));
        request.QueryString = QueryOf(query);
        foreach (var header in Credentials)
            if (outer.Request.Headers.TryGetValue(header, out var value))
                request.Headers[header] = value;
        if (body is not null)
            (request.ContentType, request.ContentLength) = ("application/json", sent.Length);
        inner.Connection.RemoteIpAddress = outer.Connection.RemoteIpAddress;
        await pipeline.RunAsync(inner);
        await inner.Response.CompleteAsync();
        cancellation.ThrowIfCancellationRequested();
        return answer.IsTooLarge ? (StatusCodes.Status413PayloadTooLarge, default) : (inner.Response.StatusCode, answer.GetBuffer().AsMemory(0, (int)answer.Length));
    }

    static string PathOf(FormattableString path) => string.Format(CultureInfo.InvariantCulture, path.Format, [.. path.GetArguments().Select(part => Uri.EscapeDataString((string)part!))]);

    /// <summary>A list is its name once for each value.</summary>
    static QueryString QueryOf((string Name, object? Value)[] query) => QueryString.Create(query.SelectMany(one => one.Value switch
    {
        null => [],
        IEnumerable<string> many => many.Select(value => KeyValuePair.Create(one.Name, (string?)value)),
        bool flag => [KeyValuePair.Create(one.Name, (string?)(flag ? "true" : "false"))],
        var value => (IEnumerable<KeyValuePair<string, string?>>)[KeyValuePair.Create(one.Name, Convert.ToString(value, CultureInfo.InvariantCulture))],
    }));
}
