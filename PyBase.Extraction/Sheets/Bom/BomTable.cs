namespace PyBase.Extraction.Sheets.Bom;

/// <summary>A column of a table: where it is, what it is called, which field it is.</summary>
sealed record BomColumn(int Column, string Label, string? Field);

/// <summary>A table in a sheet: its heading and the rows below.</summary>
sealed class BomTable
{
    public required SheetGrid Sheet { get; init; }
    public required int HeaderRow { get; init; }
    public required int HeaderRows { get; init; }
    public required List<BomColumn> Columns { get; init; }
    public required List<SheetRow> Rows { get; init; }
    public required bool IsPartsList { get; init; }

    public IEnumerable<BomColumn> Of(string field) => Columns.Where(column => column.Field == field);
}
