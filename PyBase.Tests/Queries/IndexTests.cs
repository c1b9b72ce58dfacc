using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Indexes come by themselves when they are asked for, and the report says what a query does without one.</summary>
[Collection(OnStandalone.Name)]
public sealed class IndexTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_query_asked_often_gets_its_index()
    {
        var sheet = await FilledAsync(3_500);
        const string Query = """{"sort":[{"field":"Name","direction":"desc"},{"field":"Count"}],"pageSize":10}""";
        const string Filter = """{"filter":{"fieldId":"State","operator":"is","value":"Closed"},"pageSize":10}""";
        var before = await sheet.OkAsync("POST", Path(sheet), Query);
        Assert.True((bool)before["sorts"]!);
        Assert.Contains("every row", before["scans"]!.AsArray().Select(s => (string)s!));
        Assert.Equal(("order", false), ((string)before["indexes"]![0]!["for"]!, (bool)before["indexes"]![0]!["isThere"]!));
        Assert.Contains("index-missing", before["advice"]!.AsArray().Select(a => (string)a!["code"]!));
        Assert.NotNull(before["milliseconds"]);

        var rows = (await sheet.OkAsync("POST", sheet.PathOf("Things") + "/listRecords", Query))["records"]!.ToJsonString();
        for (var i = 0; i < 60; i++)
            foreach (var query in new[] { Query, Filter })
                await sheet.OkAsync("POST", sheet.PathOf("Things") + "/listRecords", query);
        foreach (var query in new[] { Query, Filter })
        {
            var after = await WithIndexAsync(sheet, query);
            Assert.Contains(after["scans"]!.AsArray(), s => ((string)s!).Contains("idx_", StringComparison.Ordinal));
            Assert.DoesNotContain("every row", after["scans"]!.AsArray().Select(s => (string)s!));
            Assert.False((bool)after["sorts"]! && query == Query);
        }
        Assert.Equal(rows, (await sheet.OkAsync("POST", sheet.PathOf("Things") + "/listRecords", Query))["records"]!.ToJsonString());
        // A page further down is served by it as well.
        var offset = (string)(await sheet.OkAsync("POST", sheet.PathOf("Things") + "/listRecords", Query))["offset"]!;
        var next = await sheet.OkAsync("POST", Path(sheet), Query.Replace("\"pageSize\"", $"\"offset\":\"{offset}\",\"pageSize\"", StringComparison.Ordinal));
        Assert.InRange((double)next["rowsRead"]!, 10, 100);
    }

    [Fact]
    public async Task The_report_names_what_no_index_serves()
    {
        var sheet = await FilledAsync(100);
        async Task<string[]> codes(string query) => [.. (await sheet.OkAsync("POST", Path(sheet), query))["advice"]!.AsArray().Select(a => (string)a!["code"]!)];
        Assert.Contains("text-inside-text", await codes("""{"filter":{"fieldId":"Name","operator":"contains","value":"x"},"sort":[{"field":"Count"}]}"""));
        Assert.Contains("negation", await codes("""{"filter":{"fieldId":"Count","operator":"!=","value":7},"sort":[{"field":"Name"}]}"""));
        Assert.Contains("sorts-by-linked-records", await codes("""{"sort":[{"field":"Links"}]}"""));
        Assert.Contains("short-word", await codes("""{"search":"M1"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("POST", Path(sheet), """{"sort":[{"field":"Nothing"}]}""")).Status);
        using var stranger = await installation.SignUpAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(stranger.Client, "POST", Path(sheet), "{}")).Status);
    }

    static Task<JsonNode> WithIndexAsync(Sheet sheet, string query) => Wait.UntilAsync(() => sheet.OkAsync("POST", Path(sheet), query),
        report => (bool)report["indexes"]![0]!["isThere"]! && report["scans"]!.AsArray().Any(s => ((string)s!).Contains("idx_", StringComparison.Ordinal)));

    static string Path(Sheet sheet) => $"/api/bases/{sheet.BaseId}/tables/Things/explain";

    async Task<Sheet> FilledAsync(int count)
    {
        var sheet = await Sheet.CreateAsync(installation);
        foreach (var block in Enumerable.Range(0, count).Chunk(1000))
            await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', block.Select(n => $$$"""{"fields":{"Name":"M{{{n % 13}}}","Count":{{{n}}},"State":"{{{(n % 100 == 0 ? "Closed" : "Open")}}}"}}"""))}}]}""");
        return sheet;
    }
}
