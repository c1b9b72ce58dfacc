using System.Net;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>The wire form of every field type: what goes in, what comes out, what is refused and how.</summary>
public abstract class CellFormTests(Installation installation)
{
    [Theory]
    [InlineData("Name", """ "Ø 12 h7 · 壹" """, """ "Ø 12 h7 · 壹" """)]
    [InlineData("Name", """ "two\nlines" """, """ "two\nlines" """)]
    [InlineData("Name", """ "<b>\"&'\\" """, """ "<b>\"&'\\" """)]
    [InlineData("Name", """ " kept " """, """ " kept " """)]
    [InlineData("Name", """ "" """, null)]
    [InlineData("Name", "null", null)]
    [InlineData("Name", """ "no\u0000thing" """, """ "nothing" """)]
    [InlineData("Name", """ "\u0000" """, null)]
    [InlineData("Name", """ "\ud83d\ude00" """, """ "😀" """)]
    [InlineData("Name", """ "cut \ud83d" """, """ "cut \ufffd" """)]
    [InlineData("Name", """ "\ude00\ud83d" """, """ "\ufffd\ufffd" """)]
    [InlineData("Name", """ "\\ud83d \\u0000" """, """ "\\ud83d \\u0000" """)]
    [InlineData("Notes", """ "a\tb\r\nc" """, """ "a\tb\r\nc" """)]
    [InlineData("Count", "0", "0")]
    [InlineData("Count", "-12.75", "-12.75")]
    [InlineData("Count", "1e300", "1e300")]
    [InlineData("Count", "0.1", "0.1")]
    [InlineData("Count", "9007199254740993", "9007199254740992")]
    [InlineData("Count", "null", null)]
    [InlineData("Done", "true", "true")]
    [InlineData("Done", "false", null)]
    [InlineData("Done", "null", null)]
    [InlineData("State", """ "Open" """, """ "Open" """)]
    [InlineData("State", """ " Closed " """, """ "Closed" """)]
    [InlineData("State", """ "" """, null)]
    [InlineData("Day", """ "2026-02-28" """, """ "2026-02-28" """)]
    [InlineData("Day", """ "2026-02-28T23:59:59.999Z" """, """ "2026-02-28" """)]
    [InlineData("Day", """ "0001-01-01" """, """ "0001-01-01" """)]
    [InlineData("Day", """ "9999-12-31" """, """ "9999-12-31" """)]
    [InlineData("Day", """ "" """, null)]
    [InlineData("Files", "[]", null)]
    [InlineData("Links", "[]", null)]
    [InlineData("Links", "null", null)]
    [InlineData("Rich", """ "**bold** [x](y)\n" """, """ "**bold** [x](y)\n" """)]
    [InlineData("Mail", """ "a@example.org" """, """ "a@example.org" """)]
    [InlineData("Mail", """ "not an address" """, """ "not an address" """)]
    [InlineData("Web", """ "https://example.org/?q=1" """, """ "https://example.org/?q=1" """)]
    [InlineData("Phone", """ "+41 44 000 00 00" """, """ "+41 44 000 00 00" """)]
    [InlineData("Share", "0.5", "0.5")]
    [InlineData("Price", "-12.345", "-12.345")]
    [InlineData("Stars", "5", "5")]
    [InlineData("Stars", "0", null)]
    [InlineData("Time", "5400", "5400")]
    [InlineData("Lap", "61.5", "61.5")]
    [InlineData("Tags", """ ["green, light", "red"] """, """ ["green, light", "red"] """)]
    [InlineData("Tags", """ ["red", " red ", ""] """, """ ["red"] """)]
    [InlineData("Tags", "[]", null)]
    [InlineData("Code", """ {"text":"4006381333931","type":"ean13"} """, """ {"text":"4006381333931","type":"ean13"} """)]
    [InlineData("Code", """ {"text":"X"} """, """ {"text":"X"} """)]
    [InlineData("Code", """ {"text":""} """, null)]
    [InlineData("When", """ "2026-07-01T12:00:00.123Z" """, """ "2026-07-01T12:00:00.123Z" """)]
    [InlineData("When", """ "2026-07-01T12:00:00+02:00" """, """ "2026-07-01T10:00:00.000Z" """)]
    [InlineData("When", """ "2026-07-01T12:00" """, """ "2026-07-01T10:00:00.000Z" """)]
    [InlineData("When", """ "2026-01-01" """, """ "2025-12-31T23:00:00.000Z" """)]
    [InlineData("When", """ "2026-03-29T02:30:00" """, """ "2026-03-29T01:30:00.000Z" """)]
    [InlineData("Moment", """ "2026-07-01T12:00" """, """ "2026-07-01T12:00:00.000Z" """)]
    [InlineData("Moment", """ "0001-01-01T00:00:00Z" """, """ "0001-01-01T00:00:00.000Z" """)]
    [InlineData("Moment", """ "9999-12-31T23:59:59.999Z" """, """ "9999-12-31T23:59:59.999Z" """)]
    public Task A_value_comes_back_in_its_form(string field, string given, string? shown) => CheckAsync(field, given, shown, typecast: false);

