using System.Globalization;
using System.IO.Compression;
using System.Text;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Pdf;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>Small files that stand for much, or for what has no end: PdfPig alone would fill the memory or end the process.</summary>
public sealed class PdfHostileTests
{
    const string Form = "/Type /XObject /Subtype /Form /BBox [0 0 100 100]", Square = "<< /FunctionType 2 /Domain [0 1] /N 2 >>", Letters = "BT /F1 10 Tf 20 50 Td (read) Tj ET ";

    [Fact]
    public void A_page_of_more_letters_than_memory_is_there_for_is_left_out_and_the_next_is_read()
    {
        var result = Read($"BT /F1 1 Tf 1 1 Td ({new string('a', 1_100_000)}) Tj ET", "");

        Assert.Equal([PdfFindingCode.PageTooLarge], Codes(result));
        Assert.Equal(4, result.Statistics.Entities);
    }

    [Theory]
    [InlineData("BT /F1 1 Tf 1 1 Td (0123456789012345678901234567890123456789) Tj ET", 30_000)]
    [InlineData("q 0 0 m 9 9 l S Q 0 0 m 9 9 l S 0 0 m 9 9 l S 0 0 m 9 9 l S 0 0 m 9 9 l S", 60_000)]
    [InlineData("", 110_000)]
    public void A_form_counts_as_often_as_it_is_drawn(string form, int times)
    {
        var result = Read(Repeat("/A Do ", times), "/XObject << /A 7 0 R >>", Stream(Form, form));

        Assert.Equal([PdfFindingCode.PageTooLarge], Codes(result));
        Assert.Equal(4, result.Statistics.Entities);
    }

    [Fact]
    public void Forms_that_each_draw_the_next_twice_are_counted_and_not_drawn()
    {
        var names = string.Concat(Enumerable.Range(0, 30).Select(i => $"/A{i} {i + 7} 0 R "));
        var forms = Enumerable.Range(1, 30).Select(i => Stream(Form, i < 30 ? $"/A{i} Do q /#41{i} Do Q" : Letters)).ToArray();

        var result = Read("/A0 Do", $"/XObject << {names} >>", forms);

        Assert.Equal([PdfFindingCode.PageTooLarge], Codes(result));
        Assert.Equal(4, result.Statistics.Entities);
    }

    [Theory]
    [InlineData(1_000_000, 4 + 4)]
    [InlineData(500_000, 4)]
    [InlineData(200_000, 0)]
    public void Broken_operators_of_a_form_count_for_each_page_that_draws_it(int limit, int letters)
    {
        // 600 sound operators before each of 600 broken ones: 360,000 steps and those of the broken ones before.
        var broken = Stream(Form, Repeat("q Q ", 300) + Repeat("what ", 600) + Letters);
        var file = PdfText.Assemble([.. new[]
        {
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /Resources << /Font << /F1 6 0 R >> /XObject << /A 7 0 R >> >> >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 5 0 R >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 5 0 R >>",
            Stream("", "/A Do"), Helvetica, broken,
        }.Select(Encoding.Latin1.GetBytes)]);

        Assert.Equal(letters, PdfText.Read(file, new PdfOptions { MaxLostSteps = limit }).Statistics.Entities);
    }

    [Fact]
    public void A_page_of_so_many_broken_operators_that_reading_takes_seconds_is_left_out()
    {
        var result = Read(Repeat("q Q ", 10_000) + Repeat("what ", 12_000), "");

        Assert.Equal([PdfFindingCode.PageTooLarge], Codes(result));
    }

