using PyBase.Tests.Realtime;
using PyBase.Tests.Support;

namespace PyBase.Tests.Balancers;

/// <summary>What the tests behind nginx and HAProxy have in common: the shared cluster, in front of which both stand.</summary>
public abstract class BalancedTests(DistributedInstallation installation) : RealtimeTests(installation)
{
    protected Cluster Cluster => ((DistributedInstallation)Installation).Cluster;

    protected async Task<Balancer> BalancerAsync(string name) => name == "nginx" ? await Cluster.NginxAsync() : await Cluster.HaproxyAsync();
}
