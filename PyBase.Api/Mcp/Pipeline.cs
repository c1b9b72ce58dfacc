namespace PyBase.Api.Mcp;

/// <summary>All that a request goes through in this process, from its log line to its endpoint.</summary>
sealed class Pipeline : IStartupFilter
{
    RequestDelegate? whole;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(further => whole = further);
        next(app);
    };

    public Task RunAsync(HttpContext context) => whole!(context);
}
