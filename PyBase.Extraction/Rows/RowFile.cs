using System.Globalization;
using System.Text;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Sheets.Csv;

namespace PyBase.Extraction.Rows;

/// <summary>
/// A file of rows (delimited text, a sheet of a workbook, JSON), looked at once to see how it is to be read; its rows can then be read as often as needed, in
/// the memory of one row.
/// </summary>
/// <example><code>
/// var file = RowFile.Open(() => File.OpenRead(path), path, new RowOptions(), cancellation);
/// using var rows = file.Rows(cancellation);
/// while (rows.Read())
///     Console.WriteLine($"{rows.Number}: {rows[0]}");
/// </code></example>
public sealed class RowFile
{
    const int Sampled = 256 * 1024;

    readonly FindingList findings = new();
    FindingList reading = new();
    readonly Func<CancellationToken, RowReader> open;

    RowFile(FileFormat format, string encoding, Func<RowFile, CancellationToken, RowReader> open) => (Format, Encoding, this.open) = (format, encoding, cancellation => open(this, cancellation));

    /// <summary>What it is.</summary>
    public FileFormat Format { get; }

    /// <summary>How its text is written.</summary>
    public string Encoding { get; }

    /// <summary>What stands between cells; null in formats without.</summary>
    public char? Delimiter { get; private init; }

    /// <summary>What stands around cells; null in formats without.</summary>
    public char? Quote { get; private init; }

    /// <summary>The sheets of a workbook.</summary>
    public IReadOnlyList<string> Sheets { get; private init; } = [];

    /// <summary>The sheet that is read.</summary>
    public string? Sheet { get; private init; }

    /// <summary>The line or row of the names; 0 when the columns have none.</summary>
    public int HeaderRow { get; private set; }

    /// <summary>Names of the columns, each another; rows may have more cells.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>What was odd while it was looked at, and in the rows that were read last.</summary>
    public IReadOnlyList<Finding> Findings => [.. findings.Items, .. reading.Items];

