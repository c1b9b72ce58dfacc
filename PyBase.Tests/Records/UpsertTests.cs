using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Airtable's <c>performUpsert</c>, rule by rule.</summary>
public abstract class UpsertTests(Installation installation)
{
    [Fact]
    public async Task What_is_there_is_updated_and_the_rest_created_in_the_order_of_the_request()
    {
        var (person, path) = await StartAsync();
        var answer = await person.PatchAsync(path, Body("""["Number"]""", """{"Number":"B","Count":20}""", """{"Number":"C","Count":3}""", """{"Number":"A","Count":10}"""));

        Assert.Equal(["B", "C", "A"], answer["records"]!.AsArray().Select(r => (string)r!["fields"]!["Number"]!));
        var ids = answer["records"]!.AsArray().Select(r => (string)r!["id"]!).ToArray();
        Assert.Equal([ids[1]], answer["createdRecords"]!.AsArray().Select(r => (string)r!));
        Assert.Equal([ids[0], ids[2]], answer["updatedRecords"]!.AsArray().Select(r => (string)r!));
        Assert.Equal("old", (string)answer["records"]![0]!["fields"]!["Notes"]!);
        Assert.Equal(3, await CountAsync(person, path));
    }

    [Fact]
    public async Task With_PUT_the_other_cells_of_a_match_are_emptied()
    {
        var (person, path) = await StartAsync();
        var put = await person.Client.PutAsync(path, Json(Body("""["Number"]""", """{"Number":"A","Count":10}""")), TestContext.Current.CancellationToken);
        var record = (await Person.ReadAsync(put, HttpStatusCode.OK))["records"]![0]!;
        Assert.Equal("""{"Number":"A","Count":10}""", record["fields"]!.ToJsonString());
    }

    [Fact]
    public async Task An_empty_merge_value_matches_nothing_and_creates()
    {
        var (person, path) = await StartAsync();
        var answer = await person.PatchAsync(path, Body("""["Number","Day"]""", """{"Number":"A","Count":1}""", """{"Count":2}"""));
        Assert.Equal(2, answer["createdRecords"]!.AsArray().Count);
        Assert.Equal(4, await CountAsync(person, path));
    }

    [Fact]
    public async Task Several_fields_match_together_and_selects_by_name()
    {
        var (person, path) = await StartAsync();
        var answer = await person.PatchAsync(path, Body("""["Number","State"]""", """{"Number":"A","State":"Open","Count":7}""", """{"Number":"A","State":"Closed"}"""));
        Assert.Single(answer["createdRecords"]!.AsArray());
        Assert.Single(answer["updatedRecords"]!.AsArray());
    }

    [Fact]
    public async Task A_record_with_an_id_is_that_record()
    {
        var (person, path) = await StartAsync();
        var id = (string)(await person.GetAsync(path))["records"]![0]!["id"]!;
        var answer = await person.PatchAsync(path, JsonNode.Parse($$$"""{"performUpsert":{"fieldsToMergeOn":["Number"]},"records":[{"id":"{{{id}}}","fields":{"Number":"renamed"}},{"fields":{"Number":"new"}}]}""")!);
        Assert.Equal([id], answer["updatedRecords"]!.AsArray().Select(r => (string)r!));
        Assert.Single(answer["createdRecords"]!.AsArray());
    }

    [Theory]
    [InlineData("""["Number"]""", """{"Number":"twice"}""", "FAILED_STATE_CHECK")]
    [InlineData("""["Nothing"]""", """{"Number":"A"}""", "UNKNOWN_FIELD_NAME")]
    [InlineData("""["Done"]""", """{"Done":true}""", "INVALID_MERGE_FIELD")]
    [InlineData("[]", """{"Number":"A"}""", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("""["Number","Count","Day","State"]""", """{"Number":"A"}""", "INVALID_REQUEST_UNKNOWN")]
    [InlineData("""["Number"]""", """{"Number":"A","Count":"x"}""", "INVALID_VALUE_FOR_COLUMN")]
    public async Task A_refused_upsert_leaves_everything(string mergeOn, string fields, string error)
    {
        var (person, path) = await StartAsync();
        await person.PostAsync(path, JsonNode.Parse("""{"records":[{"fields":{"Number":"twice"}},{"fields":{"Number":"twice"}}]}""")!);
        var answer = await person.PatchAsync(path, Body(mergeOn, """{"Number":"fresh"}""", fields), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(error, (string)answer["error"]!["type"]!);
        Assert.Equal(4, await CountAsync(person, path));
    }

    async Task<(Person Person, string Path)> StartAsync()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new
        {
            name = "Parts",
            fields = new object[]
            {
                new { name = "Number", type = "singleLineText" }, new { name = "Count", type = "number" }, new { name = "Notes", type = "multilineText" }, new { name = "Day", type = "date" },
                new { name = "Done", type = "checkbox" }, new { name = "State", type = "singleSelect", options = new { choices = new[] { new { name = "Open" }, new { name = "Closed" } } } },
            },
        });
        var path = $"/v0/{baseId}/Parts";
        await person.PostAsync(path, JsonNode.Parse("""{"records":[{"fields":{"Number":"A","Count":1,"Notes":"old","State":"Open"}},{"fields":{"Number":"B","Count":2,"Notes":"old"}}]}""")!);
        return (person, path);
    }

    static JsonNode Body(string mergeOn, params string[] records) =>
        JsonNode.Parse($$$"""{"performUpsert":{"fieldsToMergeOn":{{{mergeOn}}}},"records":[{{{string.Join(',', records.Select(r => $"{{\"fields\":{r}}}"))}}}]}""")!;

    static StringContent Json(JsonNode body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    static async Task<int> CountAsync(Person person, string path) => (await person.GetAsync(path))["records"]!.AsArray().Count;
}

[Collection(OnStandalone.Name)]
public sealed class UpsertOnStandaloneTests(StandaloneInstallation installation) : UpsertTests(installation);

[Collection(OnCluster.Name)]
public sealed class UpsertOnClusterTests(DistributedInstallation installation) : UpsertTests(installation);
