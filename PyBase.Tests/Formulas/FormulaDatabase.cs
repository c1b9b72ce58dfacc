using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;
using PyBase.Storage.Formulas;
using PyBase.Storage.Postgres;
using PyBase.Tests.Support;

namespace PyBase.Tests.Formulas;

/// <summary>The SQL scripts of the product in a real database, and a table of every kind of field to compute over.</summary>
public sealed class FormulaDatabase(Servers servers) : IAsyncLifetime
{
    TestDatabase? database;

    public NpgsqlDataSource Data { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        database = await (await servers.PostgresAsync()).CopyDatabaseAsync("formulas", async (address, cancellation) =>
        {
            await using var data = NpgsqlDataSource.Create(address);
            await using var command = data.CreateCommand("create schema pybase;" + Scripts() + """
                create schema "appFormulas000001";
                create table "appFormulas000001"."tblLinked00000001" (_id text collate "C" primary key, "fldName" float8);
                create table "appFormulas000001"."lnk_fldLinks" (from_id text collate "C", to_id text collate "C", from_order float8, to_order float8);
                insert into "appFormulas000001"."tblLinked00000001" values ('rec1', 6), ('rec2', 5.5);
                insert into "appFormulas000001"."lnk_fldLinks" values ('rec00000000000001', 'rec1', 2, 1), ('rec00000000000001', 'rec2', 1, 2);
                """);
            await command.ExecuteNonQueryAsync(cancellation);
        }, TestContext.Current.CancellationToken);
        Data = NpgsqlDataSource.Create(database.ConnectionString + ";Array Nullability Mode=Always");
    }

    /// <summary>Only what formulas need: the rest is upgraded by its own tests.</summary>
    static string Scripts()
    {
        var assembly = typeof(DatabaseUpgrade).Assembly;
        var text = new StringBuilder();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Schema.003", StringComparison.Ordinal) || n.Contains(".Schema.004", StringComparison.Ordinal) || n.Contains(".Schema.005", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            text.Append(reader.ReadToEnd()).Append(";\n");
        }
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (Data is not null)
            await Data.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }
}
