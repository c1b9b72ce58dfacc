using System.Net;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Reading: pages, chosen fields, both spellings of a list request, names in paths, caches.</summary>
public abstract class ListTests(Installation installation)
{
    [Fact]
    public async Task Pages_end_where_the_table_ends()
    {
        var sheet = await FilledAsync(250);
        Assert.Equal(Enumerable.Range(0, 250), (await sheet.Person.ListAsync(sheet.BaseId, "Things")).Select(r => (int)r["fields"]!["Count"]!));
        Assert.Equal(100, (await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray().Count);
        foreach (var (query, expected) in ((string, int)[])[("&pageSize=1000", 250), ("&pageSize=125", 250), ("&pageSize=7&maxRecords=21", 21), ("&pageSize=7&maxRecords=20", 20), ("&maxRecords=1", 1), ("&maxRecords=0", 0), ("&limit=50", 250)])
            Assert.Equal(expected, (await sheet.Person.ListAsync(sheet.BaseId, "Things", query)).Count);
        Assert.Null((await sheet.OkAsync("GET", sheet.PathOf("Things") + "?pageSize=250&offset="))["offset"]);
        Assert.Null((await sheet.OkAsync("GET", sheet.PathOf("Things") + "?pageSize=5&maxRecords=5"))["offset"]);
    }

    [Fact]
    public async Task A_page_of_long_texts_ends_early_and_the_next_goes_on()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var text = new string('x', 100_000);
        for (var i = 0; i < 2; i++)
            await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 60).Select(n => $$$"""{"fields":{"Notes":"{{{text}}}","Count":{{{60 * i + n}}}}}"""))}}]}""");
        var first = await sheet.OkAsync("GET", sheet.PathOf("Things") + "?pageSize=1000");
        Assert.InRange(first["records"]!.AsArray().Count, 80, 90);
        Assert.Equal(Enumerable.Range(0, 110), (await sheet.Person.ListAsync(sheet.BaseId, "Things", "&pageSize=1000&maxRecords=110")).Select(r => (int)r["fields"]!["Count"]!));
    }

    [Theory]
    [InlineData("pageSize=0", "INVALID_PAGE_SIZE_ARGUMENT")]
    [InlineData("pageSize=1001", "INVALID_PAGE_SIZE_ARGUMENT")]
    [InlineData("pageSize=-1", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("pageSize=ten", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("pageSize=99999999999999999999", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("maxRecords=-1", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("offset=itrXXXX", "INVALID_OFFSET_VALUE")]
    [InlineData("offset=rec", "INVALID_OFFSET_VALUE")]
    [InlineData("offset=itr%00%FF", "INVALID_OFFSET_VALUE")]
    [InlineData("fields[]=Nothing", "UNKNOWN_FIELD_NAME")]
    [InlineData("fields%5B%5D=name", "UNKNOWN_FIELD_NAME")]
    [InlineData("view=Nowhere", "VIEW_NAME_NOT_FOUND")]
    [InlineData("view=viwAAAAAAAAAAAAAA", "VIEW_ID_NOT_FOUND")]
    [InlineData("filterByFormula=1%2B", "INVALID_FILTER_BY_FORMULA")]
    [InlineData("sort%5B0%5D%5Bfield%5D=Nothing", "UNKNOWN_FIELD_NAME")]
    [InlineData("cellFormat=string&userLocale=en-ie", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("cellFormat=string&timeZone=utc", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("cellFormat=string&timeZone=utc&userLocale=no-such-locale", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("cellFormat=html", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("recordMetadata[]=likes", "INVALID_REQUEST_UNKNOWN")]
    public async Task A_parameter_that_cannot_be_is_refused(string query, string error)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?{query}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, error), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("""{"maxRecords":-5}""", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("""{"pageSize":0}""", "INVALID_PAGE_SIZE_ARGUMENT")]
    [InlineData("""{"pageSize":1e12}""", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("""{"fields":["Nothing"]}""", "UNKNOWN_FIELD_NAME")]
    [InlineData("""{"sort":[{"field":"Nothing"}]}""", "UNKNOWN_FIELD_NAME")]
    public async Task So_it_is_in_a_body(string body, string error)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("POST", sheet.PathOf("Things") + "/listRecords", body);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, error), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_list_by_body_is_the_same_list()
    {
        var sheet = await FilledAsync(30);
        var field = await FieldIdAsync(sheet, "Count");
        var body = $$"""{"method":"post","timeZone":"utc","userLocale":"en-ie","fields":["{{field}}"],"pageSize":20,"returnFieldsByFieldId":true,"offset":null,"maxRecords":25}""";
        var first = await sheet.OkAsync("POST", sheet.PathOf("Things") + "/listRecords?timeZone=utc", body);
        Sheet.Same($$"""{"{{field}}":1}""", first["records"]![1]!["fields"]);
        var second = await sheet.OkAsync("POST", sheet.PathOf("Things") + "/listRecords", body.Replace("null", $"\"{(string)first["offset"]!}\"", StringComparison.Ordinal));
        Assert.Equal((20, 5, null), (first["records"]!.AsArray().Count, second["records"]!.AsArray().Count, (string?)second["offset"]));
    }

    [Fact]
    public async Task Fields_are_chosen_by_name_or_id_and_shown_once()
    {
        var sheet = await FilledAsync(1);
        var (name, count) = (await FieldIdAsync(sheet, "Name"), await FieldIdAsync(sheet, "Count"));
        var shown = async (string query) => (await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?{query}"))["records"]![0]!["fields"]!.ToJsonString();
        Assert.Equal("""{"Name":"0","Count":0}""", await shown("fields%5B%5D=Count&fields[]=Name&fields[]=" + count));
        Assert.Equal("""{"Count":0}""", await shown($"fields[]={count}"));
        Assert.Equal($$"""{"{{name}}":"0","{{count}}":0}""", await shown("returnFieldsByFieldId=1"));
        Assert.Equal("""{"Name":"0","Count":0}""", await shown("returnFieldsByFieldId=0&view=Grid+view&filterByFormula=&sort[0][field]=&anything=else&recordMetadata[]=commentCount"));
        Assert.Equal("""{"Count":0}""", await shown(string.Join('&', Enumerable.Repeat("fields%5B%5D=Count", 850)))); // 16,000 characters
    }

    [Fact]
    public async Task Tables_and_fields_are_found_by_any_name()
    {
        var sheet = await Sheet.CreateAsync(installation);
        foreach (var name in (string[])["With space", "And/or", "Größe 大小", "50% + 1?", "#a&b=c", "a'b\"c"])
        {
            await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables", System.Text.Json.JsonSerializer.Serialize(new { name, fields = new object[] { new { name, type = "singleLineText" } } }));
            var path = sheet.PathOf(Uri.EscapeDataString(name));
            var cells = System.Text.Json.JsonSerializer.Serialize(new { fields = new Dictionary<string, string> { [name] = "x" } });
            var id = (string)(await sheet.OkAsync("POST", path + "/?", cells))["id"]!;
            await sheet.OkAsync("PATCH", $"{path}/{id}/?", cells);
            Assert.Equal("x", (string)(await sheet.OkAsync("GET", $"{path}/{id}/?"))["fields"]![name]!);
            Assert.Single((await sheet.OkAsync("GET", $"{path}/?fields%5B%5D={Uri.EscapeDataString(name)}&"))["records"]!.AsArray());
            await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/{Uri.EscapeDataString(name)}/fields/{Uri.EscapeDataString(name)}", """{"description":"found"}""");
            Sheet.Same($$"""{"id":"{{id}}","deleted":true}""", await sheet.OkAsync("DELETE", $"{path}/{id}?"));
        }
    }

    [Fact]
    public async Task An_answer_that_is_known_already_is_not_sent_again()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync(sheet.Others, """{"Name":"a"}""");
        foreach (var path in (string[])[sheet.PathOf("Others"), $"{sheet.PathOf("Others")}/{id}"])
        {
            var first = await sheet.SendAsync("GET", path);
            var (tag, version) = (first.Header("ETag")!, first.Header("PyBase-Version"));
            var again = await sheet.SendAsync("GET", path, null, ("If-None-Match", $"\"other\", {tag}"));
            Assert.Equal((HttpStatusCode.NotModified, "", tag), (again.Status, again.Text, again.Header("ETag")));
            Assert.Equal(HttpStatusCode.OK, (await sheet.SendAsync("GET", path + "?returnFieldsByFieldId=1", null, ("If-None-Match", tag))).Status);

            var write = await sheet.SendAsync("PATCH", $"{sheet.PathOf("Others")}/{id}", """{"fields":{"Name":"b"}}""");
            var (before, after) = (Number(version!), Number(write.Header("PyBase-Version")!));
            Assert.Equal($"{sheet.Others}={before + 1}", $"{sheet.Others}={after}");
            var changed = await sheet.SendAsync("GET", path, null, ("If-None-Match", tag));
            Assert.Equal((HttpStatusCode.OK, write.Header("PyBase-Version")), (changed.Status, changed.Header("PyBase-Version")));
        }
        var linked = await sheet.SendAsync("POST", sheet.PathOf("Things"), $$$"""{"fields":{"Links":["{{{id}}}"]}}""");
        Assert.Equal(new[] { sheet.Things, sheet.Others }.Order(), linked.Header("PyBase-Version")!.Split(", ").Select(v => v.Split('=')[0]).Order());
    }

    static long Number(string version) => long.Parse(version.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);

    async Task<Sheet> FilledAsync(int count)
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, count).Select(n => $$$"""{"fields":{"Name":"{{{n}}}","Count":{{{n}}}}}"""))}}]}""");
        return sheet;
    }

    static async Task<string> FieldIdAsync(Sheet sheet, string name) => (string)(await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray()
        .Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray().Single(f => (string)f!["name"]! == name)!["id"]!;
}

[Collection(OnStandalone.Name)]
public sealed class ListOnStandaloneTests(StandaloneInstallation installation) : ListTests(installation);

[Collection(OnCluster.Name)]
public sealed class ListOnClusterTests(DistributedInstallation installation) : ListTests(installation);
