using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Permissions;

/// <summary>Somebody who looks at the base, and what the rules leave them.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Person">Who they are.</param>
/// <param name="Rows">The parts that they see, by number.</param>
/// <param name="Hidden">The fields that are not there for them.</param>
/// <param name="Makers">The makers that they see.</param>
public sealed record Citizen(string Name, Person Person, int[] Rows, string[] Hidden, int[] Makers)
{
    /// <summary>No rule binds them.</summary>
    public bool IsFree => Name is "owner" or "admin";
}

/// <summary>
/// A base of parts and makers with rules for roles and for a person, and seven people. Every cell holds something that stands nowhere else, so that whatever comes out of a
/// door says from which cell it came.
/// </summary>
public sealed class Town
{
    static readonly ConditionalWeakTable<Installation, Task<Dictionary<string, Person>>> Everybody = [];

    static readonly string[] Fields = ["Name", "Warden", "Kostprice", "Remarks", "Realm", "Maker", "Doubleprice", "Deposit"];

    readonly Dictionary<int, string> parts = [];
    readonly Dictionary<int, string> makers = [];
    readonly Dictionary<string, string> fields = [];

    Town(Person owner, string baseId, IReadOnlyList<Citizen> people) => (Owner, BaseId, People) = (owner, baseId, people);

    public Person Owner { get; }

    public string BaseId { get; }

    public IReadOnlyList<Citizen> People { get; private set; }

    public string Table { get; private set; } = "";

    public string Dashboard { get; private set; } = "";

    /// <summary>What the dashboard asks, of fields and rows that some may not know.</summary>
    public static readonly string[] Widgets = [.. Enumerable.Range(1, 6).Select(n => $"wdgAAAAAAAAAAAAA{n}")];

    public string Part(int n) => parts[n];

    public string Maker(int n) => makers[n];

    public string Field(string name) => fields[name];

    public IEnumerable<int> Parts => parts.Keys;

    public static async Task<Town> BuildAsync(Installation installation)
    {
        Task<Dictionary<string, Person>> everybody;
        lock (Everybody)
            everybody = Everybody.GetValue(installation, SignUpAsync);
        var others = await everybody;
        var owner = others["owner"];
        var baseId = await owner.CreateBaseAsync(new { name = "Makers", fields = new object[] { new { name = "Name", type = "singleLineText" }, new { name = "Open", type = "checkbox" } } });
        var town = new Town(owner, baseId, []);
        await town.FillAsync(await MailAsync(others["editor"]), await MailAsync(others["commenter"]), await MailAsync(owner));
        town.People =
        [
            new Citizen("owner", owner, [1, 2, 3, 4, 5, 6], [], [1, 2]), new Citizen("admin", others["admin"], [1, 2, 3, 4, 5, 6], [], [1, 2]),
            new Citizen("editor", others["editor"], [1, 2], ["Kostprice", "Doubleprice"], [1, 2]), new Citizen("pilot", others["pilot"], [3, 4, 5, 6], ["Doubleprice"], [1, 2]),
            new Citizen("commenter", others["commenter"], [1, 2], ["Kostprice", "Doubleprice", "Remarks"], [1, 2]), new Citizen("viewer", others["viewer"], [1, 4], ["Kostprice", "Doubleprice", "Remarks"], [1]),
            new Citizen("stranger", others["stranger"], [], Fields, []),
        ];
        await town.AskAsync();
        await town.RuleAsync(others["pilot"]);
        return town;
    }

    /// <summary>The same seven for all tests, each of which has a base of its own.</summary>
    static async Task<Dictionary<string, Person>> SignUpAsync(Installation installation)
    {
        var people = new Dictionary<string, Person>();
        foreach (var name in (string[])["owner", "admin", "editor", "pilot", "commenter", "viewer", "stranger"])
        {
            people[name] = await installation.SignUpAsync();
            if (name is not ("owner" or "stranger"))
                await people["owner"].AddMemberAsync(people[name], name == "pilot" ? "editor" : name);
        }
        return people;
    }

