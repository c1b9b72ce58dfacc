using Microsoft.Extensions.Configuration;
using PyBase.Core.Scaling;

namespace PyBase.AppHost;

/// <summary>Who changes how many replicas of a chart there are.</summary>
enum Autoscaling
{
    /// <summary>HPA and KEDA objects, in the chart.</summary>
    On,

    /// <summary>Nobody, or objects that are applied beside it, as those of <c>deploy/kubernetes</c>.</summary>
    Off,

    /// <summary>As <see cref="Off"/>, but of workers PyBase's own autoscaler, which has to be allowed to: <c>deploy/kubernetes/autoscaler</c>.</summary>
    PyBase,
}

/// <summary>What can be said on the command line (or as configuration) about a run or a publish.</summary>
/// <param name="Tier"><c>--tier</c>: replicas, pools and server settings; small.</param>
/// <param name="Executables"><c>--mode executables</c>: servers from installed binaries, for machines without a container runtime.</param>
/// <param name="Volumes"><c>--volumes off</c>: nothing outlives the run, as in tests.</param>
/// <param name="Web"><c>--web off</c>: without the Vite app and its npm install.</param>
/// <param name="Autoscaling"><c>--autoscale on|off|pybase</c>: who changes the replicas of a chart.</param>
/// <param name="Target"><c>--target compose|kubernetes</c>: the one compute environment of a publish; none writes the manifest azd reads.</param>
/// <param name="PublishesManifest">Whether this is a publish for azd, and not a run.</param>
/// <param name="Data"><c>--data DIR</c>: where the file store and the servers of the executables mode keep their data.</param>
sealed record AppHostOptions(Tier Tier, bool Executables, bool Volumes, bool Web, Autoscaling Autoscaling, PublishTarget Target, bool PublishesManifest, string Data)
{
    public static AppHostOptions Read(IDistributedApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var executables = OneOf(settings, "mode", "containers", "executables") == "executables";
        if (executables && builder.ExecutionContext.IsPublishMode)
            throw new ArgumentException("--mode executables is for running on this machine; nothing can be published from it.");
        var target = Enum.Parse<PublishTarget>(OneOf(settings, "target", "manifest", "compose", "kubernetes"), ignoreCase: true);
        return new(
            Tiers.Named(settings["tier"]),
            executables,
            Volumes: OneOf(settings, "volumes", "on", "off") == "on",
            Web: OneOf(settings, "web", "on", "off") == "on",
            Enum.Parse<Autoscaling>(OneOf(settings, "autoscale", "on", "off", "pybase"), ignoreCase: true),
            builder.ExecutionContext.IsPublishMode ? target : PublishTarget.Manifest,
            PublishesManifest: builder.ExecutionContext.IsPublishMode && target is PublishTarget.Manifest,
            Path.GetFullPath(settings["data"] ?? DefaultData(builder.AppHostDirectory)));
    }

    /// <summary>PostgreSQL refuses to run as root, and its other user has to get to the folder, which may not lie under /root.</summary>
    static string DefaultData(string appHostDirectory) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            ? "/var/lib/pybase-apphost"
            : Path.Combine(appHostDirectory, "..", "artifacts", "apphost");

    static string OneOf(ConfigurationManager settings, string name, params ReadOnlySpan<string> values)
    {
        var value = settings[name] is { Length: > 0 } given ? given.ToLowerInvariant() : values[0];
        return values.Contains(value)
            ? value
            : throw new ArgumentException($"--{name} {value}: say {string.Join(" or ", values.ToArray())}.");
    }
}
