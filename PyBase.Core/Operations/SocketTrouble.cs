using static System.FormattableString;

namespace PyBase.Core.Operations;

/// <summary>Live connections drop, or do not come about.</summary>
static class SocketTrouble
{
    /// <summary>A few go at any time: people close laptops.</summary>
    const int Few = 5;

    /// <summary>Alike to a tenth is a clock, not chance.</summary>
    const double Alike = 0.1;
    static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    public static IEnumerable<OperationsAdvice> Of(InstallationFacts facts)
    {
        var samples = facts.Since(Recent).ToList();
        var sockets = samples.Select(s => s.Sockets).ToList();
        var (misdirected, broken) = (sockets.Sum(s => s.Misdirected), sockets.Sum(s => s.Broken));
        var open = facts.Latest.Sum(s => s.Sockets.Open);
        var measured = $"{broken} connections broke within 5 minutes, {open} are open";
        if (misdirected >= Few)
            yield return new("sockets-not-sticky", "critical", "realtime", "The load balancer sends one connection's requests to different processes: it is not sticky.",
                $"{misdirected} requests for a connection that another process made; {measured}", "Switch cookie affinity on (nginx: hash on a cookie; HAProxy: cookie SERVERID; ALB: lb_cookie), or have clients skip the negotiation.");
        if (broken < Few)
            yield break;
        var lasted = sockets.SelectMany(s => s.BrokenAfter).Order().ToList();
        var median = lasted.Count == 0 ? 0 : lasted[lasted.Count / 2];
        if (lasted.Count >= Few && lasted.Count(s => Math.Abs(s - median) <= Alike * median) >= 0.8 * lasted.Count)
            yield return new("sockets-timeout", "critical", "realtime", "Something between cuts connections after a fixed time: a load balancer's timeout.", Invariant($"{measured}; they lasted {median:0.#} s each"),
                Invariant($"Raise the timeout of {median:0.#} s (nginx: proxy_read_timeout; HAProxy: timeout tunnel; ALB: idle timeout) to an hour."));
        else if (samples.Any(s => s.RedisAnswers is false))
            yield return new("sockets-redis", "critical", "redis", "Redis, which keeps who is where, did not answer meanwhile.", measured, "See why Redis was away; connections come back by themselves.");
        else
            yield return new("sockets-network", "warning", "realtime", "Connections break at different ages: the network, or clients that vanish.", Invariant($"{measured}; they lasted {(lasted.Count > 0 ? lasted[0] : 0):0.#} to {(lasted.Count > 0 ? lasted[^1] : 0):0.#} s"),
                "Look at the network between clients and load balancer, and whether processes were restarted.");
    }
}