    /// <summary>Looks at the file.</summary>
    /// <param name="openStream">Opens it at its beginning; the stream can seek and is closed here.</param>
    /// <param name="name">With extension, as the witness where bytes cannot decide.</param>
    /// <param name="options">What is known already.</param>
    /// <param name="cancellation">Looked at every few hundred kilobytes.</param>
    /// <exception cref="RowsBrokenException">It is no such file, or broken from the start.</exception>
    public static RowFile Open(Func<Stream> openStream, string name, RowOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(openStream);
        ArgumentNullException.ThrowIfNull(options);
        var start = new byte[FormatSniffer.BytesWanted];
        int length;
        using (var stream = openStream())
            length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (length == 0)
            throw new RowsBrokenException(FindingCode.EmptyFile, "The file is empty.");
        if (start.AsSpan(0, length).StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new RowsBrokenException(SheetFindingCode.WorkbookUnsupported, "The file is an encrypted workbook or one of Excel 97-2003, which are not read.");
        var format = FormatOf(start.AsSpan(0, length), name);
        var file = format switch
        {
            FileFormat.Csv => OpenText(openStream, options, cancellation),
            FileFormat.Xlsx => OpenWorkbook(openStream, options, cancellation),
            FileFormat.Json => OpenJson(openStream, options, cancellation),
            _ => throw new RowsBrokenException(RowFindingCode.NotRows, "The file is neither delimited text (CSV, TSV), nor an XLSX workbook, nor JSON."),
        };
        if (file.Columns.Count == 0)
            file.FindHeader(options, cancellation);
        return file;
    }

    /// <summary>A table of what a reader found in a drawing, as a file of rows.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="table">One of its tables.</param>
    /// <param name="names">What people call its columns, in their order.</param>
    public static RowFile Of(ExtractionResult result, ExtractedTable table, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(result);
        var file = new RowFile(result.Source.Format, result.Source.Encoding, (_, stop) => new EnvelopeRows(table, stop))
        {
            Sheets = [.. result.Tables.Where(each => each.RowCount > 0).Select(each => each.Kind)], Sheet = table.Kind, Columns = Unique(names), HasLocators = true,
        };
        foreach (var finding in result.Findings)
            file.findings.Add(finding.Code, finding.Severity, finding.Message, finding.Locator);
        return file;
    }

    /// <summary>Its rows say where they stand: <see cref="RowReader.Locator"/>.</summary>
    public bool HasLocators { get; private init; }

    /// <summary>Its rows, behind the names of the columns.</summary>
    public RowReader Rows(CancellationToken cancellation)
    {
        reading = new FindingList();
        var rows = open(cancellation);
        while (HeaderRow > 0 && rows.Number < HeaderRow && rows.Read())
        {
        }
        return rows;
    }

    static FileFormat FormatOf(ReadOnlySpan<byte> start, string name)
    {
        var extension = Path.GetExtension(name).ToUpperInvariant();
        if (extension is ".NDJSON" or ".JSONL")
            return FileFormat.Json;
        var format = FormatSniffer.Sniff(start, name);
        // A mark of UTF-16 that the sniffer does not know, or some zeros in a text.
        return format is FileFormat.Unknown && extension is ".CSV" or ".TSV" or ".TXT" or ".TAB" ? FileFormat.Csv : format;
    }

    static RowFile OpenText(Func<Stream> openStream, RowOptions options, CancellationToken cancellation)
    {
        RowEncoding encoding;
        using (var stream = openStream())
            encoding = options.Encoding is { } wanted
                ? RowEncoding.Named(wanted) ?? throw new RowsBrokenException(RowFindingCode.EncodingUnknown, $"There is no encoding \"{wanted}\".")
                : RowEncoding.Of(stream, cancellation);
        var sample = new char[Sampled];
        int length;
        using (var text = new StreamReader(openStream(), encoding.Encoding))
            length = text.ReadBlock(sample);
        var start = sample.AsSpan(0, length);
        // Excel's own hint.
        var hint = start is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var given, '\r' or '\n', ..] ? given : (char?)null;
        var delimiter = options.Delimiter ?? hint ?? CsvSheet.Sniff(new string(start));
        var quote = options.Quote ?? QuoteOf(start, delimiter);
        var file = new RowFile(FileFormat.Csv, encoding.Name, (self, stop) =>
        {
            var rows = new CsvRows(new StreamReader(openStream(), encoding.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: Sampled), delimiter, quote, options, self.reading, stop);
            if (hint is not null)
                rows.SkipLine();
            return rows;
        }) { Delimiter = delimiter, Quote = quote };
        if (encoding.MixedAt > 0)
            file.findings.Warn(RowFindingCode.EncodingsMixed, $"Some lines are UTF-8 and others are not, line {encoding.MixedAt} first; these were read as {encoding.Name["utf-8 and ".Length..]}.", $"line {encoding.MixedAt}");
        else if (encoding.IsGuessed)
            file.findings.Tell(FindingCode.EncodingGuessed, $"Text of no declared encoding was read as {encoding.Name}.");
        return file;
    }

    /// <summary>Apostrophes only where cells begin and end with them and no double quote does.</summary>
    static char QuoteOf(ReadOnlySpan<char> sample, char delimiter)
    {
        ReadOnlySpan<char> pair = ['\'', delimiter, '\''];
        return !sample.Contains('"') && sample.Count(pair) >= 2 ? '\'' : '"';
    }

