using System.Net;
using System.Text;
using System.Text.Json;
using PyBase.Tests.Computing;
using PyBase.Tests.Fields;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>
/// Records, names and formulas that want to hurt: a clear refusal or the right answer, and nothing lost. What is elsewhere: rings of ten thousand links in TreeTests,
/// a formula over itself through two tables in FormulaFieldTests, 3,000 fields come and gone in ManyFieldsTests, definitions in HostileInputTests.
/// </summary>
[Collection(OnStandalone.Name)]
public sealed class HostileRecordTests(StandaloneInstallation installation)
{
    [Theory]
    [InlineData("1e309")]
    [InlineData("-1e309")]
    [InlineData("1e999999999")]
    [InlineData("123456789012345678901234567890e300")]
    public async Task A_number_beyond_double_is_refused(string number)
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"N","type":"number","options":{"precision":8}}""");
        foreach (var typecast in (bool[])[false, true])
            Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.TryAddAsync($$"""{"N":{{(typecast ? $"\"{number}\"" : number)}}}""", typecast)).Error);
        Assert.Equal("[]", await table.ColumnAsync("N"));
    }

    [Theory]
    [InlineData("""'; drop schema pybase cascade; --""")]
    [InlineData("""a"b""")]
    [InlineData("""$1""")]
    [InlineData("""{Name}""")]
    [InlineData("""select""")]
    [InlineData("""a\b""")]
    [InlineData("""%s%n--/*""")]
    public async Task Names_that_look_like_sql_are_names(string name)
    {
        var quoted = JsonSerializer.Serialize(name);
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var made = await Sheet.SendAsync(person.Client, "POST", $"/v0/meta/bases/{baseId}/tables", $$$"""
            {"name":{{{quoted}}},"fields":[{"name":{{{quoted}}},"type":"singleLineText"},{"name":"Choice","type":"singleSelect","options":{"choices":[{"name":{{{quoted}}} }]} }],"views":[{"name":{{{quoted}}} }]}
            """);
        Assert.True(made.Status is HttpStatusCode.OK, made.Text);
        var path = $"/v0/{baseId}/{Uri.EscapeDataString(name)}";
        var record = await Sheet.SendAsync(person.Client, "POST", path, $$$"""{"fields":{ {{{quoted}}}:{{{quoted}}},"Choice":{{{quoted}}} } }""");
        Assert.True(record.Status is HttpStatusCode.OK, record.Text);
        var id = (string)record.Json["id"]!;
        var field = (string)made.Json["fields"]![0]!["id"]!;
        foreach (var query in new[]
        {
            $"?fields[]={Uri.EscapeDataString(name)}", $"?sort[0][field]={Uri.EscapeDataString(name)}", $"?view={Uri.EscapeDataString(name)}", $"?search={Uri.EscapeDataString(name)}",
            $"?filterByFormula={Uri.EscapeDataString($"{{{field}}} = \"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"")}",
        })
        {
            var found = await Sheet.SendAsync(person.Client, "GET", path + query);
            Assert.True(found.Status is HttpStatusCode.OK && (string?)found.Json["records"]![0]?["id"] == id, $"{query}: {found.Text}");
        }
        Assert.Equal(name, (string)(await Sheet.SendAsync(person.Client, "GET", $"{path}/{id}")).Json["fields"]![name]!);
    }

    [Fact]
    public async Task Six_hundred_fields_are_refused_at_once_and_stop_at_the_limit_one_by_one()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var tables = $"/v0/meta/bases/{sheet.BaseId}/tables";
        var fields = string.Join(',', Enumerable.Range(0, 600).Select(n => $$$"""{"name":"f{{{n}}}","type":"number","options":{"precision":0}}"""));
        Assert.Equal("TOO_MANY_FIELDS", (await sheet.SendAsync("POST", tables, $$"""{"name":"Wide","fields":[{{fields}}]}""")).Error);
        Assert.Equal(2, (await sheet.OkAsync("GET", tables))["tables"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_body_of_a_hundred_megabytes_is_refused_before_it_is_sent_and_while_it_comes()
    {
        var sheet = await Sheet.SharedAsync(installation);
        using var announced = new HttpRequestMessage(HttpMethod.Post, sheet.PathOf("Things")) { Content = new Zeros(100 << 20, isAnnounced: true) };
        announced.Headers.ExpectContinue = true;
        using var refused = await sheet.Person.Client.SendAsync(announced, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal(0, ((Zeros)announced.Content).Sent);

        // Of unknown length it is read as far as it may be; then the server answers, or closes the connection under the sender's hands.
        using var chunked = new HttpRequestMessage(HttpMethod.Post, sheet.PathOf("Things")) { Content = new Zeros(100 << 20, isAnnounced: false) };
        try
        {
            using var cut = await sheet.Person.Client.SendAsync(chunked, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, cut.StatusCode);
        }
        catch (HttpRequestException closed) when (closed.InnerException is IOException)
        {
        }
        Assert.InRange(((Zeros)chunked.Content).Sent, 1, 64 << 20);
        await sheet.AddAsync("Things", "{}");
    }

    [Fact]
    public async Task A_catastrophic_pattern_answers_at_once()
    {
        var table = await OwnTable.CreateAsync(installation);
        await table.AddAsync($$"""{"Name":"{{new string('a', 20_000)}}!"}""");
        foreach (var pattern in (string[])["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "^([a-z]+)*$"])
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var answer = await table.Person.Client.GetAsync($"{table.Path}?filterByFormula={Uri.EscapeDataString($"REGEX_MATCH({{Name}}, '{pattern}')")}", patience.Token);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{pattern}: {answer.StatusCode}");
            if (answer.StatusCode is HttpStatusCode.OK)
                Assert.Contains("\"records\":[]", await answer.Content.ReadAsStringAsync(patience.Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Formulas_of_any_length_and_depth_are_answered_or_refused()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"N","type":"number","options":{"precision":0}}""");
        await table.AddAsync("""{"Name":"x","N":1}""");
        (string Formula, string? Error)[] formulas =
        [
            (new string('(', 500) + "N" + new string(')', 500) + " = 1", null),
            (string.Concat(Enumerable.Repeat("IF(N, ", 400)) + "1" + string.Concat(Enumerable.Repeat(", 0)", 400)), null),
            ($"OR({string.Join(", ", Enumerable.Range(0, 499).Select(n => $"N = {n}"))})", null),
            ($"Name = \"{new string('y', 17_000)}\" & \"\" & \"x\" = 0", null),
            (new string('(', 50_000) + "1", "INVALID_FILTER_BY_FORMULA"),
            ($"\"{new string('z', 2_000_000)}\" = Name", "INVALID_FILTER_BY_FORMULA"),
        ];
        foreach (var (formula, error) in formulas)
        {
            var answer = await table.SendAsync("POST", $"{table.Path}/listRecords", JsonSerializer.Serialize(new { filterByFormula = formula }));
            Assert.True(error is null ? answer.Status is HttpStatusCode.OK : answer.Error == error, $"{formula[..40]}…: {(int)answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
        }
    }

    [Fact]
    public async Task Two_writers_of_tables_that_look_each_other_up_both_get_through()
    {
        var board = await Board.CreateAsync(installation, "A", "B");
        await board.AddAsync("A.N", "number");
        await board.AddAsync("B.N", "number");
        await board.AddAsync("A.Bs", "multipleRecordLinks", """{"linkedTableId":"B"}""");
        await board.AddAsync("A.Sum", "rollup", """{"recordLinkFieldId":"A.Bs","fieldIdInLinkedTable":"B.N"}""");
        await board.AddAsync("B.Sum", "rollup", """{"recordLinkFieldId":"B.A","fieldIdInLinkedTable":"A.N"}""");
        var (a, b) = ((await board.RowsAsync("A", "{}"))[0], (await board.RowsAsync("B", "{}"))[0]);
        await board.SetAsync("A", a, $$"""{"Bs":["{{b}}"]}""");
        await Task.WhenAll(Write("A", a), Write("B", b), Write("A", a), Write("B", b));
        Assert.Equal((await board.TextAsync("B", b, "N"), await board.TextAsync("A", a, "N")), (await board.TextAsync("A", a, "Sum"), await board.TextAsync("B", b, "Sum")));

        async Task Write(string table, string record)
        {
            for (var n = 1; n <= 20; n++)
                Assert.Equal(HttpStatusCode.OK, (await board.SetAsync(table, record, $$"""{"N":{{n}}}""")).Status);
        }
    }

    /// <summary>A long body that counts what of it was asked for.</summary>
    sealed class Zeros : HttpContent
    {
        readonly long length;
        readonly bool isAnnounced;

        public Zeros(long length, bool isAnnounced)
        {
            (this.length, this.isAnnounced) = (length, isAnnounced);
            Headers.ContentType = new("application/json");
        }

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = Encoding.ASCII.GetBytes(new string('0', 1 << 20));
            for (; Sent < length; Sent += piece.Length)
                await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long announced)
        {
            announced = length;
            return isAnnounced;
        }
    }
}
