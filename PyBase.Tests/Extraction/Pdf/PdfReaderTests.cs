using System.Text;
using PyBase.Extraction;
using PyBase.Extraction.Pdf;
using PyBase.Extraction.Pdf.Ocr;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

public sealed class PdfReaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(-41)]
    [InlineData(180)]
    public void Text_at_any_angle_is_one_line(double angle) =>
        Assert.Equal(["Upper cover 30"], PdfText.Rows(new PdfText().Text(300, 200, "Upper cover 30", 12, angle).Read(), "text_lines", "text"));

    [Fact]
    public void A_ruled_table_keeps_cells_that_span()
    {
        var pdf = new PdfText().Box(50, 200, 300, 90).Line(50, 230, 350, 230).Line(50, 260, 350, 260).Line(150, 200, 150, 290).Line(250, 200, 250, 260)
            .Text(60, 270, "Part").Text(200, 270, "Sizes").Text(60, 240, "Plate").Text(160, 240, "20").Text(260, 240, "10").Text(60, 210, "Rod").Text(160, 210, "7").Text(260, 210, "5");

        Assert.Equal(["1;1;1;Part", "1;2;2;Sizes", "2;1;1;Plate", "2;2;1;20", "2;3;1;10", "3;1;1;Rod", "3;2;1;7", "3;3;1;5"], PdfText.Rows(pdf.Read(), "tables", "row", "col", "colspan", "text"));
    }

    [Fact]
    public void A_table_goes_on_on_the_next_page_without_its_heading()
    {
        var pdf = new PdfText();
        foreach (var first in (int[])[1, 3])
        {
            if (first > 1)
                pdf.Page();
            pdf.Box(50, 200, 200, 60).Line(50, 220, 250, 220).Line(50, 240, 250, 240).Line(150, 200, 150, 260).Text(60, 246, "Name").Text(160, 246, "Value");
            for (var i = 0; i < 2; i++)
                pdf.Text(60, 226 - 20 * i, $"N{first + i}").Text(160, 226 - 20 * i, $"{first + i}00");
        }

        Assert.Equal(["1;1;1;Name", "1;1;1;Value", "1;1;2;N1", "1;1;2;100", "1;1;3;N2", "1;1;3;200", "1;2;4;N3", "1;2;4;300", "1;2;5;N4", "1;2;5;400"], PdfText.Rows(pdf.Read(), "tables", "table", "page", "row", "text"));
    }

    [Fact]
    public void Columns_without_lines_are_a_table_too()
    {
        var pdf = new PdfText();
        string[][] rows = [["Material", "Density", "Price"], ["Steel", "7.85", "1.20"], ["Copper", "8.96", "9.40"], ["Aluminium", "2.70", "2.60"], ["Lead", "11.34", "2.10"]];
        for (var i = 0; i < rows.Length; i++)
            pdf.Text(60, 300 - 14 * i, rows[i][0]).Text(200, 300 - 14 * i, rows[i][1]).Text(320, 300 - 14 * i, rows[i][2]);

        var result = pdf.Read();

        Assert.Equal("1;1;Material|1;2;Density|1;3;Price|2;1;Steel", string.Join('|', PdfText.Rows(result, "tables", "row", "col", "text").Take(4)));
        Assert.Equal(15, result.Table("tables")!.RowCount);
    }

    [Fact]
    public void A_diameter_sign_drawn_with_strokes_is_read_and_deviations_above_each_other_join_their_size()
    {
        var pdf = new PdfText().Circle(100, 204, 4).Line(96, 198, 104, 210).Text(107, 200, "25 h6", 12).Text(141, 206, "0", 7).Text(139, 199.5, "-0.013", 7).Arrow(90, 190).Arrow(200, 190)
            .Text(300, 100, "12.5", 10, 90).Text(300, 300, "2 x R4").Text(400, 300, "30\u00b0");

        Assert.Equal(["diameter;25;mm;0;-0.013;h6;1", "linear;12.5;mm;;;;1", "radius;4;mm;;;;2", "angle;30;deg;;;;1"], PdfText.Rows(pdf.Read(), "dimensions", "kind", "nominal", "unit", "upper", "lower", "fit", "count").OrderBy(row => row[0] switch { 'd' => 0, 'l' => 1, 'r' => 2, _ => 3 }));
    }

    [Fact]
    public void A_class_and_deviations_that_contradict_it_are_both_told()
    {
        var result = new PdfText().Circle(100, 204, 4).Line(96, 198, 104, 210).Text(107, 200, "25 h6", 12).Text(139, 199.5, "-0.05", 7).Read();

        Assert.Equal(["h6;-0.05"], PdfText.Rows(result, "dimensions", "fit", "lower"));
        Assert.Contains(result.Findings, finding => finding.Code == PdfFindingCode.ToleranceContradicts);
    }

    static PdfText Frames(PdfText pdf) => pdf.Box(100, 200, 20, 20).Box(120, 200, 50, 20).Box(170, 200, 20, 20).Circle(110, 210, 4).Line(104, 210, 116, 210).Line(110, 204, 110, 216)
        .Circle(128, 210, 4).Line(124, 204, 132, 216).Text(134, 206, "0.1", 12).Text(176, 206, "A", 12)
        .Box(300, 200, 20, 20).Box(320, 200, 40, 20).Line(304, 204, 316, 204).Line(310, 204, 310, 216).Text(324, 206, "0.05", 12);

    [Fact]
    public void A_frame_is_told_by_the_sign_drawn_in_its_first_cell() =>
        Assert.Equal(["position;true;0.1;A", "perpendicularity;false;0.05;"], PdfText.Rows(Frames(new PdfText()).Read(), "gdt", "characteristic", "diametral", "value", "datum1"));

    [Fact]
    public void A_sign_may_fill_its_cell()
    {
        var pdf = new PdfText().Box(100, 200, 14, 14).Box(114, 200, 34, 14).Box(148, 200, 14, 14).Circle(107, 207, 3.6).Line(101.6, 207, 112.4, 207).Line(107, 201.6, 107, 212.4).Text(117, 204, "0.1", 8).Text(152, 204, "A", 8)
            .Box(300, 200, 14, 14).Box(314, 200, 34, 14).Line(301.6, 202, 312.4, 202).Line(307, 202, 307, 212.4).Text(317, 204, "0.05", 8)
            .Box(400, 200, 14, 14).Box(414, 200, 34, 14).Line(401.6, 207, 412.4, 207).Text(417, 204, "0.02", 8);

        Assert.Equal(["perpendicularity;0.05", "position;0.1", "straightness;0.02"], PdfText.Rows(pdf.Read(), "gdt", "characteristic", "value").Order());
    }

    [Fact]
    public void A_frame_may_stand_upright() =>
        Assert.Equal(["perpendicularity;false;0.05;", "position;true;0.1;A"], PdfText.Rows(Frames(new PdfText(400, 600) { IsTurned = true }).Read(), "gdt", "characteristic", "diametral", "value", "datum1").Order());

    [Fact]
    public void A_turned_page_reads_as_it_is_looked_at()
    {
        static string Show(PdfText pdf)
        {
            Frames(pdf).Box(40, 300, 200, 40).Line(40, 320, 240, 320).Line(140, 300, 140, 340).Text(45, 325, "Item").Text(145, 325, "Quantity").Text(45, 305, "Bolt").Text(145, 305, "4")
                .Circle(300, 304, 4).Line(296, 298, 304, 310).Text(307, 300, "25 h6", 12).Text(400, 100, "12,5", 10, 90);
            var result = pdf.Read();
            return string.Join('\n', ((string[])["text", "angle"]).SelectMany(column => PdfText.Rows(result, "text_lines", column)).Order()
                .Concat(PdfText.Rows(result, "tables", "row", "col", "text")).Concat(PdfText.Rows(result, "dimensions", "kind", "nominal", "fit").Order()).Concat(PdfText.Rows(result, "gdt", "characteristic", "value")));
        }

        Assert.Equal(Show(new PdfText()), Show(new PdfText(400, 600) { IsTurned = true, Annotations = "/Rotate 90" }));
    }

    [Fact]
    public void Threads_and_surface_finish_are_read_by_their_notation()
    {
        var result = new PdfText().Arrow(10, 10).Arrow(30, 10).Arrow(50, 10).Arrow(70, 10).Text(100, 200, "4x M8x1-6H").Text(300, 200, "Ra 1,6").Read();

        Assert.Equal(["8;1;6H;4"], PdfText.Rows(result, "threads", "nominal", "pitch", "class", "count"));
        Assert.Equal(["Ra;1.6"], PdfText.Rows(result, "surface_finish", "parameter", "value"));
    }

    [Fact]
    public void Values_of_a_title_block_stand_in_below_or_beside_their_names()
    {
        var pdf = new PdfText().Box(300, 20, 280, 80).Line(300, 60, 580, 60).Line(300, 80, 580, 80).Line(440, 20, 440, 100).Line(510, 60, 510, 100).Arrow(10, 10).Arrow(30, 10).Arrow(50, 10).Arrow(70, 10)
            .Text(304, 86, "Drawn by").Text(304, 66, "M. Meier").Text(444, 86, "Scale").Text(444, 66, "1:2").Text(514, 86, "Sheet").Text(514, 66, "1").Text(304, 50, "Title", 6).Text(310, 30, "Bearing cover", 14).Text(450, 40, "AB-1234.05", 12);

        Assert.Equal(["author=M. Meier", "drawing_number=AB-1234.05", "scale=1:2", "sheet=1", "title=Bearing cover"], PdfText.Rows(pdf.Read(), "title_block", "field", "value").Select(field => field.Replace(';', '=')).Order());
    }

    [Theory]
    [InlineData("Erstellt durch|M. Meier|Genehmigt von|K. Kern|Titel, zusätzlicher Titel|Lagerdeckel|Sachnummer / Identification number|AB-1234|Änd.|B|Ausgabedatum|2024-05-01|Blatt|1/2", "approver=K. Kern;author=M. Meier;date=2024-05-01;sheet=1/2;title=Lagerdeckel")]
    [InlineData("Created by|J. Doe|Approved by|B. Boss|Title, supplementary title|Bearing cover|Identification number|AB-1234|Rev.|B|Date of issue|2024-05-01|Sheet|1/2", "approver=B. Boss;author=J. Doe;date=2024-05-01;drawing_number=AB-1234;revision=B;sheet=1/2;title=Bearing cover")]
    [InlineData("Getekend door|J. Bakker|Goedgekeurd|P. Smit|Benaming|Lagerdeksel|Tekeningnummer|AB-1234|Revisie|B|Datum|2024-05-01|Blad|1/2", "approver=P. Smit;author=J. Bakker;date=2024-05-01;drawing_number=AB-1234;revision=B;sheet=1/2;title=Lagerdeksel")]
    [InlineData("Dessiné par / Drawn by|J. Roux|Approuvé par|L. Petit|Titre (Title)|Couvercle|Numéro de plan|AB-1234|Indice|B|Date|2024-05-01|Feuille / Sheet|1/2", "approver=L. Petit;author=J. Roux;date=2024-05-01;drawing_number=AB-1234;revision=B;sheet=1/2;title=Couvercle")]
    public void Title_blocks_name_their_fields_by_the_standard_and_in_two_languages(string cells, string expected)
    {
        var pdf = new PdfText().Arrow(10, 200).Arrow(30, 200).Arrow(50, 200).Arrow(70, 200);
        var texts = cells.Split('|');
        for (var i = 0; i < texts.Length; i += 2)
        {
            var (x, y) = (20 + 190 * (i / 2 % 3), 110 - 40 * (i / 2 / 3));
            pdf.Box(x, y, 190, 40).Text(x + 4, y + 30, texts[i], 6).Text(x + 8, y + 10, texts[i + 1]);
        }

        var fields = PdfText.Rows(pdf.Read(), "title_block", "field", "value").Select(field => field.Replace(';', '='));

        Assert.Equal(expected.Split(';'), fields.Where(field => expected.Contains(field[..field.IndexOf('=', StringComparison.Ordinal)], StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void A_block_of_asme_has_names_and_values_in_one_line()
    {
        var pdf = new PdfText().Arrow(10, 200).Arrow(30, 200).Arrow(50, 200).Arrow(70, 200).Box(300, 20, 280, 90).Line(300, 80, 580, 80).Line(300, 50, 580, 50).Line(300, 35, 580, 35).Line(380, 50, 380, 80).Line(520, 50, 520, 80).Line(400, 20, 400, 50).Line(480, 20, 480, 35)
            .Text(304, 102, "TITLE:", 6).Text(320, 86, "BEARING COVER", 14).Text(304, 72, "SIZE", 5).Text(330, 58, "B", 12).Text(384, 72, "DWG. NO.", 5).Text(400, 58, "AB-1234-05", 12).Text(524, 72, "REV", 5).Text(545, 58, "C", 12)
            .Text(304, 25, "SCALE: 1:2", 8).Text(404, 25, "WEIGHT 1.2 kg", 8).Text(484, 25, "SHEET 1 OF 3", 8).Text(304, 40, "DATE 2024-05-01", 8).Text(404, 40, "MATERIAL: AISI 304", 8);

        Assert.Equal(["date=2024-05-01", "drawing_number=AB-1234-05", "material=AISI 304", "revision=C", "scale=1:2", "sheet=1 OF 3", "size=B", "title=BEARING COVER", "weight=1.2 kg"], PdfText.Rows(pdf.Read(), "title_block", "field", "value").Select(field => field.Replace(';', '=')).Order());
    }

    [Fact]
    public void Border_zones_parts_list_and_title_block_keep_apart_though_their_lines_touch()
    {
        var pdf = new PdfText().Box(5, 5, 590, 390).Box(20, 20, 560, 360).Arrow(100, 200).Arrow(150, 200).Arrow(100, 250).Arrow(150, 250);
        for (var i = 1; i < 4; i++)
            pdf.Line(20 + 140 * i, 5, 20 + 140 * i, 20).Line(20 + 140 * i, 380, 20 + 140 * i, 395).Line(5, 20 + 90 * i, 20, 20 + 90 * i).Line(580, 20 + 90 * i, 595, 20 + 90 * i).Text(90 + 140 * i, 9, $"{i}").Text(8, 60 + 90 * i, $"{i}");
        pdf.Box(300, 20, 280, 60).Line(300, 50, 580, 50).Line(440, 20, 440, 80).Text(304, 68, "Scale", 6).Text(304, 54, "1:2").Text(444, 68, "Title", 6).Text(444, 54, "Bearing").Text(304, 38, "Rev", 6).Text(304, 24, "B").Text(444, 38, "Date", 6).Text(444, 24, "2024-05-01");
        pdf.Line(300, 80, 300, 140).Line(340, 80, 340, 140).Line(500, 80, 500, 140).Line(300, 100, 580, 100).Line(300, 120, 580, 120).Line(300, 140, 580, 140)
            .Text(304, 86, "Item").Text(344, 86, "Part number").Text(504, 86, "Qty").Text(304, 106, "1").Text(344, 106, "P-100").Text(504, 106, "2").Text(304, 126, "2").Text(344, 126, "P-200").Text(504, 126, "4");
        pdf.Text(110, 210, "40 H7");

        var result = pdf.Read();

        Assert.Equal(["date=2024-05-01", "revision=B", "scale=1:2", "title=Bearing"], PdfText.Rows(result, "title_block", "field", "value").Select(field => field.Replace(';', '=')).Order());
        Assert.Equal(["1;P-100;2", "2;P-200;4"], PdfText.Rows(result, "bom", "item", "part_number", "qty").Order());
        Assert.Equal(["40;H7"], PdfText.Rows(result, "dimensions", "nominal", "fit"));
    }

    [Fact]
    public void A_picture_goes_to_the_program_for_pictures_and_is_a_finding_without_one()
    {
        var scan = Scan();

        Assert.Contains(PdfText.Read(scan).Findings, finding => finding.Code == PdfFindingCode.OcrMissing);
        var read = PdfText.Read(scan, new PdfOptions { Ocr = new Recorded() });

        Assert.Equal(["Base plate"], PdfText.Rows(read, "text_lines", "text"));
        Assert.Equal(["recorded 1;0.9"], PdfText.Rows(read, "ocr", "engine", "mean_confidence"));
        Assert.Contains(PdfText.Read(scan, new PdfOptions { Ocr = new Recorded { Fails = true } }).Findings, finding => finding.Code == PdfFindingCode.OcrFailed);
    }

    [Fact]
    public void Limits_cut_with_a_finding()
    {
        var pdf = new PdfText().Text(10, 10, "one").Page().Text(10, 10, "two");

        Assert.Contains(pdf.Read(new PdfOptions { MaxPages = 1 }).Findings, finding => finding.Code == PdfFindingCode.PagesCut);
        Assert.Contains(pdf.Read(new PdfOptions { MaxBytes = 100 }).Findings, finding => finding.Code == PdfFindingCode.FileTooLarge);
        Assert.Contains(pdf.Read(new PdfOptions { MaxLettersPerPage = 2 }).Findings, finding => finding.Code == PdfFindingCode.PageTooLarge);
        Assert.Contains(pdf.Read(new PdfOptions { MaxTime = TimeSpan.Zero }).Findings, finding => finding.Code == PdfFindingCode.TimeOver);
        Assert.Contains(PdfText.Read([]).Findings, finding => finding.Code == FindingCode.EmptyFile);
        Assert.Contains(PdfText.Read("no pdf"u8.ToArray()).Findings, finding => finding.Code == PdfFindingCode.NotAPdfFile);
        Assert.Contains(PdfText.Read("%PDF-1.4 and nothing"u8.ToArray()).Findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void What_a_stream_expands_to_is_bounded()
    {
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
                zlib.Write(zeros);
        }
        var file = PdfText.Assemble("<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray(), "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"u8.ToArray(), "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>"u8.ToArray(),
            [.. Encoding.Latin1.GetBytes($"<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n"), .. packed.ToArray(), .. "\nendstream"u8]);

        var result = PdfText.Read(file, new PdfOptions { MaxExpandedBytes = 8 * 1024 * 1024 });

        Assert.Contains(result.Findings, finding => finding.Code == PdfFindingCode.PageTooLarge);
        Assert.True(result.Truncated);
    }

    [Theory]
    [InlineData("/ToUnicode 6 0 R", "", "1 beginbfrange <00000000> <FFFFFFFF> <0020> endbfrange")]
    [InlineData("/ToUnicode 6 0 R", "", "1 beginbfrange <4294967295> <45> <0041> endbfrange")]
    [InlineData("/ToUnicode 6 0 R", "", "1 beginbfrange\n<0000> % all\n<FFFF> <{long}> endbfrange")]
    [InlineData("/Encoding 6 0 R", "", "2147483647 begincodespacerange <00> <FF> endcodespacerange")]
    [InlineData("/Encoding /Identity-H", "/W [0 2147483647 500]", "")]
    [InlineData("/Encoding /Identity-H", "/W [1 [500 600] 3 7 0 R 500]", "")]
    [InlineData("/Encoding /Identity-H", "/W2 [0 2147483647 -500 250 800]", "")]
    public void Ranges_of_a_font_that_stand_for_too_much_are_refused_before_they_are_expanded(string map, string widths, string stream)
    {
        stream = stream.Replace("{long}", new string('4', 10_000), StringComparison.Ordinal);
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /XObject << /Form 8 0 R >> >> >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 9 0 R >>",
            $"<< /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-H /DescendantFonts [5 0 R] {map} >>",
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Some /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> {widths} >>",
            $"<< /Length {stream.Length} >>\nstream\n{stream}\nendstream", "2147483647",
            "<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /Font << /F1 4 0 R >> >> /Length 30 >>\nstream\nBT /F1 10 Tf <0041> Tj ET      \nendstream",
            "<< /Length 9 >>\nstream\n/Form Do \nendstream",
        ];

        var result = PdfText.Read(PdfText.Assemble([.. objects.Select(Encoding.Latin1.GetBytes)]), new PdfOptions { MaxTime = TimeSpan.FromSeconds(20) });

        Assert.Equal([PdfFindingCode.PageTooLarge], result.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData("q Q nothing ", false)]
    [InlineData("q Q w ", false)]
    [InlineData("0 0 m (1) w ", false)]
    [InlineData("q Q 1.2.3q ", false)]
    [InlineData("BT 1 0 0 1 5 Tm ET ", true)]
    [InlineData("q 9 9 9Q} ", true)]
    [InlineData("BI /W 1 /H 1 ID x EI q nothing ", false)]
    public void Operators_that_are_not_understood_are_counted_before_all_others_are_looked_at_for_each(string piece, bool isForm)
    {
        var content = string.Concat(Enumerable.Repeat(piece, 60_000));

        var result = PdfText.Read(Drawn(isForm ? "/Form Do" : content, content), new PdfOptions { MaxLostSteps = 1_000_000, MaxTime = TimeSpan.FromSeconds(20) });

        Assert.Equal([PdfFindingCode.PageTooLarge], result.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Sound_operators_and_inline_images_are_not_counted_as_lost()
    {
        const string sound = """
            q 1 0 0 1 0 0 cm 2 w [3 2] 0 d [] 0 d 0 J 1 j 10 M 0.5 g .1 .2 -.3 RG 0 0 0 1 k /DeviceRGB cs 1 0 0 sc 0 1 0 scn
            0 0 m 10 10 l 1 2 3 4 5 6 c h S 0 0 5 5 re W* n % 1 w of a comment
            /Span << /ActualText (a \) b (c)) /Kinds [1 /a <</b true>>] >> BDC /Artifact BMC EMC EMC
            BI /W 2 /H 2 /BPC 8 /CS /G ID w }EI( EI
            BT /F1 10 Tf 1 0 0 1 20 50 Tm (sound) Tj [(and) -250 <414243>] TJ 0 -12 Td T* (more) ' 1 0 (text) " ET Q

            """;

        var result = PdfText.Read(Drawn(string.Concat(Enumerable.Repeat(sound, 50)), ""), new PdfOptions { MaxLostSteps = 0 });

        Assert.DoesNotContain(PdfFindingCode.PageTooLarge, result.Findings.Select(finding => finding.Code));
        Assert.NotEqual(0, result.Statistics.Entities);
    }

    [Fact]
    public void An_image_that_leads_back_to_its_page_ends_nothing()
    {
        const string content = "q 90 0 0 90 5 5 cm /I Do Q BT /F1 10 Tf 20 50 Td (still read) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Shown [5 0 R] /Resources << /Font << /F1 6 0 R >> /XObject << /I 5 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /On [3 0 R] /Length 1 >>\nstream\n0\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];

        var result = PdfText.Read(PdfText.Assemble([.. objects.Select(Encoding.Latin1.GetBytes)]));

        Assert.NotEqual(0, result.Statistics.Entities);
    }

    static byte[] Drawn(string content, string form)
    {
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents [7 0 R 4 0 R] /Resources << /Font << /F1 6 0 R >> /XObject << /Form 5 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            $"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Length {form.Length} >>\nstream\n{form}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", "<< /Length 4 >>\nstream\nq Q \nendstream",
        ];
        return PdfText.Assemble([.. objects.Select(Encoding.Latin1.GetBytes)]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("/ToUnicode 6 0 R", false)]
    public void Fonts_that_do_not_say_their_characters_are_told(string map, bool isTold)
    {
        const string stream = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0040> <0041> endbfrange endcmap";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 7 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
            $"<< /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /Identity-H /DescendantFonts [5 0 R] {map} >>",
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Some /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 8 0 R >>",
            $"<< /Length {stream.Length} >>\nstream\n{stream}\nendstream", "<< /Length 89 >>\nstream\nBT /F1 5 Tf 5 50 Td <000100020003000400050006000700080009000A000B000C> Tj ET             \nendstream",
            "<< /Type /FontDescriptor /FontName /Some /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        ];

        var result = PdfText.Read(PdfText.Assemble([.. objects.Select(Encoding.Latin1.GetBytes)]));

        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == PdfFindingCode.TextUnreadable));
        Assert.Equal(!isTold, PdfText.Rows(result, "text_lines", "text").Contains("ABCDEFGHIJKL"));
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => PdfReader.Read(new MemoryStream(new PdfText().Text(1, 1, "x").Bytes()), null, cancelled.Token));
    }

    [Fact]
    public void Damaged_files_give_an_envelope()
    {
        var random = new Random(4711);
        var sample = new PdfText().Box(50, 200, 300, 90).Line(50, 230, 350, 230).Line(150, 200, 150, 290).Text(60, 270, "Part").Text(200, 270, "12 H7").Circle(100, 204, 4).Line(96, 198, 104, 210).Text(107, 200, "25 h6", 12).Page().Text(10, 10, "more").Bytes();
        for (var i = 0; i < 200; i++)
        {
            var bytes = (byte[])sample.Clone();
            if (i % 3 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            for (var flips = random.Next(1, 10); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.NotNull(PdfText.Read(bytes, new PdfOptions { MaxTime = TimeSpan.FromSeconds(10) }));
        }
    }

    // A page that shows nothing but a picture of 200 by 100 grey points.
    static byte[] Scan()
    {
        var picture = new string('\u0080', 200 * 100);
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
            "<< /Length 29 >>\nstream\nq 400 0 0 200 0 0 cm /I Do Q\n\nendstream",
            $"<< /Type /XObject /Subtype /Image /Width 200 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {picture.Length} >>\nstream\n{picture}\nendstream",
        ];
        return PdfText.Assemble([.. objects.Select(Encoding.Latin1.GetBytes)]);
    }

    sealed class Recorded : IOcr
    {
        public bool Fails { get; init; }
        public string Engine => "recorded 1";

        public OcrPage? Read(OcrImage image, CancellationToken cancellationToken)
        {
            Assert.Equal((200, 100, 50), (image.Width, image.Height, image.Dpi));
            return Fails ? null : new OcrPage([new OcrWord("Base", 10, 10, 40, 12, 1, 0.95), new OcrWord("plate", 55, 10, 50, 12, 1, 0.85)]);
        }
    }
}
