using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Changes;

/// <summary>
/// A base of three linked tables in which several writers carry out commands. It remembers what was acknowledged, and in which version of which table, and so
/// knows what the plain cells must hold in the end, whoever came last.
/// </summary>
public sealed class Workshop
{
    static readonly string[] Tables = ["Parts", "Orders", "People"];
    static readonly string[] Plain = ["Name", "Number", "State", "Tags"];

    /// <summary>Refusals that two writers at once may run into, or that a command deserves: a record or field gone meanwhile, a ring, a key that is there twice.</summary>
    static readonly HashSet<string> Fair =
        ["NOT_FOUND", "ROW_DOES_NOT_EXIST", "UNKNOWN_FIELD_NAME", "LINK_CYCLE", "CIRCULAR_REFERENCE", "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", "FAILED_STATE_CHECK", "INVALID_FIELD_OPTIONS", "INVALID_SOURCE_FIELD",
         "INVALID_FORMULA", "DUPLICATE_OR_EMPTY_FIELD_NAME", "INVALID_VALUE_FOR_COLUMN", "INVALID_MULTIPLE_CHOICE_OPTIONS", "CHOICE_IN_USE"];

    readonly Person[] people;
    readonly ConcurrentBag<(string Table, long Version, string Record, JsonObject? Cells)> acknowledged = [];
    readonly ConcurrentDictionary<string, List<string>> records = new(Tables.Select(table => KeyValuePair.Create(table, new List<string>())));
    int fieldNumber;

    Workshop(Person[] people, string baseId) => (this.people, BaseId) = (people, baseId);

    public string BaseId { get; }

    public IReadOnlyDictionary<string, string> TableIds { get; private set; } = null!;

    public static async Task<Workshop> OpenAsync(Person[] people)
    {
        var choice = new { choices = new[] { new { name = "Open" }, new { name = "Done" }, new { name = "Late" } } };
        var baseId = await people[0].CreateBaseAsync([.. Tables.Select(name => (object)new
        {
            name,
            fields = new object[]
            {
                new { name = "Name", type = "singleLineText" }, new { name = "Number", type = "number", options = new { precision = 1 } },
                new { name = "State", type = "singleSelect", options = choice }, new { name = "Tags", type = "multipleSelects", options = choice },
            },
        })]);
        var shop = new Workshop(people, baseId);
        var tables = await shop.TablesAsync();
        shop.TableIds = tables.ToDictionary(t => (string)t["name"]!, t => (string)t["id"]!);
        foreach (var (from, name, to) in new[] { ("Orders", "Items", "Parts"), ("Orders", "By", "People"), ("Parts", "Below", "Parts") })
            await shop.OkAsync("POST", $"{shop.Meta}/{from}/fields", new { name, type = "multipleRecordLinks", options = new { linkedTableId = shop.TableIds[to] } });
        foreach (var table in Tables)
            await shop.RunAsync(new Command.Create(Array.IndexOf(Tables, table), [1, 2, 3, 4, 5, 6]), people[0]);
        return shop;
    }

    string Meta => $"/v0/meta/bases/{BaseId}/tables";

    public async Task RunAsync(IEnumerable<Command> commands, int writer)
    {
        foreach (var command in commands)
            await RunAsync(command, people[writer % people.Length]);
    }

