using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Totals, and pages that begin at any row: the same rows as pages one after the other.</summary>
[Collection(OnStandalone.Name)]
public sealed class PositionTests(StandaloneInstallation installation)
{
    static readonly ConditionalWeakTable<Installation, Task<Sheet>> Shared = [];

    [Theory]
    [InlineData("")]
    [InlineData("&sort[0][field]=Name&sort[1][field]=Count&sort[1][direction]=desc")]
    [InlineData("&sort[0][field]=Day&sort[0][direction]=desc")]
    [InlineData("&sort[0][field]=State&filter=%7B%22fieldId%22%3A%22Count%22%2C%22operator%22%3A%22%3E%22%2C%22value%22%3A500%7D")]
    public async Task Any_row_is_found_by_its_number(string query)
    {
        var sheet = await SharedAsync();
        var all = (await sheet.Person.ListAsync(sheet.BaseId, "Things", "&pageSize=1000" + query)).Select(r => (string)r["id"]!).ToArray();
        var position = await ExactAsync(sheet, $"position?{query}");
        Assert.Equal(all.Length, (int)position["total"]!);
        foreach (var start in new[] { 0, 1, 999, 1000, 1001, 2345, all.Length - 3, all.Length, all.Length + 5000 })
        {
            var page = await sheet.OkAsync("GET", Path(sheet, $"rows?start={start}&pageSize=7{query}"));
            Assert.Equal(all.Skip(start).Take(7), page["records"]!.AsArray().Select(r => (string)r!["id"]!));
            Assert.Equal((true, all.Length), ((bool)page["isExact"]!, (int)page["total"]!));
        }
        // And on from there as from any page.
        var offset = (string)(await sheet.OkAsync("GET", Path(sheet, $"rows?start=1234&pageSize=7{query}")))["offset"]!;
        var next = await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?pageSize=7{query}&offset={Uri.EscapeDataString(offset)}");
        Assert.Equal(all.Skip(1241).Take(7), next["records"]!.AsArray().Select(r => (string)r!["id"]!));
    }

    [Fact]
    public async Task A_total_follows_the_table_and_says_when_it_does_not_yet()
    {
        var sheet = await FilledAsync(10);
        Assert.Equal(10, (int)(await ExactAsync(sheet, "position"))["total"]!);
        await sheet.AddAsync("Things", """{"Name":"one more"}""");
        Assert.Equal(11, (int)(await ExactAsync(sheet, "position"))["total"]!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("GET", Path(sheet, "rows?start=-1"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("GET", Path(sheet, "rows"))).Status);
        using var stranger = await installation.SignUpAsync();
        foreach (var path in new[] { "position", "rows?start=0" })
            Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(stranger.Client, "GET", Path(sheet, path))).Status);
    }

    /// <summary>The answer when it is one of the table as it is now, which is a matter of milliseconds.</summary>
    static Task<JsonNode> ExactAsync(Sheet sheet, string path) => Wait.UntilAsync(() => sheet.OkAsync("GET", Path(sheet, path)), answer => (bool)answer["isExact"]!);

    static string Path(Sheet sheet, string what) => $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/{what}";

    Task<Sheet> SharedAsync()
    {
        lock (Shared)
            return Shared.GetValue(installation, _ => FilledAsync(3_500));
    }

    async Task<Sheet> FilledAsync(int count)
    {
        var sheet = await Sheet.CreateAsync(installation);
        foreach (var block in Enumerable.Range(0, count).Chunk(1000))
            await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', block.Select(n => $$$"""{"fields":{"Name":"M{{{n % 13}}}","Count":{{{n}}}{{{(n % 3 == 0 ? "" : $",\"Day\":\"2026-01-{n % 28 + 1:00}\"")}}}{{{(n % 5 == 0 ? "" : $",\"State\":\"{(n % 2 == 0 ? "Open" : "Closed")}\"")}}}}}"""))}}]}""");
        return sheet;
    }
}
