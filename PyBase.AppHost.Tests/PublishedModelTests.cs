using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using PyBase.Core.Scaling;
using Xunit;

namespace PyBase.AppHost.Tests;

/// <summary>What a publish tells the processes; nothing is started for it.</summary>
public sealed class PublishedModelTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("manifest", "00:00:10")]
#if !RUN_ONLY
    [InlineData("compose", "00:00:05"), InlineData("kubernetes", "00:00:10")]
#endif
    public async Task Every_process_knows_the_address_and_those_behind_the_balancer_drain(string target, string drainFor)
    {
        var processes = await PublishedAsync(target, "medium", "off");

        Assert.Equal(["api", "migrations", "realtime", "workers"], processes.Keys.Order());
        foreach (var (name, settings) in processes)
        {
            Assert.Equal(name is "migrations" ? null : "{public-url.value}", settings.GetValueOrDefault("Public__Url"));
            Assert.Equal(name is "api" or "realtime" ? drainFor : null, settings.GetValueOrDefault("Server__DrainFor"));
            Assert.DoesNotContain(settings.Keys, setting => setting.StartsWith("Autoscaler__", StringComparison.Ordinal));
        }
    }

#if !RUN_ONLY
    [Fact]
    public async Task Every_worker_is_told_of_all_pools_where_PyBase_scales_them()
    {
        var processes = await PublishedAsync("kubernetes", "large", "pybase");

        var expected = ScalingPools.Settings(Tiers.Large).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        foreach (var (name, settings) in processes)
            Assert.Equal(name.StartsWith("workers", StringComparison.Ordinal) ? expected : [], settings.Where(setting => setting.Key.StartsWith("Autoscaler__", StringComparison.Ordinal)).ToDictionary());
    }
#endif

    static async Task<Dictionary<string, Dictionary<string, string>>> PublishedAsync(string target, string tier, string autoscale)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PyBase_AppHost>(
            ["--operation", "publish", "--publisher", "manifest", "--output-path", Path.Combine(Path.GetTempPath(), "pybase-published.json"),
                "--target", target, "--tier", tier, "--autoscale", autoscale, "--web", "off"], Stop);
        var processes = new Dictionary<string, Dictionary<string, string>>();
        foreach (var process in builder.Resources.OfType<ProjectResource>())
            processes[process.Name] = (await ExecutionConfigurationBuilder.Create(process).WithEnvironmentVariablesConfig().BuildAsync(builder.ExecutionContext, NullLogger.Instance, Stop)).EnvironmentVariables.ToDictionary();
        return processes;
    }
}
