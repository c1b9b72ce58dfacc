using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Imports;

/// <summary>Delimited text through a real worker: how it is read, what becomes of it, and what is said when it does not fit.</summary>
[Collection(OnStandalone.Name)]
public sealed class CsvImportOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_file_becomes_a_table_whose_fields_hold_all_its_cells()
    {
        var (person, baseId) = await BaseAsync();
        var job = await ImportAsync(person, baseId, "Stückliste.csv", "\uFEFFTeil;Menge;Preis;Datum;Zeit;Fertig;Mail;Web;Art;Notiz;Nr\r\n" + string.Concat(Enumerable.Range(1, 12).Select(n =>
            $"P-{n};{n},5;€ 1.2{n:00},50;{n}.11.2026;2026-11-{n:00}T08:30:00Z;{(n % 2 == 0 ? "ja" : "nein")};a{n}@example.org;https://example.org/{n};{(n % 3 == 0 ? "Stahl" : "Alu")};\"Zeile 1\nsagt \"\"{n}\"\"\";00{n}\r\n")));
        Assert.Equal("succeeded", (string?)job["state"]);
        var table = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == TableOf(job))!;
        Assert.Equal("Stückliste", (string?)table["name"]);
        Assert.Equal(["singleLineText", "number", "currency", "date", "dateTime", "checkbox", "email", "url", "singleSelect", "multilineText", "singleLineText"],
            table["fields"]!.AsArray().Select(f => (string)f!["type"]!));
        var third = (await person.ListAsync(baseId, TableOf(job)))[2]["fields"]!;
        Sheet.Same("""
            {"Teil":"P-3","Menge":3.5,"Preis":1203.5,"Datum":"2026-11-03","Zeit":"2026-11-03T08:30:00.000Z","Mail":"a3@example.org","Web":"https://example.org/3",
             "Art":"Stahl","Notiz":"Zeile 1\nsagt \"3\"","Nr":"003"}
            """, third);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    [InlineData("windows-1251")]
    public async Task Text_is_read_in_the_encoding_it_is_written_in(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var (person, baseId) = await BaseAsync();
        var words = encoding == "windows-1251" ? ["Подшипник", "Крышка", "Винт", "Гайка"] : new[] { "Gehäuse", "Prüfung", "Führungsbüchse", "Größe" };
        var text = "Name\tMenge\n" + string.Concat(words.Select((word, n) => $"{word}\t{n}\n"));
        var bytes = Encoding.GetEncoding(encoding);
        var job = await person.EndOfAsync(await person.ImportAsync(baseId, "a.tsv", [.. bytes.GetPreamble(), .. bytes.GetBytes(text)]));
        Assert.Equal("succeeded", (string?)job["state"]);
        Assert.Equal(words, (await person.ListAsync(baseId, TableOf(job))).Select(r => (string)r["fields"]!["Name"]!));
    }

    [Fact]
    public async Task Lines_of_two_encodings_are_each_read_by_their_own_and_said()
    {
        var (person, baseId) = await BaseAsync();
        byte[] mixed = [.. "Name,Ort\n"u8, .. Encoding.UTF8.GetBytes("Gehäuse,Zürich\n"), .. Encoding.Latin1.GetBytes("Prüfung,Größe Führung Böden\n")];
        var job = await person.EndOfAsync(await person.ImportAsync(baseId, "a.csv", mixed));
        Assert.Equal(["Gehäuse", "Prüfung"], (await person.ListAsync(baseId, TableOf(job))).Select(r => (string)r["fields"]!["Name"]!));
        Assert.Equal("line 3", (string?)Finding(job, "encodings-mixed")["locator"]);
    }

    [Fact]
    public async Task Rows_longer_than_the_header_lose_nothing()
    {
        var (person, baseId) = await BaseAsync();
        var header = string.Join(',', Enumerable.Range(1, 40).Select(n => $"c{n}"));
        var job = await ImportAsync(person, baseId, "a.csv", $"{header}\n{string.Join(',', Enumerable.Repeat("x", 40))}\n{string.Join(',', Enumerable.Repeat("y", 40))},behind\nz\n");
        var records = await person.ListAsync(baseId, TableOf(job));
        Assert.Equal("behind", (string?)records[1]["fields"]!["Column 41"]);
        Assert.Equal(("warning", 1), ((string?)Finding(job, "row-longer-than-header")["severity"], (int)Finding(job, "row-longer-than-header")["count"]!));
        Assert.Equal(1, (int)Finding(job, "row-shorter-than-header")["count"]!);
    }

    [Theory]
    [InlineData("a,b\n1,\"open\n2,3\n", "quote-not-closed")]
    [InlineData("", "empty-file")]
    [InlineData("\n\n \n", "empty-file")]
    public async Task What_cannot_be_read_fails_with_a_reason_and_leaves_nothing(string text, string code)
    {
        var (person, baseId) = await BaseAsync();
        var job = await ImportAsync(person, baseId, "a.csv", text);
        Assert.Equal(("failed", code), ((string?)job["state"], (string?)job["error"]!["code"]));
        Assert.Empty((await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray());
    }

    [Fact]
    public async Task What_is_no_file_of_rows_is_refused()
    {
        var (person, baseId) = await BaseAsync();
        var job = await person.EndOfAsync(await person.ImportAsync(baseId, "a.bin", [0, 1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal("not-a-file-of-rows", (string?)job["error"]!["code"]);
    }

    [Fact]
    public async Task Zeros_between_the_letters_and_texts_without_end_do_no_harm()
    {
        var (person, baseId) = await BaseAsync();
        var job = await ImportAsync(person, baseId, "a.csv", $"Name,Text\nA\0B,{new string('x', 150_000)}\n");
        var record = Assert.Single(await person.ListAsync(baseId, TableOf(job)));
        Assert.Equal(("AB", 100_000), ((string?)record["fields"]!["Name"], ((string)record["fields"]!["Text"]!).Length));
        Assert.Equal("warning", (string?)Finding(job, "text-cut")["severity"]);
    }

    [Fact]
    public async Task A_preview_waits_for_a_decision_and_the_decision_is_what_is_imported()
    {
        var (person, baseId) = await BaseAsync();
        var dropped = await person.ImportAsync(baseId, "Parts.csv", "Part,Qty,Weight\nA-1,3,\"1,5\"\nA-2,4,\"2,25\"\n"u8.ToArray(), """{"import":"preview"}""");
        var waiting = await person.JobAsync(dropped, job => (string)job["state"]! is "waiting" or "failed");
        Assert.Equal("waiting", (string?)waiting["state"]);
        Assert.Empty((await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray());
        var preview = await person.GetAsync($"/api/jobs/{(string)dropped["id"]!}/preview");
        Assert.Equal((",", "us-ascii", 2, 1), ((string?)preview["file"]!["delimiter"], (string?)preview["file"]!["encoding"], (int)preview["file"]!["rows"]!, (int)preview["file"]!["headerRow"]!));
        Assert.Equal(["A-2", "4", "2,25"], preview["rows"]![1]!.AsArray().Select(cell => (string)cell!));
        Assert.Equal("comma", (string?)preview["mapping"]!["columns"]![2]!["numbers"]);

        var mapping = preview["mapping"]!;
        mapping["newTable"] = "Stock";
        mapping["columns"]!.AsArray().RemoveAt(1);
        await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/import", mapping);
        var job = await person.EndOfAsync(dropped);
        Assert.Equal(("succeeded", "Stock", 2), ((string?)job["state"], (string?)job["result"]!["tables"]![0]!["name"], (int)job["result"]!["tables"]![0]!["created"]!));
        Sheet.Same("""{"Part":"A-2","Weight":2.25}""", (await person.ListAsync(baseId, TableOf(job)))[1]["fields"]);
        // Nobody is asked twice.
        Assert.Equal("import-not-waiting", (string?)(await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/import", mapping, System.Net.HttpStatusCode.Conflict))["code"]);
    }

    [Fact]
    public async Task Rows_meet_records_by_key()
    {
        var (person, baseId) = await BaseAsync();
        var table = TableOf(await ImportAsync(person, baseId, "Parts.csv", "Part,Qty,Note\nA,1,keep\nB,2,keep\nC,3,keep\n"));
        var fields = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["fields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (string)f!["id"]!);
        string Options(string merge) => $$$"""
            {"mapping":{"table":"{{{table}}}","columns":[{"column":"Part","field":"{{{fields["Part"]}}}"},{"column":"Qty","field":"{{{fields["Qty"]}}}"},{"column":"Note","field":"{{{fields["Note"]}}}"}],
             "merge":{"on":["{{{fields["Part"]}}}"]{{{merge}}}},"badRows":"skip"}}
            """;
        var job = await person.EndOfAsync(await person.ImportAsync(baseId, "more.csv", "Part,Qty,Note\nB,20,\nD,4,new\nD,5,\nE,x,bad\n"u8.ToArray(), Options("")));
        Assert.Equal((1, 1), ((int)job["result"]!["tables"]![0]!["created"]!, (int)job["result"]!["tables"]![0]!["updated"]!));
        Assert.Equal("A 1 keep, B 20 keep, C 3 keep, D 5 new", await RowsAsync());
        Assert.Equal(1, (int)Finding(job, "key-twice-in-file")["count"]!);
        Assert.Equal("row 5", (string?)Finding(job, "cell-not-read")["locator"]);

        await person.EndOfAsync(await person.ImportAsync(baseId, "more.csv", "Part,Qty,Note\nA,,\nF,6,\n"u8.ToArray(), Options(""","missing":"skip","emptyCells":"overwrite" """)));
        Assert.Equal("A  , B 20 keep, C 3 keep, D 5 new", await RowsAsync());
        await person.EndOfAsync(await person.ImportAsync(baseId, "more.csv", "Part,Qty,Note\nA,9,\nG,7,\n"u8.ToArray(), Options(""","existing":"skip" """)));
        Assert.Equal("A  , B 20 keep, C 3 keep, D 5 new, G 7 ", await RowsAsync());

        async Task<string> RowsAsync() => string.Join(", ", (await person.ListAsync(baseId, table)).Select(r => $"{r["fields"]!["Part"]} {r["fields"]!["Qty"]} {r["fields"]!["Note"]}"));
    }

    [Fact]
    public async Task One_bad_row_stops_all_or_is_left_out_or_loses_its_cell_as_it_was_asked()
    {
        var (person, baseId) = await BaseAsync();
        const string columns = """[{"column":"Name","newField":{"name":"Name","type":"singleLineText"}},{"column":"Qty","newField":{"name":"Qty","type":"number","options":{"precision":0}}}]""";
        foreach (var (badRows, state, rows) in new[] { ("stop", "failed", 0), ("skip", "succeeded", 2), ("emptyCells", "succeeded", 3) })
        {
            var job = await person.EndOfAsync(await person.ImportAsync(baseId, "a.csv", "Name,Qty\nA,1\nB,many\nC,3\n"u8.ToArray(), $$$"""{"mapping":{"newTable":"T {{{badRows}}}","columns":{{{columns}}},"badRows":"{{{badRows}}}"}}"""));
            Assert.Equal(state, (string?)job["state"]);
            Assert.Equal("row 3", (string?)Finding(job, "cell-not-read")["locator"]);
            if (rows > 0)
                Assert.Equal(rows, (await person.ListAsync(baseId, TableOf(job))).Count);
            else
                Assert.Equal("import-bad-rows", (string?)job["error"]!["code"]);
        }
        Assert.Equal(2, (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray().Count);
    }

    [Fact]
    public async Task Into_a_table_that_is_there_columns_go_by_name_links_and_choices_are_made_and_formulas_follow()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (person, baseId) = (sheet.Person, sheet.BaseId);
        await person.PostAsync($"/v0/meta/bases/{baseId}/tables/{sheet.Things}/fields", new { name = "Twice", type = "formula", options = new { formula = "{Count} * 2" } });
        var job = await person.EndOfAsync(await person.ImportAsync(baseId, "a.csv", Encoding.UTF8.GetBytes("name,COUNT,State,Tags,Links,Unknown\nfirst,21,Half,\"red, \"\"green, light\"\"\",\"A, B\",x\n"), $$$"""{"target":{"table":"{{{sheet.Things}}}"}}"""));
        Assert.Equal("succeeded", (string?)job["state"]);
        var fields = Assert.Single(await person.ListAsync(baseId, sheet.Things))["fields"]!;
        Assert.Equal(("Half", 42.0, 2), ((string?)fields["State"], (double)fields["Twice"]!, fields["Links"]!.AsArray().Count));
        Sheet.Same("""["red","green, light"]""", fields["Tags"]);
        Assert.Equal(["A", "B"], (await person.ListAsync(baseId, sheet.Others)).Select(r => (string)r["fields"]!["Name"]!));
        Assert.Contains("Unknown", (string)Finding(job, "column-without-field")["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_made_of_a_column_is_suggested_for_the_next_file()
    {
        var (person, baseId) = await BaseAsync();
        var table = TableOf(await person.EndOfAsync(await person.ImportAsync(baseId, "a.csv", "Art.-Nr.,Preis\nA,12\n"u8.ToArray(), """
            {"mapping":{"newTable":"Stock","columns":[{"column":"Art.-Nr.","newField":{"name":"Article","type":"singleLineText"}},
             {"column":"Preis","newField":{"name":"Price","type":"currency","options":{"symbol":"CHF","precision":2}}}]}}
            """)));
        // Into the same table: by what became of it, though no field is called like it.
        await person.EndOfAsync(await person.ImportAsync(baseId, "b.csv", "ART NR,preis\nB,13\n"u8.ToArray(), $$$"""{"target":{"table":"{{{table}}}"}}"""));
        Sheet.Same("""{"Article":"B","Price":13}""", (await person.ListAsync(baseId, table))[1]["fields"]);
        Assert.Equal(2, (int)(await person.GetAsync($"/api/bases/{baseId}/import-mappings"))["mappings"]!.AsArray().First(m => (string)m!["column"]! == "preis")!["uses"]!);
        // Into a table of its own: as money, as before.
        var other = TableOf(await ImportAsync(person, baseId, "c.csv", "Name,Preis\nC,14\n"));
        var field = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == other)!["fields"]![1]!;
        Assert.Equal(("currency", "CHF"), ((string?)field["type"], (string?)field["options"]!["symbol"]));
    }

    [Fact]
    public async Task A_sheet_without_a_parts_list_that_is_dropped_becomes_its_rows()
    {
        var (person, baseId) = await BaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, "people.csv", "Name,City\nAnna,Bern\nBea,Basel\n"u8.ToArray()));
        Assert.Equal(("succeeded", "import"), ((string?)job["state"], (string?)job["kind"]));
        Assert.Equal(2, (await person.ListAsync(baseId, TableOf(job))).Count);
    }

    [Fact]
    public async Task Many_rows_are_found_by_search_and_told_as_versions()
    {
        var (person, baseId) = await BaseAsync();
        var job = await ImportAsync(person, baseId, "many.csv", "Name,Value\n" + string.Concat(Enumerable.Range(0, 12_345).Select(n => $"part {n},{n}\n")));
        Assert.Equal(12_345, (int)job["result"]!["tables"]![0]!["created"]!);
        var records = await person.ListAsync(baseId, TableOf(job), "&pageSize=1000");
        Assert.Equal(Enumerable.Range(0, 12_345), records.Select(r => (int)r["fields"]!["Value"]!));
        Assert.Single((await person.GetAsync($"/api/bases/{baseId}/search?q=part%2012321"))["results"]!.AsArray());
    }

    async Task<(Person Person, string BaseId)> BaseAsync()
    {
        var person = await installation.SignUpAsync();
        return (person, await person.CreateBaseAsync());
    }

    static async Task<JsonNode> ImportAsync(Person person, string baseId, string name, string text) =>
        await person.EndOfAsync(await person.ImportAsync(baseId, name, Encoding.UTF8.GetBytes(text)));

    static string TableOf(JsonNode job) => (string)job["result"]!["tables"]![0]!["id"]!;

    static JsonNode Finding(JsonNode job, string code) => job["findings"]!.AsArray().First(f => (string)f!["code"]! == code)!;
}