    [Theory]
    [InlineData("/A Do", "/XObject << /A 7 0 R >>", $"<< {Form} /Length 5 >>\nstream\n/A Do\nendstream")]
    [InlineData("/A Do", "/XObject << /A 7 0 R /B 8 0 R >>", $"<< {Form} /Length 5 >>\nstream\n/B Do\nendstream", $"<< {Form} /Length 7 >>\nstream\n/#41 Do\nendstream")]
    [InlineData("/C cs 0 sc", "/ColorSpace << /C 7 0 R >>", "[/Separation /X 7 0 R 8 0 R]", Square)]
    [InlineData("/C cs 0 sc", "/ColorSpace << /C 7 0 R >>", "[/DeviceN [/X] [/Indexed 7 0 R 1 <0001>] 8 0 R]", Square)]
    [InlineData("/C cs 0 sc", "/ColorSpace << /C [/Separation /X /DeviceGray 7 0 R] >>", "<< /FunctionType 3 /Domain [0 1] /Functions [7 0 R] /Bounds [] /Encode [0 1] >>")]
    [InlineData("/S sh", "/Shading << /S 7 0 R >>", "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 1] /Function 8 0 R >>", "<< /FunctionType 3 /Domain [0 1] /Functions [8 0 R] /Bounds [] /Encode [0 1] >>")]
    [InlineData("/Pattern cs /P scn", "/Pattern << /P << /PatternType 2 /Shading 7 0 R >> >>", "<< /ShadingType 2 /ColorSpace [/Separation /X 8 0 R 9 0 R] /Coords [0 0 1 1] /Function 9 0 R >>", "[/Separation /X 8 0 R 9 0 R]", Square)]
    [InlineData("/G gs", "/ExtGState << /G << /SMask << /S /Alpha /G 8 0 R /TR 7 0 R >> >> >>", "<< /FunctionType 3 /Domain [0 1] /Functions [7 0 R] /Bounds [] /Encode [0 1] >>", $"<< {Form} /Length 3 >>\nstream\nq Q\nendstream")]
    public void What_leads_back_to_itself_costs_its_pages_and_no_other(string content, string resources, params string[] objects)
    {
        var result = Read(content, resources, objects);

        Assert.Equal([PdfFindingCode.PageBroken], Codes(result));
        Assert.Equal(4, result.Statistics.Entities);
    }

    [Fact]
    public void So_does_a_calculation_of_too_many_braces()
    {
        var result = Read("/C cs 0 sc", "/ColorSpace << /C [/Separation /X /DeviceGray 7 0 R] >>", Stream("/FunctionType 4 /Domain [0 1] /Range [0 1]", new string('{', 100_000) + new string('}', 100_000)));

        Assert.Equal([PdfFindingCode.PageBroken], Codes(result));
        Assert.Equal(4, result.Statistics.Entities);
    }

