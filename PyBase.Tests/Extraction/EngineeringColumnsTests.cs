using PyBase.Extraction.Envelope;
using PyBase.Workers.Extractions;

namespace PyBase.Tests.Extraction;

/// <summary>Which columns of a drawing become engineering fields: only those of which every text reads as the number beside it.</summary>
public sealed class EngineeringColumnsTests
{
    [Fact]
    public void A_column_of_notations_becomes_a_field_of_that_type()
    {
        var table = Table(
            [new("displayed", ColumnType.Text), new("nominal", ColumnType.Number), new("unit", ColumnType.Text), new("designation", ColumnType.Text), new("text", ColumnType.Text), new("material", ColumnType.Text), new("revision", ColumnType.Text)],
            ["⌀1.250 ±.005", 1.25, "in", "M8x1-6H", "⌖|⌀0.1|A", "1.4301", "B"], ["12", 12, "mm", "1/4-20 UNC", "⟂ 0.1", "S235JR", "AA"], ["", new Cell(), "", "", "", "", ""]);
        Assert.Equal(["quantity", "number", "singleSelect", "thread", "gdt", "material", "revision"], Fields(table).Select(f => f.Spec.Type));
        // A text without a unit has that of its row, whatever the field's.
        Assert.Equal(["⌀1.250 ±0.005 in", "12 mm", null], table.Rows.Select(Fields(table)[0].Read));
    }

    [Theory]
    // Another number than the reader found, an angle among lengths, no unit, no notation.
    [InlineData("12.5", 12, "mm")]
    [InlineData("45°", 45, "deg")]
    [InlineData("12", 12, "")]
    [InlineData("see note", 12, "mm")]
    public void One_text_that_does_not_read_leaves_the_column_text(string displayed, double nominal, string unit)
    {
        var table = Table([new("displayed", ColumnType.Text), new("nominal", ColumnType.Number), new("unit", ColumnType.Text)], ["10 ±0.1", 10, "mm"], [displayed, nominal, unit]);
        Assert.Equal("singleLineText", Fields(table)[0].Spec.Type);
    }

    [Fact]
    public void Names_of_no_standard_leave_materials_text() =>
        Assert.Equal("singleLineText", Fields(Table([new("material", ColumnType.Text)], ["1.4301"], ["blue paint"]))[0].Spec.Type);

    static ExtractedTable Table(TableColumn[] columns, params Cell[][] rows) => new("dimensions", columns, rows.Select((cells, n) => new ExtractedRow(cells, $"row {n}")), rows.Length);

    static EnvelopeField[] Fields(ExtractedTable table)
    {
        var facts = ColumnFacts.Of(table, TestContext.Current.CancellationToken);
        return [.. table.Columns.Select((column, place) => EnvelopeField.Of(column, place, facts[place], isTitle: false))];
    }
}
