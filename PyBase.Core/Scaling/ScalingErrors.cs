using PyBase.Core.Errors;

namespace PyBase.Core.Scaling;

/// <summary>Refusals for want of something that an administrator can give more of.</summary>
public static class ScalingErrors
{
    /// <summary>The process's own pool, PgBouncer's or the server's: nothing was begun.</summary>
    public static readonly Error ConnectionsExhausted = new("connections-exhausted", ErrorKind.Unavailable,
        "All connections to the database are in use.",
        "Try again in two seconds. Where it happens often, whoever runs this installation gives the pools more connections, or puts PgBouncer in between: docs/scaling.md.");
}
