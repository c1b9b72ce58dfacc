namespace PyBase.Storage.Connections;

/// <summary>How processes share the database; section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>How many processes open a pool. Default 1.</summary>
    public int Processes { get; set; } = 1;

    /// <summary>Connections that all of them together may open, less a few for maintenance. Default 100, as PostgreSQL's own.</summary>
    public int MaxConnections { get; set; } = 100;

    /// <summary>A page that may be older than the newest is not read from a standby further behind than this. Default 10 seconds.</summary>
    public double MaxLagSeconds { get; set; } = 10;
}
