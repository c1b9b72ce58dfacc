using System.Globalization;
using System.Net;
using PyBase.Core.Computing;
using PyBase.Tests.Support;

namespace PyBase.Tests.Computing;

/// <summary>Roll-ups over a table linked to itself: cost, mass and quantity of a bill of material.</summary>
[Collection(OnStandalone.Name)]
public sealed class TreeTests(StandaloneInstallation installation)
{
    async Task<Board> BomAsync()
    {
        var board = await Board.CreateAsync(installation, "Bom");
        await board.AddAsync("Bom.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Bom.Quantity", "number");
        await board.AddAsync("Bom.Consists of", "multipleRecordLinks", """{"linkedTableId":"Bom"}""");
        await board.AddAsync("Bom.Total", "recursiveRollup", """{"recordLinkFieldId":"Bom.Consists of","fieldIdInLinkedTable":"Bom.Cost","quantityFieldId":"Bom.Quantity"}""");
        await board.AddAsync("Bom.Pieces", "recursiveRollup", """{"recordLinkFieldId":"Bom.Consists of","fieldIdInLinkedTable":"Bom.Cost","quantityFieldId":"Bom.Quantity","aggregation":"count"}""");
        await board.AddAsync("Bom.Dearest", "recursiveRollup", """{"recordLinkFieldId":"Bom.Consists of","fieldIdInLinkedTable":"Bom.Cost","aggregation":"max"}""");
        return board;
    }

    [Fact]
    public async Task Cost_and_pieces_roll_up_through_shared_parts_and_follow_every_change()
    {
        var board = await BomAsync();
        var screw = (await board.RowsAsync("Bom", """{"Name":"screw","Cost":0.25,"Quantity":4}"""))[0];
        var lid = (await board.RowsAsync("Bom", $$"""{"Name":"lid","Cost":10,"Quantity":2,"Consists of":["{{screw}}"]}"""))[0];
        var box = (await board.RowsAsync("Bom", $$"""{"Name":"box","Cost":5,"Consists of":["{{lid}}","{{screw}}"]}"""))[0];
        Assert.Equal(("11", "28", "14"), (await board.TextAsync("Bom", lid, "Total"), await board.TextAsync("Bom", box, "Total"), await board.TextAsync("Bom", box, "Pieces")));
        Assert.Equal("10", await board.TextAsync("Bom", box, "Dearest"));
        await board.SetAsync("Bom", screw, """{"Cost":1}""");
        Assert.Equal(("14", "37"), (await board.TextAsync("Bom", lid, "Total"), await board.TextAsync("Bom", box, "Total")));
        await board.SetAsync("Bom", lid, """{"Quantity":null,"Consists of":[]}""");
        Assert.Equal(("10", "19", "5"), (await board.TextAsync("Bom", lid, "Total"), await board.TextAsync("Bom", box, "Total"), await board.TextAsync("Bom", box, "Pieces")));
        await board.SendAsync("DELETE", $"/v0/{board.BaseId}/Bom/{lid}");
        Assert.Equal("9", await board.TextAsync("Bom", box, "Total"));
    }

