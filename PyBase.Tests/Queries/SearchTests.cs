using System.Net;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Words in records: found when they are written, forgotten when they are gone.</summary>
[Collection(OnStandalone.Name)]
public sealed class SearchTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_search_finds_what_a_person_sees_in_the_row()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var wheel = await sheet.AddAsync("Others", """{"Name":"Cogwheel"}""");
        await sheet.AddAsync("Things", """{"Name":"a","Notes":"Hexagon bolt M8 × 30","Code":{"text":"4006381333931"}}""");
        await sheet.AddAsync("Things", $$"""{"Name":"b","Mail":"bolt@example.org","State":"Closed","Links":["{{wheel}}"]}""");
        await sheet.AddAsync("Things", """{"Name":"c","Notes":"100% _sure_","Tags":["red"]}""");
        foreach (var (asked, expected) in ((string, string)[])[("bolt", "ab"), ("BOLT m8", "a"), ("\"hexagon bolt\"", "a"), ("\"bolt hexagon\"", ""), ("bolt hexagon", "a"), ("381333", "a"),
            ("close", "b"), ("cogwheel", "b"), ("cog closed", "b"), ("0%", "c"), ("_s", "c"), ("%", "c"), ("re", "c"), ("x × 30", "a"), ("xy × 30", ""), ("'; --", ""), ("", "abc"), ("  ", "abc")])
            Assert.Equal((asked, expected), (asked, await NamesAsync(sheet, asked)));
    }

    [Fact]
    public async Task A_search_follows_every_write()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync("Things", """{"Name":"a","Notes":"turquoise"}""");
        Assert.Equal("a", await NamesAsync(sheet, "turquoise"));
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Notes":"vermilion"}}""");
        Assert.Equal(("", "a"), (await NamesAsync(sheet, "turquoise"), await NamesAsync(sheet, "vermil")));
        await sheet.OkAsync("PATCH", sheet.PathOf("Things"), """{"performUpsert":{"fieldsToMergeOn":["Name"]},"records":[{"fields":{"Name":"a","Notes":null,"Web":"https://ultramarine"}}]}""");
        Assert.Equal(("", "a"), (await NamesAsync(sheet, "vermilion"), await NamesAsync(sheet, "ultra")));
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{id}");
        Assert.Equal("", await NamesAsync(sheet, "ultramarine"));
        Assert.Empty((await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/search?q=ultramarine"))["results"]!.AsArray());
    }

    [Fact]
    public async Task A_record_that_has_a_word_in_several_places_is_found_once_on_any_page()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var closed = await sheet.AddAsync("Others", """{"Name":"Closed circuit"}""");
        string[] cells =
        [
            """ "Name":"0 closed door","State":"Closed" """, $""" "Name":"1 closed","Links":["{closed}"] """, $""" "Name":"2","State":"Closed","Links":["{closed}"] """, """ "Name":"3 door","State":"Closed" """,
            """ "Name":"4 door" """, """ "Name":"5 door","Tags":["red"],"State":"Closed" """, """ "Name":"6","Tags":["red"] """, """ "Name":"7 red closed door" """, """ "Name":"8 closed","Tags":["red"] """,
        ];
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', cells.Select(c => $$$"""{"fields":{{{{c}}}}}"""))}}]}""");
        foreach (var (asked, expected) in ((string, string)[])[("closed", "0123578"), ("closed door", "0357"), ("red closed", "578"), ("red closed door", "57"), ("red door", "57"), ("clos circ", "12")])
            foreach (var sort in new[] { "", "&sort[0][field]=Name&sort[0][direction]=desc" })
            {
                var found = (await sheet.Person.ListAsync(sheet.BaseId, "Things", $"&pageSize=2&search={Uri.EscapeDataString(asked)}{sort}")).Select(r => ((string)r["fields"]!["Name"]!)[0]);
                Assert.Equal((asked, sort == "" ? expected : string.Concat(expected.Reverse())), (asked, string.Concat(found)));
                var total = await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/aggregate", $$"""{"search":"{{asked}}"}""");
                Assert.Equal((asked, expected.Length), (asked, (int)total["count"]!));
            }
    }

    [Fact]
    public async Task A_base_is_searched_as_a_whole()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (thing, other) = (await sheet.AddAsync("Things", """{"Name":"Gear","Notes":"a very long story about a sprocket and what became of it"}"""), await sheet.AddAsync("Others", """{"Name":"Sprocket"}"""));
        var found = await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/search?q=sprocket");
        Assert.Equal(new[] { (sheet.Others, other, "Sprocket"), (sheet.Things, thing, "Gear") }.Order(), found["results"]!.AsArray().Select(r => ((string)r!["tableId"]!, (string)r["recordId"]!, (string)r["name"]!)).Order());
        Assert.All(found["results"]!.AsArray(), r => Assert.Contains("sprocket", (string)r!["excerpt"]!, StringComparison.OrdinalIgnoreCase));
        Assert.False((bool)found["hasMore"]!);
        Assert.True((bool)(await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/search?q=sprocket&limit=1"))["hasMore"]!);
        foreach (var bad in new[] { "limit=0", "limit=1000", $"q={new string('x', 1001)}", "q=" + string.Join('+', Enumerable.Range(0, 11)) })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("GET", $"/api/bases/{sheet.BaseId}/search?q=a&{bad}".Replace("q=a&q=", "q=", StringComparison.Ordinal))).Status);
        using var stranger = await installation.SignUpAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(stranger.Client, "GET", $"/api/bases/{sheet.BaseId}/search?q=sprocket")).Status);
    }

    static async Task<string> NamesAsync(Sheet sheet, string search) =>
        string.Concat((await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?search={Uri.EscapeDataString(search)}"))["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!));
}
