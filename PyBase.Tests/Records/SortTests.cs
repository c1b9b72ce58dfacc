using System.Globalization;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Orders by any keys, page by page: the same rows, each once, as one sort of all of them.</summary>
public abstract class SortTests(Installation installation)
{
    /// <summary>Small sets of values, so that ties and empty cells are everywhere.</summary>
    static readonly string?[] Texts = [null, "M10", "M8", "m8", "M8 × 30", "Äpfel", "apfel", "Zange", "_", "1.10", "1.9"];
    static readonly double?[] Numbers = [null, -1.5, 0, 0.1, 7, 1e300];
    static readonly string?[] Days = [null, "2026-01-01", "2025-12-31", "0001-01-01", "9999-12-31"];
    static readonly string?[] Choices = [null, "third", "first", "second"];

    [Theory]
    [InlineData("Number")]
    [InlineData("-Number")]
    [InlineData("Text")]
    [InlineData("-Text")]
    [InlineData("Choice", "-Number")]
    [InlineData("-Choice", "Day", "-Text")]
    [InlineData("Ticked", "-Day")]
    [InlineData("-Ticked", "-Moment", "Number", "Choice")]
    public async Task Pages_are_one_sort_of_all_rows(params string[] keys)
    {
        using var person = await installation.SignUpAsync();
        var (baseId, rows) = await FillAsync(person, seed: 7, count: 120);
        var query = string.Concat(keys.Select((key, n) => $"&sort[{n}][field]={key.TrimStart('-')}&sort[{n}][direction]={(key[0] == '-' ? "desc" : "asc")}"));

        var paged = await person.ListAsync(baseId, "Things", query + "&pageSize=7");
        var whole = await person.ListAsync(baseId, "Things", query + "&pageSize=1000");

        Assert.Equal(whole.Select(Id), paged.Select(Id));
        Assert.Equal(rows.Count, paged.Select(Id).Distinct().Count());
        for (var i = 1; i < paged.Count; i++)
            Assert.True(keys.Select(key => Compare(paged[i - 1], paged[i], key)).FirstOrDefault(c => c != 0) <= 0, $"{paged[i - 1].ToJsonString()} came before {paged[i].ToJsonString()}");
    }

    [Fact]
    public async Task Text_sorts_by_language_and_number()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Text", type = "singleLineText" } } });
        string[] inOrder = ["1.9", "1.10", "apfel", "Äpfel", "M8", "M8 × 30", "M10", "Zange"];
        await person.PostAsync($"/v0/{baseId}/Things", new { records = inOrder.Reverse().Select(text => Record(("Text", text))) });
        var sorted = await person.ListAsync(baseId, "Things", "&sort[0][field]=Text");
        Assert.Equal(inOrder, sorted.Select(r => (string)r["fields"]!["Text"]!));
    }

    [Fact]
    public async Task A_cursor_goes_on_behind_its_row_whatever_came_meanwhile()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Number", type = "number" } } });
        await person.PostAsync($"/v0/{baseId}/Things", new { records = Enumerable.Range(0, 10).Select(n => Record(("Number", n * 10))) });
        var first = await person.GetAsync($"/v0/{baseId}/Things?sort[0][field]=Number&pageSize=5");
        await person.PostAsync($"/v0/{baseId}/Things", new { records = new[] { Record(("Number", 1)), Record(("Number", 55)) } });
        var rest = await person.GetAsync($"/v0/{baseId}/Things?sort[0][field]=Number&pageSize=50&offset={Uri.EscapeDataString((string)first["offset"]!)}");
        Assert.Equal([50, 55, 60, 70, 80, 90], rest["records"]!.AsArray().Select(r => r!["fields"]!["Number"]!.GetValue<double>()));
    }

    [Theory]
    [InlineData("sort[0][field]=Nothing", "UNKNOWN_FIELD_NAME")]
    [InlineData("sort[0][field]=Number&sort[0][direction]=up", "INVALID_REQUEST_UNKNOWN")]
    public async Task An_order_that_is_none_is_refused(string query, string type)
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Number", type = "number" } } });
        var answer = await person.Client.GetAsync($"/v0/{baseId}/Things?{query}", TestContext.Current.CancellationToken);
        Assert.Equal(type, (string)(await Person.ReadAsync(answer, System.Net.HttpStatusCode.UnprocessableEntity))["error"]!["type"]!);
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        using var person = await installation.SignUpAsync();
        var (baseId, _) = await FillAsync(person, seed: 1, count: 10);
        var first = await person.GetAsync($"/v0/{baseId}/Things?sort[0][field]=Number&pageSize=5");
        var answer = await person.Client.GetAsync($"/v0/{baseId}/Things?sort[0][field]=Text&pageSize=5&offset={Uri.EscapeDataString((string)first["offset"]!)}", TestContext.Current.CancellationToken);
        Assert.Equal("INVALID_OFFSET_VALUE", (string)(await Person.ReadAsync(answer, System.Net.HttpStatusCode.UnprocessableEntity))["error"]!["type"]!);
    }

    static async Task<(string BaseId, IReadOnlyList<JsonNode> Rows)> FillAsync(Person person, int seed, int count)
    {
        var baseId = await person.CreateBaseAsync(new
        {
            name = "Things",
            fields = new object[]
            {
                new { name = "Text", type = "singleLineText" }, new { name = "Number", type = "number" }, new { name = "Ticked", type = "checkbox" }, new { name = "Day", type = "date" },
                new { name = "Moment", type = "dateTime" }, new { name = "Choice", type = "singleSelect", options = new { choices = new[] { new { name = "first" }, new { name = "second" }, new { name = "third" } } } },
            },
        });
        var dice = new Random(seed);
        T Any<T>(T[] values) => values[dice.Next(values.Length)];
        await person.PostAsync($"/v0/{baseId}/Things", new
        {
            records = Enumerable.Range(0, count).Select(_ => Record(("Text", Any(Texts)), ("Number", Any(Numbers)), ("Ticked", Any([true, false])), ("Day", Any(Days)), ("Moment", Any(Days)), ("Choice", Any(Choices)))),
        });
        return (baseId, await person.ListAsync(baseId, "Things"));
    }

    static object Record(params (string Field, object? Value)[] cells) => new { fields = cells.ToDictionary(c => c.Field, c => c.Value) };

    static string Id(JsonNode record) => (string)record["id"]!;

    /// <summary>Compares two neighbours; of text only what does not depend on a collation (that is another test's): empty comes first.</summary>
    static int Compare(JsonNode left, JsonNode right, string key)
    {
        var field = key.TrimStart('-');
        var (a, b) = (left["fields"]![field], right["fields"]![field]);
        var order = (a, b) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            _ when field is "Number" => a.GetValue<double>().CompareTo(b.GetValue<double>()),
            _ when field is "Choice" => Array.IndexOf(["first", "second", "third"], (string)a!).CompareTo(Array.IndexOf(["first", "second", "third"], (string)b!)),
            _ when field is "Text" => string.Compare((string)a!, (string)b!, CultureInfo.InvariantCulture, CompareOptions.NumericOrdering) is var c && (string)a! == (string)b! ? 0 : c,
            _ => string.CompareOrdinal(a.ToString(), b.ToString()),
        };
        return key[0] == '-' ? -order : order;
    }
}

[Collection(OnStandalone.Name)]
public sealed class SortOnStandaloneTests(StandaloneInstallation installation) : SortTests(installation);

[Collection(OnCluster.Name)]
public sealed class SortOnClusterTests(DistributedInstallation installation) : SortTests(installation);