    [Theory]
    [MemberData(nameof(Fonts))]
    public void Glyphs_whose_programs_call_themselves_are_not_run(string file, string font, bool isPacked)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes(font));

        var result = Read("BT /F2 10 Tf 20 50 Td (ttt) Tj ET", "/Font << /F1 6 0 R /F2 7 0 R >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /A /FirstChar 116 /LastChar 116 /Widths [500] /Encoding /WinAnsiEncoding /FontDescriptor 8 0 R >>",
            $"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /{file} 9 0 R >>",
            isPacked ? Stream("/Subtype /Type1C /Filter /FlateDecode", Encoding.Latin1.GetString(packed.ToArray())) : Stream("/Subtype /Type1C", font));

        Assert.Empty(Codes(result));
        Assert.Equal(3 + 4, result.Statistics.Entities);
    }

    /// <summary>Type 1: a subroutine that calls itself, an accented letter that is its own accent; compact: thirty subroutines that call the next twice.</summary>
    public static TheoryData<string, string, bool> Fonts
    {
        get
        {
            string own = PdfFonts.Type1([139, 10, 11], [139, 239, 13, 139, 10, 14]), accent = PdfFonts.Type1([11], [139, 239, 13, 139, 139, 139, 247, 8, 247, 8, 12, 6, 14]);
            var compact = PdfFonts.Compact([.. Enumerable.Range(33, 30).Select(next => (byte[])[(byte)next, 29, (byte)next, 29, 11]), [140, 140, 21, 11]], [32, 29, 14]);
            return new() { { "FontFile", own, false }, { "FontFile", own, true }, { "FontFile", accent, true }, { "FontFile3", compact, false }, { "FontFile3", compact, true } };
        }
    }

    [Theory]
    [InlineData(8, "/XObject << /A 7 0 R >>", $"<< {Form} /Resources << /XObject << /A 7 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream")]
    [InlineData(8, "/XObject << /A 7 0 R >>", "7 0 R")]
    [InlineData(8, "/XObject << /A 7 0 R >>", "%\n8 0 R", "[ 9 %\n0 R ]", "[7 0 R]")]
    [InlineData(4, "/XObject 7 0 R", "[7 0 R]")]
    [InlineData(4, "/ColorSpace << /C 7 0 R >>", "[8 0 R]", "[7 0 R]")]
    public void What_only_refers_to_itself_is_left_out(int letters, string resources, params string[] objects)
    {
        var result = Read($"{Letters} /A Do", resources, objects);

        Assert.Equal(letters, result.Statistics.Entities);
    }

    [Theory]
    [InlineData("/Names << /Dests 7 0 R >>", "<< /Kids [7 0 R] >>")]
    [InlineData("/Names << /#44e#73ts 7 0 R >>", "<< /Kids [8 0 R] >>", "<< /Kids [7 0 R] >>")]
    [InlineData("/Dests 7 0 R", "7 0 R")]
    public void A_file_whose_destinations_lead_back_to_themselves_is_opened(string catalogue, params string[] objects)
    {
        Assert.Equal(8, PdfText.Read(File(Letters, "", catalogue, objects)).Statistics.Entities);
    }

    [Theory]
    [InlineData("<< /Type /Catalog /Pages 2 0 R /Names << /Dests 8 0 R >> >>", "<< /Kids [8 0 R] >>")]
    [InlineData("<< /Type /Catalog /Pages 2 0 R /Names 8 0 R >>", "8 0 R")]
    public void So_it_is_where_they_are_packed(string catalogue, string names)
    {
        Assert.Equal(4, PdfText.Read(Packed(catalogue, names)).Statistics.Entities);
    }

    [Fact]
    public void References_in_a_row_that_end_somewhere_are_followed()
    {
        var result = Read($"{Letters} /A Do", "/XObject 7 0 R", "8 0 R", "[9 0 R]", "<< /A 10 0 R >>", "11 0 R", Stream(Form, Letters));

        Assert.Equal([], Codes(result));
        Assert.Equal(12, result.Statistics.Entities);
    }

    const string Helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

    // A page to try, and one of four letters; further objects are numbered from 7 on.
    static ExtractionResult Read(string content, string resources, params string[] objects) =>
        PdfText.Read(File(content, resources, "", objects), new PdfOptions { MaxTime = TimeSpan.FromSeconds(20) });

    static byte[] File(string content, string resources, string catalogue, params string[] objects) => PdfText.Assemble([.. ((string[])
    [
        $"<< /Type /Catalog /Pages 2 0 R {catalogue} >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents [5 0 R] /Resources << /Font << /F1 6 0 R >> {resources} >> >>",
        $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents {7 + objects.Length} 0 R /Resources << /Font << /F1 6 0 R >> >> >>",
        Stream("", content), Helvetica, .. objects, Stream("", Letters),
    ]).Select(Encoding.Latin1.GetBytes)]);

    // PDF 1.5: the catalogue (1) and names (8) are in a packed stream of objects (6), the table of places is a stream too (7).
    static byte[] Packed(string catalogue, string names)
    {
        var pairs = $"1 0 8 {catalogue.Length + 1} ";
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes($"{pairs}{catalogue} {names}"));
        var file = new MemoryStream();
        file.Write("%PDF-1.5\n"u8);
        byte[][] entries = [[0, 0, 0, 0], [2, 0, 6, 0], [], [], [], [], [], [], [2, 0, 6, 1]];
        Add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Add(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>");
        Add(4, Stream("", Letters));
        Add(5, Helvetica);
        Add(6, $"<< /Type /ObjStm /N 2 /First {pairs.Length} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream");
        var start = file.Position;
        entries[7] = Place(start);
        Add(7, $"<< /Type /XRef /Size 9 /W [1 2 1] /Root 1 0 R /Length 36 >>\nstream\n{string.Concat(entries.Select(Encoding.Latin1.GetString))}\nendstream");
        file.Write(Encoding.Latin1.GetBytes($"startxref\n{start}\n%%EOF\n"));
        return file.ToArray();

        void Add(int number, string content)
        {
            entries[number] = Place(file.Position);
            file.Write(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n{content}\nendobj\n")));
        }

        static byte[] Place(long at) => [1, (byte)(at >> 8), (byte)at, 0];
    }

    static string Stream(string about, string content) => $"<< {about} /Length {content.Length} >>\nstream\n{content}\nendstream";

    static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));

    static string[] Codes(ExtractionResult result) => [.. result.Findings.Select(finding => finding.Code)];
}
