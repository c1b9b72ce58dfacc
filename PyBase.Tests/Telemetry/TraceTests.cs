using PyBase.Tests.Support;

namespace PyBase.Tests.Telemetry;

/// <summary>One drop is one trace, from the request to the row and on to the listener, through three processes, an outbox and a broker.</summary>
public sealed class TraceTests(Servers servers)
{
    [Fact]
    public async Task A_drop_is_one_trace_through_all_processes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var receiver = await OtlpReceiver.StartAsync(cancellation);
        await using var cluster = await Cluster.StartAsync(servers, new() { Telemetry = receiver.Address }, cancellation);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync();
        await using var hub = await person.ConnectAsync(cluster.RealtimeAddress());
        await hub.InvokeCoreAsync("Subscribe", typeof(object), [baseId, null], cancellation);

        var job = await person.EndOfAsync(await person.DropAsync(baseId, Samples.Path("gearbox.stp")));
        var trace = (string)job["traceId"]!;

        (string Service, string Name)[] wanted =
        [
            ("PyBase.Api", "POST /api/bases/{baseId}/extractions"), ("PyBase.Workers", "outbox publish"), ("PyBase.Workers", "job extraction"),
            ("PyBase.Workers", "ImportDrawing"), ("PyBase.Realtime", "push changes"),
        ];
        var spans = await receiver.WaitForAsync(all => wanted.All(w => all.Any(s => s.TraceId == trace && s.Service == w.Service && s.Name == w.Name)), cancellationToken: cancellation);

        // The row itself: the driver's span of the statement that wrote it, below the span of the import.
        var import = spans.Where(s => s.TraceId == trace && s.Name == "ImportDrawing").Select(s => s.SpanId).ToHashSet();
        Assert.Contains(spans, s => s.TraceId == trace && s.Scope == "Npgsql" && s.ParentId is not null && import.Contains(s.ParentId));
        Assert.Equal(3, spans.Where(s => s.TraceId == trace).Select(s => s.Service).Distinct().Count());
        // Statements of clocks that look for work are no traces of their own.
        Assert.DoesNotContain(spans, s => s.Scope == "Npgsql" && s.ParentId is null);
    }
}
