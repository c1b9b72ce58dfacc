using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using PyBase.Core.Jobs;
using PyBase.Core.Scaling;
using PyBase.Tests.Operations;
using PyBase.Tests.Support;

namespace PyBase.Tests.Deployment;

/// <summary>The files of <c>deploy/kubernetes</c>: read by a parser that knows every field, and compared with what the AppHost publishes.</summary>
public sealed partial class KubernetesTests
{
    static readonly Dictionary<string, Type> s_more = new() { ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject) };

    static string Folder => Monitoring.Folder("kubernetes");

    /// <summary>A field that does not exist is an error.</summary>
    static IReadOnlyList<object> Load(string text) => KubernetesYaml.LoadAllFromString(text, s_more, strict: true);

    static IReadOnlyList<object> File(string name) => Load(System.IO.File.ReadAllText(Path.Combine(Folder, name)));

    static IEnumerable<string> Files => Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Where(file => file is not ("kustomization.yaml" or "chart.yaml"));

    /// <summary>Resources of the AppHost; the chart makes a deployment <c>api-deployment</c> of <c>api</c>, whose pods carry its name as component.</summary>
    static IReadOnlyList<string> Resources { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "PyBase.AppHost"), "*.cs").SelectMany(file => Added().Matches(System.IO.File.ReadAllText(file))).Select(match => match.Groups["name"].Value),
        .. Pools,
    ];

    static IEnumerable<string> Pools => Tiers.All.SelectMany(tier => tier.Workers).Select(pool => pool.Name).Distinct();

    [Fact]
    public void Every_file_is_what_the_server_takes()
    {
        Assert.Equal(
            ["NetworkPolicy", "PodDisruptionBudget", "ScaledObject", "Service", "V2HorizontalPodAutoscaler"],
            Files.SelectMany(File).Select(read => read.GetType().Name is var name && name.StartsWith("V1", StringComparison.Ordinal) ? name[2..] : name).Distinct().Order(StringComparer.Ordinal));
        Assert.ThrowsAny<Exception>(() => Load("apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: {maxUnavailabel: 1}\n"));
    }

    [Fact]
    public void What_is_selected_is_what_the_chart_has()
    {
        foreach (var file in Files)
            foreach (var component in Component().Matches(System.IO.File.ReadAllText(Path.Combine(Folder, file))).SelectMany(match => match.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries)))
                Assert.True(Resources.Contains(component), $"{file}: the AppHost has no {component}.");
        Assert.All(Files.SelectMany(File).OfType<V2HorizontalPodAutoscaler>(), scaler => Assert.Contains(scaler.Spec.ScaleTargetRef.Name.Replace("-deployment", "", StringComparison.Ordinal), Resources));
        var workers = File("disruption.yaml").OfType<V1PodDisruptionBudget>().Single(budget => budget.Metadata.Name == "workers").Spec.Selector.MatchExpressions.Single().Values;
        Assert.Equal(Pools.Order(), workers.Order());
    }

    [Fact]
    public void Replicas_follow_the_triggers_of_the_guide()
    {
        var api = File("autoscaling.yaml").OfType<V2HorizontalPodAutoscaler>().Single(scaler => scaler.Metadata.Name == "api").Spec;
        Assert.Equal((Tiers.Medium.Api, Tiers.Enterprise.Api), (api.MinReplicas!.Value, api.MaxReplicas));
        Assert.Equal([("cpu", 70), ("memory", 80)], api.Metrics.Select(metric => (metric.Resource.Name, metric.Resource.Target.AverageUtilization!.Value)));
        Assert.Equal((300, 900), (api.Behavior.ScaleUp.StabilizationWindowSeconds!.Value, api.Behavior.ScaleDown.StabilizationWindowSeconds!.Value));
    }

    [Theory, InlineData("medium"), InlineData("large"), InlineData("enterprise")]
    public void Workers_of_a_tier_follow_their_queues(string name)
    {
        var scaled = File($"workers-{name}.yaml").Cast<ScaledObject>().ToDictionary(scaler => scaler.Spec.ScaleTargetRef.Name);
        var pools = Tiers.Named(name).Workers;
        Assert.Equal(pools.Select(pool => pool.Name + "-deployment").Order(), scaled.Keys.Order());
        foreach (var pool in pools)
        {
            var spec = scaled[pool.Name + "-deployment"].Spec;
            Assert.Equal((pool.Processes, pool.Processes * ScalingPools.Growth), (spec.MinReplicaCount, spec.MaxReplicaCount));
            var asked = Assert.Single(spec.Triggers).Metadata;
            Assert.Equal(pool.Queues.Order(), QueueNames().Match(asked["query"]).Groups["names"].Value.Split('|').Order());
            Assert.Equal("100", asked["threshold"]);
            Assert.Subset(Monitoring.Rules.Select(rule => rule.Name).ToHashSet(), Monitoring.Metrics(asked["query"]).ToHashSet());
        }
    }

    /// <summary>The components are not there unless somebody names them.</summary>
    [Fact]
    public async Task With_the_component_workers_use_a_broker_of_three_nodes()
    {
        var built = await BuildAsync(kustomization => kustomization.Replace("# components: [messaging]", "components: [messaging]", StringComparison.Ordinal));

        var broker = built.OfType<V1StatefulSet>().Single();
        var names = built.OfType<V1Service>().Single(service => service.Metadata.Name == broker.Spec.ServiceName);
        Assert.Equal((3, 1, "None"), (broker.Spec.Replicas, broker.Spec.Ordinals.Start, names.Spec.ClusterIP));
        Assert.Subset(broker.Spec.Template.Metadata.Labels.ToHashSet(), names.Spec.Selector.ToHashSet());
        Assert.Equal([$"{names.Metadata.Name}.pybase.svc.cluster.local"], broker.Spec.Template.Spec.DnsConfig.Searches);
        var settings = built.OfType<V1ConfigMap>().Single(map => map.Metadata.Name == "messaging-cluster").Data["20-cluster.conf"];
        Assert.Equal(DeployFile.Read("rabbitmq/rabbitmq.conf").Text, settings);
        Assert.All(Enumerable.Range(broker.Spec.Ordinals.Start!.Value, 3), n => Assert.Contains($" = rabbit@{broker.Metadata.Name}-{n}\n", settings, StringComparison.Ordinal));
        var workers = built.OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name == "workers-deployment").Spec.Template.Spec.Containers.Single();
        Assert.Equal(["workers-config", "messaging-address", "mail"], workers.EnvFrom.Select(source => source.ConfigMapRef?.Name ?? source.SecretRef.Name));
    }

    /// <summary>With the component workers may do what <c>Autoscaler:Pools</c> asks of them; nobody else may, and they nothing else.</summary>
    [Fact]
    public async Task With_the_component_workers_may_change_how_many_they_are()
    {
        var built = await BuildAsync(kustomization => kustomization.Replace("# components: [messaging]", "components: [autoscaler]", StringComparison.Ordinal)
            .Replace("  - workers-medium.yaml\n", "", StringComparison.Ordinal));

        var account = built.OfType<V1ServiceAccount>().Single();
        Assert.Equal(["api-deployment as ", "realtime-deployment as ", $"workers-deployment as {account.Metadata.Name}"],
            built.OfType<V1Deployment>().Select(deployment => $"{deployment.Metadata.Name} as {deployment.Spec.Template.Spec.ServiceAccountName}").Order(StringComparer.Ordinal));
        var (role, binding) = (built.OfType<V1Role>().Single(), built.OfType<V1RoleBinding>().Single());
        var rule = Assert.Single(role.Rules);
        Assert.Equal(("apps", "deployments/scale", "get,patch"), (Assert.Single(rule.ApiGroups), Assert.Single(rule.Resources), string.Join(',', rule.Verbs)));
        Assert.Equal(("Role", role.Metadata.Name), (binding.RoleRef.Kind, binding.RoleRef.Name));
        Assert.Equal(("ServiceAccount", account.Metadata.Name, account.Metadata.NamespaceProperty), Assert.Single(binding.Subjects) is var subject ? (subject.Kind, subject.Name, subject.NamespaceProperty) : default);
        Assert.DoesNotContain(built, one => one is ScaledObject);
    }

    static async Task<IReadOnlyList<object>> BuildAsync(Func<string, string> kustomization)
    {
        if (Require.Find("kubectl") is null)
            Assert.Skip("kubectl is not installed.");
        var folder = TestRun.NewFolder("kustomize");
        foreach (var source in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, Path.GetRelativePath(Folder, source)))!);
            System.IO.File.Copy(source, Path.Combine(folder, Path.GetRelativePath(Folder, source)), overwrite: true);
        }
        System.IO.File.WriteAllText(Path.Combine(folder, "chart.yaml"), string.Join("---\n", ((string[])["api", "realtime", "workers"]).Select(Published)));
        var file = Path.Combine(folder, "kustomization.yaml");
        System.IO.File.WriteAllText(file, kustomization(System.IO.File.ReadAllText(file)));
        return Load(await Monitoring.CheckAsync("kubectl", "kustomize", folder));
    }

    /// <summary>kustomize itself, over deployments as the chart has them.</summary>
    [Fact]
    public async Task Over_the_chart_every_process_has_probes_and_a_root_that_nobody_writes_to()
    {
        var built = await BuildAsync(kustomization => kustomization);

        var deployments = built.OfType<V1Deployment>().ToDictionary(deployment => deployment.Metadata.Name);
        Assert.Equal(3, deployments.Count);
        foreach (var (name, deployment) in deployments)
        {
            var (pod, container) = (deployment.Spec.Template.Spec, Assert.Single(deployment.Spec.Template.Spec.Containers));
            Assert.Equal(("/health", "/health", "/alive"), (container.StartupProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path));
            Assert.All([container.StartupProbe, container.ReadinessProbe, container.LivenessProbe], probe => Assert.Equal(container.Ports.Single().Name, probe.HttpGet.Port.Value));
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal(["files", "tmp"], container.VolumeMounts.Select(mount => mount.Name).Order());
            Assert.Equal(["files", "tmp"], pod.Volumes.Select(volume => volume.Name).Order());
            Assert.Contains(pod.TopologySpreadConstraints, spread => spread.TopologyKey == "topology.kubernetes.io/zone");
            Assert.Equal(name == "workers-deployment", pod.Tolerations is { Count: > 0 });
            Assert.Equal((long)Draining.Grace.TotalSeconds, pod.TerminationGracePeriodSeconds!.Value);
            Assert.True(Assert.Single(container.EnvFrom, source => source.SecretRef?.Name == "mail").SecretRef.Optional);
            Assert.Null(pod.ServiceAccountName);
        }
        // The components are not asked for.
        Assert.DoesNotContain(built, one => one is V1StatefulSet or V1Role);
        Assert.Equal("0", deployments["api-deployment"].Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.All(built.OfType<IKubernetesObject<V1ObjectMeta>>(), made => Assert.Equal("pybase", made.Metadata.NamespaceProperty));
        var pods = built.OfType<V1Service>().Single(service => service.Metadata.Name == "workers-pods").Spec.Selector;
        Assert.Subset(deployments["workers-deployment"].Spec.Template.Metadata.Labels.ToHashSet(), pods.ToHashSet());
    }

    /// <summary>As Aspire's chart spells a project: https://github.com/microsoft/aspire, KubernetesResource.cs.</summary>
    static string Published(string name) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}}-deployment, labels: {app.kubernetes.io/name: pybase, app.kubernetes.io/component: {{{name}}}}}
        spec:
          selector: {matchLabels: {app.kubernetes.io/name: pybase, app.kubernetes.io/component: {{{name}}}}}
          template:
            metadata: {labels: {app.kubernetes.io/name: pybase, app.kubernetes.io/component: {{{name}}}}}
            spec:
              containers:
                - {name: {{{name}}}, image: "{{{name}}}:latest", ports: [{name: http, protocol: TCP, containerPort: 8080}], envFrom: [{configMapRef: {name: {{{name}}}-config}}], volumeMounts: [{name: files, mountPath: /var/lib/pybase/files}]}
              volumes: [{name: files, persistentVolumeClaim: {claimName: pybase-files}}]

        """;

    // AddProject<Projects.PyBase_Api>("api", …), AddPostgres("postgres", …)
    [GeneratedRegex("""Add(Project<[\w.]+>|Postgres|Redis|RabbitMQ)\("(?<name>[a-z-]+)"[,)]""")]
    private static partial Regex Added();

    [GeneratedRegex(@"app\.kubernetes\.io/component(: (?<names>[a-z-]+)|, operator: In, values: \[(?<names>[^\]]+)\])")]
    private static partial Regex Component();

    [GeneratedRegex("queue=~\"(?<names>[^\"]+)\"")]
    private static partial Regex QueueNames();
}
