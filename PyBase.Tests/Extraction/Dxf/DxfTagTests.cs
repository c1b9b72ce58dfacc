using System.Text;
using PyBase.Extraction;
using Xunit;

namespace PyBase.Tests.Extraction.Dxf;

/// <summary>Pairs of group code and value, as text and binary, and how their texts are encoded.</summary>
public sealed class DxfTagTests
{
    static readonly string Sample = DxfText.Drawing("""
        LINE 5=A1 8=0 10=1 20=2.5 11=3 21=4
        TEXT 5=A2 8=Notes 10=1.25 20=-2 40=2.5 50=90 1='a  b' 1001=ACAD 1000=x 1070=3 1071=70000
        INSERT 5=A3 8=0 2=B 10=1 20=2 66=1 70=2 71=3
        ATTRIB 5=A4 8=0 1=7 2=QTY
        SEQEND 5=A5
        """, "BLOCK 5=B1 2=B 10=0 20=0 70=0\nATTDEF 5=B2 8=0 1=1 3=How_many 2=QTY 70=0\nENDBLK 5=B3", "LAYER 5=C1 2=Notes 62=-3 70=4 6=DASHED 370=25 290=0");

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    public void Line_ends_do_not_matter(string lineEnd)
    {
        var file = DxfText.Ascii(Sample, lineEnd);
        Assert.Equal(DxfText.Show(DxfText.Read(Sample)), DxfText.Show(DxfText.Read(file)));
        for (var portion = 1; portion < 8; portion++)
        {
            var drip = PyBase.Extraction.Dxf.DxfReader.Read(new DripStream(file, portion), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(DxfText.Show(DxfText.Read(Sample)), DxfText.Show(drip));
            Assert.Equal(file.Length, drip.Source.Size);
        }
    }

    [Fact]
    public void Mixed_line_ends_comments_and_what_follows_the_end_do_no_harm()
    {
        var file = Encoding.Latin1.GetBytes("999\r\nmade by hand\n0\rSECTION\r\n  2\nENTITIES\n0\r\nTEXT\r\n 8\n0\n999\n0\n  1\r\nhello\n0\nENDSEC\n0\nEOF\ntrash\n\0\u0001");
        var result = DxfText.Read(file);
        Assert.Equal(["hello"], DxfText.Rows(result, "texts", "text"));
        Assert.Equal(FileFormat.Dxf, result.Source.Format);
        Assert.Empty(DxfText.Codes(result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_binary_twin_says_the_same(bool hasWideCodes)
    {
        var binary = DxfText.Read(DxfText.Binary(Sample, hasWideCodes));
        Assert.Equal(DxfText.Show(DxfText.Read(Sample)), DxfText.Show(binary));
        Assert.Equal(FileFormat.DxfBinary, binary.Source.Format);
        Assert.Empty(DxfText.Codes(binary));
    }

    [Fact]
    public void Binary_chunks_and_wide_integers_are_passed()
    {
        var drawing = DxfText.Drawing("TEXT 8=0 160=9999999999 310=00FF00 290=1 1=a\nTEXT 8=0 1=b");
        Assert.Equal(["a", "b"], DxfText.Rows(DxfText.Read(DxfText.Binary(drawing, true)), "texts", "text"));
    }

    [Fact]
    public void A_line_too_many_or_too_few_costs_one_pair_only()
    {
        var file = "0\nSECTION\n2\nENTITIES\n0\nTEXT\n8\n0\n1\na\nstray line\n0\nTEXT\n8\n1\nb\n0\nENDSEC\n0\nEOF\n";
        var result = DxfText.Read(Encoding.Latin1.GetBytes(file));
        Assert.Equal("a", DxfText.Rows(result, "texts", "text")[0]);
        Assert.Equal(["syntax-error"], DxfText.Codes(result).Distinct());
    }

    [Theory]
    // Before R2007 the declared page holds, but valid UTF-8 comes first.
    [InlineData("AC1018", "ANSI_1251", "\u00C2\u00E0\u00EB", "Вал")]
    [InlineData("AC1018", "dos866", "\u0082\u00A0\u00AB", "Вал")]
    [InlineData("AC1015", "ANSI_932", "\u0083\u0081", "メ")]
    [InlineData("AC1015", "ansi_1252", "\u00C3\u00A4", "ä")]
    [InlineData("AC1032", "ANSI_1252", "\u00E2\u008C\u0080", "⌀")]
    [InlineData("AC1032", "ANSI_1252", "\u00E4", "ä")]
    // Two bytes that are valid UTF-8 by accident: 联通 in GBK.
    [InlineData("AC1015", "ANSI_936", "\u00C1\u00AA\u00CD\u00A8", "联通")]
    [InlineData("AC1015", "ANSI_950", "\u00E4\u00B8\u00AD", "中")]
    [InlineData("AC1009", "ASCII", "\u00C4", "Ä")]
    [InlineData("AC1015", "ANSI_949", "\u00C4\u00A1\u00BC\u00F6", "치수")]
    [InlineData("AC1009", "dos932", "\u0090\u00A1\u0096\u0040", "寸法")]
    [InlineData("AC1018", "ANSI_950", "\u00A4\u00D8\u00A4\u006F", "尺寸")]
    [InlineData("AC1014", "ANSI_936", "\u00B3\u00DF\u00B4\u00E7", "尺寸")]
    [InlineData("AC1012", "ANSI_1256", "\u00E3\u00CA\u00D1", "متر")]
    [InlineData("AC1009", "dos850", "\u0084\u00F8", "ä°")]
    public void Texts_are_decoded(string version, string page, string bytes, string expected)
    {
        var drawing = DxfText.Drawing($"TEXT 8=0 1={bytes}", header: $"9=$ACADVER 1={version} 9=$DWGCODEPAGE 3={page}");
        Assert.Equal([expected], DxfText.Rows(DxfText.Read(drawing), "texts", "text"));
    }

    [Theory]
    [InlineData(@"94\U+00B0", "94°")]
    [InlineData(@"\U+2205\u+0041", "∅A")]
    [InlineData(@"\U+D83D\U+DE00", "😀")]
    [InlineData(@"\U+D83D", "\uFFFD")]
    [InlineData(@"\M+18381", "メ")]
    [InlineData(@"\M+5C1AA", "联")]
    [InlineData(@"\M+2A4D8\M+2A46F", "尺寸")]
    [InlineData(@"\M+3C4A1\M+3BCF6", "치수")]
    [InlineData(@"\U+00G0", @"\U+00G0")]
    [InlineData(@"\M+98381", @"\M+98381")]
    public void Escaped_characters_are_decoded(string raw, string expected) => Assert.Equal(expected, DxfText.Plain("TEXT", raw));

    [Fact]
    public void Undeclared_text_is_guessed_and_told()
    {
        var result = DxfText.Read(DxfText.Drawing("TEXT 8=0 1=\u00C4\u00E5\u00F2\u00E0\u00EB\u00FC", header: ""));
        Assert.Equal(["Деталь"], DxfText.Rows(result, "texts", "text"));
        Assert.Equal(["encoding-guessed"], DxfText.Codes(result));
        Assert.Equal("windows-1251", result.Source.Encoding);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\nworld\n")]
    [InlineData("0\n")]
    [InlineData("AutoCAD Binary DXF\r\n\u001a\0")]
    public void What_is_no_drawing_is_an_error(string file)
    {
        var result = DxfText.Read(Encoding.Latin1.GetBytes(file));
        Assert.True(result.HasErrors);
        Assert.Empty(result.Tables);
        Assert.Equal(FileFormat.Unknown, result.Source.Format);
    }
}
