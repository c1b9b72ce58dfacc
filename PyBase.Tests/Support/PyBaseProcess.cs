using System.Diagnostics;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>One of PyBase's processes, as people run it: <c>dotnet PyBase.Api.dll --urls …</c>.</summary>
public sealed class PyBaseProcess : IAsyncDisposable
{
    readonly ChildProcess _process;

    /// <param name="project"><c>PyBase.Api</c></param>
    /// <param name="name">as it is called in logs: <c>api-0</c></param>
    internal PyBaseProcess(string project, string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, int? port = null)
    {
        Name = name;
        Address = new($"http://127.0.0.1:{port ?? LoopbackPort.Free()}");
        Client = new HttpClient { BaseAddress = Address };
        string[] all = ["--urls", Address.GetLeftPart(UriPartial.Authority), .. arguments];
        _process = new(name, () => StartInfo(project, all, settings));
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Without cookies or tokens.</summary>
    public HttpClient Client { get; }

    public int Id => _process.Id;

    public bool Running => _process.Running;

    /// <summary>Once it has ended.</summary>
    public int? ExitCode => _process.ExitCode;

    public string Log => _process.Tail(int.MaxValue);

    public string LogFile => _process.LogFile;

    /// <summary>Starts it and waits until <c>/health</c> answers 200. Also after <see cref="KillAsync"/>: same address, same settings.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _process.Start();
        await _process.WaitAsync(IsHealthyAsync, TimeSpan.FromSeconds(120), cancellationToken);
    }

    /// <summary>Starts a program that does something and ends.</summary>
    public void Launch() => _process.Start();

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>As <c>kill -STOP</c>.</summary>
    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    /// <summary>Waits until it ends by itself.</summary>
    public Task<int> WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>SIGTERM, and waits.</summary>
    public Task StopAsync() => _process.StopAsync(TimeSpan.FromSeconds(40));

    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync();
        await StartAsync(cancellationToken);
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        // Whoever has the address may take the connection and never answer; ours may wait a while for a Redis that is not there.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            using var health = await Client.GetAsync("/health", patience.Token);
            return health.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException || silent is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    /// <summary>Runs a program of the project to its end; an exit code other than 0 is an error with the log in it.</summary>
    internal static async Task RunAsync(string project, string name, string[] arguments, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await using var process = new ChildProcess(name, () => StartInfo(project, arguments, settings));
        process.Start();
        if (await process.WaitForExitAsync(cancellationToken) is not 0 and var code)
            throw new InvalidOperationException($"{project} {string.Join(' ', arguments)} ended with {code}:\n{process.Tail()}");
    }

    static ProcessStartInfo StartInfo(string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var program = Repository.Program(project);
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(program) };
        // What a developer has set for his own PyBase is not meant for the tests.
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToArray())
            start.Environment.Remove(name);
        // A process of a test lives for seconds: what it would gain from profiles of its own code comes too late.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["Logging__Console__FormatterName"] = "simple";
        start.Environment["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled";
        start.Environment["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ";
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    static bool IsSetting(string name) =>
        name.Contains("__", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);
}
