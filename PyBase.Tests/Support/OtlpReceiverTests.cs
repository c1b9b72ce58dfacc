using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PyBase.Tests.Support;

public sealed class OtlpReceiverTests
{
    [Fact]
    public async Task Spans_that_the_sdk_sends_are_read()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestContext.Current.CancellationToken);
        using var source = new ActivitySource("drops");
        using var sdk = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("api"))
            .AddSource("drops")
            .AddOtlpExporter(otlp => (otlp.Endpoint, otlp.Protocol) = (new Uri(receiver.Address, "/v1/traces"), OtlpExportProtocol.HttpProtobuf))
            .Build();

        Activity parent, child;
        using (parent = source.StartActivity("POST /extractions", ActivityKind.Server)!)
        using (child = source.StartActivity("enqueue", ActivityKind.Producer)!)
            child.SetTag("queue", "cad-extraction").SetTag("attempt", 1);
        sdk.ForceFlush();

        var spans = await receiver.WaitForAsync(all => all.Count == 2, cancellationToken: TestContext.Current.CancellationToken);
        var received = spans.Single(span => span.Name == "enqueue");
        Assert.Equal(
            new ReceivedSpan("api", "drops", parent.TraceId.ToHexString(), child.SpanId.ToHexString(), parent.SpanId.ToHexString(), "enqueue", ActivityKind.Producer)
            {
                Attributes = received.Attributes,
            },
            received);
        Assert.Equal("cad-extraction", received.Attributes["queue"]);
        Assert.Equal("1", received.Attributes["attempt"]);
        Assert.Null(spans.Single(span => span.Kind == ActivityKind.Server).ParentId);
    }
}
