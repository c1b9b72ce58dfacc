using Npgsql;
using PyBase.Storage.Postgres;
using PyBase.Tests.Support;

namespace PyBase.Tests.Formulas;

/// <summary>A database with nothing but the SQL functions of dates and patterns, as the upgrade makes them.</summary>
sealed class DateFunctionsDatabase : IAsyncDisposable
{
    readonly TestDatabase _database;

    DateFunctionsDatabase(TestDatabase database, NpgsqlDataSource data) => (_database, Data) = (database, data);

    public NpgsqlDataSource Data { get; }

    public static async Task<DateFunctionsDatabase> OpenAsync(Servers servers, string settings = "")
    {
        var cancelled = TestContext.Current.CancellationToken;
        var database = await (await servers.PostgresAsync()).CopyDatabaseAsync("dates", ApplyAsync, cancelled);
        return new(database, NpgsqlDataSource.Create(database.ConnectionString + settings));
    }

    /// <summary>One column of answers to a question asked of each row of arrays <c>$1</c>, <c>$2</c>, …</summary>
    public async Task<List<T?>> AskAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Data.CreateCommand(sql);
        command.CommandTimeout = 60;
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        var answers = new List<T?>();
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            answers.Add(await rows.IsDBNullAsync(0, TestContext.Current.CancellationToken) ? default : rows.GetFieldValue<T>(0));
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        await Data.DisposeAsync();
        await _database.DisposeAsync();
    }

    static async Task ApplyAsync(string connectionString, CancellationToken cancellation)
    {
        await using var data = NpgsqlDataSource.Create(connectionString);
        await using var script = typeof(DatabaseUpgrade).Assembly.GetManifestResourceStream("PyBase.Storage.Postgres.Schema.005-dates.sql")!;
        using var reader = new StreamReader(script);
        await using var command = data.CreateCommand("create schema pybase;" + await reader.ReadToEndAsync(cancellation));
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