    static object Record(params (string Name, object Value)[] cells) => new { fields = cells.ToDictionary(c => c.Name, c => c.Value) };

    static async Task<string> MailAsync(Person person) => (string)(await person.GetAsync("/api/auth/me"))["user"]!["email"]!;

    public static async Task<string> IdAsync(Person person) => (string)(await person.GetAsync("/api/auth/me"))["user"]!["id"]!;

    async Task FillAsync(string editor, string commenter, string owner)
    {
        for (var n = 1; n <= 2; n++)
            makers[n] = (string)(await Owner.PostAsync($"/v0/{BaseId}/Makers", Record(("Name", $"mk{n}zq"), ("Open", n == 1))))["id"]!;
        var linked = (string)(await Owner.GetAsync($"/v0/meta/bases/{BaseId}/tables"))["tables"]![0]!["id"]!;
        var table = await Owner.PostAsync($"/v0/meta/bases/{BaseId}/tables", new
        {
            name = "Parts",
            fields = new object[]
            {
                new { name = "Name", type = "singleLineText" }, new { name = "Warden", type = "email" }, new { name = "Kostprice", type = "number", options = new { precision = 0 } },
                new { name = "Remarks", type = "multilineText" }, new { name = "Realm", type = "singleSelect", options = new { choices = new[] { new { name = "open" }, new { name = "closed" } } } },
                new { name = "Maker", type = "multipleRecordLinks", options = new { linkedTableId = linked } }, new { name = "Deposit", type = "multipleAttachments" },
            },
        });
        Table = (string)table["id"]!;
        await Owner.PostAsync($"/v0/meta/bases/{BaseId}/tables/{Table}/fields", new { name = "Doubleprice", type = "formula", options = new { formula = "{Kostprice} * 2" } });
        for (var n = 1; n <= 6; n++)
            parts[n] = (string)(await Owner.PostAsync($"/v0/{BaseId}/Parts", Record(("Name", $"nm{n}zq"), ("Warden", n <= 2 ? editor : n == 3 ? commenter : owner), ("Kostprice", 7390000 + n),
                ("Remarks", $"rk{n}zq"), ("Realm", n is 1 or 4 ? "open" : "closed"), ("Maker", new[] { makers[n % 2 == 1 ? 1 : 2] }))))["id"]!;
        // Each has a past, a comment, and one is in the trash.
        foreach (var (n, id) in parts)
        {
            await Owner.PatchAsync($"/v0/{BaseId}/Parts/{id}", Record(("Remarks", $"rk{n}zq again")));
            await Owner.PostAsync($"/v0/{BaseId}/Parts/{id}/comments", new { text = $"cm{n}zq" });
        }
        parts[7] = (string)(await Owner.PostAsync($"/v0/{BaseId}/Parts", Record(("Name", "nm7zq"), ("Kostprice", 7390000), ("Remarks", "rk7zq"))))["id"]!;
        await Owner.Client.DeleteAsync($"/v0/{BaseId}/Parts/{parts[7]}");
        var schema = (await Owner.GetAsync($"/v0/meta/bases/{BaseId}/tables"))["tables"]!.AsArray().First(t => (string)t!["id"]! == Table)!;
        foreach (var field in schema["fields"]!.AsArray())
            fields[(string)field!["name"]!] = (string)field["id"]!;
        var view = (string)schema["views"]![0]!["id"]!;
        await Owner.PatchAsync($"/api/bases/{BaseId}/tables/{Table}/views/{view}", new
        {
            settings = new
            {
                filter = new { conjunction = "and", filterSet = new[] { new { fieldId = fields["Kostprice"], @operator = ">", value = 7 } } },
                sorts = new[] { new { field = fields["Remarks"], direction = "desc" } }, groups = new[] { new { field = fields["Kostprice"], direction = "asc" } },
            },
        });
    }

