using System.Diagnostics;
using System.Globalization;
using PyBase.Extraction.Dxf;
using Xunit;

namespace PyBase.Tests.Extraction.Dxf;

/// <summary>Broken and hostile files: bounded time and memory, a finding, never an exception.</summary>
public sealed class DxfHostileTests
{
    static readonly string Sample = DxfText.Drawing(
        """
        TEXT 5=A2 8=Notes 10=1 20=2 40=2.5 1='%%c20 ^J \U+00B0'
        MTEXT 5=A6 8=0 3='{\fArial|b0;x}\P' 1='\S1^2;' 1001=ACAD 1000=ACAD_MTEXT_COLUMNS_BEGIN 1070=47 1070=1 1005=A2 1000=ACAD_MTEXT_COLUMNS_END
        INSERT 5=A3 8=0 2=B 70=2 71=3
        ATTRIB 5=A4 8=0 1=7 2=QTY 101='Embedded Object' 1=x
        SEQEND 5=A5
        DIMENSION 5=D1 8=0 2=*D1 70=32 1='<>' 42=12.5 3=S 13=0 23=0 14=1 24=1 1001=ACAD 1000=DSTYLE 1002={ 1070=47 1040=0.1 1002=}
        TOLERANCE 5=D2 8=0 1='{\Fgdt;j}%%v{\Fgdt;n}0.1{\Fgdt;m}%%vA%%vB'
        MULTILEADER 5=D3 300=CONTEXT_DATA{ 304=hello 302=LEADER{ 304=LEADER_LINE{ 10=1 20=2 305=} 303=} 301=}
        ACAD_TABLE 5=D4 8=0 2=*T1 91=1 92=2 141=1 142=1 142=1 171=1 175=2 176=1 301=CELL_VALUE 90=4 1=a 302=a 304=ACVALUE_END 171=1 173=1 1=b
        LEADER 5=D5 8=0 10=1 20=1 340=A6
        """,
        "BLOCK 5=B1 2=B 10=0 20=0 70=4 1=b.dwg\nATTDEF 5=B2 8=0 1=1 3=p 2=QTY 70=2\nENDBLK 5=B3\nBLOCK 2=*D1\nMTEXT 8=0 1='\\A1;12,5'\nENDBLK",
        "LAYER 5=C1 2=Notes 62=-3 70=4\nDIMSTYLE 105=C2 2=S 47=0.1 48=0.2 71=1 271=2\nBLOCK_RECORD 5=C3 2=B 1001=AcDbBlockRepBTag 1005=C3",
        "LAYOUT 5=E1 1=x 1=Sheet 71=1 330=C3\nIMAGEDEF 5=E2 1=a.png");

