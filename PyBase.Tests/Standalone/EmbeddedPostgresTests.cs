using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PyBase.Standalone.Embedded;
using PyBase.Tests.Support;

namespace PyBase.Tests.Standalone;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    readonly string _folder = TestRun.NewFolder("embedded");

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    PostgresSettings Settings => new()
    {
        DataDirectory = Path.Combine(_folder, "postgres"),
        PasswordFile = Path.Combine(_folder, "postgres.password"),
        Launch = Spawner.Start,
    };

    public ValueTask InitializeAsync()
    {
        if (Require.Find("initdb") is null && !Directory.Exists("/usr/lib/postgresql"))
            Require.Missing("PostgreSQL is not installed; eng/test.sh installs it.");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_was_acknowledged_is_there_after_the_server_was_killed()
    {
        await using var postgres = await StartAsync();
        var connectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres")) { Pooling = false }.ConnectionString;
        await ExecuteAsync(connectionString, "create table parts as select 'bolt' as name");
        var before = postgres.ProcessId;

        using (var server = System.Diagnostics.Process.GetProcessById(before))
            server.Kill();

        // The supervisor starts it again, on the same port.
        Assert.Equal("bolt", await EventuallyAsync(() => ScalarAsync(connectionString, "select name from parts")));
        Assert.NotEqual(before, postgres.ProcessId);
        Assert.False(postgres.Lost.IsCompleted);
    }

    [Fact]
    public async Task A_server_that_still_runs_is_taken_over()
    {
        await using var left = await StartAsync();
        await using var found = await StartAsync();
        Assert.Equal((left.ProcessId, left.Port), (found.ProcessId, found.Port));
        Assert.Equal(1, await ScalarAsync(found.ConnectionString("postgres"), "select 1"));
    }

    [Fact]
    public async Task A_pid_file_of_a_dead_server_does_not_stop_the_next_one()
    {
        await using (await StartAsync())
        {
        }
        // As after a reboot: the number belongs to another process now.
        await File.WriteAllTextAsync(Path.Combine(Settings.DataDirectory, "postmaster.pid"),
            $"{Environment.ProcessId}\n{Settings.DataDirectory}\n1\n5432\n\n127.0.0.1\n\nready   \n", Cancelled);
        await using var postgres = await StartAsync();
        Assert.Equal(1, await ScalarAsync(postgres.ConnectionString("postgres"), "select 1"));
    }

    [Fact]
    public async Task Only_the_version_that_made_the_data_opens_it()
    {
        await using (await StartAsync())
        {
        }
        await File.WriteAllTextAsync(Path.Combine(Settings.DataDirectory, "PG_VERSION"), "9\n", Cancelled);
        var refused = await Assert.ThrowsAsync<EmbeddedPartException>(StartAsync);
        Assert.Contains("made by PostgreSQL 9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_lies_in_a_file_that_only_its_owner_reads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        await using var postgres = await StartAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Settings.PasswordFile));
        var password = (await File.ReadAllTextAsync(Settings.PasswordFile, Cancelled)).Trim();
        Assert.DoesNotContain(password, await File.ReadAllTextAsync($"/proc/{postgres.ProcessId}/cmdline", Cancelled), StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres")) { Password = "wrong" }.ConnectionString, "select 1"));
    }

    Task<PostgresProcess> StartAsync() => PostgresProcess.StartAsync(Settings, NullLogger.Instance, Cancelled);

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancelled);
    }

    static async Task<object?> EventuallyAsync(Func<Task<object?>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException) when (attempt < 100)
            {
                await Task.Delay(100, Cancelled);
            }
        }
    }
}
