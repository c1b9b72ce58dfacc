using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Computing;

/// <summary>Formulas and rollups as fields: stored, shown, sorted, filtered, and true after every change.</summary>
[Collection(OnStandalone.Name)]
public sealed class FormulaFieldTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Formulas_over_formulas_follow_an_edit_in_one_go_and_say_their_errors()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Parts.Count", "number");
        var total = await board.AddAsync("Parts.Total", "formula", """{"formula":"Cost * {Count}"}""");
        Assert.Equal("number", (string)total["options"]!["result"]!["type"]!);
        Assert.Equal($$"""{{{board["Parts.Cost"]}}} * {{{board["Parts.Count"]}}}""", (string)total["options"]!["formula"]!);
        await board.AddAsync("Parts.Label", "formula", """{"formula":"{Name} & \": \" & {Total}"}""");
        await board.AddAsync("Parts.Each", "formula", """{"formula":"IF({Count}, {Total} / {Count}, ERROR())"}""");
        await board.AddAsync("Parts.Again", "formula", """{"formula":"{Each} + 1"}""");
        var ids = await board.RowsAsync("Parts", """{"Name":"bolt","Cost":0.25,"Count":4}""", """{"Name":"nut","Cost":3}""", "{}");
        Assert.Equal(("1", "\"bolt: 1\"", "0.25", "1.25"), await FourAsync(ids[0]));
        Assert.Equal(("0", "\"nut: 0\"", """{"error":"#ERROR!"}""", """{"error":"#ERROR!"}"""), await FourAsync(ids[1]));
        await board.SetAsync("Parts", ids[1], """{"Count":2}""");
        Assert.Equal(("6", "\"nut: 6\"", "3", "4"), await FourAsync(ids[1]));
        await board.SetAsync("Parts", ids[1], """{"Count":null}""");
        Assert.Equal("""{"error":"#ERROR!"}""", await board.TextAsync("Parts", ids[1], "Again"));

        async Task<(string, string, string, string)> FourAsync(string id) => (await board.TextAsync("Parts", id, "Total"), await board.TextAsync("Parts", id, "Label"),
            await board.TextAsync("Parts", id, "Each"), await board.TextAsync("Parts", id, "Again"));
    }

    [Fact]
    public async Task A_small_table_computed_anew_again_and_again_keeps_its_size()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        await board.AddAsync("Parts.Cost", "number");
        await board.AddAsync("Parts.Made", "formula", "{\"formula\":\"Cost\"}");
        await board.RowsAsync("Parts", [.. Enumerable.Range(0, 1000).Select(n => $$"""{"Name":"part {{n}}","Cost":{{n}}}""")]);
        await using var data = NpgsqlDataSource.Create(installation.Process.ConnectionString);
        await using var size = data.CreateCommand($"select pg_total_relation_size('\"{board.BaseId}\".\"{board["Parts"]}\"')");
        // Nobody else cleans, and nobody who still sees the old rows keeps them: of both a machine with much to do has some.
        await using var alone = data.CreateCommand($"alter table \"{board.BaseId}\".\"{board["Parts"]}\" set (autovacuum_enabled = false)");
        await alone.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var others = data.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_xmin is not null");
        await ChangeAsync(1);
        var once = (long)(await size.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        for (var n = 2; n < 22; n++)
            await ChangeAsync(n);
        // Left alone it would be twenty times as large; a little more than once it is while others read.
        Assert.InRange((long)(await size.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, once / 2, once * 2);

        async Task ChangeAsync(int by)
        {
            while ((long)(await others.ExecuteScalarAsync(TestContext.Current.CancellationToken))! > 0)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            await board.SendAsync("PATCH", $"/v0/meta/bases/{board.BaseId}/tables/{board["Parts"]}/fields/{board["Parts.Made"]}", $$$"""{"options":{"formula":"Cost * {{{by}}}"}}""");
        }
    }

    [Fact]
    public async Task Rollups_formulas_and_lookups_reach_over_three_tables()
    {
        var board = await Board.CreateAsync(installation, "Materials", "Parts", "Orders");
        await board.AddAsync("Materials.Price", "currency", """{"precision":2,"symbol":"€"}""");
        await board.AddAsync("Parts.Mass", "number", """{"precision":3}""");
        await board.AddAsync("Parts.Of", "multipleRecordLinks", """{"linkedTableId":"Materials"}""");
        await board.AddAsync("Parts.Price", "multipleLookupValues", """{"recordLinkFieldId":"Parts.Of","fieldIdInLinkedTable":"Materials.Price"}""");
        await board.AddAsync("Parts.Cost", "formula", """{"formula":"Mass * SUM(Price)"}""");
        await board.AddAsync("Orders.Items", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Orders.Sum", "rollup", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Cost"}""");
        await board.AddAsync("Orders.Dear", "rollup", """{"recordLinkFieldId":"Orders.Items","fieldIdInLinkedTable":"Parts.Name","formula":"ARRAYJOIN(values, '-')","filterByFormula":"Cost > 5"}""");
        await board.AddAsync("Orders.Line", "formula", """{"formula":"{Items} & ' = ' & ROUND({Sum}, 2)"}""");
        var steel = (await board.RowsAsync("Materials", """{"Name":"steel","Price":2}"""))[0];
        var parts = await board.RowsAsync("Parts", $$"""{"Name":"bolt","Mass":1.5,"Of":["{{steel}}"]}""", $$"""{"Name":"nut","Mass":4,"Of":["{{steel}}"]}""");
        var order = (await board.RowsAsync("Orders", $$"""{"Name":"first","Items":["{{parts[1]}}","{{parts[0]}}"]}"""))[0];
        Assert.Equal(("11", "\"nut\"", "\"nut, bolt = 11\""), await ThreeAsync());
        await board.SetAsync("Materials", steel, """{"Price":4}""");
        Assert.Equal(("22", "\"nut-bolt\"", "\"nut, bolt = 22\""), await ThreeAsync());
        await board.SetAsync("Parts", parts[0], """{"Name":"screw","Of":[]}""");
        Assert.Equal(("16", "\"nut\"", "\"nut, screw = 16\""), await ThreeAsync());
        await board.SendAsync("DELETE", $"/v0/{board.BaseId}/Parts/{parts[1]}");
        Assert.Equal(("0", "", "\"screw = 0\""), await ThreeAsync());

        async Task<(string, string, string)> ThreeAsync() => (await board.TextAsync("Orders", order, "Sum"), await board.TextAsync("Orders", order, "Dear"), await board.TextAsync("Orders", order, "Line"));
    }

    [Fact]
    public async Task A_formula_over_itself_through_two_other_tables_is_refused_with_the_way()
    {
        var board = await Board.CreateAsync(installation, "A", "B", "C");
        await board.AddAsync("A.N", "number");
        await board.AddAsync("B.ToA", "multipleRecordLinks", """{"linkedTableId":"A"}""");
        await board.AddAsync("C.ToB", "multipleRecordLinks", """{"linkedTableId":"B"}""");
        await board.AddAsync("A.ToC", "multipleRecordLinks", """{"linkedTableId":"C"}""");
        await board.AddAsync("A.F", "formula", """{"formula":"N + 1"}""");
        await board.AddAsync("B.R", "rollup", """{"recordLinkFieldId":"B.ToA","fieldIdInLinkedTable":"A.F"}""");
        await board.AddAsync("C.R", "rollup", """{"recordLinkFieldId":"C.ToB","fieldIdInLinkedTable":"B.R"}""");
        await board.AddAsync("A.R", "rollup", """{"recordLinkFieldId":"A.ToC","fieldIdInLinkedTable":"C.R"}""");
        foreach (var formula in (string[])["{R} + 1", "{F} + 1"])
        {
            var refused = await board.ChangeAsync("A.F", $$"""{"formula":"{{formula}}"}""");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "CIRCULAR_REFERENCE"), (refused.Status, refused.Error));
            Assert.Contains("A.F → ", (string)refused.Json["error"]!["message"]!, StringComparison.Ordinal);
        }
        var a = (await board.RowsAsync("A", """{"N":1}"""))[0];
        Assert.Equal("2", await board.TextAsync("A", a, "F"));
    }

    [Fact]
    public async Task A_changed_formula_is_computed_anew_also_when_it_gives_another_kind()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        await board.AddAsync("Parts.Cost", "number");
        await board.AddAsync("Parts.F", "formula", """{"formula":"Cost + 1"}""");
        await board.AddAsync("Parts.G", "formula", """{"formula":"F & '!'"}""");
        var part = (await board.RowsAsync("Parts", """{"Name":"bolt","Cost":1}"""))[0];
        Assert.Equal(("2", "\"2!\""), (await board.TextAsync("Parts", part, "F"), await board.TextAsync("Parts", part, "G")));
        Assert.Equal(HttpStatusCode.OK, (await board.ChangeAsync("Parts.F", """{"formula":"Name & Cost"}""")).Status);
        Assert.Equal(("\"bolt1\"", "\"bolt1!\""), (await board.TextAsync("Parts", part, "F"), await board.TextAsync("Parts", part, "G")));
        var invalid = await board.ChangeAsync("Parts.F", """{"formula":"Name & ("}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_FORMULA"), (invalid.Status, invalid.Error));
        Assert.Equal(HttpStatusCode.OK, (await board.SendAsync("DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields/Cost")).Status);
        Assert.Equal(("", ""), (await board.TextAsync("Parts", part, "F"), await board.TextAsync("Parts", part, "G")));
    }

    [Fact]
    public async Task Lists_sort_and_filter_by_computed_cells()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        await board.AddAsync("Parts.Cost", "number");
        await board.AddAsync("Parts.Inverse", "formula", """{"formula":"1 / Cost"}""");
        await board.AddAsync("Parts.Due", "formula", """{"formula":"DATEADD('2026-01-01', Cost, 'days')"}""");
        await board.RowsAsync("Parts", """{"Name":"a","Cost":4}""", """{"Name":"b","Cost":0}""", """{"Name":"c","Cost":-2}""");
        Assert.Equal("c,a,b", await NamesAsync("&sort[0][field]=Inverse"));
        Assert.Equal("b,a,c", await NamesAsync("&sort[0][field]=Inverse&sort[0][direction]=desc"));
        Assert.Equal("a", await NamesAsync("&filterByFormula=AND({Inverse}>0,{Cost}>1)"));
        Assert.Equal("a,b", await NamesAsync("&filterByFormula=IS_AFTER({Due},'2025-12-31')"));
        var page = await board.Person.GetAsync($"/v0/{board.BaseId}/Parts?filterByFormula=Name='b'");
        Assert.Equal("""{"specialValue":"Infinity"}""", page["records"]![0]!["fields"]!["Inverse"]!.ToJsonString());

        async Task<string> NamesAsync(string query) => string.Join(',', (await board.Person.ListAsync(board.BaseId, "Parts", query)).Select(r => (string)r["fields"]!["Name"]!));
    }

    [Fact]
    public async Task Ten_thousand_rows_get_a_formula_while_others_write()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        await board.AddAsync("Parts.N", "number");
        var ids = await board.RowsAsync("Parts", [.. Enumerable.Range(0, 10_000).Select(n => $$"""{"N":{{n}}}""")]);
        await board.AddAsync("Parts.Double", "formula", """{"formula":"N * 2"}""");
        for (var n = 0; n < 20; n++)
            Assert.Equal(HttpStatusCode.OK, (await board.SetAsync("Parts", ids[n * 500], $$"""{"N":{{-n}}}""")).Status);
        await board.BecomesAsync("Parts", ids[^1], "Double", "19998");
        Assert.Equal("-38", await board.TextAsync("Parts", ids[9_500], "Double"));
        var wrong = await board.Person.ListAsync(board.BaseId, "Parts", "&filterByFormula=Double!=N*2&pageSize=1000");
        Assert.True(wrong.Count == 0, $"{wrong.Count} rows, of them {string.Join(", ", wrong.Take(1).Select(r => r.ToJsonString()))}");
    }
}