    async Task RunAsync(Command command, Person person)
    {
        switch (command)
        {
            case Command.Create create:
                await WriteAsync(person, "POST", Tables[create.Table % 3], new { records = create.Values.Select(v => new { fields = Cells(v, v) }) });
                break;
            case Command.Update update when Some(update.Table, update.Record) is { } record:
                await WriteAsync(person, "PATCH", Tables[update.Table % 3], new { records = update.Values.Select((v, n) => new { id = n == 0 ? record : Some(update.Table, update.Record + 1)!, fields = Cells(update.Field, v) }).DistinctBy(r => r.id) });
                break;
            case Command.Upsert upsert:
                await WriteAsync(person, "PATCH", Tables[upsert.Table % 3], new { records = new[] { new { fields = new Dictionary<string, object?> { ["Number"] = upsert.Key / 10.0, ["Name"] = $"u{upsert.Value}" } } }, performUpsert = new { fieldsToMergeOn = new[] { "Number" } } });
                break;
            case Command.Delete delete when Some(delete.Table, delete.Record) is { } gone:
                var deleted = await SendAsync(person, "DELETE", $"/v0/{BaseId}/{Tables[delete.Table % 3]}/{gone}", null);
                if (deleted.Status is HttpStatusCode.OK)
                    acknowledged.Add((Tables[delete.Table % 3], VersionOf(deleted, Tables[delete.Table % 3]), gone, null));
                break;
            case Command.Link link:
                var (table, field, far) = new[] { ("Orders", "Items", 0), ("Orders", "By", 2), ("Parts", "Below", 0), ("Parts", "Orders", 1), ("People", "Orders", 1) }[link.Field % 5];
                if (Some(Array.IndexOf(Tables, table), link.Record) is { } near)
                    await WriteAsync(person, "PATCH", table, new { records = new[] { new { id = near, fields = new Dictionary<string, object?> { [field] = link.Others.Select(o => Some(far, o)).OfType<string>().Distinct() } } } });
                break;
            case Command.AddField add:
                await AddAsync(person, add);
                break;
            case Command.ChangeField change when await ComputedAsync(change.Field, "formula") is { } formula:
                await SendAsync(person, "PATCH", $"{Meta}/{formula.Table}/fields/{formula.Id}", new { options = new { formula = Formula(change.Source, change.Other, await SourcesAsync(formula.Table)) } });
                break;
            case Command.RemoveField remove when await ComputedAsync(remove.Field, null) is { } field2:
                await SendAsync(person, "DELETE", $"{Meta}/{field2.Table}/fields/{field2.Id}", null);
                break;
            case Command.RenameChoice rename:
                await RenameAsync(person, rename);
                break;
        }
    }

    async Task RenameAsync(Person person, Command.RenameChoice rename)
    {
        var parts = (await TablesAsync()).Single(t => (string)t["name"]! == "Parts")["fields"]!.AsArray().Single(f => (string)f!["name"]! == "State")!;
        var all = parts["options"]!["choices"]!.AsArray().Select(c => new { id = (string)c!["id"]!, name = (string)c["name"]! }).ToArray();
        var chosen = all[rename.Choice % all.Length].id;
        await SendAsync(person, "PATCH", $"{Meta}/Parts/fields/State", new { options = new { choices = all.Select(c => c.id == chosen ? new { c.id, name = $"s{rename.Name}" } : c) } });
    }

    async Task AddAsync(Person person, Command.AddField add)
    {
        var table = Tables[add.Table % 3];
        var (link, far) = table switch { "Orders" => add.Other % 2 == 0 ? ("Items", "Parts") : ("By", "People"), "Parts" => add.Other % 2 == 0 ? ("Orders", "Orders") : ("Below", "Parts"), _ => ("Orders", "Orders") };
        var (own, others) = (await SourcesAsync(table), await SourcesAsync(far));
        if (await IdAsync(table, link) is not { } linkId || await IdAsync(table, "Number") is not { } number)
            return;
        var source = others[add.Source % others.Count];
        object options;
        string type;
        switch (add.Kind % 5)
        {
            case 0:
                (type, options) = ("formula", new { formula = Formula(add.Source, add.Other, own) });
                break;
            case 1:
                (type, options) = ("multipleLookupValues", new { recordLinkFieldId = linkId, fieldIdInLinkedTable = source.Id });
                break;
            case 2:
                string[] formulas = ["SUM(values)", "ARRAYJOIN(ARRAYUNIQUE(values), '+')", "COUNTALL(values)", "MAX(values)"];
                (type, options) = ("rollup", new { recordLinkFieldId = linkId, fieldIdInLinkedTable = source.Id, formula = formulas[add.Other % 4] });
                break;
            case 3:
                (type, options) = ("count", new { recordLinkFieldId = linkId });
                break;
            default:
                if (await IdAsync("Parts", "Below") is not { } below || await IdAsync("Parts", "Number") is not { } mass)
                    return;
                (type, options, table) = ("recursiveRollup", new { recordLinkFieldId = below, fieldIdInLinkedTable = mass, aggregation = new[] { "sum", "max", "count", "min" }[add.Other % 4] }, "Parts");
                break;
        }
        await SendAsync(person, "POST", $"{Meta}/{table}/fields", new { name = $"C{Interlocked.Increment(ref fieldNumber)}", type, options });
    }

