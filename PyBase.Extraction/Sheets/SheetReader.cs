using System.IO.Compression;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Sheets.Bom;
using PyBase.Extraction.Sheets.Csv;
using PyBase.Extraction.Sheets.Xlsx;

namespace PyBase.Extraction.Sheets;

/// <summary>Reads parts lists from workbooks (XLSX, XLSM) and delimited text.</summary>
/// <example>
/// <code>
/// var result = SheetReader.Read(stream);
/// foreach (var row in result.Table("bom")?.Rows ?? [])
///     Console.WriteLine(row.Locator);
/// </code>
/// </example>
public static class SheetReader
{
    static readonly TableColumn[] SheetColumns =
    [
        new("sheet", ColumnType.Text), new("state", ColumnType.Text), new("rows", ColumnType.Integer), new("columns", ColumnType.Integer), new("merged", ColumnType.Integer),
    ];

    static readonly TableColumn[] DetectedColumns =
    [
        new("sheet", ColumnType.Text), new("header_row", ColumnType.Integer), new("header_rows", ColumnType.Integer), new("first", ColumnType.Integer), new("last", ColumnType.Integer), new("parts_list", ColumnType.Boolean),
    ];

    static readonly TableColumn[] FieldColumns =
    [
        new("sheet", ColumnType.Text), new("source", ColumnType.Text), new("label", ColumnType.Text), new("mapped_to", ColumnType.Text), new("type", ColumnType.Text),
    ];

    static readonly TableColumn[] CellColumns =
    [
        new("sheet", ColumnType.Text), new("row", ColumnType.Integer), new("col", ColumnType.Integer), new("text", ColumnType.Text), new("type", ColumnType.Text), new("formula", ColumnType.Boolean), new("hidden", ColumnType.Boolean),
    ];

    static readonly string[] TextFields = ["material", "finish", "value", "reference", "footprint", "manufacturer", "supplier", "order_code", "unit", "weight", "notes"];

    static readonly TableColumn[] BomFields =
    [
        new("sheet", ColumnType.Text), new("level", ColumnType.Integer), new("parent", ColumnType.Text), new("item", ColumnType.Text), new("part_number", ColumnType.Text), new("part_number_folded", ColumnType.Text),
        new("description", ColumnType.Text), new("qty", ColumnType.Number), new("qty_text", ColumnType.Text), new("qty_inherited", ColumnType.Boolean), new("hidden", ColumnType.Boolean), new("level_by", ColumnType.Text),
        .. TextFields.Select(field => new TableColumn(field, ColumnType.Text)),
    ];

