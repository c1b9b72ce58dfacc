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

    /// <summary>A copy that follows this one.</summary>
    public async Task<PostgresNode> AddStandbyAsync(string name, CancellationToken cancellationToken)
    {
        var folder = TestRun.NewFolder(name);
        await _cluster.Account.OwnAsync(folder, cancellationToken);
        var data = Path.Combine(folder, "data");
        var copied = await Command.RunAsync(Path.Combine(Programs, "pg_basebackup"),
            ["-d", $"host=127.0.0.1 port={Port} user={PostgresSettings.User} password={Password}", "-D", data, "-R", "-X", "stream", "-c", "fast"], _cluster.Account, cancellationToken);
        Assert.True(copied.Succeeded, copied.Output);
        var node = new PostgresNode(_cluster with { DataDirectory = data }, name, LoopbackPort.Free(), new Dictionary<string, string>());
        await node.StartAgainAsync(cancellationToken);
        return node;
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

    string Connect(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = Port, Username = PostgresSettings.User, Password = Password, Database = database,
    }.ConnectionString;
}
