using System.Diagnostics;
using Npgsql;

namespace PyBase.Standalone.Embedded;

/// <summary>
/// PostgreSQL as a child process on a free port of 127.0.0.1, without a Unix socket. A server that was left behind by a killed PyBase is taken over as it runs.
/// One that dies is started again on the same port: the pools reconnect by themselves, and nobody of a small team has to be there. When that
/// fails <see cref="Lost"/> faults, and the application should stop.
/// </summary>
sealed partial class PostgresProcess : IAsyncDisposable
{
    static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    readonly PostgresSettings _settings;
    readonly PostgresCluster _cluster;
    readonly ILogger _logger;
    readonly CancellationTokenSource _stopping = new();
    Process? _server;

    PostgresProcess(PostgresSettings settings, PostgresCluster cluster, ILogger logger) => (_settings, _cluster, _logger) = (settings, cluster, logger);

    public int Port { get; private set; }

    public int ProcessId => _server!.Id;

    public int Major => _cluster.Binaries.Major;

    /// <summary>Ends with an error when the server died and could not be started again; without one when it was stopped.</summary>
    public Task Lost { get; private set; } = Task.CompletedTask;

    public static async Task<PostgresProcess> StartAsync(PostgresSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        var cluster = await PostgresCluster.OpenAsync(settings, logger, cancellationToken);
        var postgres = new PostgresProcess(settings with { DataDirectory = cluster.DataDirectory }, cluster, logger);
        try
        {
            if (!await postgres.TakeOverAsync(cancellationToken))
                await postgres.LaunchOnFreePortAsync(cancellationToken);
            postgres.Lost = postgres.SuperviseAsync();
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = PostgresSettings.User,
        Password = _cluster.Password,
        Database = database,
    }.ConnectionString;

    public async Task EnsureDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var known = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await known.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var create = new NpgsqlCommand($"create database \"{name}\"", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Fast shutdown: transactions in flight are rolled back, everything acknowledged is written.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Lost.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_server is { HasExited: false })
        {
            var stop = await Command.RunAsync(_cluster.Binaries.Control, ["stop", "-D", _settings.DataDirectory, "-m", "fast", "-w", "-t", "60"],
                _cluster.Account, CancellationToken.None);
            if (!stop.Succeeded && !_server.HasExited)
                Log.NotStopped(_logger, stop.Output);
        }
        _server?.Dispose();
        _stopping.Dispose();
    }

    async Task<bool> TakeOverAsync(CancellationToken cancellationToken)
    {
        if (PostmasterFile.Read(_settings.DataDirectory) is not { } file)
            return false;
        if (file.RunningServer(_settings.DataDirectory) is not { } server)
        {
            // A file of a dead server whose number another process has got would keep the new server from starting.
            File.Delete(Path.Combine(_settings.DataDirectory, "postmaster.pid"));
            return false;
        }
        if (file.State == "stopping")
        {
            await server.WaitForExitAsync(cancellationToken);
            server.Dispose();
            return false;
        }
        _server = server;
        (Port, _) = (file.Port, await ReadyAsync(() => "", cancellationToken));
        Log.TakenOver(_logger, server.Id, Port);
        return true;
    }