    [Fact]
    public async Task A_bill_of_material_is_exploded_and_a_part_is_found_where_it_is_used()
    {
        var board = await BomAsync();
        var screw = (await board.RowsAsync("Bom", """{"Name":"screw","Cost":0.25,"Quantity":4}"""))[0];
        var lid = (await board.RowsAsync("Bom", $$"""{"Name":"lid","Cost":10,"Quantity":2,"Consists of":["{{screw}}"]}"""))[0];
        var box = (await board.RowsAsync("Bom", $$"""{"Name":"box","Cost":5,"Consists of":["{{lid}}","{{screw}}"]}"""))[0];
        var path = $"/api/bases/{board.BaseId}/tables/Bom/tree?link=Consists%20of&quantity=Quantity&value=Cost";
        var down = await board.Person.GetAsync($"{path}&record={box}");
        Assert.Equal([(lid, 1, 2.0), (screw, 2, 8.0), (screw, 1, 4.0)], down["lines"]!.AsArray().Select(l => ((string)l!["record"]!, (int)l["level"]!, (double)l["total"]!)));
        Assert.Equal(28, (double)down["value"]!);
        Assert.Equal(12, (double)down["records"]!.AsArray().Single(r => (string)r!["record"]! == screw)!["total"]!);
        var up = await board.Person.GetAsync($"{path}&record={screw}&direction=up");
        Assert.Equal([(lid, 4.0), (box, 12.0)], up["records"]!.AsArray().Select(r => ((string)r!["record"]!, (double)r["total"]!)).OrderBy(r => r.Item2));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await board.SendAsync("GET", $"/api/bases/{board.BaseId}/tables/Bom/tree?link=Cost&record={box}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await board.SendAsync("GET", $"{path}&record=recAAAAAAAAAAAAAA")).Status);
    }

    [Fact]
    public async Task A_link_that_would_close_a_ring_is_refused_with_the_way_and_nothing_changes()
    {
        var board = await BomAsync();
        var ids = await board.RowsAsync("Bom", """{"Name":"a"}""", """{"Name":"b"}""", """{"Name":"c"}""");
        await board.SetAsync("Bom", ids[0], $$"""{"Consists of":["{{ids[1]}}"]}""");
        await board.SetAsync("Bom", ids[1], $$"""{"Consists of":["{{ids[2]}}"]}""");
        foreach (var (record, target) in ((string, string)[])[(ids[2], ids[0]), (ids[1], ids[1])])
        {
            var refused = await board.SetAsync("Bom", record, $$"""{"Consists of":["{{target}}"]}""");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "LINK_CYCLE"), (refused.Status, refused.Error));
        }
        Assert.Equal("", await board.TextAsync("Bom", ids[2], "Consists of"));
    }

    [Fact]
    public async Task A_roll_up_over_a_ring_of_ten_thousand_records_is_refused()
    {
        var board = await Board.CreateAsync(installation, "Bom");
        await board.AddAsync("Bom.Cost", "number");
        await board.AddAsync("Bom.Below", "multipleRecordLinks", """{"linkedTableId":"Bom"}""");
        var ids = new List<string>();
        for (var last = ""; ids.Count < 10_000;)
        {
            // Chains of a thousand, joined end to end.
            var made = await board.RowsAsync("Bom", [.. Enumerable.Range(0, 1_000).Select(_ => """{"Cost":1}""")]);
            var cells = made.Select((id, n) => (id, below: n == 0 ? last : made[n - 1])).Where(c => c.below.Length > 0);
            var linked = await board.SendAsync("PATCH", $"/v0/{board.BaseId}/Bom", $$"""{"records":[{{string.Join(',', cells.Select(c => $$$"""{"id":"{{{c.id}}}","fields":{"Below":["{{{c.below}}}"]}}"""))}}]}""");
            Assert.Equal(HttpStatusCode.OK, linked.Status);
            ids.AddRange(made);
            last = made[^1];
        }
        Assert.Equal(HttpStatusCode.OK, (await board.SetAsync("Bom", ids[0], $$"""{"Below":["{{ids[^1]}}"]}""")).Status);
        const string Options = """{"recordLinkFieldId":"Bom.Below","fieldIdInLinkedTable":"Bom.Cost"}""";
        var refused = await board.TryAddAsync("Bom.Total", "recursiveRollup", Options);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "LINK_CYCLE"), (refused.Status, refused.Error));
        // The same without the ring is a tree ten thousand deep.
        await board.SetAsync("Bom", ids[0], """{"Below":[]}""");
        await board.AddAsync("Bom.Total", "recursiveRollup", Options);
        await board.BecomesAsync("Bom", ids[^1], "Total", "10000");
    }

    [Fact]
    public void Every_record_is_rolled_up_once_however_many_paths_lead_to_it()
    {
        // Forty levels of two records that each consist of both of the next level: 2⁴⁰ paths.
        var nodes = Enumerable.Range(0, 40).SelectMany(level => new[] { "a", "b" }.Select(side => (Id: $"{side}{level:00}",
            Node: new TreeNode(1, null, level == 39 ? [] : [$"a{level + 1:00}", $"b{level + 1:00}"])))).ToDictionary(n => n.Id, n => n.Node);
        var (values, ring) = Tree.Roll(nodes, TreeAggregation.Sum, new Dictionary<string, (double?, double?)>());
        Assert.Null(ring);
        Assert.Equal(Math.Pow(2, 40) - 1, values["a00"]);
        Assert.Equal("1", values["b39"]!.Value.ToString(CultureInfo.InvariantCulture));
    }
}
