using System.Text.Json.Nodes;
using PyBase.Tests.Attachments;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Imports;

/// <summary>A base copied through the API of another server, for which another base of PyBase's own stands.</summary>
public sealed class AirtableImportTests(FetchingInstallation installation) : IClassFixture<FetchingInstallation>
{
    const int Parts = 230;

    Person Person => installation.Person;

    [Fact]
    public async Task Tables_records_links_choices_files_and_what_is_computed_come_over_with_their_ids()
    {
        var source = await Person.CreateBaseAsync(
            new { name = "Makers", fields = new object[] { new { name = "Name", type = "singleLineText" }, new { name = "Price", type = "number", options = new { precision = 2 } } } });
        var tables = (await Person.GetAsync($"/v0/meta/bases/{source}/tables"))["tables"]!;
        var (makers, price) = ((string)tables[0]!["id"]!, (string)tables[0]!["fields"]![1]!["id"]!);
        var parts = await Person.PostAsync($"/v0/meta/bases/{source}/tables", new
        {
            name = "Parts",
            fields = new object[]
            {
                new { name = "Part", type = "singleLineText" }, new { name = "Qty", type = "number", options = new { precision = 0 } }, new { name = "Files", type = "multipleAttachments" },
                new { name = "State", type = "singleSelect", options = new { choices = new[] { new { name = "Open" }, new { name = "Done" } } } },
                new { name = "Who", type = "singleCollaborator" }, new { name = "Maker", type = "multipleRecordLinks", options = new { linkedTableId = makers } },
            },
        });
        var (partsId, link) = ((string)parts["id"]!, (string)parts["fields"]!.AsArray().Single(f => (string)f!["name"]! == "Maker")!["id"]!);
        async Task AddAsync(string name, string type, object options) => await Person.PostAsync($"/v0/meta/bases/{source}/tables/{partsId}/fields", new { name, type, options });
        await AddAsync("Twice", "formula", new { formula = "{Qty} * 2" });
        await AddAsync("Prices", "multipleLookupValues", new { recordLinkFieldId = link, fieldIdInLinkedTable = price });
        await AddAsync("Sum", "rollup", new { recordLinkFieldId = link, fieldIdInLinkedTable = price, formula = "SUM(values)" });
        await AddAsync("Over", "formula", new { formula = "{Sum} + {Twice}" });

        var made = (await Person.PostAsync($"/v0/{source}/{makers}", JsonNode.Parse("""{"records":[{"fields":{"Name":"A","Price":1.5}},{"fields":{"Name":"B","Price":2.25}}]}""")!))["records"]!;
        var ids = made.AsArray().Select(r => (string)r!["id"]!).ToArray();
        var me = (string)(await Person.GetAsync("/api/auth/me"))["user"]!["email"]!;
        await Person.PostAsync($"/v0/{source}/{partsId}", new
        {
            records = Enumerable.Range(0, Parts).Select(n => new
            {
                fields = new Dictionary<string, object> { ["Part"] = $"P-{n}", ["Qty"] = n, ["State"] = n % 2 == 0 ? "Open" : "Done", ["Maker"] = n % 3 == 0 ? ids : [], ["Who"] = new { email = me } },
            }),
        });
        var first = (await Person.ListAsync(source, partsId))[0];
        await Person.PatchAsync($"/v0/{source}/{partsId}/{(string)first["id"]!}", new { fields = new Dictionary<string, object> { ["Files"] = new[] { new { url = new Uri(installation.Server, "/plain.txt").ToString() } } } });
        await FilledAsync(source, partsId, (string)first["id"]!);

        var target = await Person.CreateBaseAsync();
        var job = await Person.EndOfAsync(await ImportAsync(target, source, Person.Token));
        Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
        Assert.DoesNotContain(Person.Token, job.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([2, Parts], job["result"]!["tables"]!.AsArray().Select(t => (int)t!["created"]!));
        Assert.Empty(job["findings"]!.AsArray());
        var copied = (string)job["result"]!["tables"]![1]!["id"]!;
        var copy = (await Person.GetAsync($"/v0/meta/bases/{target}/tables"))["tables"]![1]!;
        Assert.Equal(parts["fields"]!.AsArray().Single(f => (string)f!["name"]! == "State")!["options"]!["choices"]![0]!["id"]!.ToString(),
            copy["fields"]!.AsArray().Single(f => (string)f!["name"]! == "State")!["options"]!["choices"]![0]!["id"]!.ToString());
        await FilledAsync(target, copied, (string)first["id"]!);
        var (before, after) = (await Person.ListAsync(source, partsId), await Person.ListAsync(target, copied));
        Assert.Equal(before.Select(r => (string)r["id"]!), after.Select(r => (string)r["id"]!));
        foreach (var (was, now) in before.Zip(after))
            foreach (var name in (string[])["Part", "Qty", "State", "Who", "Maker", "Twice", "Prices", "Sum", "Over"])
                Assert.True(JsonNode.DeepEquals(was["fields"]![name], now["fields"]![name]), $"{name}: {was.ToJsonString()}\n{now.ToJsonString()}");
        Assert.Equal("plain.txt", (string?)after[0]["fields"]!["Files"]![0]!["filename"]);
    }

    [Fact]
    public async Task A_server_that_refuses_is_said_and_leaves_nothing()
    {
        var target = await Person.CreateBaseAsync();
        var job = await Person.EndOfAsync(await ImportAsync(target, "appAAAAAAAAAAAAAA", Person.Token));
        Assert.Equal(("failed", "import-source-failed"), ((string?)job["state"], (string?)job["error"]!["code"]));
        Assert.Empty((await Person.GetAsync($"/v0/meta/bases/{target}/tables"))["tables"]!.AsArray());
        Assert.Equal("invalid-import-source", (string?)(await Person.PostAsync($"/api/bases/{target}/airtable-imports", new { @base = "appAAAAAAAAAAAAAA", token = "x", url = "file:///etc" }, System.Net.HttpStatusCode.UnprocessableEntity))["code"]);
    }

    async Task<JsonNode> ImportAsync(string target, string source, string token) =>
        await Person.PostAsync($"/api/bases/{target}/airtable-imports", new { @base = source, token, url = Person.Client.BaseAddress!.ToString() }, System.Net.HttpStatusCode.Accepted);

    Task FilledAsync(string baseId, string table, string record) =>
        Wait.UntilAsync(() => Person.GetAsync($"/v0/{baseId}/{table}/{record}"), seen => (int?)seen["fields"]!["Files"]?[0]?["size"] > 0);
}