    [Theory]
    [InlineData("Name", "12.50", """ "12.50" """)]
    [InlineData("Name", "true", """ "true" """)]
    [InlineData("Count", """ " 1,234.5 " """, "1234.5")]
    [InlineData("Count", """ "" """, null)]
    [InlineData("Done", """ "checked" """, "true")]
    [InlineData("Done", """ "no" """, null)]
    [InlineData("Done", "1", "true")]
    [InlineData("Done", "0", null)]
    [InlineData("State", """ "Waiting" """, """ "Waiting" """)]
    [InlineData("State", "7", """ "7" """)]
    [InlineData("Day", """ "12/24/2026" """, """ "2026-12-24" """)]
    [InlineData("Day", """ "24 Dec 2026" """, """ "2026-12-24" """)]
    [InlineData("Share", """ "12.5%" """, "0.125")]
    [InlineData("Share", """ "0.5" """, "0.5")]
    [InlineData("Price", """ "€1,200.50" """, "1200.5")]
    [InlineData("Price", """ "12 €" """, "12")]
    [InlineData("Stars", """ "3" """, "3")]
    [InlineData("Time", """ "1:30" """, "5400")]
    [InlineData("Time", """ "-0:30" """, "-1800")]
    [InlineData("Lap", """ "1:30" """, "90")]
    [InlineData("Lap", """ "1:00:00.5" """, "3600.5")]
    [InlineData("Tags", """ "red, blue" """, """ ["red", "blue"] """)]
    [InlineData("Tags", """ ["violet"] """, """ ["violet"] """)]
    [InlineData("Code", """ "123" """, """ {"text":"123"} """)]
    [InlineData("Moment", """ "7/1/2026 1:30pm" """, """ "2026-07-01T13:30:00.000Z" """)]
    public Task With_typecast_text_becomes_what_the_field_holds(string field, string given, string? shown) => CheckAsync(field, given, shown, typecast: true);

    [Theory]
    [InlineData("Name", "12", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Name", "true", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Name", "[]", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Notes", "{}", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Count", """ "12" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Count", "1e999", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Done", """ "true" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Done", "1", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("State", """ "Elsewhere" """, "INVALID_MULTIPLE_CHOICE_OPTIONS")]
    [InlineData("State", "3", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Day", """ "2026-02-30" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Day", """ "0000-01-01" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Day", """ "10000-01-01" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Day", """ "2026-02-28Tea" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Day", """ "28.02.2026" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Day", "20260228", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Files", """ [{"url":"ftp://example.org/a.png"}] """, "ATTACHMENTS_FAILED_UPLOADING")]
    [InlineData("Files", """ [{"id":"attAAAAAAAAAAAAAA"}] """, "ATTACHMENTS_FAILED_UPLOADING")]
    [InlineData("Files", """ [{"id":"\u0000"}] """, "ATTACHMENTS_FAILED_UPLOADING")]
    [InlineData("Files", """ "a.png" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Links", """ "recAAAAAAAAAAAAAA" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Links", """ ["recAAAAAAAAAAAAAA"] """, "ROW_DOES_NOT_EXIST")]
    [InlineData("Links", """ ["no id"] """, "ROW_DOES_NOT_EXIST")]
    [InlineData("Links", "[1]", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Mail", "1", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Share", """ "50%" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Stars", "6", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Stars", "2.5", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Stars", "-1", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Time", """ "1:30" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Tags", """ "red" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Tags", """ ["pink"] """, "INVALID_MULTIPLE_CHOICE_OPTIONS")]
    [InlineData("Tags", "[1]", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Code", """ "123" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Code", """ {"type":"ean13"} """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("When", """ "tomorrow" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("When", """ "7/1/2026" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("When", """ "2026-13-01T00:00:00Z" """, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("When", "1700000000", "INVALID_VALUE_FOR_COLUMN")]
    public async Task A_value_of_the_wrong_form_is_refused(string field, string given, string error)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), $$$"""{"fields":{"{{{field}}}":{{{given}}}}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, error), (answer.Status, answer.Error));
        if (error is "INVALID_VALUE_FOR_COLUMN")
            Assert.Equal($"Field \"{field}\" cannot accept the provided value", (string?)answer.Json["error"]!["message"]);
    }

    [Theory]
    [InlineData("Count", """ "twelve" """)]
    [InlineData("Count", """ "Infinity" """)]
    [InlineData("Day", """ "someday" """)]
    [InlineData("Name", "{}")]
    public async Task Typecast_does_not_make_sense_of_nonsense(string field, string given)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), $$$"""{"typecast":true,"fields":{"{{{field}}}":{{{given}}}}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_VALUE_FOR_COLUMN"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Text_is_bounded_and_so_are_choices()
    {
        var sheet = await Sheet.SharedAsync(installation);
        await CheckAsync("Notes", $"\"{new string('x', 100_000)}\"", $"\"{new string('x', 100_000)}\"", typecast: false);
        foreach (var (field, given) in ((string, string)[])[("Notes", $"\"{new string('x', 100_001)}\""), ("Notes", new string('7', 200_000)), ("State", $"\"{new string('x', 1_001)}\"")])
            Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), $$$"""{"typecast":true,"fields":{"{{{field}}}":{{{given}}}}}""")).Error);
    }

    async Task CheckAsync(string field, string given, string? shown, bool typecast)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var made = await sheet.OkAsync("POST", sheet.PathOf(sheet.Things), $$$"""{"typecast":{{{(typecast ? "true" : "false")}}},"fields":{"{{{field}}}":{{{given}}}}}""");
        var expected = shown is null ? "{}" : $$"""{"{{field}}":{{shown}}}""";
        Sheet.Same(expected, made["fields"]);
        Sheet.Same(expected, await sheet.FieldsAsync(sheet.Things, (string)made["id"]!));
        Assert.Matches("^rec[A-Za-z0-9]{14}$", (string)made["id"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)made["createdTime"]!);
    }
}

[Collection(OnStandalone.Name)]
public sealed class CellFormOnStandaloneTests(StandaloneInstallation installation) : CellFormTests(installation);

[Collection(OnCluster.Name)]
public sealed class CellFormOnClusterTests(DistributedInstallation installation) : CellFormTests(installation);
