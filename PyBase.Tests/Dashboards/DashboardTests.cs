using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Dashboards;

/// <summary>What widgets show, and who makes and changes dashboards.</summary>
[Collection(OnStandalone.Name)]
public sealed class DashboardTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_chart_has_as_many_buckets_as_asked_for_and_tells_the_rest_from_its_own_rows()
    {
        var sheet = await FilledAsync(["a", "a", "a", "b", "b", "c", "d", ""], n => n * n);
        var shown = await PreviewAsync(sheet, """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Name","order":"value","limit":2}],"aggregates":[{"field":"Count","function":"sum"},{"field":"Count","function":"average"}]}""");
        // Counts are 0, 1, 4 | 9, 16 | 25 | 36 | 49: by their sum the empty name comes first, then d.
        Sheet.Same("""[{"key":null,"label":"","isOther":false,"count":1,"values":[49,49]},{"key":"d","label":"d","isOther":false,"count":1,"values":[36,36]},{"key":null,"label":"","isOther":true,"count":6,"values":[55,9.16666666666667]}]""", Rounded(shown["groups"]!));
        Sheet.Same("""{"count":8,"values":[140,17.5]}""", shown["total"]);
        var all = await PreviewAsync(sheet, """{"type":"chart","chart":"pie","table":"Things","groups":[{"field":"Name","direction":"desc"}]}""");
        Assert.Equal(["d", "c", "b", "a", ""], all["groups"]!.AsArray().Select(g => (string)g!["label"]!));
        Assert.All(all["groups"]!.AsArray(), g => Assert.False((bool)g!["isOther"]!));
    }

    [Fact]
    public async Task A_pivot_adds_up_in_both_directions_whatever_stands_in_it()
    {
        var random = new Random(4);
        var sheet = await Sheet.CreateAsync(installation);
        var cells = Enumerable.Range(0, 120).Select(_ => (Name: $"r{random.Next(7)}", State: random.Next(3) switch { 0 => "Open", 1 => "Closed", _ => null }, Count: random.Next(-50, 50))).ToArray();
        foreach (var part in cells.Chunk(10))
            await sheet.OkAsync("POST", sheet.PathOf("Things"), new JsonObject { ["records"] = new JsonArray([.. part.Select(c => new JsonObject { ["fields"] = Fields(("Name", c.Name), ("State", c.State), ("Count", c.Count)) })]) }.ToJsonString());
        var shown = await PreviewAsync(sheet, """{"type":"pivot","table":"Things","groups":[{"field":"Name","limit":4},{"field":"State","limit":2}],"aggregates":[{"field":"Count","function":"sum"},{"field":"Count","function":"median"}]}""");
        // Rows r0 to r3 and the rest; columns the empty state, the first choice, and the rest.
        string row(string name) => string.CompareOrdinal(name, "r4") < 0 ? name : "";
        string column(string? state) => state is null ? "" : state == "Open" ? "Open" : "other";
        var groups = shown["groups"]!.AsArray();
        Assert.Equal(["r0", "r1", "r2", "r3", ""], groups.Select(g => (string)g!["label"]!));
        Assert.Equal([(null, false), ("Open", false), (null, true)], shown["series"]!.AsArray().Select(s => ((string?)s!["key"], (bool)s["isOther"]!)));
        foreach (var (group, key) in groups.Select(g => (g!, (string)g!["label"]!)))
        {
            Same(cells.Where(c => row(c.Name) == key).Select(c => c.Count), group);
            foreach (var (cell, name) in group["series"]!.AsArray().Zip((string[])["", "Open", "other"]))
                Same(cells.Where(c => row(c.Name) == key && column(c.State) == name).Select(c => c.Count), cell);
        }
        foreach (var (series, name) in shown["series"]!.AsArray().Zip((string[])["", "Open", "other"]))
            Same(cells.Where(c => column(c.State) == name).Select(c => c.Count), series);
        Same(cells.Select(c => c.Count), shown["total"]);

        static void Same(IEnumerable<int> expected, JsonNode? told)
        {
            int[] sorted = [.. expected.Order()];
            if (sorted.Length == 0)
            {
                Assert.Null(told);
                return;
            }
            Assert.Equal((sorted.Length, sorted.Sum()), ((int)told!["count"]!, (int)(double)told["values"]![0]!));
            Assert.Equal((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0, (double)told["values"]![1]!);
        }
    }

    [Fact]
    public async Task Days_count_by_span_where_the_widget_stands_and_numbers_by_step()
    {
        var sheet = await Sheet.CreateAsync(installation);
        foreach (var (day, moment, count) in new[] { ("2026-01-31", "2026-01-31T23:30:00Z", -0.05), ("2026-02-01", "2026-02-01T10:00:00Z", 9.9), ("2026-12-31", "2026-12-31T23:59:00Z", 10), ("0001-01-01", "9999-12-31T23:59:59Z", 1e300) })
            await sheet.AddAsync("Things", Fields(("Name", "x"), ("Day", day), ("Moment", moment), ("Count", count)).ToJsonString());
        await sheet.AddAsync("Things", """{"Name":"none"}""");
        async Task<string[]> keysAsync(string group, string zone = "UTC") =>
            [.. (await PreviewAsync(sheet, $$"""{"type":"chart","chart":"line","table":"Things","timeZone":"{{zone}}","groups":[{{group}}]}"""))["groups"]!.AsArray().Select(g => $"{(string?)g!["key"] ?? "null"} {g["label"]} {g["count"]}")];
        Assert.Equal(["null  1", "0001-01-01 0001-01 1", "2026-01-01 2026-01 1", "2026-02-01 2026-02 1", "2026-12-01 2026-12 1"], await keysAsync("""{"field":"Day","by":"month"}"""));
        Assert.Equal(["null  1", "0001-01-01 0001 Q1 1", "2026-01-01 2026 Q1 2", "2026-10-01 2026 Q4 1"], await keysAsync("""{"field":"Day","by":"quarter"}"""));
        Assert.Equal(["null  1", "0001-01-01 0001 W01 1", "2026-01-26 2026 W05 2", "2026-12-28 2026 W53 1"], await keysAsync("""{"field":"Day","by":"week"}"""));
        Assert.Equal(["null  1", "2026-02-01 2026-02-01 2", "2027-01-01 2027-01-01 1", "9999-12-31 9999-12-31 1"], await keysAsync("""{"field":"Moment","by":"day"}""", "Europe/Zurich"));
        Assert.Equal(["null  1", "2026-01-01 2026 3", "9999-01-01 9999 1"], await keysAsync("""{"field":"Moment","by":"year"}"""));
        var steps = await PreviewAsync(sheet, """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Count","step":0.1}]}""");
        Assert.Equal([null, -0.1, 9.9, 10, 1e300], steps["groups"]!.AsArray().Select(g => (double?)g!["key"]));
        Assert.Equal("-0.1 – 0", (string)steps["groups"]![1]!["label"]!);
    }

    [Fact]
    public async Task Buckets_are_named_as_people_read_them()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var bolt = await sheet.AddAsync("Others", """{"Name":"Bolt"}""");
        await sheet.AddAsync("Things", $$"""{"Name":"x","Links":["{{bolt}}"],"State":"Open","Done":true,"Price":2.5}""");
        async Task<JsonNode> firstAsync(string field) => (await PreviewAsync(sheet, $$"""{"type":"chart","chart":"donut","table":"Things","groups":[{"field":"{{field}}"}]}"""))["groups"]![0]!;
        Sheet.Same($$"""{"key":["{{bolt}}"],"label":"Bolt","isOther":false,"count":1,"values":[]}""", await firstAsync("Links"));
        var open = await firstAsync("State");
        Assert.Equal(("Open", "Open"), ((string)open["key"]!, (string)open["label"]!));
        Assert.NotNull(open["color"]);
        Assert.Equal("€2.50", (string)(await firstAsync("Price"))["label"]!);
        Assert.Equal("checked", (string)(await firstAsync("Done"))["label"]!);
    }

    [Fact]
    public async Task Numbers_lists_points_and_texts()
    {
        var sheet = await FilledAsync(["a", "b", "c"], n => n);
        var number = await PreviewAsync(sheet, """{"type":"number","table":"Things","filter":{"field":"Count","operator":">","value":0},"aggregates":[{"field":"Count","function":"max"}]}""");
        Sheet.Same("""{"count":2,"values":[2]}""", number["total"]);
        Assert.Null(number["groups"]);
        Sheet.Same("""{"count":0,"values":[0]}""", (await PreviewAsync(sheet, """{"type":"number","table":"Things","filter":{"field":"Count","operator":">","value":9},"aggregates":[{"field":"Count","function":"sum"}]}"""))["total"]);
        var list = await PreviewAsync(sheet, """{"type":"list","table":"Things","fields":["Name"],"sorts":[{"field":"Count","direction":"desc"}],"limit":2}""");
        var name = (string)list["fields"]![0]!["id"]!;
        Assert.Equal(["c", "b"], list["records"]!.AsArray().Select(r => (string)r!["fields"]![name]!));
        Assert.True((bool)list["hasMore"]!);
        await sheet.AddAsync("Things", """{"Name":"without","Count":1}""");
        var points = await PreviewAsync(sheet, """{"type":"chart","chart":"scatter","table":"Things","x":"Count","y":"Day"}""");
        Assert.Equal(3, points["records"]!.AsArray().Count);
        Assert.False((bool)points["hasMore"]!);
        Assert.Equal("# Hello", (string)(await PreviewAsync(sheet, """{"type":"text","text":"# Hello"}"""))["text"]!);
        foreach (var wrong in new[]
        {
            "{}", """{"type":"map"}""", """{"type":"chart","table":"Things"}""", """{"type":"chart","chart":"bar","table":"Things"}""", """{"type":"chart","chart":"bar","table":"Nothing","groups":[{"field":"Name"}]}""",
            """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Nobody"}]}""", """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Name","by":"month"}]}""",
            """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Count","step":0}]}""", """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Name","limit":201}]}""",
            """{"type":"pivot","table":"Things","groups":[{"field":"Name"},{"field":"Day"},{"field":"Count"}]}""", """{"type":"list","table":"Things","limit":101}""", """{"type":"chart","chart":"scatter","table":"Things","x":"Name","y":"Day"}""",
            """{"type":"list","table":"Things","fields":[1]}""", """{"type":"number","table":"Things","groups":[{"field":"Name"}]}""",
        })
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-widget"), Code(await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/dashboards/preview", wrong)));
    }

    [Fact]
    public async Task A_dashboard_is_made_by_those_who_shape_the_base_and_not_overwritten_unseen()
    {
        var sheet = await FilledAsync(["a"], n => n);
        var path = $"/api/bases/{sheet.BaseId}/dashboards";
        var made = await MakeAsync(sheet, """{"type":"number","table":"Things","title":"All","place":{"x":3,"y":0,"width":3,"height":2},"options":{"target":5}}""");
        Assert.Equal(sheet.Things, (string)made["widgets"]![0]!["table"]!);
        Sheet.Same("""{"target":5}""", made["widgets"]![0]!["options"]);
        var id = (string)made["id"]!;
        Assert.Equal(1, (int)(await sheet.OkAsync("GET", path))["dashboards"]![0]!["widgetCount"]!);
        var changed = await sheet.OkAsync("PATCH", $"{path}/{id}", """{"name":"Other","version":1}""");
        Assert.Equal((2, "Other", 1), ((int)changed["version"]!, (string)changed["name"]!, changed["widgets"]!.AsArray().Count));
        Assert.Equal((HttpStatusCode.Conflict, "dashboard-changed"), Code(await sheet.SendAsync("PATCH", $"{path}/{id}", """{"name":"Mine","version":1}""")));
        foreach (var wrong in new[] { """{"name":" "}""", """{"widgets":[{"id":"wdgAAAAAAAAAAAAAA","type":"text"},{"id":"wdgAAAAAAAAAAAAAA","type":"text"}]}""", $$"""{"widgets":[{{string.Join(',', Enumerable.Repeat("""{"type":"text"}""", 51))}}]}""" })
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-dashboard"), Code(await sheet.SendAsync("PATCH", $"{path}/{id}", wrong)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-widget"), Code(await sheet.SendAsync("PATCH", $"{path}/{id}", """{"widgets":[{"type":"text","place":{"x":8,"y":0,"width":5,"height":1}}]}""")));
        var copy = await sheet.SendAsync("POST", $"{path}/{id}/duplicate", "{}");
        Assert.Equal((HttpStatusCode.Created, "Other copy"), (copy.Status, (string)copy.Json["name"]!));
        using var viewer = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(viewer, "viewer");
        var widget = (string)made["widgets"]![0]!["id"]!;
        Assert.Equal(1, (int)(await viewer.GetAsync($"{path}/{id}/widgets/{widget}/data"))["total"]!["count"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(viewer.Client, "PATCH", $"{path}/{id}", "{}")).Status);
        await sheet.OkAsync("DELETE", $"{path}/{id}");
        Assert.Equal((HttpStatusCode.NotFound, "dashboard-not-found"), Code(await sheet.SendAsync("GET", $"{path}/{id}/widgets/{widget}/data")));
    }

    [Fact]
    public async Task A_widget_whose_field_is_gone_says_so_and_can_still_be_moved()
    {
        var sheet = await FilledAsync(["a", "b"], n => n);
        var made = await MakeAsync(sheet, """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Notes"}]}""", """{"type":"number","table":"Things"}""");
        var path = $"/api/bases/{sheet.BaseId}/dashboards/{(string)made["id"]!}";
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}/fields/Notes");
        var (broken, whole) = ((string)made["widgets"]![0]!["id"]!, (string)made["widgets"]![1]!["id"]!);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "widget-broken"), Code(await sheet.SendAsync("GET", $"{path}/widgets/{broken}/data")));
        Assert.Equal(2, (int)(await sheet.OkAsync("GET", $"{path}/widgets/{whole}/data"))["total"]!["count"]!);
        var now = await sheet.OkAsync("GET", path);
        Assert.True((bool)now["widgets"]![0]!["isBroken"]!);
        now["widgets"]![0]!["place"] = JsonNode.Parse("""{"x":6,"y":2,"width":6,"height":4}""");
        var moved = await sheet.OkAsync("PATCH", path, new JsonObject { ["widgets"] = now["widgets"]!.DeepClone() }.ToJsonString());
        Assert.Equal(6, (int)moved["widgets"]![0]!["place"]!["x"]!);
        now["widgets"]![0]!["chart"] = "pie";
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-widget"), Code(await sheet.SendAsync("PATCH", path, new JsonObject { ["widgets"] = now["widgets"]!.DeepClone() }.ToJsonString())));
    }

    [Fact]
    public async Task Rules_bind_what_a_widget_shows_and_an_admin_may_look_with_other_eyes()
    {
        var sheet = await FilledAsync(["a", "b", "b"], n => n);
        using var viewer = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(viewer, "viewer");
        var made = await MakeAsync(sheet, """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Name"}]}""", """{"type":"number","table":"Things","filter":{"field":"Count","operator":">","value":0},"title":"Many"}""");
        await sheet.OkAsync("PUT", $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/rules", """{"fields":[{"field":"Count","to":"viewer","access":"none"}],"rows":[{"to":"viewer","formula":"{Name} = 'b'"}]}""");
        var path = $"/api/bases/{sheet.BaseId}/dashboards/{(string)made["id"]!}";
        var me = (string)(await viewer.GetAsync("/api/auth/me"))["user"]!["id"]!;
        foreach (var answer in new[] { await Sheet.SendAsync(viewer.Client, "GET", $"{path}/widgets/{Id(0)}/data"), await sheet.SendAsync("GET", $"{path}/widgets/{Id(0)}/data?viewAs={me}") })
            Sheet.Same("""[{"key":"b","label":"b","isOther":false,"count":2,"values":[]}]""", answer.Json["groups"]);
        Assert.Equal(2, (await sheet.OkAsync("GET", $"{path}/widgets/{Id(0)}/data"))["groups"]!.AsArray().Count);
        // A number without its condition would be another number.
        Assert.Equal("widget-broken", Code(await Sheet.SendAsync(viewer.Client, "GET", $"{path}/widgets/{Id(1)}/data")).Item2);
        var seen = (await viewer.GetAsync(path))["widgets"]![1]!.AsObject();
        Assert.Equal(["id", "isBroken", "place", "title", "type"], seen.Select(p => p.Key).Order());

        string Id(int n) => (string)made["widgets"]![n]!["id"]!;
    }

    [Fact]
    public async Task A_copy_of_the_base_has_its_dashboards_over_its_own_tables()
    {
        var sheet = await FilledAsync(["a", "b"], n => n);
        var made = await MakeAsync(sheet, """{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Name"}],"aggregates":[{"field":"Count","function":"sum"}]}""");
        var copy = (string)(await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/duplicate", "{}")).Json["id"]!;
        var id = (string)(await sheet.OkAsync("GET", $"/api/bases/{copy}/dashboards"))["dashboards"]!.AsArray().Single()!["id"]!;
        Assert.NotEqual((string)made["id"]!, id);
        var shown = await sheet.OkAsync("GET", $"/api/bases/{copy}/dashboards/{id}/widgets/{(string)made["widgets"]![0]!["id"]!}/data");
        Sheet.Same("""{"count":2,"values":[1]}""", shown["total"]);
    }

    static (HttpStatusCode, string) Code(Answer answer) => (answer.Status, (string)answer.Json["code"]!);

    static JsonObject Fields(params (string Name, object? Value)[] cells) =>
        new(cells.Where(c => c.Value is not null and not "").Select(c => KeyValuePair.Create(c.Name, (JsonNode?)(c.Value is string text ? JsonValue.Create(text) : JsonValue.Create(Convert.ToDouble(c.Value, null))))));

    static JsonNode Rounded(JsonNode groups)
    {
        foreach (var values in groups.AsArray().Select(g => g!["values"]!.AsArray()))
            for (var n = 0; n < values.Count; n++)
                values[n] = Math.Round((double)values[n]!, 14);
        return groups;
    }

    static Task<JsonNode> PreviewAsync(Sheet sheet, string widget) => sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/dashboards/preview", widget);

    static async Task<JsonNode> MakeAsync(Sheet sheet, params string[] widgets)
    {
        var made = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/dashboards", $$"""{"name":"Plant","widgets":[{{string.Join(',', widgets)}}]}""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return made.Json;
    }

    /// <summary>A thing for each name, with a number that follows from its place.</summary>
    async Task<Sheet> FilledAsync(string[] names, Func<int, int> count)
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), new JsonObject { ["records"] = new JsonArray([.. names.Select((name, n) => new JsonObject { ["fields"] = Fields(("Name", name), ("Count", count(n)), ("Day", $"2026-01-{n + 1:00}")) })]) }.ToJsonString());
        return sheet;
    }
}
