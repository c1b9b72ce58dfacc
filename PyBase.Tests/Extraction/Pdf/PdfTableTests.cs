using PyBase.Extraction.Envelope;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>Tables whose rows, columns or sides no line shows: one small page for each rule.</summary>
public sealed class PdfTableTests
{
    static PdfText Rows(PdfText pdf, int[] columns, double top, double step, params string[] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var cells = rows[i].Split('|');
            for (var column = 0; column < cells.Length; column++)
            {
                if (cells[column].Length > 0)
                    pdf.Text(columns[column], top - step * i, cells[column]);
            }
        }
        return pdf;
    }

    static List<string> Lines(ExtractionResult result, int table = 1) => [.. PdfText.Rows(result, "tables", "table", "row", "col", "colspan", "text").Select(cell => cell.Split(';'))
        .Where(cell => cell[0] == $"{table}" && cell[4].Length > 0).GroupBy(cell => cell[1])
        .Select(row => string.Join(" | ", row.Select(cell => $"{cell[2]}{(cell[3] == "1" ? "" : $"+{cell[3]}")} {cell[4].Replace('\n', '/')}")))];

    [Fact]
    public void Rows_in_long_boxes_have_the_columns_of_the_heading()
    {
        var pdf = new PdfText().Box(50, 300, 300, 20).Line(150, 300, 150, 320).Line(250, 300, 250, 320);
        for (var i = 0; i < 3; i++)
            pdf.Box(50, 280 - 20 * i, 300, 20);
        Rows(pdf, [55, 180, 280], 306, 20, "Land|Home|Abroad", "Austria|86.2|13.8", "Czech Republic|98.6|1.4", "Malta|96.5|3.5");

        Assert.Equal(["1 Land | 2 Home | 3 Abroad", "1 Austria | 2 86.2 | 3 13.8", "1 Czech Republic | 2 98.6 | 3 1.4", "1 Malta | 2 96.5 | 3 3.5"], Lines(pdf.Read()));
    }

    [Fact]
    public void A_heading_over_a_whole_table_of_boxes_stays_one_cell()
    {
        var pdf = new PdfText().Box(50, 200, 300, 100).Line(150, 200, 150, 280).Line(250, 200, 250, 280);
        for (var i = 1; i < 5; i++)
            pdf.Line(50, 200 + 20 * i, 350, 200 + 20 * i);
        Rows(pdf, [55, 180, 280], 286, 20, "Sizes of plates by kind and year", "Plate|20|10", "Rod|7|5", "Bar|3|2", "Tube|4|1");

        Assert.Equal("1+3 Sizes of plates by kind and year", Lines(pdf.Read())[0]);
    }

    [Fact]
    public void Sides_without_a_line_end_where_the_lines_between_rows_do()
    {
        var pdf = new PdfText().Line(150, 240, 150, 320).Line(250, 240, 250, 320).Line(150, 320, 350, 320);
        for (var i = 0; i < 4; i++)
            pdf.Line(50, 300 - 20 * i, 350, 300 - 20 * i);
        Rows(pdf, [55, 180, 280], 306, 20, "|2000|2004", "General|15 455|12 068", "Qualified|35 190|60 152", "Total|50 645|72 220");
        pdf.Text(55, 228, "Source: Statistics, 2005.");

        Assert.Equal(["2 2000 | 3 2004", "1 General | 2 15 455 | 3 12 068", "1 Qualified | 2 35 190 | 3 60 152", "1 Total | 2 50 645 | 3 72 220"], Lines(pdf.Read()));
    }

    [Fact]
    public void Names_stand_beside_the_lines_of_a_table_of_figures()
    {
        var pdf = new PdfText().Box(200, 200, 200, 80).Line(300, 200, 300, 280);
        for (var i = 1; i < 4; i++)
            pdf.Line(200, 200 + 20 * i, 400, 200 + 20 * i);
        Rows(pdf, [110, 220, 320], 266, 20, "Salaries|1,314|373", "Office Rent|352|9", "Staff Travel|94|20", "Total|1,760|402");

        Assert.Equal(["1 Salaries | 2 1,314 | 3 373", "1 Office Rent | 2 352 | 3 9", "1 Staff Travel | 2 94 | 3 20", "1 Total | 2 1,760 | 3 402"], Lines(pdf.Read()));
    }

    [Fact]
    public void Text_that_runs_beside_a_table_is_no_name_of_its_rows()
    {
        var pdf = new PdfText().Box(300, 200, 200, 80).Line(400, 200, 400, 280);
        for (var i = 1; i < 4; i++)
            pdf.Line(300, 200 + 20 * i, 500, 200 + 20 * i);
        Rows(pdf, [320, 420], 266, 20, "1,314|373", "352|9", "94|20", "1,760|402");
        for (var i = 0; i < 9; i++)
            pdf.Text(60, 277 - 11 * i, "the range of this bird lies within high regions");

        Assert.Equal("1 1,314 | 2 373", Lines(pdf.Read())[0]);
    }

    [Fact]
    public void Figures_side_by_side_in_one_lined_column_are_two_columns()
    {
        var pdf = new PdfText().Box(50, 200, 320, 100).Line(120, 200, 120, 300).Line(245, 200, 245, 300);
        for (var i = 1; i < 5; i++)
            pdf.Line(50, 200 + 20 * i, 370, 200 + 20 * i);
        Rows(pdf, [55, 130, 200, 255, 320], 286, 20, "Age", "", "", "", "").Text(140, 286, "White men and women").Text(270, 286, "Other men, women");
        Rows(pdf, [55, 130, 200, 255, 320], 266, 20, "1-2|1,087|1,022|292|255", "3-5|2,586|2,568|647|639", "6-11|3,867|3,692|863|938", "12-19|7,808|7,401|1,770|1,732");

        Assert.Equal(["1 Age | 2+2 White men and women | 4+2 Other men, women", "1 1-2 | 2 1,087 | 3 1,022 | 4 292 | 5 255", "1 3-5 | 2 2,586 | 3 2,568 | 4 647 | 5 639", "1 6-11 | 2 3,867 | 3 3,692 | 4 863 | 5 938", "1 12-19 | 2 7,808 | 3 7,401 | 4 1,770 | 5 1,732"], Lines(pdf.Read()));
    }

    [Fact]
    public void Figures_of_one_height_in_lined_columns_are_rows_with_names_of_groups_between()
    {
        var pdf = new PdfText().Box(50, 200, 300, 120).Line(50, 300, 350, 300).Line(200, 200, 200, 320).Line(280, 200, 280, 320);
        Rows(pdf, [55, 220, 300], 306, 14, "Group|Some|All", "Cohort of three|", "Head Start|85.1%|100%", "Control|17.3%|100%", "Cohort of four|", "Head Start|79.8%|100%", "Control|13.9%|100%");

        Assert.Equal(["1 Group | 2 Some | 3 All", "1 Cohort of three", "1 Head Start | 2 85.1% | 3 100%", "1 Control | 2 17.3% | 3 100%", "1 Cohort of four", "1 Head Start | 2 79.8% | 3 100%", "1 Control | 2 13.9% | 3 100%"], Lines(pdf.Read()));
    }

    [Fact]
    public void Lines_over_and_under_the_heading_and_under_the_table_say_what_belongs_to_it()
    {
        var pdf = new PdfText(600, 600);
        foreach (var top in (int[])[500, 260])
        {
            pdf.Text(60, top + 12, "Table of materials by their density and price, as bought in the year 2024, in all countries")
                .Line(60, top, 500, top).Line(60, top - 30, 500, top - 30).Line(60, top - 90, 500, top - 90);
            Rows(pdf, [65, 250, 400], top - 12, 13, "|Density|Price", "Material|kg/dm3|EUR");
            Rows(pdf, [65, 250, 400], top - 42, 14, "Steel|7.85|1.20", "Copper|8.96|9.40", "Lead|11.34|2.10");
            pdf.Text(60, top - 102, "Note: 1").Text(120, top - 102, "Prices without tax.").Text(60, top - 114, "Source:").Text(120, top - 114, "Own records, 2024.");
        }

        var result = pdf.Read();

        foreach (var table in (int[])[1, 2])
            Assert.Equal(["1 Material | 2 Density/kg\u002Fdm3 | 3 Price/EUR", "1 Steel | 2 7.85 | 3 1.20", "1 Copper | 2 8.96 | 3 9.40", "1 Lead | 2 11.34 | 3 2.10"], Lines(result, table));
        Assert.Empty(Lines(result, 3));
    }

    [Fact]
    public void A_table_between_lines_stands_beside_text()
    {
        var pdf = new PdfText(600, 400).Line(60, 300, 280, 300).Line(60, 280, 280, 280).Line(60, 220, 280, 220);
        Rows(pdf, [65, 160, 230], 286, 18, "Part|Size|Mass", "Cover|12|0.4", "Shaft|310|2.9", "Nut|8|0.1");
        for (var i = 0; i < 9; i++)
            pdf.Text(320, 308 - 11 * i, "and the shaft is turned of one piece of steel");

        var result = pdf.Read();

        Assert.Equal(["1 Part | 2 Size | 3 Mass", "1 Cover | 2 12 | 3 0.4", "1 Shaft | 2 310 | 3 2.9", "1 Nut | 2 8 | 3 0.1"], Lines(result));
        Assert.Empty(Lines(result, 2));
    }

    [Fact]
    public void What_stands_between_two_lines_is_one_row()
    {
        var pdf = new PdfText(600, 400).Line(60, 340, 500, 340);
        for (var i = 0; i < 5; i++)
            pdf.Line(60, 320 - 30 * i, 500, 320 - 30 * i);
        Rows(pdf, [65, 200, 420], 326, 18, "Task|Who does it|Hours");
        for (var i = 0; i < 4; i++)
            Rows(pdf, [65, 200, 420], 309 - 30 * i, 12, $"Step {(char)('A' + i)}|The fitter, and then|{i + 2}.5", "of the plan|one who tests it|");

        Assert.Equal(["1 Task | 2 Who does it | 3 Hours", "1 Step A/of the plan | 2 The fitter, and then/one who tests it | 3 2.5", "1 Step B/of the plan | 2 The fitter, and then/one who tests it | 3 3.5"], Lines(pdf.Read())[..3]);
    }

    [Fact]
    public void A_line_set_as_text_is_a_line_and_a_blank_parts_figures()
    {
        var pdf = new PdfText();
        Rows(pdf, [60, 160, 190, 220], 300, 12, "Share|1.0|1.1|1.2", "------------------------------------------------------------", "0.99|800|880|960", "0.95|160|176|192", "0.90|80|88|96", "0.85|53|59|64").Text(60, 228, "0.80").Text(160, 228, "1,040").Text(190, 228, "1,120").Text(220, 228, "1,200");

        Assert.Equal(["1 Share | 2 1.0 | 3 1.1 | 4 1.2", "1 0.99 | 2 800 | 3 880 | 4 960", "1 0.95 | 2 160 | 3 176 | 4 192", "1 0.90 | 2 80 | 3 88 | 4 96", "1 0.85 | 2 53 | 3 59 | 4 64", "1 0.80 | 2 1,040 | 3 1,120 | 4 1,200"], Lines(pdf.Read()));
    }

    [Fact]
    public void Thousands_parted_by_blanks_are_one_number()
    {
        var pdf = Rows(new PdfText(), [60, 220, 340], 300, 14, "Course|Heads|Women", "Vocational|179 935|55", "Labour|151 955|52", "Liberal|298 839|43", "Open|213 560|66");

        Assert.Equal(["1 Course | 2 Heads | 3 Women", "1 Vocational | 2 179 935 | 3 55", "1 Labour | 2 151 955 | 3 52", "1 Liberal | 2 298 839 | 3 43", "1 Open | 2 213 560 | 3 66"], Lines(pdf.Read()));
    }

    [Fact]
    public void A_name_of_two_lines_has_its_figures_beside_the_middle_or_the_first()
    {
        var pdf = Rows(new PdfText(), [60, 260, 340], 300, 22, "Measure|2006|2007", "Income|0.459|0.456").Text(60, 261, "Inequality between states").Text(260, 256, "0.062").Text(340, 256, "0.063").Text(60, 251, "of the union")
            .Text(60, 234, "Deaths").Text(260, 234, "710").Text(340, 234, "696").Text(60, 212, "Years lost before").Text(260, 212, "6.9").Text(340, 212, "6.8").Text(60, 202, "the age of 75");

        Assert.Equal(["1 Measure | 2 2006 | 3 2007", "1 Income | 2 0.459 | 3 0.456", "1 Inequality between states/of the union | 2 0.062 | 3 0.063", "1 Deaths | 2 710 | 3 696", "1 Years lost before/the age of 75 | 2 6.9 | 3 6.8"], Lines(pdf.Read()));
    }

    [Fact]
    public void A_table_of_figures_goes_on_on_the_next_page_though_they_are_longer_there()
    {
        var pdf = Rows(new PdfText(), [60, 220, 340], 100, 14, "Part|Heads|Mass", "Cover|12|0.40", "Shaft|31|2.90", "Nut|80|0.10").Page();
        Rows(pdf, [60, 210, 335], 300, 14, "Bolt|1,312|10.40", "Washer|2,310|12.90", "Ring|3,380|20.10");

        Assert.Equal(["1;1;1", "1;1;2", "1;1;3", "1;1;4", "1;2;5", "1;2;6", "1;2;7"], PdfText.Rows(pdf.Read(), "tables", "table", "page", "row").Distinct());
    }

    static PdfText Grid(string left, string right)
    {
        var pdf = new PdfText().Box(50, 100, 300, 160).Line(50, 240, 350, 240).Line(150, 100, 150, 260).Text(60, 246, "Source").Text(160, 246, "Definition");
        foreach (var (x, lines) in ((double, string)[])[(60, left), (160, right)])
        {
            foreach (var (line, at) in lines.Split('|').Select((line, at) => (line, at)).Where(each => each.line.Length > 0))
                pdf.Text(x, 226 - 12 * at, line);
        }
        return pdf;
    }

    [Fact]
    public void Rows_that_a_blank_line_parts_need_no_line() =>
        Assert.Equal(["1 Source | 2 Definition", "1 Stationary:", "1 Major | 2 Emissions of ten/tons per year", "1 Area | 2 Emissions of less/than ten tons"],
            Lines(Grid("Stationary:||Major|||Area", "||Emissions of ten|tons per year||Emissions of less|than ten tons").Read()));

    [Fact]
    public void A_blank_line_in_cells_whose_row_has_one_name_parts_nothing() =>
        Assert.Equal(["1 Source | 2 Definition", "1 Besnier | 2 Total/first/second"], Lines(Grid("Besnier", "Total||first|second").Read()));

    [Fact]
    public void Lines_drawn_as_bars_of_three_points_part_columns()
    {
        var pdf = new PdfText();
        foreach (var y in (double[])[200, 230, 260, 290])
            pdf.Fill(50, y - 0.5, 300, 1);
        foreach (var x in (double[])[50, 150, 250, 350])
            pdf.Fill(x - 1.5, 200, 3, 90);
        pdf.Text(60, 270, "Part").Text(160, 270, "Mass").Text(260, 270, "Price").Text(60, 240, "Plate").Text(160, 240, "20").Text(260, 240, "10").Text(60, 210, "Rod").Text(160, 210, "7").Text(260, 210, "5");

        Assert.All(pdf.Read().Table("tables")!.Rows, row => Assert.True(row.Cells[^1].Boolean));
        Assert.Equal(["1 Part | 2 Mass | 3 Price", "1 Plate | 2 20 | 3 10", "1 Rod | 2 7 | 3 5"], Lines(pdf.Read()));
    }

    [Fact]
    public void A_quantity_of_a_parts_list_may_say_that_it_counts_pieces()
    {
        var pdf = new PdfText().Box(50, 200, 300, 90).Line(50, 230, 350, 230).Line(50, 260, 350, 260).Line(100, 200, 100, 290).Line(250, 200, 250, 290)
            .Text(60, 270, "Pos").Text(110, 270, "Part number").Text(260, 270, "Qty").Text(60, 240, "1").Text(110, 240, "P-100").Text(260, 240, "2 pcs").Text(60, 210, "2").Text(110, 210, "P-200").Text(260, 210, "4x");

        Assert.Equal(["1;P-100;2;2 pcs", "2;P-200;4;4x"], PdfText.Rows(pdf.Read(), "bom", "item", "part_number", "qty", "qty_text"));
    }

    [Fact]
    public void Text_in_columns_or_set_to_one_width_is_no_table()
    {
        var pdf = new PdfText(600, 700);
        string[] words = ["the", "shaft", "of", "a", "pump", "is", "turned", "from", "one", "piece", "steel", "and", "then", "ground", "where", "its", "bearings", "sit", "12", "times"];
        for (var line = 0; line < 20; line++)
        {
            for (var column = 0; column < 3; column++)
                pdf.Text(40 + 180 * column, 660 - 12 * line, string.Join(' ', Enumerable.Range(0, 6).Select(i => words[(line * 7 + column * 5 + i * 3) % words.Length])));
            // Blanks as wide as the line needs.
            List<string> set = [.. Enumerable.Range(0, 18 + line % 3).Select(i => words[(line * 11 + i * 3) % words.Length])];
            var (x, blank) = (40.0, (440.0 - set.Sum(word => 5.2 * word.Length)) / (set.Count - 1));
            foreach (var word in set)
            {
                pdf.Text(x, 380 - 12 * line, word, 10);
                x += 5.2 * word.Length + blank;
            }
        }

        Assert.Empty(PdfText.Rows(pdf.Read(), "tables", "text"));
    }
}
