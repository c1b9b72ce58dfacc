using System.Text;
using PyBase.Extraction;
using PyBase.Extraction.Sheets;
using Xunit;

namespace PyBase.Tests.Extraction.Sheets;

public sealed class SheetReaderTests
{
    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void The_delimiter_is_the_one_that_makes_a_table(string delimiter)
    {
        var result = SheetText.Csv(string.Join('\n', new[] { "Item,Part number,Description,Qty", "1,00120,\"Plate, thin\",2", "2,A-7,Nut M8,4" }.Select(line => line.Replace(",", delimiter, StringComparison.Ordinal).Replace($"Plate{delimiter}", "Plate,", StringComparison.Ordinal))));

        Assert.Equal(["1;00120;Plate, thin;2", "2;A-7;Nut M8;4"], SheetText.Rows(result, "bom", "item", "part_number", "description", "qty"));
        Assert.Equal(FileFormat.Csv, result.Source.Format);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_mark_or_the_bytes_tell_the_encoding(string encoding)
    {
        var coding = Encoding.GetEncoding(encoding);

        var result = SheetText.Read([.. coding.GetPreamble(), .. coding.GetBytes("Teilenummer;Benennung;Menge\n4711;Schlüssel für Größe;3\n")]);

        Assert.Equal(["4711;Schlüssel für Größe;3"], SheetText.Rows(result, "bom", "part_number", "description", "qty"));
    }

    [Theory]
    [InlineData("Pos.;Sach-Nr.;Benennung;Stück;Werkstoff")]
    [InlineData("Repère;Numéro de pièce;Désignation;Qté;Matière")]
    [InlineData("Pos;Codice articolo;Descrizione;Q.tà;Materiale")]
    [InlineData("Posición;Número de parte;Descripción;Cantidad;Material")]
    [InlineData("Poz.;Nr części;Nazwa;Ilość;Materiał")]
    [InlineData("Positie;Artikelnummer;Omschrijving;Aantal;Materiaal")]
    [InlineData("照番;部品番号;品名;個数;材質")]
    [InlineData("序号;图号;名称;数量;材料")]
    [InlineData("Pos. / Item;Teilenummer / Part number;Benennung (Description);数量 (Qty);Werkstoff [Material]")]
    public void Headings_of_many_languages_name_the_same_fields(string heading)
    {
        var result = SheetText.Csv($"{heading}\n10;A-1;Plate;2 Stück;S235\n20;A-2;Bolt;4个;8.8\n");

        Assert.Equal(["10;A-1;Plate;2;S235", "20;A-2;Bolt;4;8.8"], SheetText.Rows(result, "bom", "item", "part_number", "description", "qty", "material"));
    }

    [Fact]
    public void The_sum_below_a_list_is_no_line_of_it()
    {
        var result = SheetText.Csv("Pos.;Part number;Description;Qty\n1;A-1;Plate;2\n2;A-2;Total station;1\n;;Summe:;3\n");

        Assert.Equal(["A-1;2", "A-2;1"], SheetText.Rows(result, "bom", "part_number", "qty"));
    }

    [Fact]
    public void Old_code_pages_are_told_by_their_words()
    {
        var result = SheetText.Csv("Обозначение;Наименование;Кол\nАБВ.001;Шайба пружинная;4\n", CodePagesEncodingProvider.Instance.GetEncoding(1251));

        Assert.Equal(["АБВ.001;Шайба пружинная;4"], SheetText.Rows(result, "bom", "part_number", "description", "qty"));
        Assert.Contains(result.Findings, finding => finding.Code == FindingCode.EncodingGuessed);
    }

    [Fact]
    public void The_heading_may_stand_below_a_title_and_the_list_ends_at_a_blank_line()
    {
        var result = SheetText.Csv("Bill of materials\nProject:,X-1\n\nQty,Part No.,Description\n2,P1,Plate\n1,P2,Rod\n\nPrinted by,somebody,at noon\n");

        Assert.Equal(["P1;2", "P2;1"], SheetText.Rows(result, "bom", "part_number", "qty"));
        Assert.Equal(["4;5;6"], SheetText.Rows(result, "tables", "header_row", "first", "last"));
    }

    [Fact]
    public void Numbers_like_1_2_3_make_levels_and_parents()
    {
        var result = SheetText.Csv("Pos;Part number;Qty\n1;A;1\n1.1;B;2\n1.1.1;C;3\n1.2;D;1\n2;E;1\n");

        Assert.Equal(["0;;A", "1;A;B", "2;B;C", "1;A;D", "0;;E"], SheetText.Rows(result, "bom", "level", "parent", "part_number"));
    }

    [Fact]
    public void A_column_of_levels_goes_before_everything_else()
    {
        var result = SheetText.Csv("Level,Item,Part number,Qty\n0,1,A,1\n1,2,B,2\n..2,3,C,3\n");

        Assert.Equal(["0;;A", "1;A;B", "2;B;C"], SheetText.Rows(result, "bom", "level", "parent", "part_number"));
    }

    [Theory]
    [InlineData("2", "2")]
    [InlineData("2,5", "2.5")]
    [InlineData("4 pcs", "4")]
    [InlineData("12 шт.", "12")]
    [InlineData("n/a", "")]
    [InlineData("as required", "")]
    [InlineData("1,000", "")]
    [InlineData("1 250", "1250")]
    [InlineData("2x", "2")]
    [InlineData("x 2", "2")]
    [InlineData("3 nos.", "3")]
    [InlineData(".5", "0.5")]
    [InlineData("2 m of it", "")]
    public void A_quantity_is_a_plain_number_or_nothing(string text, string quantity) =>
        Assert.Equal([$"P1;{quantity}"], SheetText.Rows(SheetText.Csv($"Part number;Description;Qty\nP1;Plate;{text}\n"), "bom", "part_number", "qty"));

    [Theory]
    [InlineData("AR")]
    [InlineData("A/R")]
    [InlineData("as req'd")]
    [InlineData("nach Bedarf")]
    public void As_many_as_it_takes_is_no_number_and_no_fault(string text)
    {
        var result = SheetText.Csv($"Part number;Description;Qty\nP1;Glue;{text}\n");

        Assert.Equal([$";{text}"], SheetText.Rows(result, "bom", "qty", "qty_text"));
        Assert.DoesNotContain(result.Findings, finding => finding.Code == FindingCode.QuantityUnread);
    }

    [Fact]
    public void A_part_that_is_named_as_many_sheets_is_read_once()
    {
        using var memory = new MemoryStream();
        memory.Write(SheetText.Xlsx(string.Concat(Enumerable.Range(2, 400).Select(row => SheetText.Row(row, "A-1", "Plate", "2")).Prepend(SheetText.Row(1, "Part number", "Description", "Qty")))));
        using (var zip = new System.IO.Compression.ZipArchive(memory, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/workbook.xml")!.Delete();
            SheetText.Add(zip, "xl/workbook.xml", $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{string.Concat(Enumerable.Repeat("""<sheet name="Parts" sheetId="1" r:id="r1"/>""", 5000))}</sheets></workbook>""");
        }

        Assert.Equal(400, SheetText.Read(memory.ToArray()).Table("bom")!.RowCount);
    }

    [Theory]
    [InlineData("2 m", "2;m")]
    [InlineData("0,5 kg", "0.5;kg")]
    [InlineData("2 pcs", "2;")]
    [InlineData("1.5l", "1.5;l")]
    [InlineData("3 Satz", "3;Satz")]
    [InlineData("250 mm", "250;mm")]
    public void A_quantity_may_have_a_unit(string text, string expected) =>
        Assert.Equal([expected], SheetText.Rows(SheetText.Csv($"Part number;Description;Qty\nP1;Hose;{text}\n"), "bom", "qty", "unit"));

    [Theory]
    [InlineData("Summe")]
    [InlineData("Total weight [kg]:")]
    [InlineData("Total number of parts")]
    [InlineData("Gesamtgewicht")]
    public void Sums_have_many_names(string name) => Assert.Equal(["A-1"], SheetText.Rows(SheetText.Csv($"Pos.;Part number;Description;Qty\n1;A-1;Plate;2\n;;{name};3\n"), "bom", "part_number"));

    [Fact]
    public void A_sheet_may_hold_several_lists()
    {
        var result = SheetText.Csv("Project;X-1\n\nMechanical parts\nPos;Part number;Description;Qty\n1;P1;Plate;2\n2;P2;Rod;1\n;;Total;3\n\n\nElectrical parts\nPart no;Name;Quantity;Supplier\nE1;Motor;1;Acme\nE2;Cable;2 m;Wire Co\n\nName;Address;Phone\nAcme;Main Street;555\n");

        Assert.Equal(["P1;Plate;2;", "P2;Rod;1;", "E1;Motor;1;Acme", "E2;Cable;2;Wire Co"], SheetText.Rows(result, "bom", "part_number", "description", "qty", "supplier"));
        Assert.Equal(["4;true", "11;true"], SheetText.Rows(result, "tables", "header_row", "parts_list"));
    }

    [Fact]
    public void A_heading_that_a_print_repeats_is_no_part_of_the_list()
    {
        var result = SheetText.Csv("Pos;Part number;Description;Qty\n1;P1;Plate;2\nPos;Part number;Description;Qty\n2;P2;Rod;1\n");

        Assert.Equal(["P1", "P2"], SheetText.Rows(result, "bom", "part_number"));
        Assert.Equal(["1;2;4"], SheetText.Rows(result, "tables", "header_row", "first", "last"));
    }

    [Fact]
    public void A_heading_of_two_lines_needs_no_merged_cells()
    {
        var result = SheetText.Csv("Item;Part;;Unit;Total\n;Number;Description;Qty;Weight\n1;P1;Plate;2;0.5\n2;P2;Rod;1;0.1\n");

        Assert.Equal(["1;P1;Plate;2", "2;P2;Rod;1"], SheetText.Rows(result, "bom", "item", "part_number", "description", "qty"));
        Assert.Equal(["Item", "Part Number", "Description", "Unit Qty", "Total Weight"], SheetText.Rows(result, "columns", "label"));
        Assert.Equal(["1;2;3;4"], SheetText.Rows(result, "tables", "header_row", "header_rows", "first", "last"));
    }

    [Fact]
    public void Blanks_before_a_name_make_levels_however_many_they_are()
    {
        var result = SheetText.Csv("Part number,Qty,Description\nA,1,Frame\n    B,2,Beam\n        C,4,Bolt\n    D,1,Plate\nE,1,Door\n");

        Assert.Equal(["0;;A", "1;A;B", "2;B;C", "1;A;D", "0;;E"], SheetText.Rows(result, "bom", "level", "parent", "part_number"));
    }

    [Fact]
    public void Letters_that_look_alike_are_folded_and_told()
    {
        var result = SheetText.Csv("Part number,Qty,Description\nРТ1.00.240,1,Frame\n");

        Assert.Equal(["РТ1.00.240;PT1.00.240"], SheetText.Rows(result, "bom", "part_number", "part_number_folded"));
        Assert.Contains(result.Findings, finding => finding.Code == SheetFindingCode.Lookalikes);
    }

    [Fact]
    public void Numeric_part_numbers_stay_text_and_keep_their_zeros()
    {
        var result = SheetText.Read(SheetText.Xlsx(SheetText.Row(1, "Part number", "Description", "Qty")
            + """<row r="2"><c r="A2"><v>370103009</v></c><c r="B2" t="s"><v>0</v></c><c r="C2"><v>2</v></c></row><row r="3"><c r="A3" s="1"><v>42</v></c><c r="B3" t="s"><v>1</v></c><c r="C3"><f>1+2</f><v>3</v></c></row><row r="4"><c r="A4"><v>4.047526113377E12</v></c><c r="C4"><v>0.10000000000000001</v></c></row>""",
            shared: "<si><t>Cable</t></si><si><r><t>Long </t></r><r><t>screw</t></r><rPh><t>x</t></rPh></si>",
            styles: """<numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>"""));

        Assert.Equal(["370103009;Cable;2", "00042;Long screw;3", "4047526113377;;0.1"], SheetText.Rows(result, "bom", "part_number", "description", "qty"));
        Assert.Equal("text", SheetText.Rows(result, "columns", "type")[0]);
    }

    [Fact]
    public void Dates_formulas_and_hidden_rows_are_told()
    {
        var result = SheetText.Read(SheetText.Xlsx(
            """<row r="1" hidden="1"><c r="A1" s="1"><v>44327</v></c><c r="B1" s="2"><v>44327.5</v></c><c r="C1"><f>NOW()</f></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#REF!</v></c></row>""",
            styles: """<numFmts count="1"><numFmt numFmtId="165" formatCode="[$-407]dd.mm.yyyy hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs>"""));

        Assert.Equal(["2021-05-11;date;true", "2021-05-11T12:00:00;date;true", "true;boolean;true", "#REF!;error;true"], SheetText.Rows(result, "cells", "text", "type", "hidden"));
        Assert.Contains(result.Findings, finding => finding is { Code: SheetFindingCode.FormulaWithoutValue, Locator: "Parts!C1" });
        Assert.Contains(result.Findings, finding => finding.Code == SheetFindingCode.HiddenContent);
    }

    [Fact]
    public void A_heading_over_several_columns_makes_levels_and_a_merged_quantity_holds_for_its_rows()
    {
        var result = SheetText.Read(SheetText.Xlsx(
            SheetText.Row(1, "Part number", null, null, "Qty", "Description") + SheetText.Row(2, "A", null, null, "2", "Top") + SheetText.Row(3, null, "B", null, null, "Sub") + SheetText.Row(4, null, null, "C", "1", "Leaf"),
            """<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="D2:D3"/></mergeCells>"""));

        Assert.Equal(["0;;A;2;false", "1;A;B;2;true", "2;B;C;1;false"], SheetText.Rows(result, "bom", "level", "parent", "part_number", "qty", "qty_inherited"));
    }

    [Fact]
    public void A_heading_in_two_rows_is_read_as_one()
    {
        var result = SheetText.Read(SheetText.Xlsx(
            SheetText.Row(1, "Part number", "Description", "Size", null) + SheetText.Row(2, null, null, "Length", "Width") + SheetText.Row(3, "P1", "Plate", "20", "10"),
            """<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:D1"/></mergeCells>"""));

        Assert.Equal(["Part number", "Description", "Size Length", "Size Width"], SheetText.Rows(result, "columns", "label"));
        Assert.Equal(["P1;Plate"], SheetText.Rows(result, "bom", "part_number", "description"));
    }

    [Fact]
    public void Nothing_and_nonsense_are_findings()
    {
        Assert.Contains(SheetText.Read([]).Findings, finding => finding.Code == FindingCode.EmptyFile);
        Assert.Contains(SheetText.Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1]).Findings, finding => finding.Code == SheetFindingCode.WorkbookUnsupported);
        Assert.Contains(SheetText.Read("PK\u0003\u0004 and no more"u8.ToArray()).Findings, finding => finding.Code == SheetFindingCode.WorkbookBroken);
        Assert.Contains(SheetText.Csv("a,\"b\nc,d").Findings, finding => finding.Code == SheetFindingCode.QuoteOpen);
    }

