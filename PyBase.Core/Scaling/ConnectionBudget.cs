namespace PyBase.Core.Scaling;

/// <summary>How processes share the connections that a server takes: its <c>max_connections</c>, or <c>max_client_conn</c> of the PgBouncer before it.</summary>
public static class ConnectionBudget
{
    /// <summary>Connections kept out of the budget: migrations, backups, monitoring, a person with psql.</summary>
    public const int Reserved = 10;

    /// <summary>What one of so many processes may have of it: what it wants, cut so that all of them together stay inside.</summary>
    public static PoolSize Share(int maxConnections, int processes, PoolSize wanted)
    {
        var most = Math.Max(1, (maxConnections - Reserved) / Math.Max(1, processes));
        return new PoolSize(Math.Min(wanted.Minimum, most), Math.Min(wanted.Maximum, most));
    }
}