    async Task AskAsync()
    {
        var asked = (string[])
        [
            """ "type":"chart","chart":"bar","groups":[{"field":"Realm"}],"aggregates":[{"field":"Kostprice","function":"sum"}]""", """ "type":"pivot","groups":[{"field":"Maker"},{"field":"Name"}]""",
            """ "type":"list","fields":["Name","Maker"],"sorts":[{"field":"Remarks"}]""", """ "type":"list","fields":["Name","Maker"]""",
            """ "type":"number","filter":{"field":"Kostprice","operator":">","value":7}""", """ "type":"chart","chart":"pie","groups":[{"field":"Name","limit":1}]""",
        ];
        var made = await Sheet.SendAsync(Owner.Client, "POST", $"/api/bases/{BaseId}/dashboards", $$"""{"name":"Town","widgets":[{{string.Join(',', asked.Select((ask, n) => $$$"""{"id":"{{{Widgets[n]}}}","table":"{{{Table}}}",{{{ask}}}}"""))}}]}""");
        Assert.True(made.Status is HttpStatusCode.Created, made.Text);
        Dashboard = (string)made.Json["id"]!;
    }

    async Task RuleAsync(Person pilot)
    {
        var rules = $$"""
            {"fields":[{"field":"Kostprice","to":"editor","access":"none"},{"field":"Doubleprice","to":"editor","access":"none"},{"field":"Remarks","to":"editor","access":"read"},
                       {"field":"Remarks","to":"commenter","access":"none"},{"field":"Kostprice","to":"{{await IdAsync(pilot)}}","access":"read"}],
             "rows":[{"to":"editor","formula":"{Warden} = CURRENT_USER_EMAIL()"},{"to":"{{await IdAsync(pilot)}}","formula":"{Kostprice} > 7390002"},
                     {"to":"commenter","formula":"{Kostprice} < 7390003"},{"to":"viewer","formula":"{Realm} = 'open'"}]}
            """;
        var set = await Sheet.SendAsync(Owner.Client, "PUT", $"/api/bases/{BaseId}/tables/{Table}/rules", rules);
        Assert.True(set.Status is HttpStatusCode.OK, set.Text);
        var other = await Sheet.SendAsync(Owner.Client, "PUT", $"/api/bases/{BaseId}/tables/Makers/rules", """{"rows":[{"to":"viewer","formula":"{Open}"}]}""");
        Assert.True(other.Status is HttpStatusCode.OK, other.Text);
    }

    /// <summary>What says from which cell it comes, by part and field.</summary>
    static IEnumerable<(string Text, string Field)> Marks(int n) => [($"nm{n}zq", "Name"), ($"{7390000 + n % 7}", "Kostprice"), ($"rk{n}zq", "Remarks"), ($"{2 * (7390000 + n % 7)}", "Doubleprice"), ($"cm{n}zq", "comment")];

    /// <summary>Everything that they must not find anywhere.</summary>
    public IEnumerable<string> Forbidden(Citizen who)
    {
        foreach (var (n, id) in parts)
        {
            var sees = who.Rows.Contains(n);
            if (!sees && !who.IsFree)
                yield return id;
            foreach (var (text, field) in Marks(n))
                if (!who.IsFree && (!sees || who.Hidden.Contains(field)))
                    yield return text;
        }
        foreach (var (n, id) in makers)
            if (!who.Makers.Contains(n))
                foreach (var text in (string[])[id, $"mk{n}zq"])
                    yield return text;
        foreach (var field in who.Hidden)
        {
            yield return fields[field];
            if (field is "Kostprice" or "Doubleprice" or "Remarks")
                yield return field;
        }
    }

    /// <summary>Everything that a door which shows whole records shows them.</summary>
    public static IEnumerable<string> Permitted(Citizen who) => who.Rows.SelectMany(n => Marks(n).Where(m => m.Field is not "comment" && !who.Hidden.Contains(m.Field)).Select(m => m.Text));
}
