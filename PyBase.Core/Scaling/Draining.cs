namespace PyBase.Core.Scaling;

/// <summary>How long a published process takes to end (docs/deployment-guide.md).</summary>
public static class Draining
{
    /// <summary><c>Server:DrainFor</c> behind nginx or HAProxy, which look at <c>/health</c> every second.</summary>
    public static readonly TimeSpan BehindProxy = TimeSpan.FromSeconds(5);

    /// <summary><c>Server:DrainFor</c> where the endpoints of a cluster have to be told everywhere.</summary>
    public static readonly TimeSpan InCluster = TimeSpan.FromSeconds(10);

    /// <summary>Then what is under way is answered, or given back by a worker.</summary>
    public static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(30);

    /// <summary>What the platform waits before it kills: longer than both together.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);
}
