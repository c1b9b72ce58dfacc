using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Computing;

/// <summary>
/// Invariant 3: at any quiet moment every computed cell equals a recompute from scratch. Random commands of several writers through two processes, then each
/// computed field is made once more beside itself, and the two columns must be the same cell by cell.
/// </summary>
[Collection(OnCluster.Name)]
public sealed class ComputedInvariantTests(DistributedInstallation installation)
{
    /// <summary>Chains over three tables, in rings of links though not of fields.</summary>
    static readonly (string Name, string Type, string Options)[] Fields =
    [
        ("Parts.Total", "formula", """{"formula":"Cost * Count"}"""),
        ("Parts.Label", "formula", """{"formula":"UPPER(Name) & '/' & IF(Count, Total / Count, ERROR())"}"""),
        ("Orders.Pieces", "count", """{"recordLinkFieldId":"Orders.Items"}"""),
        ("Orders.Dear", "count", """{"recordLinkFieldId":"Orders.Items","filterByFormula":"Total > 10"}"""),
        ("Orders.Sum", "rollup", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Total"}"""),
        ("Orders.Labels", "multipleLookupValues", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Label"}"""),
        ("Orders.Text", "formula", """{"formula":"{Items} & ': ' & {Sum} & {Labels}"}"""),
        ("People.Spent", "rollup", """{"recordLinkFieldId":"People.Orders","fieldIdInLinkedTable":"Orders.Sum","formula":"ROUND(SUM(values) / COUNTALL(values), 2)"}"""),
        ("People.Words", "multipleLookupValues", """{"recordLinkFieldId":"People.Orders","fieldIdInLinkedTable":"Orders.Text"}"""),
        ("Parts.Buyers", "rollup", """{"recordLinkFieldId":"Parts.Orders","fieldIdInLinkedTable":"Orders.By","formula":"ARRAYJOIN(ARRAYUNIQUE(values), ' ')"}"""),
        ("Parts.Weight", "recursiveRollup", """{"recordLinkFieldId":"Parts.Below","fieldIdInLinkedTable":"Parts.Total","quantityFieldId":"Parts.Count"}"""),
        ("Orders.Weights", "rollup", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Weight","formula":"MAX(values)"}"""),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_computed_cell_equals_a_recompute_whatever_several_writers_did(int seed)
    {
        var board = await Board.CreateAsync(installation, "Parts", "Orders", "People");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Parts.Count", "number");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Orders.By", "multipleRecordLinks", """{"linkedTableId":"People"}""");
        await board.AddAsync("Parts.Below", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        foreach (var (name, type, options) in Fields)
            await board.AddAsync(name, type, options);
        var rows = new Dictionary<string, List<string>>();
        foreach (var table in (string[])["Parts", "Orders", "People"])
            rows[table] = [.. await board.RowsAsync(table, [.. Enumerable.Range(0, 12).Select(n => $$"""{"Name":"{{table[0]}}{{n}}"}""")])];
        var people = new[] { board.Person, board.Person.At(installation.Apis[1]) };
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => WriteAsync(board, people[writer % 2], rows, new Random(seed * 100 + writer))));
        await SameAsync(board);
    }

    static async Task WriteAsync(Board board, Person person, Dictionary<string, List<string>> rows, Random random)
    {
        for (var i = 0; i < 25; i++)
        {
            var table = random.Next(3) switch { 0 => "Orders", 1 => "People", _ => "Parts" };
            var record = rows[table][random.Next(12)];
            var cells = (table, random.Next(5)) switch
            {
                ("Parts", 0) => $$"""{"Cost":{{Number()}},"Name":"p{{random.Next(100)}}"}""",
                ("Parts", 1) => $$"""{"Count":{{Number()}}}""",
                ("Parts", 2) => $$"""{"Orders":[{{Some("Orders")}}]}""",
                // Only from the front to the back, so that it stays a tree.
                ("Parts", _) => rows["Parts"].IndexOf(record) is var at && at < 11 ? $$"""{"Below":["{{rows["Parts"][random.Next(at + 1, 12)]}}"]}""" : """{"Below":[]}""",
                ("Orders", <= 2) => $$"""{"Items":[{{Some("Parts")}}]}""",
                ("Orders", _) => $$"""{"By":[{{Some("People")}}],"Name":"o{{random.Next(100)}}"}""",
                _ => $$"""{"Orders":[{{Some("Orders")}}],"Name":"n{{random.Next(100)}}"}""",
            };
            var answer = await Records.Sheet.SendAsync(person.Client, "PATCH", $"/v0/{board.BaseId}/{table}/{record}", $$"""{"fields":{{cells}}}""");
            // Two writers may close a ring together; then one of them is refused.
            Assert.True(answer.Status == HttpStatusCode.OK || answer.Error == "LINK_CYCLE", answer.Text);
        }

        string Number() => random.Next(4) switch { 0 => "null", 1 => "0", 2 => $"{random.Next(-50, 50)}.5", _ => $"{random.Next(0, 9)}" };
        string Some(string table) => string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{rows[table][random.Next(12)]}\"").Distinct());
    }

    static async Task SameAsync(Board board)
    {
        foreach (var (name, type, options) in Fields)
            await board.AddAsync($"{name} again", type, options);
        foreach (var table in (string[])["Parts", "Orders", "People"])
            foreach (var record in await board.Person.ListAsync(board.BaseId, table))
                foreach (var (name, _, _) in Fields.Where(f => f.Name.StartsWith(table + ".", StringComparison.Ordinal)))
                {
                    var field = name[(table.Length + 1)..];
                    Assert.True(JsonNode.DeepEquals(record["fields"]![field], record["fields"]![$"{field} again"]),
                        $"{name}: stored {record["fields"]![field]?.ToJsonString()}, from scratch {record["fields"]![$"{field} again"]?.ToJsonString()}");
                }
    }
}
