using System.Net.Sockets;
using System.Runtime.InteropServices;
using Npgsql;
using PyBase.Standalone.Embedded;
using PyBase.Storage.Postgres;

var builder = WebApplication.CreateBuilder(args);
// Why it does not start is said below in one sentence, not as a stack; a background service that ends the host is critical.
builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
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
    await using var parts = await EmbeddedParts.StartAsync(StandaloneOptions.From(builder.Configuration), logging.CreateLogger("PyBase.Standalone"), stopping.Token);
    builder.Configuration.AddInMemoryCollection(parts.Settings);
    if (builder.Configuration["urls"] is null)
        builder.WebHost.UseUrls("http://localhost:8000");

    builder.AddServiceDefaults();
    builder.AddPyBaseApi().AddPyBaseRealtime().AddPyBaseWorkers();
    await using var app = builder.Build();
    await app.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(stopping.Token);
    app.MapDefaultEndpoints();
    app.MapPyBaseApi(forwardHubs: false).MapPyBaseRealtime().MapPyBaseWorkers();
    _ = parts.Lost.ContinueWith(lost => app.Lifetime.StopApplication(), TaskContinuationOptions.OnlyOnFaulted);
    await using var stop = stopping.Token.Register(app.Lifetime.StopApplication);
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
catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{taken.Message.TrimEnd('.')}. Stop the other program, or choose another address with --urls http://localhost:PORT.");
    return 1;
}
catch (NpgsqlException away)
{
    await Console.Error.WriteLineAsync($"The database does not answer: {away.Message} Start it, or leave ConnectionStrings:pybase away to use the one that PyBase brings.");
    return 1;
}
catch (Exception refused) when (refused is SocketException or FormatException || refused.InnerException is SocketException)
{
    await Console.Error.WriteLineAsync($"PyBase cannot listen on {builder.Configuration["urls"]}: {refused.Message} Choose another address with --urls http://localhost:PORT.");
    return 1;
}
finally
{
    foreach (var signal in signals)
        signal.Dispose();
}
