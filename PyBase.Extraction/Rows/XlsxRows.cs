using System.IO.Compression;
using System.Xml;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Sheets.Xlsx;

namespace PyBase.Extraction.Rows;

/// <summary>The rows of one sheet of a workbook, read while its XML is unpacked; only the texts that the workbook keeps apart are in memory.</summary>
sealed class XlsxRows : RowReader
{
    readonly ZipArchive archive;
    readonly FindingList findings;
    readonly Workbook workbook;
    readonly WorkbookBudget expansion;
    readonly RowOptions options;
    readonly string?[] texts;
    readonly CellKind[] kinds;
    readonly List<SheetCell> cells = [];
    XmlReader? reader;
    SheetGrid grid = new() { Name = "" };
    int count, row, merged;

    public XlsxRows(Stream stream, RowOptions options, FindingList findings, CancellationToken cancellation)
    {
        (this.options, this.findings, texts, kinds) = (options, findings, new string?[options.MaxColumns], new CellKind[options.MaxColumns]);
        expansion = new WorkbookBudget(options.MaxExpandedBytes, cancellation);
        var limits = new SheetOptions { MaxExpandedBytes = options.MaxExpandedBytes, MaxTextLength = options.MaxTextLength, MaxTextCharacters = options.MaxSharedCharacters };
        // What is read is not kept, so only the texts that are count.
        var budget = new CellBudget(limits with { MaxCells = int.MaxValue, MaxTextCharacters = long.MaxValue }, findings);
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            workbook = new Workbook(archive, expansion, limits, budget, findings);
            Sheets = workbook.Open();
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            archive?.Dispose();
            stream.Dispose();
            throw new RowsBrokenException(SheetFindingCode.WorkbookBroken, "The workbook cannot be unpacked.");
        }
        Check();
    }

    /// <summary>The sheets of the workbook.</summary>
    public IReadOnlyList<(string Name, string State, string Path)> Sheets { get; }

    /// <summary>The sheet whose rows are read.</summary>
    public string Sheet => grid.Name;

    /// <summary>Goes to the beginning of a sheet.</summary>
    public void Enter((string Name, string State, string Path) sheet)
    {
        reader?.Dispose();
        (row, merged, grid) = (0, 0, new SheetGrid { Name = sheet.Name });
        reader = workbook.OpenPart(sheet.Path) ?? throw new RowsBrokenException(SheetFindingCode.WorkbookBroken, $"The sheet \"{sheet.Name}\" is missing.");
    }

    public override int Count => count;

    public override ReadOnlySpan<char> this[int column] => column < count ? texts[column] : default;

    public override CellKind KindOf(int column) => kinds[column];

    public override bool Read()
    {
        try
        {
            if (!workbook.NextRow(reader!, grid, cells, ref row, ref merged))
            {
                if (merged > 0)
                    findings.Tell(RowFindingCode.CellsMerged, "Cells are shown as one; the first of them holds the content, the others are empty.", Sheet);
                Check();
                return false;
            }
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException or EndOfStreamException)
        {
            Check();
            throw new RowsBrokenException(SheetFindingCode.WorkbookBroken, $"The sheet \"{Sheet}\" is damaged behind row {row}.");
        }
        Check();
        Array.Clear(texts, 0, count);
        Array.Clear(kinds, 0, count);
        (count, Number) = (0, row);
        foreach (var cell in cells)
        {
            if (cell.Column > options.MaxColumns)
            {
                findings.Warn(RowFindingCode.ColumnsCut, $"There are more than {options.MaxColumns} columns; the rest was left out.", $"{Sheet}!{row}");
                break;
            }
            count = cell.Column;
            texts[count - 1] = cell.Text;
            kinds[count - 1] = cell.Kind switch { "number" => CellKind.Number, "date" => CellKind.Date, "boolean" => CellKind.Boolean, _ => CellKind.Text };
        }
        return true;
    }

    /// <summary>What stops a reader of parts lists with a finding stops an import: half of a sheet looks like a whole one.</summary>
    void Check()
    {
        if (expansion.IsSpent)
            throw new RowsBrokenException(SheetFindingCode.SheetTooLarge, $"The workbook expands to more than {options.MaxExpandedBytes:N0} bytes.");
        if (findings.Items.FirstOrDefault(finding => finding.Severity is FindingSeverity.Error) is { } error)
            throw new RowsBrokenException(error.Code, error.Message);
    }

    protected override void Dispose(bool disposing)
    {
        reader?.Dispose();
        archive.Dispose();
    }
}
