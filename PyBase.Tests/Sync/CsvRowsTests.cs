using PyBase.Core.Sync;

namespace PyBase.Tests.Sync;

public sealed class CsvRowsTests
{
    [Theory]
    [InlineData("a,b\r\n1,2\r\n", "a b", "1|2")]
    [InlineData("a,b\n1,2", "a b", "1|2")]
    [InlineData("a,b\r1,2\r", "a b", "1|2")]
    [InlineData("a,b\n\n1\n\n", "a b", "1|")]
    [InlineData("a,b\n,\n", "a b", "|")]
    [InlineData(" a , b \n 1 ,2", "a b", " 1 |2")]
    [InlineData("a,b\n\"1,\"\"x\"\"\",\"line\nbreak\"\n", "a b", "1,\"x\"|line\nbreak")]
    [InlineData("\"a\",b\n\"\",2\n3,4", "a b", "|2;3|4")]
    [InlineData("a\n5\" pipe", "a", "5\" pipe")]
    public void A_text_is_read_as_people_and_programs_write_it(string text, string columns, string rows)
    {
        var csv = CsvRows.Read(text).Value;
        Assert.Equal((columns, rows), (string.Join(' ', csv.Columns), string.Join(';', csv.Rows.Select(row => string.Join('|', row)))));
    }

    [Theory]
    [InlineData("", "invalid-csv")]
    [InlineData("\n\n", "invalid-csv")]
    [InlineData("a,a\n1,2", "invalid-csv")]
    [InlineData("a,\n1,2", "invalid-csv")]
    [InlineData("a\n1,2", "invalid-csv")]
    [InlineData("a\n\"open", "invalid-csv")]
    public void What_is_none_is_refused(string text, string code) => Assert.Equal(code, CsvRows.Read(text).Error?.Code);

    [Fact]
    public void It_is_bounded()
    {
        Assert.Equal("sync-too-large", CsvRows.Read("a\n" + string.Concat(Enumerable.Repeat("1\n", CsvRows.MaxRows + 1))).Error?.Code);
        Assert.Equal("sync-too-large", CsvRows.Read(string.Join(',', Enumerable.Range(0, CsvRows.MaxColumns + 1))).Error?.Code);
        Assert.Equal(CsvRows.MaxRows, CsvRows.Read("a\n" + string.Concat(Enumerable.Repeat("1\n", CsvRows.MaxRows))).Value.Rows.Count);
    }
}
