using PyBase.Standalone.Embedded;
using PyBase.Storage.Postgres;

var builder = WebApplication.CreateBuilder(args);
using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
try
{
    await using var parts = await EmbeddedParts.StartAsync(
        StandaloneOptions.From(builder.Configuration), logging.CreateLogger("PyBase.Standalone"), CancellationToken.None);
    builder.Configuration.AddInMemoryCollection(parts.Settings);
    if (builder.Configuration["urls"] is null)
        builder.WebHost.UseUrls("http://localhost:8000");

    builder.AddServiceDefaults();
    builder.AddPyBaseApi().AddPyBaseRealtime().AddPyBaseWorkers();
    await using var app = builder.Build();
    await app.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(CancellationToken.None);
    app.MapDefaultEndpoints();
    app.MapPyBaseApi(forwardHubs: false).MapPyBaseRealtime().MapPyBaseWorkers();
    _ = parts.Lost.ContinueWith(lost => app.Lifetime.StopApplication(), TaskContinuationOptions.OnlyOnFaulted);
    await app.RunAsync();
    return 0;
}
catch (EmbeddedPartException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
