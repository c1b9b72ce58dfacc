using System.Net;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>A link is seen from both ends, in the order it was given.</summary>
public abstract class LinkTests(Installation installation)
{
    [Fact]
    public async Task Both_ends_show_a_link_until_it_is_gone()
    {
        var sheet = await Sheet.CreateAsync(installation);
        string[] others = [await sheet.AddAsync(sheet.Others, """{"Name":"0"}"""), await sheet.AddAsync(sheet.Others, """{"Name":"1"}"""), await sheet.AddAsync(sheet.Others, """{"Name":"2"}""")];
        var a = await sheet.AddAsync(sheet.Things, $$"""{"Links":["{{others[2]}}","{{others[0]}}","{{others[2]}}"]}""");
        var b = await sheet.AddAsync(sheet.Things, $$"""{"Links":[{"id":"{{others[0]}}"}]}""");
        await HoldsAsync(sheet, sheet.Things, a, "Links", others[2], others[0]);
        await HoldsAsync(sheet, sheet.Others, others[0], "Things", a, b);
        await HoldsAsync(sheet, sheet.Others, others[2], "Things", a);

        await sheet.OkAsync("PATCH", $"{sheet.PathOf(sheet.Others)}/{others[1]}", $$$"""{"fields":{"Things":["{{{b}}}","{{{a}}}"]}}""");
        await HoldsAsync(sheet, sheet.Things, a, "Links", others[2], others[0], others[1]);
        await HoldsAsync(sheet, sheet.Things, b, "Links", others[0], others[1]);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf(sheet.Things)}/{a}", $$$"""{"fields":{"Links":["{{{others[1]}}}","{{{others[2]}}}"]}}""");
        await HoldsAsync(sheet, sheet.Things, a, "Links", others[1], others[2]);
        await HoldsAsync(sheet, sheet.Others, others[0], "Things", b);
        await HoldsAsync(sheet, sheet.Others, others[1], "Things", b, a);

        await sheet.OkAsync("DELETE", $"{sheet.PathOf(sheet.Others)}/{others[1]}");
        await HoldsAsync(sheet, sheet.Things, a, "Links", others[2]);
        await sheet.OkAsync("PUT", $"{sheet.PathOf(sheet.Things)}/{a}", """{"fields":{}}""");
        await HoldsAsync(sheet, sheet.Others, others[2], "Things");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf(sheet.Things)}?records[]={a}&records[]={b}");
        await HoldsAsync(sheet, sheet.Others, others[0], "Things");
    }

    [Fact]
    public async Task A_table_may_be_linked_to_itself()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Others/fields", $$$"""{"name":"Parent","type":"multipleRecordLinks","options":{"linkedTableId":"{{{sheet.Others}}}","prefersSingleRecordLink":true}}""");
        var root = await sheet.AddAsync(sheet.Others, """{"Name":"root"}""");
        var made = await sheet.OkAsync("POST", sheet.PathOf(sheet.Others), $$$"""{"records":[{"fields":{"Parent":["{{{root}}}"]}},{"fields":{"Parent":["{{{root}}}"]}}]}""");
        var (one, two) = ((string)made["records"]![0]!["id"]!, (string)made["records"]![1]!["id"]!);
        await HoldsAsync(sheet, sheet.Others, root, "Others", one, two);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf(sheet.Others)}/{root}", $$$"""{"fields":{"Parent":["{{{root}}}"]}}""");
        await HoldsAsync(sheet, sheet.Others, root, "Others", one, two, root);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await sheet.SendAsync("PATCH", $"{sheet.PathOf(sheet.Others)}/{one}", $$$"""{"fields":{"Parent":["{{{root}}}","{{{two}}}"]}}""")).Error);
        await sheet.OkAsync("DELETE", $"{sheet.PathOf(sheet.Others)}?records[]={root}&records[]={one}");
        await HoldsAsync(sheet, sheet.Others, two, "Parent");
    }

    [Fact]
    public async Task A_link_to_a_record_of_another_table_is_refused_and_nothing_is_written()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync(sheet.Things, """{"Name":"before"}""");
        var answer = await sheet.SendAsync("PATCH", $"{sheet.PathOf(sheet.Things)}/{id}", $$$"""{"fields":{"Name":"after","Links":["{{{id}}}"]}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "ROW_DOES_NOT_EXIST"), (answer.Status, answer.Error));
        Sheet.Same("""{"Name":"before"}""", await sheet.FieldsAsync(sheet.Things, id));
    }

    [Fact]
    public async Task Many_links_are_many_and_too_many_are_refused()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var made = await sheet.OkAsync("POST", sheet.PathOf(sheet.Others), $$"""{"records":[{{string.Join(',', Enumerable.Repeat("""{"fields":{}}""", 1_000))}}]}""");
        var ids = made["records"]!.AsArray().Select(r => (string)r!["id"]!).Reverse().ToArray();
        var cell = $"[{string.Join(',', ids.Select(i => $"\"{i}\""))}]";
        var id = await sheet.AddAsync(sheet.Things, $$"""{"Links":{{cell}}}""");
        await HoldsAsync(sheet, sheet.Things, id, "Links", ids);
        var flood = string.Join(',', Enumerable.Repeat($$$"""{"fields":{"Links":{{{cell}}}}}""", 101));
        var answer = await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), $$"""{"records":[{{flood}}]}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_RECORDS"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task With_typecast_a_link_is_made_by_the_primary_value_and_the_record_with_it_where_there_is_none()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var bolt = await sheet.AddAsync(sheet.Others, """{"Name":"bolt"}""");
        var twin = await sheet.AddAsync(sheet.Others, """{"Name":"bolt"}""");
        var refused = await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), """{"fields":{"Links":["bolt"]}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "ROW_DOES_NOT_EXIST"), (refused.Status, refused.Error));
        var made = await sheet.OkAsync("POST", sheet.PathOf(sheet.Things), $$$"""{"records":[{"fields":{"Links":["bolt","nut","{{{twin}}}"]}},{"fields":{"Links":"nut, bolt"}}],"typecast":true}""");
        var links = made["records"]!.AsArray().Select(r => r!["fields"]!["Links"]!.AsArray().Select(l => (string)l!).ToArray()).ToArray();
        Assert.Equal([bolt, links[0][1], twin], links[0]);
        Assert.Equal([links[0][1], bolt], links[1]);
        Assert.Equal("nut", (string)(await sheet.FieldsAsync(sheet.Others, links[0][1]))["Name"]!);
    }

    static async Task HoldsAsync(Sheet sheet, string table, string id, string field, params string[] expected) =>
        Assert.Equal(expected, (await sheet.FieldsAsync(table, id))[field]?.AsArray().Select(l => (string)l!) ?? []);
}

[Collection(OnStandalone.Name)]
public sealed class LinkOnStandaloneTests(StandaloneInstallation installation) : LinkTests(installation);

[Collection(OnCluster.Name)]
public sealed class LinkOnClusterTests(DistributedInstallation installation) : LinkTests(installation);
