using Microsoft.AspNetCore.SignalR;

namespace PyBase.Realtime.Tables;

/// <summary>
/// How much a connection may ask for. Whoever asks faster waits, and as its messages are taken one after the other, the rest of them wait in its own socket: a
/// flood costs who sends it, not the node.
/// </summary>
sealed class Pace(TimeProvider clock) : IHubFilter
{
    /// <summary>As many as a client that comes back asks at once, for every table it may listen to.</summary>
    const int AtOnce = 500;
    const double PerSecond = 100;

    sealed class Allowance
    {
        public double Left { get; set; } = AtOnce;

        public long Looked { get; set; }
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var allowance = Of(invocation.Context);
        var now = clock.GetTimestamp();
        allowance.Left = Math.Min(AtOnce, allowance.Left + clock.GetElapsedTime(allowance.Looked, now).TotalSeconds * PerSecond) - 1;
        allowance.Looked = now;
        if (allowance.Left < 0)
            await Task.Delay(TimeSpan.FromSeconds(-allowance.Left / PerSecond), clock, invocation.Context.ConnectionAborted);
        return await next(invocation);
    }

    Allowance Of(HubCallerContext connection)
    {
        if (connection.Items.TryGetValue(typeof(Allowance), out var known))
            return (Allowance)known!;
        var allowance = new Allowance { Looked = clock.GetTimestamp() };
        connection.Items[typeof(Allowance)] = allowance;
        return allowance;
    }
}
