using System.Net;
using PyBase.Tests.Support;

namespace PyBase.Tests.Computing;

/// <summary>Counts and lookups: what a row shows of the rows it is linked to follows every change on the way.</summary>
[Collection(OnStandalone.Name)]
public sealed class LinkedFieldTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_count_follows_the_links_from_both_ends()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Orders");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Orders.Pieces", "count", """{"recordLinkFieldId":"Orders.Items"}""");
        await board.AddAsync("Parts.Ordered", "count", """{"recordLinkFieldId":"Parts.Orders"}""");
        var parts = await board.RowsAsync("Parts", """{"Name":"bolt"}""", """{"Name":"nut"}""");
        var order = (await board.RowsAsync("Orders", $$"""{"Name":"first","Items":["{{parts[0]}}","{{parts[1]}}"]}"""))[0];
        Assert.Equal(("2", "1"), (await board.TextAsync("Orders", order, "Pieces"), await board.TextAsync("Parts", parts[0], "Ordered")));

        await board.SetAsync("Parts", parts[1], """{"Orders":[]}""");
        Assert.Equal(("1", "0"), (await board.TextAsync("Orders", order, "Pieces"), await board.TextAsync("Parts", parts[1], "Ordered")));

        await board.SendAsync("DELETE", $"/v0/{board.BaseId}/Parts/{parts[0]}");
        Assert.Equal("0", await board.TextAsync("Orders", order, "Pieces"));
    }

    [Fact]
    public async Task A_lookup_shows_cells_of_every_kind_as_their_own_field_does_and_leaves_empty_ones_out()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Orders");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Parts.Kind", "singleSelect", """{"choices":[{"name":"made"},{"name":"bought"}]}""");
        await board.AddAsync("Parts.Tags", "multipleSelects", """{"choices":[{"name":"red"},{"name":"blue"}]}""");
        await board.AddAsync("Parts.Day", "date");
        await board.AddAsync("Parts.When", "dateTime", """{"timeZone":"utc"}""");
        await board.AddAsync("Parts.Done", "checkbox");
        await board.AddAsync("Parts.Code", "barcode");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        foreach (var field in (string[])["Name", "Cost", "Kind", "Tags", "Day", "When", "Done", "Code", "Orders"])
            await board.AddAsync($"Orders.L {field}", "multipleLookupValues", $$"""{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.{{field}}"}""");
        var parts = await board.RowsAsync("Parts",
            """{"Name":"bolt","Cost":0.1,"Kind":"bought","Tags":["red","blue"],"Day":"2026-01-02","When":"2026-01-02T03:04:05.678Z","Done":true,"Code":{"text":"123"}}""",
            """{"Name":"nut"}""", """{"Name":"gear","Cost":7,"Kind":"made","Tags":["blue"]}""");
        var order = (await board.RowsAsync("Orders", $$"""{"Name":"first","Items":["{{parts[2]}}","{{parts[1]}}","{{parts[0]}}"]}"""))[0];

        Assert.Equal("""["gear","nut","bolt"]""", await board.TextAsync("Orders", order, "L Name"));
        Assert.Equal("[7,0.1]", await board.TextAsync("Orders", order, "L Cost"));
        Assert.Equal("""["made","bought"]""", await board.TextAsync("Orders", order, "L Kind"));
        Assert.Equal("""["blue","red","blue"]""", await board.TextAsync("Orders", order, "L Tags"));
        Assert.Equal("""["2026-01-02"]""", await board.TextAsync("Orders", order, "L Day"));
        Assert.Equal("""["2026-01-02T03:04:05.678Z"]""", await board.TextAsync("Orders", order, "L When"));
        Assert.Equal("[true]", await board.TextAsync("Orders", order, "L Done"));
        Assert.Equal("""[{"text":"123"}]""", await board.TextAsync("Orders", order, "L Code"));
        Assert.Equal($"""["{order}","{order}","{order}"]""", await board.TextAsync("Orders", order, "L Orders"));

        await board.SetAsync("Parts", parts[2], """{"Cost":null,"Kind":"bought"}""");
        Assert.Equal(("[0.1]", """["bought","bought"]"""), (await board.TextAsync("Orders", order, "L Cost"), await board.TextAsync("Orders", order, "L Kind")));
    }

    [Fact]
    public async Task Lookups_of_lookups_go_on_through_three_tables()
    {
        var board = await Board.CreateAsync(installation, "Makers", "Parts", "Orders");
        await board.AddAsync("Parts.Maker", "multipleRecordLinks", """{"linkedTableId":"Makers"}""");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Parts.From", "multipleLookupValues", """{"recordLinkFieldId":"Parts.Maker","fieldIdInLinkedTable":"Makers.Name"}""");
        await board.AddAsync("Orders.From", "multipleLookupValues", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.From"}""");
        var makers = await board.RowsAsync("Makers", """{"Name":"A"}""", """{"Name":"B"}""");
        var parts = await board.RowsAsync("Parts", $$"""{"Name":"bolt","Maker":["{{makers[0]}}","{{makers[1]}}"]}""", $$"""{"Name":"nut","Maker":["{{makers[1]}}"]}""");
        var order = (await board.RowsAsync("Orders", $$"""{"Items":["{{parts[1]}}","{{parts[0]}}"]}"""))[0];
        Assert.Equal("""["B","A","B"]""", await board.TextAsync("Orders", order, "From"));
        await board.SetAsync("Makers", makers[1], """{"Name":"C"}""");
        Assert.Equal("""["C","A","C"]""", await board.TextAsync("Orders", order, "From"));
    }

    [Fact]
    public async Task A_change_that_reaches_thousands_of_rows_is_made_true_behind_it()
    {
        var board = await Board.CreateAsync(installation, "Projects", "Tasks");
        await board.AddAsync("Tasks.Project", "multipleRecordLinks", """{"linkedTableId":"Projects"}""");
        await board.AddAsync("Tasks.Of", "multipleLookupValues", """{"recordLinkFieldId":"Tasks.Project","fieldIdInLinkedTable":"Projects.Name"}""");
        var project = (await board.RowsAsync("Projects", """{"Name":"old"}"""))[0];
        var tasks = await board.RowsAsync("Tasks", [.. Enumerable.Range(0, 5_000).Select(n => $$"""{"Name":"{{n}}","Project":["{{project}}"]}""")]);
        var renamed = await board.SetAsync("Projects", project, """{"Name":"new"}""");
        Assert.Equal(HttpStatusCode.OK, renamed.Status);
        foreach (var task in (string[])[tasks[0], tasks[2_500], tasks[^1]])
            await board.BecomesAsync("Tasks", task, "Of", """["new"]""");
        // A field over all of them comes the same way.
        await board.AddAsync("Tasks.Number", "autoNumber");
        await board.BecomesAsync("Tasks", tasks[^1], "Number", "5000");
    }

    [Fact]
    public async Task Nobody_writes_a_computed_cell_and_putting_a_record_leaves_it()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Orders");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Orders.Pieces", "count", """{"recordLinkFieldId":"Orders.Items"}""");
        await board.AddAsync("Orders.Number", "autoNumber");
        await board.AddAsync("Orders.Made", "createdTime");
        await board.AddAsync("Orders.Changed", "lastModifiedTime");
        await board.AddAsync("Orders.Renamed", "lastModifiedTime", """{"referencedFieldIds":["Orders.Name"]}""");
        var order = (await board.RowsAsync("Orders", """{"Name":"first"}"""))[0];
        var written = await board.SetAsync("Orders", order, """{"Pieces":3}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_VALUE_FOR_COLUMN"), (written.Status, written.Error));
        Assert.Contains("cannot accept a value because the field is computed", written.Text, StringComparison.Ordinal);

        var (made, renamed) = (await board.TextAsync("Orders", order, "Made"), await board.TextAsync("Orders", order, "Renamed"));
        Assert.Equal(made, await board.TextAsync("Orders", order, "Changed"));
        Assert.Equal(made, renamed);
        var part = (await board.RowsAsync("Parts", """{"Name":"bolt"}"""))[0];
        await board.SetAsync("Orders", order, $$"""{"Items":["{{part}}"]}""");
        Assert.NotEqual(made, await board.TextAsync("Orders", order, "Changed"));
        Assert.Equal(renamed, await board.TextAsync("Orders", order, "Renamed"));
        var put = await board.SendAsync("PUT", $"/v0/{board.BaseId}/Orders/{order}", """{"fields":{"Name":"other"}}""");
        Assert.Equal(("0", "1", made), (put.Json["fields"]!["Pieces"]!.ToJsonString(), put.Json["fields"]!["Number"]!.ToJsonString(), put.Json["fields"]!["Made"]!.ToJsonString()));
        Assert.NotEqual(renamed, await board.TextAsync("Orders", order, "Renamed"));
    }

    [Fact]
    public async Task A_computed_field_whose_source_is_deleted_stays_empty_and_says_so()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Orders");
        await board.AddAsync("Parts.Cost", "number");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Orders.Costs", "multipleLookupValues", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Cost"}""");
        var part = (await board.RowsAsync("Parts", """{"Cost":5}"""))[0];
        var order = (await board.RowsAsync("Orders", $$"""{"Items":["{{part}}"]}"""))[0];
        Assert.Equal("[5]", await board.TextAsync("Orders", order, "Costs"));
        Assert.Equal(HttpStatusCode.OK, (await board.SendAsync("DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields/Cost")).Status);
        Assert.Equal("", await board.TextAsync("Orders", order, "Costs"));
        var fields = (await board.Person.GetAsync($"/v0/meta/bases/{board.BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["name"]! == "Orders")!["fields"]!.AsArray();
        Assert.False((bool)fields.Single(f => (string)f!["name"]! == "Costs")!["options"]!["isValid"]!);
        Assert.Equal(HttpStatusCode.OK, (await board.SetAsync("Parts", part, """{"Name":"still"}""")).Status);
        var primary = await board.SendAsync("DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields/Name");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "PRIMARY_FIELD_STAYS"), (primary.Status, primary.Error));
    }
}