    [Fact]
    public void What_a_workbook_expands_to_is_bounded()
    {
        var bomb = SheetText.Xlsx(string.Concat(Enumerable.Repeat("""<row><c t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></is></c></row>""", 100_000)));

        var result = SheetText.Read(bomb, new SheetOptions { MaxExpandedBytes = 1024 * 1024 });

        Assert.True(result.Truncated);
        Assert.Contains(result.Findings, finding => finding.Code == SheetFindingCode.SheetTooLarge);
        Assert.True(SheetText.Read(bomb, new SheetOptions { MaxCells = 100 }) is { Truncated: true } cut && cut.Table("cells")!.RowCount == 100);
    }

    [Fact]
    public void Damaged_files_give_an_envelope()
    {
        var random = new Random(4711);
        byte[][] samples =
        [
            SheetText.Xlsx(SheetText.Row(1, "Part number", "Qty", "Description") + SheetText.Row(2, "P1", "2", "Plate"), shared: "<si><t>Cable</t></si>"),
            Encoding.UTF8.GetBytes("Part number,Qty,Description\n\"P1\",2,\"Plate, \"\"thin\"\"\"\nP2,3,Größe\n"),
        ];
        for (var i = 0; i < 400; i++)
        {
            var bytes = (byte[])samples[i % samples.Length].Clone();
            if (i % 3 == 0)
                bytes = bytes[..random.Next(bytes.Length)];
            for (var flips = random.Next(1, 8); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.NotNull(SheetText.Read(bytes));
        }
    }
}