    /// <summary>
    /// Reads the stream once, from where it stands. Bad input never throws: it yields what could be understood and findings that
    /// say what could not.
    /// </summary>
    /// <param name="stream">Readable; stays the caller's. The packed file is kept in memory while it is read.</param>
    /// <param name="options">Guards; null for the defaults.</param>
    /// <param name="cancellationToken">Checked every few kilobytes.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractionResult Read(Stream stream, SheetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new SheetOptions();
        return TimeLimit.Run(options.MaxTime, options.Clock, cancellation => Within(stream, options, cancellation), cancellationToken);
    }

    static ExtractionResult Within(Stream stream, SheetOptions options, CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        var findings = new FindingList();
        var budget = new CellBudget(options, findings);
        var format = FileFormat.Unknown;
        var encoding = "";
        Dictionary<string, string> metadata = [];
        List<SheetGrid> sheets = [];
        var data = Load(stream, options, findings, cancellationToken, out var bytes);
        if (data is { Length: > 0 })
        {
            if (data.AsSpan().StartsWith("PK\x03\x04"u8))
            {
                format = FileFormat.Xlsx;
                sheets = Unpack(data, options, budget, findings, cancellationToken);
                encoding = "utf-8";
            }
            else if (data.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            {
                findings.Fail(SheetFindingCode.WorkbookUnsupported, "The file is an encrypted workbook or one of Excel 97-2003, which are not read.");
            }
            else
            {
                format = FileFormat.Csv;
                var text = TextDecoding.Of(data, out encoding, out var isGuessed);
                if (isGuessed)
                    findings.Tell(FindingCode.EncodingGuessed, $"Text of no declared encoding was read as {encoding}.");
                sheets = [CsvSheet.Read(text, "text", budget, findings, cancellationToken, out var delimiter)];
                metadata["delimiter"] = delimiter == '\t' ? "tab" : delimiter.ToString();
            }
        }
        var tables = Tables(sheets, options, findings, cancellationToken, out var rowsCut);
        return new ExtractionResult
        {
            Source = new ExtractionSource(format, "", encoding, bytes),
            Units = new ExtractionUnits(null, "deg", UnitSource.Unknown),
            Metadata = metadata,
            Tables = tables,
            Findings = findings.Items,
            Statistics = new ExtractionStatistics(bytes, budget.Cells, options.Clock.GetElapsedTime(started)),
            Truncated = rowsCut || budget.IsSpent || findings.Items.Any(finding => finding.Code is SheetFindingCode.SheetTooLarge or SheetFindingCode.CellsCut or FindingCode.TextCut),
        };
    }

    static byte[]? Load(Stream stream, SheetOptions options, FindingList findings, CancellationToken cancellation, out long bytes)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[128 * 1024];
        bytes = 0;
        for (int got; (got = stream.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            bytes += got;
            if (bytes > options.MaxBytes)
            {
                findings.Fail(SheetFindingCode.SheetTooLarge, $"The file is larger than {options.MaxBytes:N0} bytes.");
                return null;
            }
            copy.Write(buffer, 0, got);
        }
        if (bytes == 0)
            findings.Fail(FindingCode.EmptyFile, "The file is empty.");
        return copy.ToArray();
    }

    static List<SheetGrid> Unpack(byte[] data, SheetOptions options, CellBudget budget, FindingList findings, CancellationToken cancellation)
    {
        var expansion = new WorkbookBudget(options.MaxExpandedBytes, cancellation);
        List<SheetGrid> sheets = [];
        try
        {
            using var archive = new ZipArchive(new MemoryStream(data, writable: false), ZipArchiveMode.Read);
            sheets = new Workbook(archive, expansion, options, budget, findings).Read();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException)
        {
            findings.Fail(SheetFindingCode.WorkbookBroken, "The workbook cannot be unpacked.");
        }
        if (expansion.IsSpent)
            findings.Fail(SheetFindingCode.SheetTooLarge, "The workbook expands to more than the limit; the rest was not read.");
        return sheets;
    }

    static IReadOnlyList<ExtractedTable> Tables(List<SheetGrid> sheets, SheetOptions options, FindingList findings, CancellationToken cancellation, out bool isCut)
    {
        TableBuilder about = new("sheets", SheetColumns, options.MaxRows, cancellation), detected = new("tables", DetectedColumns, options.MaxRows, cancellation),
            columns = new("columns", FieldColumns, options.MaxRows, cancellation), bom = new("bom", BomFields, options.MaxRows, cancellation);
        var count = 0L;
        foreach (var sheet in sheets)
        {
            about.Add(sheet.Name, 1, null, sheet.Name, sheet.State, sheet.Rows.Count == 0 ? 0 : sheet.Rows[^1].Number, sheet.ColumnCount, sheet.Merged.Count);
            count += sheet.Rows.Sum(row => (long)row.Cells.Count);
            foreach (var table in BomFinder.Find(sheet))
            {
                detected.Add(sheet.Locate(table.HeaderRow, table.Columns[0].Column), table.IsPartsList ? 0.95 : 0.6, null, sheet.Name, table.HeaderRow, table.HeaderRows,
                    table.Rows.Count == 0 ? new Cell() : table.Rows[0].Number, table.Rows.Count == 0 ? new Cell() : table.Rows[^1].Number, table.IsPartsList);
                var types = Types(table, cancellation);
                foreach (var column in table.Columns)
                    columns.Add(sheet.Locate(table.HeaderRow, column.Column), column.Field is null ? 0.5 : 0.95, column.Label, sheet.Name, SheetGrid.ColumnName(column.Column), column.Label, column.Field, types[column.Column]);
                if (table.IsPartsList)
                    Parts(table, bom, findings, cancellation);
            }
        }
        List<TableBuilder> all = [about, detected, columns, bom];
        isCut = all.Exists(table => table.IsCut) || count > options.MaxRows;
        if (isCut)
            findings.Warn(FindingCode.RowsCut, "A table has more rows than the limit; the rest was left out.");
        var cells = new ExtractedTable("cells", CellColumns, Cells(sheets).Take(options.MaxRows), (int)Math.Min(count, options.MaxRows));
        return [.. all.Where(table => table.Count > 0).Select(table => table.Build()).Concat(count > 0 ? [cells] : [])];
    }

    // Made while enumerated: they say what the sheets hold already.
    static IEnumerable<ExtractedRow> Cells(List<SheetGrid> sheets)
    {
        foreach (var sheet in sheets)
        {
            foreach (var row in sheet.Rows)
            {
                foreach (var cell in row.Cells)
                    yield return new ExtractedRow([sheet.Name, row.Number, cell.Column, cell.Text, cell.Kind, cell.IsFormula, row.IsHidden], sheet.Locate(row.Number, cell.Column), 1, cell.Text);
            }
        }
    }

    static void Parts(BomTable table, TableBuilder bom, FindingList findings, CancellationToken cancellation)
    {
        foreach (var line in BomLines.Of(table, findings, cancellation))
        {
            string? Value(string field) => line.Values.GetValueOrDefault(field);
            List<Cell> row =
            [
                table.Sheet.Name, line.Level, line.Parent, Value("item"), Value("part_number"), line.Folded, Value("description"), line.Quantity, Value("qty"), line.IsInherited, line.IsHidden, line.LevelBy,
            ];
            foreach (var field in TextFields)
                row.Add(Value(field));
            bom.Add($"{table.Sheet.Name}!{line.Row}:{line.Row}", line.IsInherited ? 0.8 : 0.95, null, [.. row]);
        }
    }

    // What all cells of a column are; part numbers are text even where every one is a number.
    static Dictionary<int, string> Types(BomTable table, CancellationToken cancellation)
    {
        Dictionary<int, string> types = [];
        foreach (var column in table.Columns)
            types[column.Column] = column.Field is "part_number" or "item" or "order_code" ? "text" : "";
        foreach (var row in table.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var cell in row.Cells)
            {
                if (types.TryGetValue(cell.Column, out var type) && type != "text")
                    types[cell.Column] = Of(cell) is var kind && (type.Length == 0 || type == kind) ? kind : "text";
            }
        }
        foreach (var column in types.Keys.ToList())
            types[column] = types[column] is { Length: > 0 } type ? type : "text";
        return types;
    }

    static string Of(SheetCell cell) =>
        cell.Kind == "text" && decimal.TryParse(cell.Text, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _)
        && !(cell.Text.Length > 1 && cell.Text[0] == '0' && char.IsDigit(cell.Text[1])) ? "number" : cell.Kind;
}
