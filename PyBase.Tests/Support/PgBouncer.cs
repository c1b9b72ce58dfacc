using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>PgBouncer in front of a PostgreSQL, with the configuration of <c>deploy/pgbouncer</c>.</summary>
public sealed partial class PgBouncer : IAsyncDisposable
{
    readonly ChildProcess _process;
    readonly NpgsqlConnectionStringBuilder _behind;

    PgBouncer(ChildProcess process, NpgsqlConnectionStringBuilder behind) => (_process, _behind) = (process, behind);

    /// <summary>The same database through it.</summary>
    public string ConnectionString => _behind.ConnectionString;

    /// <param name="connectionString">The database's own.</param>
    /// <param name="pool">Connections it opens to the server.</param>
    /// <param name="clients">Connections it takes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<PgBouncer> StartAsync(string connectionString, int pool, int clients, CancellationToken cancellationToken)
    {
        var program = Require.Server("pgbouncer");
        // It refuses to run as root, as PostgreSQL does.
        var account = ServerAccount.ForNewData();
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var (folder, port) = (TestRun.NewFolder("pgbouncer"), LoopbackPort.Free());
        var users = Path.Combine(folder, "users.txt");
        var values = new Dictionary<string, string>
        {
            ["PGBOUNCER_SERVER_HOST"] = server.Host!, ["PGBOUNCER_SERVER_PORT"] = $"{server.Port}", ["PGBOUNCER_LISTEN"] = "127.0.0.1", ["PGBOUNCER_PORT"] = $"{port}",
            ["PGBOUNCER_USERS"] = users, ["PGBOUNCER_POOL"] = $"{pool}", ["PGBOUNCER_CLIENTS"] = $"{clients}",
        };
        var template = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "pgbouncer", "pgbouncer.ini"), cancellationToken);
        var configuration = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(configuration, Variable().Replace(template, name => values[name.Groups[1].Value]), cancellationToken);
        await File.WriteAllTextAsync(users, $"\"{server.Username}\" \"{server.Password}\"\n", cancellationToken);
        await account.OwnAsync(folder, cancellationToken);
        var process = new ChildProcess("pgbouncer", () =>
        {
            var start = new ProcessStartInfo(program, [configuration]);
            account.ApplyTo(start);
            return start;
        });
        var bouncer = new PgBouncer(process, new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = port });
        process.Start();
        await process.WaitAsync(bouncer.AnswersAsync, TimeSpan.FromSeconds(10), cancellationToken);
        return bouncer;
    }

    async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Variable();
}