    static string Formula(int source, int other, IReadOnlyList<(string Id, string Type)> fields)
    {
        var (a, b) = (fields[source % fields.Count].Id, fields[other % fields.Count].Id);
        string[] formulas = [$"{{{a}}} & '/' & {{{b}}}", $"{{Number}} * 2 + LEN({{{a}}} & '')", $"IF({{State}} = 'Open', {{{a}}} & '', {{{b}}} & '')", $"{{Number}} / LEN({{{b}}} & '')", $"UPPER({{State}} & {{Tags}} & {{{a}}})"];
        return formulas[(source + other) % formulas.Length];
    }

    /// <summary>Fields that computed ones may read.</summary>
    async Task<IReadOnlyList<(string Id, string Type)>> SourcesAsync(string table) =>
        [.. (await TablesAsync()).Single(t => (string)t["name"]! == table)["fields"]!.AsArray().Select(f => ((string)f!["id"]!, (string)f["type"]!))];

    async Task<string?> IdAsync(string table, string field) =>
        (string?)(await TablesAsync()).Single(t => (string)t["name"]! == table)["fields"]!.AsArray().FirstOrDefault(f => (string)f!["name"]! == field)?["id"];

    async Task<(string Table, string Id)?> ComputedAsync(int n, string? type)
    {
        var all = (await ComputedAsync()).Where(f => type is null || f.Type == type).ToList();
        return all.Count == 0 ? null : (all[n % all.Count].Table, all[n % all.Count].Id);
    }

    /// <summary>Every computed field that is there, with its definition.</summary>
    public async Task<IReadOnlyList<(string Table, string Id, string Name, string Type, JsonNode Options)>> ComputedAsync() => [.. (await TablesAsync()).SelectMany(t => t["fields"]!.AsArray()
        .Where(f => (string)f!["type"]! is "formula" or "multipleLookupValues" or "rollup" or "count" or "recursiveRollup")
        .Select(f => ((string)t["name"]!, (string)f!["id"]!, (string)f["name"]!, (string)f["type"]!, f["options"]!)))];

    async Task<List<JsonNode>> TablesAsync() => [.. (await people[0].GetAsync(Meta))["tables"]!.AsArray().Select(t => t!)];

    static Dictionary<string, object?> Cells(int field, int value) => (field % 5) switch
    {
        0 => new() { ["Name"] = $"n{value}" },
        1 => new() { ["Number"] = value % 4 == 0 ? null : value / 10.0 },
        2 => new() { ["Name"] = $"m{value}", ["Number"] = value },
        3 => new() { ["Tags"] = value % 3 == 0 ? new[] { "Open", "Done" } : new[] { "Late" } },
        _ => new() { ["Name"] = value % 5 == 0 ? null : $"x{value}" },
    };

    string? Some(int table, int n)
    {
        var all = records[Tables[table % 3]];
        lock (all)
            return all.Count == 0 ? null : all[n % all.Count];
    }

