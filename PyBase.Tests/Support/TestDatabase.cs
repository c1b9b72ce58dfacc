namespace PyBase.Tests.Support;

/// <summary>A database of one test class, dropped with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly PostgresServer _server;

    internal TestDatabase(PostgresServer server, string name, string connectionString) => (_server, Name, ConnectionString) = (server, name, connectionString);

    public string Name { get; }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync() => await _server.DropAsync(Name);
}
