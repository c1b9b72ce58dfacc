using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>Somebody who creates, changes, links and deletes records of their own, some of it wrongly, and remembers what the answers were.</summary>
sealed class Writer(Desk desk, int number, int seed, Journal journal)
{
    const int Most = 60;

    readonly Person person = desk.Client(number);
    readonly Random dice = new(seed * 1_000 + number);
    readonly List<Row> rows = [];
    int made;

    public IReadOnlyList<Row> Rows => rows;

    /// <summary>For a test of tests: shows a change to whoever listens before it is written.</summary>
    public Func<string, string, Task>? ShowsEarly { get; init; }

    string Me => $"w{number}";

    /// <summary>Before anything fails: some parts to link to, and an order.</summary>
    public async Task PrepareAsync()
    {
        foreach (var table in (string[])["Parts", "Parts", "Parts", "Orders"])
        {
            // A machine that is busy with other tests may let an answer come too late.
            var before = rows.Count;
            for (var tries = 0; rows.Count == before && tries < 10; tries++)
                await CreateAsync(table, isAnchor: true);
        }
        Assert.Equal(6, rows.Count(r => r.IsAnchor));
    }

    public async Task RunAsync(double perSecond, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        while (!stop.IsCancellationRequested)
        {
            await StepAsync();
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    Task StepAsync()
    {
        var free = rows.Where(r => r.IsFree).ToArray();
        return dice.Next(20) switch
        {
            0 => RefusedAsync(),
            < 6 when free.Length < Most => CreateAsync(Desk.Tables[dice.Next(4)], isAnchor: false),
            < 8 when free.FirstOrDefault(r => !r.IsAnchor) is { } gone => DeleteAsync(gone),
            < 12 when free.FirstOrDefault(r => r is { IsAnchor: true, Table: "Orders" }) is { } order => LinkAsync(order),
            _ when free.Length > 0 => UpdateAsync(free[dice.Next(free.Length)]),
            _ => CreateAsync(Desk.Tables[dice.Next(4)], isAnchor: false),
        };
    }

    async Task CreateAsync(string table, bool isAnchor)
    {
        var some = Enumerable.Range(0, isAnchor && table == "Parts" ? 1 : dice.Next(1, 4)).Select(_ => (Name: $"{Me}-{++made}", Number: made)).ToArray();
        if (isAnchor && table == "Orders")
            some = [.. Enumerable.Range(0, 3).Select(_ => (Name: $"{Me}-{++made}", Number: made))];
        var body = new JsonObject { ["records"] = new JsonArray([.. some.Select(one => (JsonNode)new JsonObject { ["fields"] = Cells(table, one.Name, one.Number) })]) };
        var (outcome, answer) = await SendAsync("create", "POST", $"/v0/{desk.Base}/{desk[table]}", body, some.Select(s => s.Name));
        if (outcome is Outcome.Acknowledged)
            foreach (var (record, one) in answer!.Json["records"]!.AsArray().Zip(some))
            {
                rows.Add(new Row(table, (string)record!["id"]!, one.Name, one.Number) { IsAnchor = isAnchor });
                Keep(table, (string)record["id"]!, answer);
            }
        else
            foreach (var (name, _) in some)
                (outcome is Outcome.Refused ? journal.Refused : journal.Unanswered)[name] = true;
    }

    static JsonObject Cells(string table, string name, int number)
    {
        var cells = new JsonObject { ["Name"] = name, ["Number"] = number };
        if (table == "Parts")
            cells["Secret"] = $"{Desk.Secret}-{name}";
        return cells;
    }

    async Task UpdateAsync(Row row)
    {
        var value = ++made;
        if (ShowsEarly is not null)
            await ShowsEarly(desk[row.Table], row.Id);
        var (outcome, answer) = await SendAsync("update", "PATCH", $"/v0/{desk.Base}/{desk[row.Table]}/{row.Id}", new JsonObject { ["fields"] = new JsonObject { ["Number"] = value } }, new { row.Id, value });
        if (outcome is Outcome.Acknowledged)
        {
            row.Number = value;
            Keep(row.Table, row.Id, answer!);
        }
        else if (outcome is Outcome.Unanswered)
            row.PerhapsNumber = value;
    }

    async Task LinkAsync(Row order)
    {
        var anchors = rows.Where(r => r is { IsAnchor: true, Table: "Parts" }).Select(r => r.Id).Where(_ => dice.Next(2) == 0).ToArray();
        if (anchors.SequenceEqual(order.Items))
            return;
        var (outcome, answer) = await SendAsync("link", "PATCH", $"/v0/{desk.Base}/{desk["Orders"]}/{order.Id}",
            new JsonObject { ["fields"] = new JsonObject { ["Items"] = new JsonArray([.. anchors.Select(id => (JsonNode)id)]) } }, new { order.Id, anchors });
        if (outcome is Outcome.Acknowledged)
        {
            order.Items = anchors;
            Keep("Orders", order.Id, answer!);
        }
        else if (outcome is Outcome.Unanswered)
            order.PerhapsItems = anchors;
    }

    async Task DeleteAsync(Row row)
    {
        var (outcome, answer) = await SendAsync("delete", "DELETE", $"/v0/{desk.Base}/{desk[row.Table]}/{row.Id}", null, row.Id);
        if (outcome is Outcome.Acknowledged)
        {
            row.IsDeleted = true;
            Keep(row.Table, row.Id, answer!);
        }
        else
            // Refused, when the client sent it twice by itself: a request without a body may be.
            row.PerhapsDeleted = true;
    }

    async Task RefusedAsync()
    {
        var name = $"{Me}-refused-{++made}";
        var (outcome, _) = await SendAsync("bad create", "POST", $"/v0/{desk.Base}/{desk["Notes"]}", JsonNode.Parse($$$"""
            {"records":[{"fields":{"Name":"{{{name}}}"}},{"fields":{"Name":"{{{name}}}","Number":"no number"}}]}
            """), name);
        if (outcome is Outcome.Acknowledged)
            journal.Odd.Enqueue($"{name} was taken with a cell that is none");
        // Whatever was answered, or nothing: such a write cannot be.
        journal.Refused[name] = true;
    }

    async Task<(Outcome, Answer?)> SendAsync(string what, string method, string path, JsonNode? body, object detail)
    {
        Answer? answer = null;
        try
        {
            answer = await Sheet.SendAsync(person.Client, method, path, body?.ToJsonString());
        }
        catch (Exception trouble) when (trouble is HttpRequestException or OperationCanceledException or IOException)
        {
            // Somebody died, or sleeps.
        }
        var outcome = answer?.Status switch { HttpStatusCode.OK => Outcome.Acknowledged, >= (HttpStatusCode)400 and < (HttpStatusCode)500 => Outcome.Refused, _ => Outcome.Unanswered };
        journal.Note(Me, what, outcome, detail);
        if (outcome is Outcome.Refused && what is not ("bad create" or "delete"))
            journal.Odd.Enqueue($"{method} {path} was refused: {answer!.Text}");
        return (outcome, answer);
    }

    void Keep(string table, string record, Answer answer)
    {
        var version = answer.Header("PyBase-Version")?.Split(", ").Select(v => v.Split('=')).FirstOrDefault(v => v[0] == desk[table]);
        if (version is null)
            journal.Odd.Enqueue($"{record} of {table} was written and has no version");
        else
            journal.Writes.Add(new Acknowledged(desk[table], long.Parse(version[1], CultureInfo.InvariantCulture), record));
    }
}