    async Task WriteAsync(Person person, string method, string table, object body)
    {
        var answer = await SendAsync(person, method, $"/v0/{BaseId}/{table}", body);
        if (answer.Status is not HttpStatusCode.OK)
            return;
        var written = JsonSerializer.SerializeToNode(body)!["records"]!.AsArray();
        var shown = answer.Json["records"]!.AsArray();
        for (var n = 0; n < shown.Count; n++)
        {
            var id = (string)shown[n]!["id"]!;
            lock (records[table])
                if (!records[table].Contains(id))
                    records[table].Add(id);
            acknowledged.Add((table, VersionOf(answer, table), id, written[n]!["fields"]!.AsObject()));
        }
    }

    long VersionOf(Answer answer, string table) => long.Parse(answer.Header("PyBase-Version")!.Split(", ").Single(v => v.StartsWith(TableIds[table], StringComparison.Ordinal)).Split('=')[1], CultureInfo.InvariantCulture);

    static async Task<Answer> SendAsync(Person person, string method, string path, object? body)
    {
        var answer = await Sheet.SendAsync(person.Client, method, path, body is null ? null : JsonSerializer.Serialize(body));
        Assert.True(answer.Status is HttpStatusCode.OK || answer.Error is { } error && Fair.Contains(error), $"{method} {path} {JsonSerializer.Serialize(body)}: {(int)answer.Status} {answer.Text}");
        return answer;
    }

    async Task<JsonNode> OkAsync(string method, string path, object body)
    {
        var answer = await Sheet.SendAsync(people[0].Client, method, path, JsonSerializer.Serialize(body));
        Assert.True(answer.Status is HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    /// <summary>Invariant 1: each record is there that somebody was told of and nobody deleted, and its plain cells hold what was written last.</summary>
    public async Task AcknowledgedAsync()
    {
        foreach (var table in Tables)
        {
            var expected = new SortedDictionary<string, Dictionary<string, string>?>(StringComparer.Ordinal);
            foreach (var (_, _, record, cells) in acknowledged.Where(a => a.Table == table).OrderBy(a => a.Version).ThenBy(a => a.Cells is null))
            {
                if (cells is null)
                    expected[record] = null;
                else if (!expected.TryGetValue(record, out var known) || known is not null)
                {
                    expected[record] = known ??= [];
                    foreach (var cell in cells.Where(c => Plain.Contains(c.Key)))
                        known[cell.Key] = cell.Value?.ToJsonString() ?? "";
                }
            }
            var rows = (await people[0].ListAsync(BaseId, table)).ToDictionary(r => (string)r["id"]!, r => r["fields"]!);
            Assert.Equal(expected.Where(e => e.Value is not null).Select(e => e.Key).Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
            foreach (var (record, cells) in expected.Where(e => e.Value is not null))
                foreach (var (field, value) in cells!)
                    Assert.True(value == (rows[record][field]?.ToJsonString() ?? ""), $"{table} {record} {field}: written {value}, is {rows[record][field]?.ToJsonString()}");
        }
    }

    /// <summary>Invariant 3: each computed field, made once more beside itself, holds the same cell by cell.</summary>
    public async Task ComputedAgreeAsync()
    {
        var computed = await ComputedAsync();
        var made = new List<(string Table, string Name, string Again)>();
        foreach (var (table, _, name, type, options) in computed.Where(f => (bool?)f.Options["isValid"] is true))
        {
            await OkAsync("POST", $"{Meta}/{table}/fields", new { name = $"{name} again", type, options });
            made.Add((table, name, $"{name} again"));
        }
        foreach (var table in Tables)
            foreach (var record in await people[0].ListAsync(BaseId, table))
                foreach (var (_, name, again) in made.Where(m => m.Table == table))
                    Assert.True(JsonNode.DeepEquals(record["fields"]![name], record["fields"]![again]), $"{table}.{name} ({computed.First(c => c.Table == table && c.Name == name).Type} {computed.First(c => c.Table == table && c.Name == name).Options.ToJsonString()}): stored {record["fields"]![name]?.ToJsonString()}, from scratch {record["fields"]![again]?.ToJsonString()}");
    }
}
