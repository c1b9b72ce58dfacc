using PyBase.Api.Errors;
using PyBase.Core.Errors;

namespace PyBase.Api.Mcp;

/// <summary>
/// The Model Context Protocol at <c>/mcp</c>, over streamable HTTP and without sessions, so that any process answers any request. A tool is a request to our own API
/// (<see cref="OwnApi"/>), so that it may what its caller may, and says what the API says.
/// </summary>
static class McpApi
{
    const string Instructions = """
        PyBase keeps parts, drawings, bills of material and requirements in bases of linked tables. Begin with list_bases, then list_tables and describe_table: filters,
        sorts and cells go by the names of fields. Formulas are Airtable's; a quantity in one is a number in the unit of its field, while conditions take values with
        units ("10 mm"). Read pages with pageSize and offset rather than whole tables, and name the fields that you need. A failed call holds
        {"error":{"code","message","hint"}}; the hint says what to do.
        """;

    public static void AddMcp(this WebApplicationBuilder builder)
    {
        // Outside of all other middleware: a request of a tool goes the way of a request from outside.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, Pipeline>(services => services.GetRequiredService<Pipeline>()));
        builder.Services.AddSingleton<Pipeline>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<OwnApi>();
        builder.Services.AddMcpServer(options =>
            {
                options.ServerInfo = new() { Name = "pybase", Title = "PyBase", Version = typeof(McpApi).Assembly.GetName().Version!.ToString(3) };
                options.ServerInstructions = Instructions;
            })
            .WithHttpTransport(options => options.Stateless = true)
            .WithTools<BaseTools>().WithTools<RecordTools>().WithTools<RecordEditTools>().WithTools<TreeTools>().WithTools<DrawingTools>().WithTools<HistoryTools>()
            .WithRequestFilters(filters => filters.AddCallToolFilter(ToolAnswer.WithCodes));
    }

    public static void MapMcp(this WebApplication app) => app.MapMcp("/mcp").RequireAuthorization().AddEndpointFilter(OnlyOurPages).ExcludeFromDescription();

    /// <summary>As the protocol wants it: a page of another site is no client, whatever its DNS says.</summary>
    static async ValueTask<object?> OnlyOurPages(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var request = invocation.HttpContext.Request;
        return request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"{request.Scheme}://{request.Host}" ? ToolErrors.OtherOrigin.ToProblem() : await next(invocation);
    }
}

static class ToolErrors
{
    public static readonly Error OtherOrigin = new("other-origin", ErrorKind.Forbidden, "A page of another site asked.", "Programs call /mcp without an Origin header.");
    public static readonly Error UnknownTool = new("unknown-tool", ErrorKind.NotFound, "There is no such tool.", "tools/list names those there are.");
    public static readonly Error TooLarge = new("answer-too-large", ErrorKind.TooLarge, "The answer is larger than a tool gives.", "Ask for fewer records (pageSize) and only the fields you need (fields).");
    public static Error InvalidArguments(string why) => new("invalid-arguments", ErrorKind.Malformed, why, "tools/list has the schema of each tool's arguments.");
}
