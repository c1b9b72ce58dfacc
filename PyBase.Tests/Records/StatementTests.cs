using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using PyBase.Tests.Computing;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>
/// What each request asks of PostgreSQL, counted from the driver's own spans: how often it waits for the network, and for how many statements. A number that falls is
/// entered here; one that rises needs a reason.
/// </summary>
public sealed class StatementTests(Servers servers)
{
    static readonly (string Request, int RoundTrips, int Statements)[] Expected =
    [
        ("list a page", 1, 2),
        ("one record", 4, 4),
        // The token, the role, and one for everything from the lock to the commit.
        ("create 1", 3, 8),
        ("create 1,000", 3, 8),
        ("update 1", 3, 7),
        ("update 1,000", 3, 7),
        ("update text", 3, 8),
        ("upsert one that is there", 4, 9),
        ("create with a link", 3, 11),
        // What went and came is noted by the statement that changes the links.
        ("link edit", 3, 10),
        ("edit under a formula", 3, 7),
        ("edit under a formula and a rollup elsewhere", 5, 9),
        // The log first, as it keeps the links that go with the rows, then the links, then the rows.
        ("delete", 3, 10),
        ("add a field", 7, 16),
        ("comment", 7, 10),
    ];

    [Fact]
    public async Task No_request_asks_more_of_the_database_than_it_did()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var receiver = await OtlpReceiver.StartAsync(cancellation);
        await using var cluster = await Cluster.StartAsync(servers, new() { Realtime = 0, Workers = 0, Telemetry = receiver.Address, Settings = new Dictionary<string, string> { ["Accounts:SignUp"] = "open" } }, cancellation);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var board = await Board.CreateAsync(person, "Parts", "Orders");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Parts.Count", "number");
        await board.AddAsync("Parts.Weight", "number");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Parts.Double", "formula", """{"formula":"Cost * 2"}""");
        await board.AddAsync("Parts.Total", "formula", """{"formula":"Count * 2"}""");
        await board.AddAsync("Orders.Sum", "rollup", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Total"}""");
        string Many(int n, Func<int, string> cells) => $$"""{"records":[{{string.Join(',', Enumerable.Range(0, n).Select(cells))}}]}""";
        var parts = await board.RowsAsync("Parts", [.. Enumerable.Range(0, 1_000).Select(n => $$"""{"Name":"p{{n}}","Cost":{{n}},"Count":1}""")]);
        var order = (await board.RowsAsync("Orders", $$"""{"Name":"o","Items":["{{parts[0]}}"]}"""))[0];
        var (at, orders, part) = ($"/v0/{board.BaseId}/{board["Parts"]}", $"/v0/{board.BaseId}/{board["Orders"]}", parts[0]);

        // Each as often as it is warmed, and once more; n makes each different from the one before.
        (string Request, Func<int, (string Method, string Path, string? Body)> Make)[] requests =
        [
            ("list a page", _ => ("GET", at, null)),
            ("one record", _ => ("GET", $"{at}/{part}", null)),
            ("create 1", n => ("POST", at, $$$"""{"fields":{"Name":"new {{{n}}}","Weight":{{{n}}}}}""")),
            ("create 1,000", n => ("POST", at, Many(1_000, r => $$$"""{"fields":{"Name":"many {{{n}}} {{{r}}}","Weight":{{{r}}}}}"""))),
            ("update 1", n => ("PATCH", $"{at}/{part}", $$$"""{"fields":{"Weight":{{{n}}}}}""")),
            ("update 1,000", n => ("PATCH", at, Many(1_000, r => $$$"""{"id":"{{{parts[r]}}}","fields":{"Weight":{{{n + r}}}}}"""))),
            ("update text", n => ("PATCH", $"{at}/{parts[1]}", $$$"""{"fields":{"Name":"name {{{n}}}"}}""")),
            ("upsert one that is there", n => ("PATCH", at, $$$"""{"performUpsert":{"fieldsToMergeOn":["Name"]},"records":[{"fields":{"Name":"p7","Weight":{{{n}}}}}]}""")),
            ("create with a link", n => ("POST", orders, $$$"""{"fields":{"Name":"o{{{n}}}","Items":["{{{parts[3]}}}"]}}""")),
            ("link edit", n => ("PATCH", $"{orders}/{order}", $$$"""{"fields":{"Items":["{{{parts[4 + n]}}}"]}}""")),
            ("edit under a formula", n => ("PATCH", $"{at}/{part}", $$$"""{"fields":{"Cost":{{{n}}}}}""")),
            ("edit under a formula and a rollup elsewhere", n => ("PATCH", $"{at}/{parts[3]}", $$$"""{"fields":{"Count":{{{n + 5}}}}}""")),
            ("delete", n => ("DELETE", $"{at}/{parts[900 + n]}", null)),
            ("add a field", n => ("POST", $"/v0/meta/bases/{board.BaseId}/tables/{board["Orders"]}/fields", $$$"""{"name":"more {{{n}}}","type":"number","options":{"precision":0}}""")),
            ("comment", _ => ("POST", $"{at}/{part}/comments", """{"text":"Good."}""")),
        ];
        Assert.Equal(Expected.Select(e => e.Request), requests.Select(r => r.Request));

        var traces = new List<string>();
        foreach (var (_, make) in requests)
            for (var n = 0; n <= 2; n++)
            {
                var (trace, (method, path, body)) = (ActivityTraceId.CreateRandom().ToHexString(), make(n));
                using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
                using var response = await person.Client.SendAsync(request, cancellation);
                Assert.True(response.StatusCode is HttpStatusCode.OK, await response.Content.ReadAsStringAsync(cancellation));
                if (n == 2)
                    traces.Add(trace);
            }
        var spans = (await receiver.WaitForAsync(all => traces.All(t => all.Any(s => s.TraceId == t && s.Kind is ActivityKind.Server)), cancellationToken: cancellation)).Where(s => s.Scope == "Npgsql").ToLookup(s => s.TraceId);
        var measured = requests.Zip(traces, (request, trace) => (request.Request, RoundTrips: spans[trace].Count(), Statements: spans[trace].Sum(SizeOf))).ToList();
        Assert.True(measured.SequenceEqual(Expected), $"Measured now:\n{string.Join('\n', measured.Select(Line))}");

        static int SizeOf(ReceivedSpan span) => span.Attributes.TryGetValue("db.operation.batch.size", out var size) ? int.Parse(size, CultureInfo.InvariantCulture) : 1;
        static string Line((string Request, int RoundTrips, int Statements) of) => $"{of.Request}: {of.RoundTrips} round trips, {of.Statements} statements";
    }
}
