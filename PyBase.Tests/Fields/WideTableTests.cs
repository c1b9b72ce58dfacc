using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Fields;

/// <summary>Tables as wide as they get: what does not fit is refused before anything is written.</summary>
[Collection(OnStandalone.Name)]
public sealed class WideTableOnStandaloneTests(StandaloneInstallation installation)
{
    const int Most = 500;

    static JsonArray Fields(int count, string type = "singleLineText") =>
        [.. Enumerable.Range(1, count).Select(n => new JsonObject { ["name"] = $"F{n}", ["type"] = type, ["options"] = type == "number" ? new JsonObject { ["precision"] = 0 } : null })];

    static string Cells(int from, int to, Func<int, JsonNode> cell) =>
        new JsonObject { ["fields"] = new JsonObject(Enumerable.Range(from, to - from + 1).Select(n => KeyValuePair.Create($"F{n}", (JsonNode?)cell(n)))) }.ToJsonString();

    [Fact]
    public async Task A_field_more_than_a_table_takes_is_refused_and_leaves_it_as_it_was()
    {
        var person = await installation.SignUpAsync();
        var tables = $"/v0/meta/bases/{await person.CreateBaseAsync()}/tables";
        foreach (var count in (int[])[600, 1_000, 1_600])
            Assert.Equal("TOO_MANY_FIELDS", (await Sheet.SendAsync(person.Client, "POST", tables, new JsonObject { ["name"] = "Wide", ["fields"] = Fields(count) }.ToJsonString())).Error);
        Assert.Empty((await person.GetAsync(tables))["tables"]!.AsArray());
        var made = await person.PostAsync(tables, new JsonObject { ["name"] = "Wide", ["fields"] = Fields(Most) });
        var more = await Sheet.SendAsync(person.Client, "POST", $"{tables}/{(string)made["id"]!}/fields", """{"name":"One more","type":"singleLineText"}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "TOO_MANY_FIELDS"), (more.Status, more.Error));
        Assert.NotNull(more.Json["error"]!["hint"]);
        Assert.Equal(Most, (await person.GetAsync(tables))["tables"]![0]!["fields"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_row_of_500_filled_cells_is_kept_whole_or_refused_whole()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new JsonObject { ["name"] = "Numbers", ["fields"] = new JsonArray([new JsonObject { ["name"] = "Name", ["type"] = "singleLineText" }, .. Fields(Most - 1, "number").Select(f => f!.DeepClone())]) },
            new JsonObject { ["name"] = "Texts", ["fields"] = Fields(Most) });
        var numbers = await Sheet.SendAsync(person.Client, "POST", $"/v0/{baseId}/Numbers", Cells(1, Most - 1, n => n));
        Assert.True(numbers.Status is HttpStatusCode.OK, numbers.Text);
        Assert.Equal(Most - 1, numbers.Json["fields"]!.AsObject().Count);

        var half = await Sheet.SendAsync(person.Client, "POST", $"/v0/{baseId}/Texts", Cells(1, 300, n => $"a text of some length in field number {n}"));
        Assert.True(half.Status is HttpStatusCode.OK, half.Text);
        var path = $"/v0/{baseId}/Texts/{(string)half.Json["id"]!}";
        foreach (var (method, address) in new[] { ("POST", $"/v0/{baseId}/Texts"), ("PATCH", path) })
        {
            var whole = await Sheet.SendAsync(person.Client, method, address, Cells(1, Most, n => $"a text of some length, another one, in field number {n}"));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "RECORD_TOO_WIDE"), (whole.Status, whole.Error));
            Assert.NotNull(whole.Json["error"]!["hint"]);
        }
        Assert.Single((await person.GetAsync($"/v0/{baseId}/Texts"))["records"]!.AsArray());
        Sheet.Same(half.Json["fields"]!.ToJsonString(), (await person.GetAsync(path))["fields"]);
    }
}
