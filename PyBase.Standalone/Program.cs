using System.Runtime.InteropServices;
using Npgsql;
using PyBase.ServiceDefaults;
using PyBase.Standalone.Embedded;
using PyBase.Standalone.Planning;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;

if (args is ["plan", .. var asked])
    return PlanCommand.Run(asked, Console.Out, Console.Error);

// The settings are read once. A watch over them would be over the current directory with all below it, where every write of the database is an event.
var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
// Why it does not start is said below in one sentence, not as a stack; a background service that ends the host is critical.
builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole().AddJsonLines());
// The host listens to signals once it runs; until then the database has been started already, and must not stay behind. SIGHUP is a terminal that was closed.
using var stopping = new CancellationTokenSource();
PosixSignal[] ends = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
var signals = ends.Select(signal => PosixSignalRegistration.Create(signal, stop =>
{
    stop.Cancel = true;
    stopping.Cancel();
})).ToArray();
try
{
    ListenAddress.EnsureFree(builder.Configuration["urls"] ?? ListenAddress.Default);
    var options = StandaloneOptions.From(builder.Configuration);
    // A new database keeps one core busy for a second or two; the program gets itself ready on another.
    var building = Task.Run(Build);
    await using var parts = await EmbeddedParts.StartAsync(options, logging.CreateLogger("PyBase.Standalone"), stopping.Token);
    await using var app = await building;
    builder.Configuration.AddInMemoryCollection(parts.Settings);
    await app.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(stopping.Token);
    if (FileMove.Wanted(args) is { } intoBucket)
        return await app.Services.GetRequiredService<FileMove>().RunAsync(intoBucket, Console.Out, stopping.Token);
    _ = parts.Lost.ContinueWith(lost => app.Lifetime.StopApplication(), TaskContinuationOptions.OnlyOnFaulted);
    await using var stop = stopping.Token.Register(() => app.Services.GetRequiredService<Drain>().Begin("told to end"));
    await app.StartAsync(stopping.Token);
    await app.WaitForShutdownAsync();
    if (parts.Lost.IsFaulted)
        await parts.Lost;
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
catch (EmbeddedPartException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
catch (NpgsqlException away)
{
    await Console.Error.WriteLineAsync($"The database does not answer: {away.Message} Start it, or leave ConnectionStrings:pybase away to use the one that PyBase brings.");
    return 1;
}
finally
{
    foreach (var signal in signals)
        signal.Dispose();
}

WebApplication Build()
{
    builder.ListenUnlessTold(ListenAddress.Default);
    builder.AddServiceDefaults();
    builder.AddPyBaseApi().AddPyBaseRealtime().AddPyBaseWorkers();
    var built = builder.Build();
    built.MapDefaultEndpoints();
    built.MapPyBaseApi(forwardHubs: false).MapPyBaseRealtime().MapPyBaseWorkers();
    DatabaseUpgrade.Rehearse();
    return built;
}
