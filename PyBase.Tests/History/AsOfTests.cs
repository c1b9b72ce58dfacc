using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.History;

/// <summary>A table as it stood: what was read at a version then is what asOf gives now.</summary>
[Collection(OnStandalone.Name)]
public sealed class AsOfOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Every_earlier_version_can_be_read_again()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var random = new Random(5);
        var (rows, far, seen) = (new List<string>(), new List<string>(), new List<(string Version, string Records)>());
        for (var n = 0; n < 4; n++)
            far.Add(await sheet.AddAsync("Others", "{}"));
        for (var n = 0; n < 40; n++)
        {
            switch (random.Next(5))
            {
                case 0 when rows.Count > 3:
                    await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{rows[0]}");
                    rows.RemoveAt(0);
                    break;
                case 1 when rows.Count > 0:
                    await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{rows[random.Next(rows.Count)]}", $$$"""{"fields":{"Count":{{{n}}},"Tags":["red"],"Links":["{{{far[random.Next(4)]}}}"]}}""");
                    break;
                case 2 when rows.Count > 0:
                    // From the other side.
                    await sheet.OkAsync("PATCH", $"{sheet.PathOf("Others")}/{far[random.Next(4)]}", $$$"""{"fields":{"Things":["{{{rows[random.Next(rows.Count)]}}}"]}}""");
                    break;
                case 3 when n > 5:
                    await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/undo");
                    rows = [.. (await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray().Select(r => (string)r!["id"]!)];
                    break;
                default:
                    rows.Add(await sheet.AddAsync("Things", $$"""{"Name":"n{{n}}","State":"Open","When":"2026-01-01T00:00:00.000Z"}"""));
                    break;
            }
            var list = await sheet.SendAsync("GET", sheet.PathOf("Things"));
            seen.Add((list.Header("PyBase-Version")!.Split('=')[1], list.Json["records"]!.ToJsonString()));
        }
        foreach (var (version, records) in seen)
        {
            var (all, cursor) = (new JsonArray(), "");
            do
            {
                var page = await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records?asOf={version}&pageSize=3&cursor={cursor}");
                foreach (var record in page["records"]!.AsArray())
                    all.Add(record!.DeepClone());
                cursor = (string?)page["cursor"] ?? "";
            }
            while (cursor.Length > 0);
            Sheet.Same(records, all);
        }
    }

    [Fact]
    public async Task A_time_means_the_last_version_before_it()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync("Things", """{"Name":"then"}""");
        var entry = (await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records/{id}/history"))["entries"]![0]!;
        await Task.Delay(5, TestContext.Current.CancellationToken);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Name":"now"}}""");
        var then = DateTimeOffset.Parse((string)entry["time"]!, System.Globalization.CultureInfo.InvariantCulture).AddMilliseconds(1);
        var page = await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records?asOf={Uri.EscapeDataString(then.ToString("O", System.Globalization.CultureInfo.InvariantCulture))}");
        Assert.Equal("then", (string)page["records"]![0]!["fields"]!["Name"]!);
        Assert.Equal((long)entry["version"]!, (long)page["version"]!);
    }

    [Theory]
    [InlineData("asOf=999999")]
    [InlineData("asOf=yesterday")]
    [InlineData("")]
    [InlineData("asOf=1999-01-01T00:00:00Z")]
    [InlineData("asOf=1&pageSize=101")]
    [InlineData("asOf=1&cursor=x")]
    public async Task What_cannot_be_read_is_refused(string query)
    {
        var sheet = await Sheet.SharedAsync(installation);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records?{query}")).Status);
    }
}
