using PyBase.Standalone.Embedded;

var builder = WebApplication.CreateBuilder(args);
using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
try
{
    await using var parts = await EmbeddedParts.StartAsync(
        StandaloneOptions.From(builder.Configuration), logging.CreateLogger("PyBase.Standalone"), CancellationToken.None);
    builder.Configuration.AddInMemoryCollection(parts.Settings);

    await using var app = builder.Build();
    app.MapGet("/health", () => "ok");
    _ = parts.Lost.ContinueWith(lost => app.Lifetime.StopApplication(), TaskContinuationOptions.OnlyOnFaulted);
    await app.RunAsync();
    return 0;
}
catch (EmbeddedPartException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
