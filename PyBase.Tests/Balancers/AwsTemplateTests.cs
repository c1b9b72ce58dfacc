using System.Text.Json.Nodes;
using PyBase.ServiceDefaults;
using PyBase.Tests.Support;

namespace PyBase.Tests.Balancers;

/// <summary>What <c>deploy/aws</c> says fits what the processes do; nothing here talks to AWS.</summary>
public sealed class AwsTemplateTests
{
    readonly JsonNode template = JsonNode.Parse(DeployFile.Read("aws/load-balancer.json").Text)!;

    [Fact]
    public void Live_tables_stay_where_they_are_and_requests_do_not()
    {
        Assert.Equal([("stickiness.enabled", "true"), ("stickiness.type", "lb_cookie"), ("stickiness.lb_cookie.duration_seconds", "3600")],
            AttributesOf("RealtimeTargets").Where(a => a.Key.StartsWith("stickiness.", StringComparison.Ordinal)));
        Assert.Contains(("stickiness.enabled", "false"), AttributesOf("ApiTargets"));
        Assert.Equal("RealtimeTargets", (string)Properties("Hubs")["Actions"]![0]!["TargetGroupArn"]!["Ref"]!);
        Assert.Equal("/hubs/*", (string)Properties("Hubs")["Conditions"]![0]!["PathPatternConfig"]!["Values"]![0]!);
        Assert.Equal("ApiTargets", (string)Properties("Secure")["DefaultActions"]![0]!["TargetGroupArn"]!["Ref"]!);
        // The ports that the processes have without arguments, and the question that a draining one answers with 503.
        Assert.Equal((8000, "/health"), ((int)Properties("ApiTargets")["Port"]!, (string)Properties("ApiTargets")["HealthCheckPath"]!));
        Assert.Equal((8001, "/health"), ((int)Properties("RealtimeTargets")["Port"]!, (string)Properties("RealtimeTargets")["HealthCheckPath"]!));
    }

    [Fact]
    public void The_balancer_waits_longer_than_the_process_and_a_process_drains_longer_than_the_balancer_looks()
    {
        var idle = int.Parse(AttributesOf("Application", "LoadBalancerAttributes").Single(a => a.Key == "idle_timeout.timeout_seconds").Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(TimeSpan.FromSeconds(idle) > new ServerOptions().RequestTimeout);
        var noticed = (int)Properties("RealtimeTargets")["HealthCheckIntervalSeconds"]! * (int)Properties("RealtimeTargets")["UnhealthyThresholdCount"]!;
        // The guide tells administrators so.
        Assert.Contains("| AWS | 00:00:15 |", File.ReadAllText(Path.Combine(Repository.Root, "docs", "deployment-guide.md")), StringComparison.Ordinal);
        Assert.True(noticed < 15);
    }

    [Fact]
    public void Whatever_is_referred_to_is_there()
    {
        var known = Names("Parameters").Concat(Names("Resources")).ToHashSet();
        var references = Below(template).OfType<JsonObject>().SelectMany(Targets).ToArray();
        Assert.True(references.Length > 15);
        Assert.All(references, name => Assert.Contains(name, known));
        Assert.All(template["Resources"]!.AsObject().Select(r => (string?)r.Value!["Condition"]).OfType<string>(), name => Assert.Contains(name, Names("Conditions")));

        static IEnumerable<string> Targets(JsonObject node) =>
            node["Ref"] is { } name ? [(string)name!] : node["Fn::GetAtt"] is JsonArray attribute ? [(string)attribute[0]!] : [];
    }

    IEnumerable<string> Names(string section) => template[section]!.AsObject().Select(one => one.Key);

    JsonNode Properties(string resource) => template["Resources"]![resource]!["Properties"]!;

    IEnumerable<(string Key, string Value)> AttributesOf(string resource, string list = "TargetGroupAttributes") =>
        Properties(resource)[list]!.AsArray().Select(a => ((string)a!["Key"]!, (string)a["Value"]!));

    static IEnumerable<JsonNode> Below(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(one => Below(one.Value)).Prepend(some),
        JsonArray some => some.SelectMany(Below),
        _ => [],
    };
}
