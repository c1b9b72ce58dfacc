using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>
/// The distributed shape on one machine: any number of each role as separate processes on PostgreSQL, Redis and RabbitMQ, with one folder of files. Any
/// process can be killed and started again while the others go on.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    readonly List<PyBaseProcess> _api = [];
    readonly List<PyBaseProcess> _realtime = [];
    readonly List<PyBaseProcess> _workers = [];
    readonly Dictionary<string, string> _settings = [];
    readonly List<IAsyncDisposable> _own = [];
    readonly Lazy<Task<NginxServer>> _nginx;
    readonly Lazy<Task<HaproxyServer>> _haproxy;
    string[] _draining = [];

    Cluster()
    {
        _nginx = new(() => Own(NginxServer.StartAsync(Addresses(_api), Addresses(_realtime))));
        _haproxy = new(() => Own(HaproxyServer.StartAsync(Addresses(_api), Addresses(_realtime))));
    }

    public IReadOnlyList<PyBaseProcess> Api => _api;

    public IReadOnlyList<PyBaseProcess> Realtime => _realtime;

    public IReadOnlyList<PyBaseProcess> Workers => _workers;

    public PostgresServer Postgres { get; private set; } = null!;

    public RedisServer Redis { get; private set; } = null!;

    public RabbitMqServer RabbitMq { get; private set; } = null!;

    /// <summary>In front of the Apis and Realtimes that there were when the first test asked.</summary>
    public Task<NginxServer> NginxAsync() => _nginx.Value;

    /// <summary>The same in front of the same.</summary>
    public Task<HaproxyServer> HaproxyAsync() => _haproxy.Value;

    /// <summary>For tests that look at rows.</summary>
    public string ConnectionString => _settings.GetValueOrDefault("ConnectionStrings:pybaseDirect", _settings["ConnectionStrings:pybase"]);

    /// <summary>The file store that all processes share.</summary>
    public string Files => _settings["Files:Path"];

    /// <summary>What every process is given.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>The n-th Api; cookies and tokens are the caller's.</summary>
    public HttpClient Client(int api = 0) => _api[api].Client;

    public Uri RealtimeAddress(int realtime = 0) => _realtime[realtime].Address;

    public static async Task<Cluster> StartAsync(Servers servers, ClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (options.Workers > 0)
            Require.Server("rabbitmq-server");
        var cluster = new Cluster();
        try
        {
            await cluster.StartServersAsync(servers, options, cancellationToken);
            await cluster.StartProcessesAsync(options, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more of a role, healthy when this returns. The Apis learn of a new Realtime when they start again.</summary>
    public async Task<PyBaseProcess> AddAsync(Role role, CancellationToken cancellationToken = default)
    {
        var process = Add(role, null, Arguments(role));
        await process.StartAsync(cancellationToken);
        return process;
    }

    /// <summary>A worker that takes only some queues: <c>cad-extraction,imports=2</c>.</summary>
    public async Task<PyBaseProcess> AddWorkerAsync(string queues, CancellationToken cancellationToken = default)
    {
        var process = Add(Role.Workers, null, ["--queues", queues]);
        await process.StartAsync(cancellationToken);
        return process;
    }

    /// <summary>A process of a role that the others do not know of, with settings of its own (<c>--Server:RecycleAfter</c>, <c>20</c>); it is the caller's.</summary>
    public async Task<PyBaseProcess> StartOneAsync(Role role, string[] arguments, CancellationToken cancellationToken = default)
    {
        var process = new PyBaseProcess($"PyBase.{role}", $"{role.ToString().ToLowerInvariant()}-alone", arguments, _settings);
        await process.StartAsync(cancellationToken);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_api.Concat(_realtime).Concat(_workers).Select(process => process.DisposeAsync().AsTask()));
        for (var last = _own.Count - 1; last >= 0; last--)
            await _own[last].DisposeAsync();
    }

    async Task StartServersAsync(Servers servers, ClusterOptions options, CancellationToken cancellationToken)
    {
        // The broker takes ten times as long as the rest, so it goes first and is awaited last. Who has no workers needs none.
        var rabbitMq = options.Workers == 0 || options.Settings.ContainsKey("ConnectionStrings:messaging") ? null : options.OwnServers ? Own(RabbitMqServer.StartAsync(cancellationToken)) : servers.RabbitMqAsync();
        // Redis' channels know no databases, so two clusters on one would hear each other.
        if (!options.Settings.ContainsKey("ConnectionStrings:cache"))
            _settings["ConnectionStrings:cache"] = (Redis = await Own(RedisServer.StartAsync(cancellationToken))).ConnectionString;
        _settings["Files:Path"] = TestRun.NewFolder("files");
        foreach (var (name, value) in options.Settings)
            _settings[name] = value;
        if (options.Telemetry is not null)
        {
            _settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = options.Telemetry.GetLeftPart(UriPartial.Authority);
            _settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            _settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
            _settings["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        }
        if (options.Settings.TryGetValue("ConnectionStrings:pybase", out var given))
            await (options.IsMigrated ? Task.CompletedTask : MigrateAsync(given, cancellationToken));
        else
        {
            Postgres = await (options.OwnServers ? Own(PostgresServer.StartAsync(durable: true, cancellationToken)) : servers.PostgresAsync());
            // Migrated once per run, by the program that does it in production; every further cluster copies the result.
            var database = await Postgres.CopyDatabaseAsync("cluster", MigrateAsync, cancellationToken);
            _own.Add(database);
            _settings["ConnectionStrings:pybase"] = database.ConnectionString;
        }
        if (options.Databases is { } databases)
            foreach (var (name, value) in await databases(ConnectionString))
                _settings[name] = value;
        if (rabbitMq is null)
            return;
        RabbitMq = await rabbitMq;
        _settings["ConnectionStrings:messaging"] = await RabbitMq.CreateVirtualHostAsync(cancellationToken);
    }

    Task MigrateAsync(string connectionString, CancellationToken cancellationToken) =>
        PyBaseProcess.RunAsync("PyBase.Api", "migrate", ["--migrate"],
            new Dictionary<string, string>(_settings) { ["ConnectionStrings:pybase"] = connectionString }, cancellationToken);

    async Task StartProcessesAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        _draining = options.DrainFor is { } time ? ["--Server:DrainFor", $"{time}"] : [];
        for (var i = 0; i < options.Realtime; i++)
        {
            // The Apis forward to all of them, by service discovery; their addresses are known before they run.
            var port = LoopbackPort.Free();
            _settings[$"services:realtime:http:{i}"] = $"http://127.0.0.1:{port}";
            Add(Role.Realtime, port, Arguments(Role.Realtime));
        }
        for (var i = 0; i < options.Api; i++)
            Add(Role.Api, i == 0 ? options.ApiPort : null, Arguments(Role.Api));
        for (var i = 0; i < options.Workers; i++)
            Add(Role.Workers, null, Arguments(Role.Workers));
        await Task.WhenAll(_api.Concat(_realtime).Concat(_workers).Select(process => process.StartAsync(cancellationToken)));
    }

    PyBaseProcess Add(Role role, int? port, string[] arguments)
    {
        var of = role switch { Role.Api => _api, Role.Realtime => _realtime, _ => _workers };
        var process = new PyBaseProcess($"PyBase.{role}", $"{role.ToString().ToLowerInvariant()}-{of.Count}", arguments, _settings, port);
        of.Add(process);
        return process;
    }

    /// <summary>Nobody sends to a worker, so there is nobody to wait for.</summary>
    string[] Arguments(Role role) => role is Role.Workers ? [] : _draining;

    static IEnumerable<Uri> Addresses(IEnumerable<PyBaseProcess> processes) => processes.Select(process => process.Address);

    async Task<T> Own<T>(Task<T> starting) where T : IAsyncDisposable
    {
        var server = await starting;
        lock (_own)
            _own.Add(server);
        return server;
    }
}
