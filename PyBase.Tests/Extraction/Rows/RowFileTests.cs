using System.Text;
using PyBase.Core.Imports;
using PyBase.Extraction;
using PyBase.Extraction.Rows;

namespace PyBase.Tests.Extraction.Rows;

/// <summary>Files of rows without a server: what a long or odd one costs, and what columns look like.</summary>
public sealed class RowFileTests
{
    [Theory]
    [InlineData("x", 1, "text-cut")]
    [InlineData("x,", 500, "columns-cut")]
    public void A_line_without_end_takes_the_memory_of_a_row(string repeated, int columns, string code)
    {
        var file = RowFile.Open(() => new Repeating(Encoding.ASCII.GetBytes(repeated), 48 << 20), "long.csv", new RowOptions { HasHeader = false }, TestContext.Current.CancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var rows = file.Rows(TestContext.Current.CancellationToken);
        Assert.True(rows.Read());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Equal(columns, rows.Count);
        Assert.False(rows.Read());
        Assert.Contains(file.Findings, finding => finding.Code == code);
    }

    [Fact]
    public void Lines_quotes_and_delimiters_are_what_they_look_like()
    {
        Assert.Equal("a|b\nc|d\"e|| f ", Row(",", "v,w,x,y,z\na,\"b\nc\",\"d\"\"e\",, f \n"));
        Assert.Equal("a|b;c", Row(";", "x;y\r\na;\"b;c\"\r\n"));
        Assert.Equal("a|b", Row("\t", "x\ty\ra\tb\r"));
        Assert.Equal("a|b", Row("|", "x|y\na|b"));
        Assert.Equal("a,b|c", Row(",", "x,y\n'a,b','c'\n'd','e'\n'f','g'\n"));
        Assert.Equal("a|b", Row(";", "sep=;\nx;y\na;b\n"));

        static string Row(string delimiter, string text)
        {
            var file = Open(text);
            Assert.Equal(delimiter, file.Delimiter.ToString());
            using var rows = file.Rows(TestContext.Current.CancellationToken);
            Assert.True(rows.Read());
            return string.Join('|', Enumerable.Range(0, rows.Count).Select(n => rows[n].ToString()));
        }
    }

    [Theory]
    [InlineData("1,5;2,25;10", "number", NumberForm.Comma)]
    [InlineData("1.234,5;7", "number", NumberForm.Comma)]
    [InlineData("1,234.5;7", "number", NumberForm.Point)]
    [InlineData("1'234.5;7", "number", NumberForm.Point)]
    [InlineData("007;8", "singleLineText", NumberForm.Point)]
    [InlineData("4006381333931123456;1", "singleLineText", NumberForm.Point)]
    [InlineData("12E45;13E46", "singleLineText", NumberForm.Point)]
    [InlineData("1.5.20;1.6.21", "singleLineText", NumberForm.Point)]
    [InlineData("12%;3,5%", "percent", NumberForm.Comma)]
    [InlineData("€ 1.203;12,50 €", "currency", NumberForm.Comma)]
    [InlineData("€ 1.5;€ 2,5", "singleLineText", NumberForm.Point)]
    [InlineData("2026-11-24;2025-01-02", "date", NumberForm.Point)]
    [InlineData("24.12.2026;1.2.2026", "date", NumberForm.Point)]
    [InlineData("2026-11-24T08:30:00+01:00;2025-01-02 10:00", "dateTime", NumberForm.Point)]
    [InlineData("ja;nein", "checkbox", NumberForm.Point)]
    [InlineData("a@b.ch;c@d.org", "email", NumberForm.Point)]
    [InlineData("+41 44 123 45 67;0041 44 123 45 67", "phoneNumber", NumberForm.Point)]
    public void A_column_is_what_all_its_cells_are(string cells, string type, NumberForm numbers)
    {
        var guess = new ColumnGuess();
        foreach (var cell in cells.Split(';'))
            guess.Add(cell, SourceKind.Text);
        var field = guess.Field("Column", prefersComma: false, isPrimary: false);
        Assert.Equal((type, numbers), (field.Spec.Type, field.Form.Numbers));
    }

    [Fact]
    public void Lists_in_a_text_come_apart_as_they_were_joined()
    {
        foreach (var items in (string[][])[["a", "b"], ["a, b", "c\"d"], [" x ", "y"], ["\"", ","]])
            Assert.Equal(items.Select(item => item.Trim()), ListText.Split(ListText.Join(items)));
    }

    static RowFile Open(string text) => RowFile.Open(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.csv", new RowOptions(), TestContext.Current.CancellationToken);

    /// <summary>The same bytes again and again.</summary>
    sealed class Repeating(byte[] bytes, long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = (int)Math.Min(buffer.Length, length - Position);
            for (var n = 0; n < read; n++)
                buffer[n] = bytes[(int)((Position + n) % bytes.Length)];
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin is SeekOrigin.Begin ? offset : throw new NotSupportedException();
        public override void Flush() { }
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
