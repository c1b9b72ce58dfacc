using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>
/// One PostgreSQL of several: it stays dead when it is killed, and is copied into a standby that follows it. <see cref="PostgresServer"/> is for everything else.
/// </summary>
public sealed class PostgresNode : IAsyncDisposable
{
    const string Database = "pybase";
    readonly PostgresCluster _cluster;
    readonly ChildProcess _process;

    PostgresNode(PostgresCluster cluster, string name, int port, IReadOnlyDictionary<string, string> parameters)
    {
        (_cluster, Port) = (cluster, port);
        _process = new(name, () =>
        {
            var start = new ProcessStartInfo(cluster.Binaries.Postgres, ["-D", cluster.DataDirectory, "-h", "127.0.0.1", "-p", $"{Port}", "-k", ""]);
            foreach (var (parameter, value) in parameters.Append(new("cluster_name", name)))
            {
                start.ArgumentList.Add("-c");
                start.ArgumentList.Add($"{parameter}={value}");
            }
            cluster.Account.ApplyTo(start);
            return start;
        });
    }

    public int Port { get; }

    public string Password => _cluster.Password;

    public string Folder => _cluster.DataDirectory;

    /// <summary>The programs that belong to it.</summary>
    public string Programs => _cluster.Binaries.Folder;

    public string ConnectionString => Connect(Database);

    /// <summary>A database <c>pybase</c> on a server of its own, with fsync on.</summary>
    public static async Task<PostgresNode> StartAsync(string name, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var folder = TestRun.NewFolder(name);
        var cluster = await PostgresCluster.OpenAsync(
            new() { DataDirectory = Path.Combine(folder, "data"), PasswordFile = Path.Combine(folder, "password") }, NullLogger.Instance, cancellationToken);
        var node = new PostgresNode(cluster, name, LoopbackPort.Free(), parameters);
        await node.StartAgainAsync(cancellationToken);
        await node.ExecuteAsync($"create database {Database}", cancellationToken, "postgres");
        return node;
    }

    /// <summary>A copy that follows this one, through <paramref name="port"/> where that is not its own.</summary>
    public async Task<PostgresNode> AddStandbyAsync(string name, CancellationToken cancellationToken, int? port = null, IReadOnlyDictionary<string, string>? parameters = null)
    {
        var folder = TestRun.NewFolder(name);
        await _cluster.Account.OwnAsync(folder, cancellationToken);
        var data = Path.Combine(folder, "data");
        var copied = await Command.RunAsync(Path.Combine(Programs, "pg_basebackup"),
            ["-d", Source(port ?? Port), "-D", data, "-R", "-X", "stream", "-c", "fast"], _cluster.Account, cancellationToken);
        Assert.True(copied.Succeeded, copied.Output);
        var node = new PostgresNode(_cluster with { DataDirectory = data }, name, LoopbackPort.Free(), parameters ?? new Dictionary<string, string>());
        await node.StartAgainAsync(cancellationToken);
        return node;
    }

    /// <summary>Having been a primary that was stopped or killed, it becomes a standby of the one that is it now, by the command of the runbook.</summary>
    public async Task FollowAsync(int port, CancellationToken cancellationToken)
    {
        // Where the server's user may read it.
        var script = Path.Combine(TestRun.NewFolder("follow"), "follow.sh");
        File.Copy(Path.Combine(Repository.Root, "deploy", "postgres", "follow.sh"), script);
        var followed = await Command.RunAsync("env", [$"PYBASE_PG_BIN={Programs}", "bash", script, _cluster.DataDirectory, Source(port)], _cluster.Account, cancellationToken);
        Assert.True(followed.Succeeded, followed.Output);
        await StartAgainAsync(cancellationToken);
    }

    /// <summary>Waits until this one streams to that standby, and that has all but the last of it.</summary>
    public async Task WaitForFollowerAsync(string name, CancellationToken cancellationToken) =>
        await _process.WaitAsync(async cancellation =>
            (long)(await ScalarAsync($"select count(*) from pg_stat_replication where application_name = '{name}' and state = 'streaming' and pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) < 1e6", cancellation))! == 1,
            TimeSpan.FromSeconds(60), cancellationToken);

    /// <summary>Ends when its standby has everything, as <c>pg_ctl stop</c>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _process.SignalAsync("INT");
        Assert.Equal(0, await _process.WaitForExitAsync(cancellationToken));
    }

    /// <summary>From here on nothing is acknowledged that the standby does not have.</summary>
    public async Task WaitForStandbyAsync(string name, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"alter system set synchronous_standby_names = '\"{name}\"'", cancellationToken);
        await ExecuteAsync("alter system set synchronous_commit = 'remote_write'", cancellationToken);
        await ExecuteAsync("select pg_reload_conf()", cancellationToken);
        await _process.WaitAsync(async cancellation =>
            (long)(await ScalarAsync("select count(*) from pg_stat_replication where sync_state = 'sync'", cancellation))! == 1, TimeSpan.FromSeconds(20), cancellationToken);
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>As <c>kill -STOP</c>, of the server and of everything it has started.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id} $(pgrep -P {_process.Id})"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Until it takes connections.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process.Start();
        await _process.WaitAsync(async cancellation =>
        {
            try
            {
                await ExecuteAsync("select 1", cancellation, "postgres");
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(30), cancellationToken);
    }

    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken, string? database = null)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connect(database ?? Database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken, string? database = null) => ScalarAsync(sql, cancellationToken, database);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    string Source(int port) => $"host=127.0.0.1 port={port} user={PostgresSettings.User} password={Password}";

    string Connect(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = Port, Username = PostgresSettings.User, Password = Password, Database = database,
    }.ConnectionString;
}