    static byte[] File(bool isBinary) => isBinary ? DxfText.Binary(Sample, hasWideCodes: true) : DxfText.Ascii(Sample);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_cut_at_any_byte_is_read_as_far_as_it_goes(bool isBinary)
    {
        var bytes = File(isBinary);
        var whole = DxfText.Read(bytes);
        Assert.False(whole.HasErrors);
        for (var length = 0; length < bytes.Length - 8; length++)
        {
            var result = DxfText.Read(bytes[..length]);
            Assert.True(result.HasErrors || result.Findings.Any(finding => finding.Code == "end-mark-missing"), $"{length}");
            Assert.All(result.Tables, table => Assert.Equal(table.RowCount, table.Rows.Count()));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flipped_bits_never_throw_and_give_the_same_twice(bool isBinary)
    {
        var random = new Random(1982);
        var sample = File(isBinary);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = (byte[])sample.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var first = DxfText.Read(bytes);
            var drip = DxfReader.Read(
                new DripStream(bytes, random.Next(1, 40)), new DxfOptions { BufferBytes = 64 }, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(DxfText.Show(first), DxfText.Show(drip));
            Assert.Equal(first.Findings, drip.Findings);
        }
    }

    [Fact]
    public void Lines_in_any_order_never_throw()
    {
        var random = new Random(9);
        var lines = System.Text.Encoding.Latin1.GetString(File(isBinary: false)).Split('\n');
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Join('\n', Enumerable.Range(0, random.Next(1, 300)).Select(_ => lines[random.Next(lines.Length)]));
            DxfText.Show(DxfText.Read(System.Text.Encoding.Latin1.GetBytes((round % 2 == 0 ? "0\nSECTION\n2\nENTITIES\n" : "") + text)));
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("0\n")]
    [InlineData("0\nTEXT\n")]
    [InlineData("1\n\\A")]
    [InlineData("102\n{x\n")]
    [InlineData("0\nINSERT\n")]
    [InlineData("0\nATTRIB\n2\nQTY\n")]
    [InlineData("0\nBLOCK\n")]
    [InlineData("0\nACAD_TABLE\n92\n1\n171\n1\n1\nx\n")]
    [InlineData("171\n1\n")]
    [InlineData("304\nx\n")]
    [InlineData("1000\nx\n")]
    [InlineData("3\nx\n")]
    public void Megabytes_of_one_thing_cost_bounded_time(string thing)
    {
        var noise = string.Concat(Enumerable.Repeat(thing, 500_000 / thing.Length));
        foreach (var start in (string[])["", "0\nSECTION\n2\nENTITIES\n", "0\nSECTION\n2\nENTITIES\n0\nMTEXT\n1\n", "0\nSECTION\n2\nENTITIES\n0\nACAD_TABLE\n92\n2\n171\n1\n", "0\nMULTILEADER\n300\nCONTEXT_DATA{\n", "0\nMTEXT\n1001\nACAD\n"])
        {
            var started = Stopwatch.GetTimestamp();
            DxfText.Show(DxfText.Read(System.Text.Encoding.Latin1.GetBytes(start + noise)));
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), $"{thing} after {start}");
        }
    }

    [Fact]
    public void A_long_line_is_cut()
    {
        var result = DxfText.Read(DxfText.Drawing($"TEXT 8=0 1={new string('x', 3_000_000)}\nTEXT 8=0 1=after"));
        Assert.Equal([65_536, 5], DxfText.Rows(result, "texts", "text").Select(text => text.Length));
        Assert.Equal(["text-cut"], DxfText.Codes(result));
        Assert.True(result.Truncated);
    }

    [Fact]
    public void More_records_than_allowed_are_an_error()
    {
        var texts = string.Concat(Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"TEXT 8=0 1=t{i}\n")));
        var result = DxfText.Read(DxfText.Drawing(texts), new DxfOptions { MaxRecords = 50 });
        Assert.Equal(["drawing-too-large"], DxfText.Codes(result));
        Assert.True(result.HasErrors && result.Truncated);
    }

    [Fact]
    public void More_rows_than_allowed_are_told()
    {
        var result = DxfText.Read(DxfText.Drawing("TEXT 8=0 1=a\nTEXT 8=0 1=b\nTEXT 8=0 1=c"), new DxfOptions { MaxRows = 2 });
        Assert.Equal(["a", "b"], DxfText.Rows(result, "texts", "text"));
        Assert.Equal(["rows-cut"], DxfText.Codes(result));
        Assert.True(result.Truncated);
    }

    [Fact]
    public void Blocks_that_contain_themselves_are_no_trouble()
    {
        var result = DxfText.Read(DxfText.Drawing("INSERT 8=0 2=A", "BLOCK 2=A\nINSERT 8=0 2=B\nENDBLK\nBLOCK 2=B\nINSERT 8=0 2=A 70=30000 71=30000\nENDBLK"));
        Assert.Equal(["A;2", "B;1"], DxfText.Rows(result, "blocks", "name", "insert_count"));
    }

    [Fact]
    public void Cancellation_is_seen()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => DxfReader.Read(new MemoryStream(File(false)), cancellationToken: source.Token));
    }
}
