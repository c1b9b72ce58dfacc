using System.Diagnostics;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Telemetry;

/// <summary>How often a request asks the database, told by the driver's spans of its trace.</summary>
public sealed class RoundTripTests(Servers servers)
{
    [Fact]
    public async Task A_page_asks_once_whoever_asks()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var receiver = await OtlpReceiver.StartAsync(cancellation);
        await using var cluster = await Cluster.StartAsync(servers, new() { Realtime = 0, Workers = 0, Telemetry = receiver.Address }, cancellation);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" }, new { name = "Count", type = "number", options = new { precision = 0 } } } });
        await Sheet.SendAsync(person.Client, "POST", $"/v0/{baseId}/Parts", $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 20).Select(n => $$$"""{"fields":{"Name":"M{{{n}}}","Count":{{{n}}}}}"""))}}]}""");
        var (list, rows) = ($"/v0/{baseId}/Parts?sort[0][field]=Count&pageSize=5", $"/api/bases/{baseId}/tables/Parts/rows?start=3&pageSize=5");
        // What a process comes to know with the first request: definitions, whose the token is, the fence.
        var first = await Sheet.SendAsync(person.Client, "GET", list);
        await person.GetAsync(rows);
        (string Path, (string, string)[] Headers, int RoundTrips)[] asked =
        [
            (list, [], 1),
            ($"{list}&offset={Uri.EscapeDataString((string)first.Json["offset"]!)}", [], 1),
            ($"{list}&filter={Uri.EscapeDataString("""{"fieldId":"Name","operator":"contains","value":"1"}""")}", [], 1),
            (list, [("If-None-Match", first.Header("ETag")!)], 1),
            // The version at the end.
            (list, [("Accept", "application/x-ndjson")], 2),
            // Token, table, page; the fence is known.
            (rows, [], 3),
        ];
        foreach (var (path, headers, roundTrips) in asked)
        {
            var trace = ActivityTraceId.CreateRandom().ToString();
            var answer = await Sheet.SendAsync(person.Client, "GET", path, null, [.. headers, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")]);
            Assert.True((int)answer.Status is 200 or 304, answer.Text);
            // The request's own span ends last.
            var spans = await receiver.WaitForAsync(all => all.Any(s => s.TraceId == trace && s.Kind is ActivityKind.Server), cancellationToken: cancellation);
            Assert.Equal((path, roundTrips), (path, spans.Count(s => s.TraceId == trace && s.Scope == "Npgsql")));
        }
    }
}
