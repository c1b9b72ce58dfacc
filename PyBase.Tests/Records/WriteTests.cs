using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Creating, changing and deleting records, one and many.</summary>
public abstract class WriteTests(Installation installation)
{
    [Fact]
    public async Task A_thousand_records_keep_their_order_and_one_more_is_refused()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var made = await sheet.OkAsync("POST", sheet.PathOf(sheet.Things) + "/?", Many(1_000));
        Assert.Equal(Enumerable.Range(0, 1_000), made["records"]!.AsArray().Select(r => (int)r!["fields"]!["Count"]!));
        var listed = await sheet.Person.ListAsync(sheet.BaseId, "Things");
        Assert.Equal(Ids(made), listed.Select(r => (string)r["id"]!));

        var refused = await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), Many(1_001));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_RECORDS"), (refused.Status, refused.Error));
        var gone = await sheet.OkAsync("DELETE", $"{sheet.PathOf(sheet.Things)}?{string.Join('&', Ids(made).Select(id => $"records%5B%5D={id}"))}");
        Assert.All(gone["records"]!.AsArray(), r => Assert.True((bool)r!["deleted"]!));
        Assert.Equal(Ids(made), Ids(gone));
        Assert.Empty(await sheet.Person.ListAsync(sheet.BaseId, "Things"));
    }

    [Fact]
    public async Task Patch_keeps_what_is_not_named_and_put_empties_it()
    {
        var sheet = await Sheet.SharedAsync(installation);
        var other = await sheet.AddAsync(sheet.Others, """{"Name":"other"}""");
        var id = await sheet.AddAsync(sheet.Things, $$"""{"Name":"a","Count":1,"Done":true,"State":"Open","Links":["{{other}}"]}""");
        var path = $"{sheet.PathOf(sheet.Things)}/{id}";
        Sheet.Same($$"""{"Name":"b","Count":1,"Done":true,"State":"Open","Links":["{{other}}"]}""", (await sheet.OkAsync("PATCH", path, """{"fields":{"Name":"b"}}"""))["fields"]);
        Sheet.Same($$"""{"Name":"b","Count":1,"Done":true,"State":"Open","Links":["{{other}}"]}""", (await sheet.OkAsync("PATCH", path, """{"fields":{}}"""))["fields"]);
        Sheet.Same("""{"Count":2}""", (await sheet.OkAsync("PUT", path, """{"fields":{"Count":2}}"""))["fields"]);
        Sheet.Same("""{"Name":"other"}""", await sheet.FieldsAsync(sheet.Others, other));
    }

    [Fact]
    public async Task Each_record_of_a_batch_sets_cells_of_its_own()
    {
        var sheet = await Sheet.SharedAsync(installation);
        var (one, two) = (await sheet.AddAsync(sheet.Things, """{"Name":"one","Count":1}"""), await sheet.AddAsync(sheet.Things, """{"Name":"two","Count":2}"""));
        var body = $$$"""{"records":[{"id":"{{{two}}}","fields":{"Name":"zwei"}},{"id":"{{{one}}}","fields":{"Count":null,"Done":true}}]}""";
        var patched = await sheet.OkAsync("PATCH", sheet.PathOf(sheet.Things) + "/", body);
        Sheet.Same("""[{"Name":"zwei","Count":2},{"Name":"one","Done":true}]""", new JsonArray([.. patched["records"]!.AsArray().Select(r => r!["fields"]!.DeepClone())]));
        Assert.Equal([two, one], Ids(patched));
        var put = await sheet.OkAsync("PUT", sheet.PathOf(sheet.Things), body);
        Sheet.Same("""[{"Name":"zwei"},{"Done":true}]""", new JsonArray([.. put["records"]!.AsArray().Select(r => r!["fields"]!.DeepClone())]));
    }

    [Fact]
    public async Task One_bad_record_leaves_nothing_of_the_others()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync(sheet.Things, """{"Name":"before"}""");
        var version = (await sheet.SendAsync("GET", sheet.PathOf(sheet.Things))).Header("PyBase-Version");
        string[] refused =
        [
            $$$"""{"typecast":true,"records":[{"id":"{{{id}}}","fields":{"Name":"after","State":"New choice"}},{"id":"recAAAAAAAAAAAAAA","fields":{"Name":"x"}}]}""",
            $$$"""{"typecast":true,"records":[{"id":"{{{id}}}","fields":{"State":"New choice","Links":["recAAAAAAAAAAAAAA"]}}]}""",
            $$$"""{"records":[{"id":"{{{id}}}","fields":{"Name":"after"}},{"id":"{{{id}}}","fields":{"Name":"twice"}}]}""",
            $$$"""{"records":[{"id":"recAAAAAAAAAAAAAA","fields":{}}]}""",
        ];
        foreach (var body in refused)
            Assert.NotEqual(HttpStatusCode.OK, (await sheet.SendAsync("PATCH", sheet.PathOf(sheet.Things), body)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sheet.SendAsync("DELETE", $"{sheet.PathOf(sheet.Things)}?records[]={id}&records[]=recAAAAAAAAAAAAAA")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), """{"records":[{"fields":{"Name":"new"}},{"fields":{"Links":["recAAAAAAAAAAAAAA"]}}]}""")).Status);

        var listed = await sheet.SendAsync("GET", sheet.PathOf(sheet.Things));
        Sheet.Same("""{"Name":"before"}""", Assert.Single(listed.Json["records"]!.AsArray())!["fields"]);
        Assert.Equal(version, listed.Header("PyBase-Version"));
        Assert.DoesNotContain("New choice", (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables")).ToJsonString());
    }

    [Fact]
    public async Task A_table_of_two_hundred_fields_is_written_in_one_request()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables", $$"""{"name":"Wide","fields":[{{string.Join(',', Enumerable.Range(0, 200).Select(n => $$"""{"name":"F{{n}}","type":"singleLineText"}"""))}}]}""");
        var cells = (string text) => $$$"""{"fields":{{{{string.Join(',', Enumerable.Range(0, 200).Select(n => $"\"F{n}\":\"{text} {n}\""))}}}}}""";
        var id = (string)(await sheet.OkAsync("POST", sheet.PathOf("Wide"), cells("first")))["id"]!;
        Assert.Equal("second 199", (string)(await sheet.OkAsync("PATCH", $"{sheet.PathOf("Wide")}/{id}", cells("second")))["fields"]!["F199"]!);
        Sheet.Same("""{"F7":"only"}""", (await sheet.OkAsync("PUT", $"{sheet.PathOf("Wide")}/{id}", """{"fields":{"F7":"only"}}"""))["fields"]);
    }

    [Fact]
    public async Task Typecast_makes_a_choice_once_however_many_ask_at_the_same_time()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => sheet.OkAsync("POST", sheet.PathOf(sheet.Things), $$$"""{"typecast":true,"records":[{"fields":{"State":"New {{{n % 3}}}"}},{"fields":{"State":"New {{{n % 3}}}"}}]}""")));
        var state = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]![1]!["fields"]!.AsArray().Single(f => (string)f!["name"]! == "State");
        Assert.Equal(["Closed", "New 0", "New 1", "New 2", "Open"], state!["options"]!["choices"]!.AsArray().Select(c => (string)c!["name"]!).Order());
        Assert.Equal(24, (await sheet.Person.ListAsync(sheet.BaseId, "Things")).Count);
    }

    static string Many(int count) => $$"""{"records":[{{string.Join(',', Enumerable.Range(0, count).Select(n => $$$"""{"fields":{"Name":"{{{n}}}","Count":{{{n}}}}}"""))}}]}""";

    static IEnumerable<string> Ids(JsonNode answer) => answer["records"]!.AsArray().Select(r => (string)r!["id"]!);
}

[Collection(OnStandalone.Name)]
public sealed class WriteOnStandaloneTests(StandaloneInstallation installation) : WriteTests(installation);

[Collection(OnCluster.Name)]
public sealed class WriteOnClusterTests(DistributedInstallation installation) : WriteTests(installation);
