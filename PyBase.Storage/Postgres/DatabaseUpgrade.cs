using System.Reflection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage.Accounts;
using PyBase.Storage.Catalog;
using PyBase.Storage.Connections;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Postgres;

/// <summary>Names of steps that the database lacks, and of steps that this version does not know.</summary>
public sealed record SchemaDifference(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown);

/// <summary>
/// Brings a database to the schema of this version: the catalog (EF Core), then schema <c>pybase</c> (the scripts beside this file, each once).
/// Runs under a session lock on a direct connection, so that two processes that start at once do it one after the other.
/// </summary>
public sealed class DatabaseUpgrade(
    [FromKeyedServices("direct")] NpgsqlDataSource direct, IDbContextFactory<CatalogContext> catalog,
    IKeyManager sessionKeys, ShardSettings shards, Borrowing borrowing, TimeProvider clock, ILogger<DatabaseUpgrade> logger)
{
    const long LockKey = 0x5079_4261_7365; // "PyBase"
    const string Prefix = "PyBase.Storage.Postgres.Schema.";

    /// <summary>Does what is missing; nothing when the database is up to date.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var connection = await direct.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellation);
        try
        {
            await using (var context = await catalog.CreateDbContextAsync(cancellation))
            {
                // EF Core would find out by a statement that fails, and log that as an error of ours at every first start.
                var history = context.GetService<IHistoryRepository>();
                if (!await history.ExistsAsync(cancellation))
                    await ExecuteAsync(connection, $"create schema if not exists catalog; {history.GetCreateIfNotExistsScript()}", cancellation);
                await context.Database.MigrateAsync(cancellation);
            }
            if (shards.IsMain)
                SessionKeys.EnsureFirst(sessionKeys, clock);
            await ExecuteAsync(connection, """
                create schema if not exists pybase;
                create table if not exists pybase.schema_scripts (name text primary key, applied timestamptz not null default now());
                """, cancellation);
            foreach (var name in ScriptNames())
                await ApplyAsync(connection, name, cancellation);
            if (!shards.IsMain)
                await borrowing.JoinAsync(connection, cancellation);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>The catalog's model and its statements, made without a database: the slow first time, for a process that has to wait for one anyway.</summary>
    public static void Rehearse()
    {
        using var nowhere = NpgsqlDataSource.Create("Host=nowhere");
        var options = new DbContextOptionsBuilder<CatalogContext>();
        options.UseCatalog(nowhere);
        using var context = new CatalogContext(options.Options);
        context.GetService<IMigrator>().GenerateScript();
    }

    /// <summary>How the database's schema differs from this version's: nothing in either list when it is the same. What <c>/health</c> asks.</summary>
    public static async Task<SchemaDifference> CompareAsync(NpgsqlDataSource data, CancellationToken cancellation)
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        await using var command = data.CreateCommand("select name from pybase.schema_scripts union all select migration_id from catalog.__migrations");
        try
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                applied.Add(row.GetString(0));
        }
        catch (PostgresException problem) when (problem.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            // Nothing was ever applied.
        }
        return new([.. Expected.Where(name => !applied.Contains(name))], [.. applied.Where(name => !Expected.Contains(name)).Order(StringComparer.Ordinal)]);
    }

    static readonly HashSet<string> Expected =
    [
        .. ScriptNames(),
        .. typeof(CatalogContext).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>(),
    ];

    async Task ApplyAsync(NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var mark = new NpgsqlCommand("insert into pybase.schema_scripts (name) values ($1) on conflict do nothing", connection, transaction);
        mark.Parameters.Add(new() { Value = name });
        if (await mark.ExecuteNonQueryAsync(cancellation) == 0)
            return;
        await using var stream = typeof(DatabaseUpgrade).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        await ExecuteAsync(connection, await reader.ReadToEndAsync(cancellation), cancellation);
        await transaction.CommitAsync(cancellation);
        logger.LogInformation("Applied {Script} to {Database}", name, connection.Database);
    }

    static IEnumerable<string> ScriptNames() => typeof(DatabaseUpgrade).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal);

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