    async Task LaunchOnFreePortAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = LoopbackPort.Free();
            try
            {
                await LaunchAsync(cancellationToken);
                return;
            }
            catch (EmbeddedPartException taken) when (attempt < 3 && taken.Message.Contains("could not bind", StringComparison.Ordinal))
            {
                Log.PortTaken(_logger, Port);
            }
        }
    }

    async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(_cluster.Binaries.Postgres)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = ["-D", _settings.DataDirectory, "-h", "127.0.0.1", "-p", $"{Port}", "-k", ""];
        foreach (var argument in arguments.Concat(_settings.Parameters.SelectMany(parameter => new[] { "-c", $"{parameter.Key}={parameter.Value}" })))
            start.ArgumentList.Add(argument);
        _cluster.Account.ApplyTo(start);
        var began = Stopwatch.GetTimestamp();
        var logs = LogFiles();
        _server = _settings.Launch(start);
        var words = new ServerOutput(_server);
        await ReadyAsync(() => Diagnosis(words, logs), cancellationToken);
        Log.Started(_logger, Major, _server.Id, Port, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    async Task<PostmasterFile> ReadyAsync(Func<string> diagnosis, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (var slow = false; ; await Task.Delay(10, cancellationToken))
        {
            if (PostmasterFile.Read(_settings.DataDirectory) is { Ready: true } file && file.ProcessId == ProcessId)
                return file;
            if (_server!.HasExited)
                throw new EmbeddedPartException($"PostgreSQL {Major} did not start on {_settings.DataDirectory}. {diagnosis()}");
            var waited = Stopwatch.GetElapsedTime(began);
            if (waited > StartLimit)
                throw new EmbeddedPartException($"PostgreSQL {Major} on {_settings.DataDirectory} was not ready after {StartLimit.TotalMinutes} minutes. {diagnosis()}");
            if (!slow && waited > TimeSpan.FromSeconds(5))
            {
                slow = true;
                Log.Recovering(_logger);
            }
        }
    }

    async Task SuperviseAsync()
    {
        var restarts = 0;
        while (true)
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                await _server!.WaitForExitAsync(_stopping.Token);
                restarts = Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1) ? 1 : restarts + 1;
                Log.Died(_logger, ProcessId);
                await RestartAsync(restarts);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    async Task RestartAsync(int restarts)
    {
        while (true)
        {
            // Orphaned backends hold the old shared memory for a moment, and the new server refuses to start beside them.
            await Task.Delay(TimeSpan.FromMilliseconds(250 * restarts), _stopping.Token);
            try
            {
                _server?.Dispose();
                _server = null;
                await LaunchAsync(_stopping.Token);
                return;
            }
            catch (EmbeddedPartException) when (restarts < 6)
            {
                restarts++;
            }
        }
    }

    FileInfo[] LogFiles() => new DirectoryInfo(Path.Combine(_settings.DataDirectory, "log")) is { Exists: true } folder ? folder.GetFiles() : [];

    /// <summary>What the server wrote since its start: to its error stream, and later to its log.</summary>
    string Diagnosis(ServerOutput words, FileInfo[] before)
    {
        var newest = LogFiles().MaxBy(file => file.LastWriteTimeUtc);
        if (newest is null)
            return words.Text;
        using var log = new FileStream(newest.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var known = before.FirstOrDefault(file => file.FullName == newest.FullName)?.Length ?? 0;
        log.Seek(Math.Max(Math.Min(known, log.Length), log.Length - 4096), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return (words.Text + " " + reader.ReadToEnd()).Trim();
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "PostgreSQL {Major} runs as process {ProcessId} on 127.0.0.1:{Port}, ready after {Milliseconds} ms")]
        public static partial void Started(ILogger logger, int major, int processId, int port, int milliseconds);

        [LoggerMessage(2, LogLevel.Information, "PostgreSQL was still running as process {ProcessId} on 127.0.0.1:{Port}; taken over")]
        public static partial void TakenOver(ILogger logger, int processId, int port);

        [LoggerMessage(3, LogLevel.Information, "PostgreSQL is still starting: it is probably replaying its log after it was killed")]
        public static partial void Recovering(ILogger logger);

        [LoggerMessage(4, LogLevel.Warning, "Port {Port} was taken by somebody else; trying another")]
        public static partial void PortTaken(ILogger logger, int port);

        [LoggerMessage(5, LogLevel.Error, "PostgreSQL (process {ProcessId}) ended unexpectedly; starting it again")]
        public static partial void Died(ILogger logger, int processId);

        [LoggerMessage(6, LogLevel.Error, "PostgreSQL did not stop: {Output}")]
        public static partial void NotStopped(ILogger logger, string output);
    }
}