    static RowFile OpenWorkbook(Func<Stream> openStream, RowOptions options, CancellationToken cancellation)
    {
        string sheet;
        List<string> others;
        IReadOnlyList<(string Name, string State, string Path)> sheets;
        using (var rows = new XlsxRows(openStream(), options, new FindingList(), cancellation))
        {
            sheets = rows.Sheets;
            var filled = sheets.Where(each => { rows.Enter(each); return rows.Read(); }).Select(each => each.Name).ToList();
            sheet = options.Sheet ?? filled.FirstOrDefault() ?? throw new RowsBrokenException(FindingCode.EmptyFile, "No sheet of the workbook has content.");
            if (!sheets.Any(each => each.Name == sheet))
                throw new RowsBrokenException(RowFindingCode.SheetMissing, $"There is no sheet \"{sheet}\".");
            others = [.. filled.Where(name => name != sheet)];
        }
        var file = new RowFile(FileFormat.Xlsx, "utf-8", (self, stop) =>
        {
            var rows = new XlsxRows(openStream(), options, self.reading, stop);
            rows.Enter(sheets.First(each => each.Name == sheet));
            return rows;
        }) { Sheets = [.. sheets.Select(each => each.Name)], Sheet = sheet };
        if (others.Count > 0)
            file.findings.Tell(RowFindingCode.OtherSheets, $"{others.Count} other sheets have content, \"{others[0]}\" first; import them one by one.");
        return file;
    }

    static RowFile OpenJson(Func<Stream> openStream, RowOptions options, CancellationToken cancellation)
    {
        var findings = new FindingList();
        IReadOnlyList<string> names;
        using (var stream = openStream())
            names = JsonRows.Names(stream, options, findings, cancellation);
        if (names.Count == 0)
            throw new RowsBrokenException(FindingCode.EmptyFile, "The file has no object with a property.");
        var columns = names.Index().ToDictionary(name => name.Item, name => name.Index);
        var file = new RowFile(FileFormat.Json, "utf-8", (_, stop) => new JsonRows(openStream(), columns, options, stop)) { Columns = Unique(names) };
        foreach (var finding in findings.Items)
            file.findings.Warn(finding.Code, finding.Message, finding.Locator);
        return file;
    }

    /// <summary>The first full row whose cells are names: texts, none twice, no numbers and days among them.</summary>
    void FindHeader(RowOptions options, CancellationToken cancellation)
    {
        const int rowsSeen = 50;
        var seen = new List<(int Number, string[] Cells)>();
        using (var rows = open(cancellation))
            while (seen.Count < rowsSeen && rows.Read())
                seen.Add((rows.Number, [.. Enumerable.Range(0, rows.Count).Select(n => rows.KindOf(n) is CellKind.Text ? rows[n].Trim().ToString() : $"\0{rows[n]}")]));
        if (seen.Count == 0)
            throw new RowsBrokenException(FindingCode.EmptyFile, "The file has no row with content.");
        var widest = seen.Max(row => row.Cells.Count(cell => cell.Length > 0));
        var (number, cells) = seen.First(row => row.Cells.Count(cell => cell.Length > 0) * 2 >= widest);
        var isHeader = options.HasHeader ?? LooksLikeNames(cells);
        HeaderRow = isHeader ? number : 0;
        Columns = Unique(isHeader ? cells.Select(cell => cell.TrimStart('\0')) : Enumerable.Repeat("", seen.Max(row => row.Cells.Length)));
    }

    static bool LooksLikeNames(string[] cells)
    {
        var names = cells.Where(cell => cell.Length > 0).ToArray();
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length && !names.Any(name =>
            name[0] == '\0' || name.Length > 255 || double.TryParse(name, NumberStyles.Any, CultureInfo.InvariantCulture, out _) || name.Count(char.IsAsciiDigit) >= 5 && DateTime.TryParse(name, CultureInfo.InvariantCulture, out _));
    }

    static List<string> Unique(IEnumerable<string> names)
    {
        var unique = new List<string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var plain = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var wanted = plain.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"Column {unique.Count + 1}") : plain.Length > 200 ? plain[..(char.IsHighSurrogate(plain[199]) ? 199 : 200)] : plain;
            var free = wanted;
            for (var n = 2; !taken.Add(free); n++)
                free = string.Create(CultureInfo.InvariantCulture, $"{wanted} {n}");
            unique.Add(free);
        }
        return unique;
    }
}
