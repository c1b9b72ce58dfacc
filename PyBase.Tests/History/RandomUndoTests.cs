using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.History;

/// <summary>
/// Random commands by people who do not know of each other. The test notes who changed what by looking, so it knows neither the log nor the rules: an undo may change
/// only what its author changed last, to what it was before. <c>eng/undo.sh</c> runs it for longer.
/// </summary>
[Collection(OnStandalone.Name)]
public sealed class RandomUndoOnStandaloneTests(StandaloneInstallation installation)
{
    static readonly int Commands = int.Parse(Environment.GetEnvironmentVariable("PYBASE_UNDO_COMMANDS") ?? "240", CultureInfo.InvariantCulture);
    static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("PYBASE_UNDO_SEED") ?? "7", CultureInfo.InvariantCulture);

    static readonly string[] Fields = ["Name", "Count", "Done", "State"];

    readonly List<string> things = [];
    readonly List<string> others = [];
    Sheet sheet = null!;
    Person[] people = null!;

    [Fact]
    public async Task Everybodys_undo_undoes_only_his_own()
    {
        await StartAsync(3, Seed);
        var (random, notes) = (new Random(Seed), new Notes());
        var now = await LookAsync();
        for (var n = 0; n < Commands; n++)
        {
            // The third never undoes.
            var (who, what) = (random.Next(3), random.Next(10));
            var kind = who == 2 || what < 6 ? "do" : what < 9 ? "undo" : "redo";
            if (kind == "do")
                await ActAsync(people[who], random);
            else
                await StepAsync(people[who], kind);
            var then = now;
            notes.Compare(then, now = await LookAsync(), who, kind, $"seed {Seed}, command {n}");
        }
        Assert.True(notes.Undone > Commands / 50, $"{notes.Undone} changes were undone");
    }

    [Fact]
    public async Task Undoing_everything_gives_the_start()
    {
        await StartAsync(2, Seed + 1);
        var random = new Random(Seed + 1);
        var start = await LookAsync();
        var pending = people.Select(_ => new HashSet<long>()).ToArray();
        for (var n = 0; n < Commands; n++)
        {
            var who = random.Next(2);
            if (random.Next(10) is var what && what < 7)
                await ActAsync(people[who], random);
            else
                Note(pending[who], await StepAsync(people[who], what < 9 ? "undo" : "redo"));
        }
        for (var left = new HashSet<int> { 0, 1 }; left.Count > 0;)
        {
            var who = left.ElementAt(random.Next(left.Count));
            if (await StepAsync(people[who], "undo") is { } answer)
                Note(pending[who], answer);
            else
                left.Remove(who);
        }
        // What was left, because others had built on it, goes once theirs is gone.
        var last = new SortedDictionary<long, string>();
        for (var isMoving = true; isMoving;)
        {
            isMoving = false;
            for (var who = 0; who < 2; who++)
                foreach (var number in pending[who].OrderDescending())
                {
                    var answer = await Sheet.SendAsync(people[who].Client, "POST", $"/api/bases/{sheet.BaseId}/undo", $$"""{"transaction":{{number}}}""");
                    Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
                    last[number] = answer.Text;
                    var done = answer.Json["undone"]![0]!;
                    isMoving |= (int)done["recordsRestored"]! + (int)done["recordsDeleted"]! + (int)done["cells"]! + (int)done["links"]! > 0;
                }
        }
        var end = await LookAsync();
        var other = start.Keys.Union(end.Keys).Where(k => start.GetValueOrDefault(k) != end.GetValueOrDefault(k)).Select(k => $"{k}: {start.GetValueOrDefault(k) ?? "absent"}, at the end {end.GetValueOrDefault(k) ?? "absent"}").Order(StringComparer.Ordinal).ToArray();
        Assert.True(other.Length == 0, $"seed {Seed}: {string.Join('\n', other)}\n{string.Join('\n', last.Values)}");

        static void Note(HashSet<long> pending, JsonNode? answer)
        {
            if (answer?["undone"] is JsonArray undone && (int)answer["leftCount"]! > 0)
                pending.UnionWith(undone.Select(u => (long)u!["transaction"]!));
        }
    }

    async Task StartAsync(int count, int seed)
    {
        sheet = await Sheet.CreateAsync(installation);
        people = [.. await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var person = await installation.SignUpAsync();
            await sheet.Person.AddMemberAsync(person, "editor");
            return person;
        }))];
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", $$$"""{"name":"Next","type":"multipleRecordLinks","options":{"linkedTableId":"{{{sheet.Things}}}"}}""");
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", """{"name":"Sum","type":"formula","options":{"formula":"{Count} & ' ' & {Name}"}}""");
        var random = new Random(seed);
        for (var n = 0; n < 6; n++)
        {
            others.Add(await sheet.AddAsync("Others", $$"""{"Name":"o{{n}}"}"""));
            things.Add(await sheet.AddAsync("Things", Cells(random)));
        }
    }

    /// <summary>One request of a person: it may fail, when what it means has gone.</summary>
    async Task ActAsync(Person person, Random random)
    {
        var (table, rows) = random.Next(3) == 0 ? ("Others", others) : ("Things", things);
        var some = random.GetItems(rows.ToArray(), random.Next(1, 4)).Distinct().ToArray();
        var answer = random.Next(8) switch
        {
            0 => await Sheet.SendAsync(person.Client, "POST", sheet.PathOf(table), Records([$"\"fields\":{Row(table, random)}", $"\"fields\":{Row(table, random)}"])),
            1 => await Sheet.SendAsync(person.Client, "DELETE", $"{sheet.PathOf(table)}?{string.Join('&', some.Select(id => $"records[]={id}"))}"),
            _ => await Sheet.SendAsync(person.Client, "PATCH", sheet.PathOf(table), Records(some.Select(id => $"\"id\":\"{id}\",\"fields\":{Row(table, random)}"))),
        };
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity, answer.Text);
        if (answer.Status == HttpStatusCode.OK && answer.Json["records"] is JsonArray made)
            rows.AddRange(made.Where(r => r!["fields"] is not null).Select(r => (string)r!["id"]!).Except(rows));
    }

    static string Records(IEnumerable<string> items) => $"{{\"records\":[{string.Join(',', items.Select(item => $"{{{item}}}"))}]}}";

    string Row(string table, Random random) => table == "Things" ? Cells(random) : random.Next(2) == 0 ? $$"""{"Name":"{{random.Next(100)}}"}""" : $$"""{"Things":{{List(things, random)}}}""";

    string Cells(Random random) => random.Next(5) switch
    {
        0 => $$"""{"Name":"n{{random.Next(100)}}","Done":{{(random.Next(2) == 0 ? "true" : "false")}}}""",
        1 => $$"""{"Count":{{random.Next(100)}},"State":{{random.GetItems(["\"Open\"", "\"Closed\"", "null"], 1)[0]}}}""",
        2 => $$"""{"Links":{{List(others, random)}},"Name":"l{{random.Next(100)}}"}""",
        3 when things.Count > 0 => $$"""{"Next":{{List(things, random)}}}""",
        _ => $$"""{"Name":"x{{random.Next(100)}}"}""",
    };

    static string List(List<string> rows, Random random) => $"[{string.Join(',', random.GetItems(rows.ToArray(), random.Next(4)).Distinct().Select(id => $"\"{id}\""))}]";

    async Task<JsonNode?> StepAsync(Person person, string what)
    {
        var answer = await Sheet.SendAsync(person.Client, "POST", $"/api/bases/{sheet.BaseId}/{what}");
        Assert.True(answer.Status is HttpStatusCode.OK || (string?)answer.Json["code"] == $"nothing-to-{what}", answer.Text);
        return answer.Status is HttpStatusCode.OK ? answer.Json : null;
    }

    /// <summary>Everything that is there, as text: records with their place, cells, links, and the cells that show these from the other side.</summary>
    async Task<Dictionary<string, string>> LookAsync()
    {
        var seen = new Dictionary<string, string>();
        foreach (var table in (string[])["Things", "Others"])
        {
            var place = 0;
            foreach (var record in (await sheet.OkAsync("GET", $"{sheet.PathOf(table)}?pageSize=1000"))["records"]!.AsArray())
            {
                var (id, fields) = ((string)record!["id"]!, record["fields"]!);
                seen[$"record {id}"] = (string)record["createdTime"]!;
                seen[$"place {table} {place++}"] = id;
                foreach (var field in table == "Things" ? Fields : ["Name"])
                    seen[$"cell {id} {field}"] = fields[field]?.ToJsonString() ?? "";
                foreach (var field in table == "Things" ? (string[])["Links", "Next", "Things"] : ["Things"])
                    seen[$"order {id} {field}"] = fields[field]?.ToJsonString() ?? "";
                if (table == "Things")
                    Assert.Equal($"{Shown(fields["Count"])} {Shown(fields["Name"])}", (string)fields["Sum"]!);
                foreach (var field in table == "Things" ? (string[])["Links", "Next"] : [])
                    foreach (var link in fields[field]?.AsArray() ?? [])
                        seen[$"link {id} {field} {(string)link!}"] = "there";
            }
        }
        return seen;
    }

    static string Shown(JsonNode? value) => value is null ? "" : value.ToString();

    /// <summary>Who changed each thing, last on top, and from what.</summary>
    sealed class Notes
    {
        readonly Dictionary<string, Stack<(int Who, string? Was)>> changes = [];

        public int Undone { get; private set; }

        public void Compare(Dictionary<string, string> then, Dictionary<string, string> now, int who, string kind, string where)
        {
            foreach (var thing in then.Keys.Union(now.Keys).Where(k => !k.StartsWith("order", StringComparison.Ordinal) && !k.StartsWith("place", StringComparison.Ordinal)))
            {
                var (was, isNow) = (then.GetValueOrDefault(thing), now.GetValueOrDefault(thing));
                // Cells come and go with their record, which is noted itself.
                if (was == isNow || (thing.StartsWith("cell", StringComparison.Ordinal) && (was is null || isNow is null)))
                    continue;
                if (!changes.TryGetValue(thing, out var stack))
                    changes[thing] = stack = new();
                if (kind != "undo")
                {
                    stack.Push((who, was));
                    continue;
                }
                Undone++;
                Assert.True(stack.TryPop(out var last), $"{where}: {who} undid {thing}, which nobody had changed");
                Assert.True(last.Who == who, $"{where}: {who} undid {thing}, which {last.Who} had changed");
                Assert.True(last.Was == isNow, $"{where}: {thing} was {last.Was} and is {isNow}");
            }
        }
    }
}
