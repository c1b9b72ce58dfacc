using System.Diagnostics;
using System.Net.Http.Headers;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>
/// RabbitMQ from its installed programs, with its own epmd, cookie, ports and folder. Debian's wrapper script changes to the system's broker's folder and user,
/// so the program below it is called. A test takes a virtual host of its own.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    const string Debian = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    readonly Epmd? _epmd;
    readonly ChildProcess _broker;
    readonly HttpClient _management;

    /// <param name="epmd">Its own, which ends with it, when <paramref name="cluster"/> is null.</param>
    /// <param name="cluster">What a node of several has in its settings besides.</param>
    RabbitMqServer(int port, string folder, ServerAccount account, Epmd epmd, string cookie, string? cluster)
    {
        (Port, Name, _epmd) = (port, NameOf(port), cluster is null ? epmd : null);
        var (management, distribution) = (LoopbackPort.Free(), LoopbackPort.Free());
        Write(folder, "rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {management}
            vm_memory_high_watermark.absolute = 512MB
            disk_free_limit.absolute = 50MB
            log.console = true
            log.console.level = {(cluster is null ? "warning" : "info")}
            log.file = false
            {cluster}
            """);
        Write(folder, "advanced.config", "[{kernel,[{inet_dist_use_interface,{127,0,0,1}}]}].\n");
        Write(folder, "enabled_plugins", "[rabbitmq_management].\n");
        Write(folder, ".erlang.cookie", cookie);

        Dictionary<string, string> environment = new(epmd.Environment)
        {
            ["HOME"] = folder,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_NODENAME"] = Name,
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(folder, "advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(folder, "config"),
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none",
            // The script becomes the Erlang machine instead of waiting for one as a child, which nobody would kill.
            ["detached"] = "1",
        };
        var program = File.Exists(Debian) ? Debian : Require.Server("rabbitmq-server");
        _broker = new("rabbitmq", () => StartInfo(program, environment, account));
        _management = new HttpClient { BaseAddress = new($"http://127.0.0.1:{management}"), Timeout = TimeSpan.FromSeconds(30) };
        _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8));
    }

    public int Port { get; }

    /// <summary>As the nodes of a cluster call each other.</summary>
    public string Name { get; }

    public bool Running => _broker.Running;

    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken = default)
    {
        Require.Server("rabbitmq-server");
        var account = Account();
        for (var attempt = 1; ; attempt++)
        {
            var server = await PrepareAsync(LoopbackPort.Free(), account, Epmd.Start(account), Guid.NewGuid().ToString("n"), null, cancellationToken);
            try
            {
                await server.StartAgainAsync(cancellationToken);
                return server;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // It listens ten seconds after its ports were found free, and somebody's connection may have got one of them.
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Nodes that find each other by the file of the runbook; the epmd is theirs together, and the caller's.</summary>
    internal static async Task<(IReadOnlyList<RabbitMqServer> Nodes, IAsyncDisposable Epmd)> StartClusterAsync(int count, CancellationToken cancellationToken)
    {
        Require.Server("rabbitmq-server");
        var (account, cookie) = (Account(), Guid.NewGuid().ToString("n"));
        var epmd = Epmd.Start(account);
        int[] ports = [.. Enumerable.Range(0, count).Select(_ => LoopbackPort.Free())];
        var settings = DeployFile.Read("rabbitmq/rabbitmq.conf");
        for (var n = 0; n < count; n++)
            settings = settings.With($"rabbit@messaging-{n + 1}", NameOf(ports[n]));
        var nodes = new List<RabbitMqServer>();
        foreach (var port in ports)
            nodes.Add(await PrepareAsync(port, account, epmd, cookie, settings.Text, cancellationToken));
        await Task.WhenAll(nodes.Select(node => node.StartAgainAsync(cancellationToken)));
        return (nodes, epmd);
    }

    /// <summary>A virtual host of its own: <c>amqp://guest:guest@127.0.0.1:port/name</c>.</summary>
    public async Task<string> CreateVirtualHostAsync(CancellationToken cancellationToken = default)
    {
        var name = Guid.NewGuid().ToString("n")[..12];
        using var host = await _management.PutAsync($"/api/vhosts/{name}", null, cancellationToken);
        host.EnsureSuccessStatusCode();
        using var rights = await _management.PutAsync($"/api/permissions/{name}/guest",
            new StringContent("""{"configure":".*","write":".*","read":".*"}""", new MediaTypeHeaderValue("application/json")), cancellationToken);
        rights.EnsureSuccessStatusCode();
        return $"amqp://guest:guest@127.0.0.1:{Port}/{name}";
    }

    /// <summary>The management API, signed in: <c>/api/queues/{vhost}</c>.</summary>
    public HttpClient Management => _management;

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _broker.KillAsync();

    /// <summary>As <c>kill -STOP</c>.</summary>
    public Task SignalAsync(string signal) => _broker.SignalAsync(signal);

    /// <summary>After <see cref="KillAsync"/>: same ports, same data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        var before = Started();
        _broker.Start();
        await _broker.WaitAsync(async cancellation => Started() > before && await AnswersAsync(cancellation), TimeSpan.FromSeconds(90), cancellationToken);
    }

    /// <summary>How often it has said so. It listens a moment before, and a virtual host that another node makes in that moment never starts here.</summary>
    int Started() => _broker.Tail(int.MaxValue).Split(" completed with ").Length;

    public async ValueTask DisposeAsync()
    {
        _management.Dispose();
        await _broker.DisposeAsync();
        if (_epmd is not null)
            await _epmd.DisposeAsync();
    }

    static ServerAccount Account() => ServerAccount.RunsAsRoot && ServerAccount.IsKnown("rabbitmq") ? new ServerAccount("rabbitmq") : ServerAccount.Own;

    static string NameOf(int port) => $"pybase{port}@localhost";

    static async Task<RabbitMqServer> PrepareAsync(int port, ServerAccount account, Epmd epmd, string cookie, string? cluster, CancellationToken cancellationToken)
    {
        var folder = TestRun.NewFolder("rabbitmq");
        var server = new RabbitMqServer(port, folder, account, epmd, cookie, cluster);
        await account.OwnAsync(folder, cancellationToken);
        return server;
    }

    async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Management answers before the broker does.
            using var listens = await _management.GetAsync($"/api/health/checks/port-listener/{Port}", cancellationToken);
            return listens.IsSuccessStatusCode;
        }
        catch (Exception refused) when (refused is HttpRequestException || (refused is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    static ProcessStartInfo StartInfo(string program, Dictionary<string, string> environment, ServerAccount account)
    {
        var start = new ProcessStartInfo(program);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        account.ApplyTo(start);
        return start;
    }

    static void Write(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        // Erlang refuses a cookie that others may read.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
