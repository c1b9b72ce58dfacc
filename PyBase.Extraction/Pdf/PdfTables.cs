using System.Globalization;
using PyBase.Extraction.Callouts;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.PartsLists;
using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Grid;
using PyBase.Extraction.Pdf.Lines;
using PyBase.Extraction.Pdf.Sheet;
using PyBase.Extraction.Sheets;
using PyBase.Notation.Geometry;
using PyBase.Notation.Quantities;
using PyBase.Notation.Threads;
using PyBase.Notation.Units;

namespace PyBase.Extraction.Pdf;

/// <summary>The rows of all pages in the tables of the envelope.</summary>
sealed class PdfTables(FindingList findings, int maxRows, CancellationToken cancellation)
{
    const double Sure = 0.95, Likely = 0.85, Unsure = 0.6, Aligned = 0.75;

    readonly TableBuilder pages = New("pages", maxRows, cancellation, Integer("n"), Number("width", "pt"), Number("height", "pt"), Integer("rotation"), Truth("has_text"), Truth("image_only"), Truth("has_3d"));
    readonly TableBuilder lines = New("text_lines", maxRows, cancellation, Integer("page"), Text("text"), Number("angle", "deg"), Number("font_size", "pt"), Number("left", "pt"), Number("bottom", "pt"), Number("right", "pt"), Number("top", "pt"));
    readonly TableBuilder cells = New("tables", maxRows, cancellation, Integer("table"), Integer("page"), Integer("row"), Integer("col"), Integer("rowspan"), Integer("colspan"), Text("text"), Truth("header"), Truth("ruled"));
    readonly TableBuilder title = New("title_block", maxRows, cancellation, Text("field"), Text("value"), Text("label"), Integer("page"));
    readonly TableBuilder bom = New("bom", maxRows, cancellation, Text("item"), Text("part_number"), Text("part_number_folded"), Text("description"), Number("qty"), Text("qty_text"), Text("material"), Text("source"), Integer("page"));
    readonly TableBuilder dimensions = New("dimensions", maxRows, cancellation, Text("kind"), Number("nominal"), Text("unit"), Text("displayed"), Number("upper"), Number("lower"), Text("fit"), Integer("count"),
        Number("depth"), Number("chamfer_angle", "deg"), Truth("reference"), Text("limit"), Truth("through"), Text("recess"), Text("marks"), Number("angle", "deg"), Integer("page"));
    readonly TableBuilder gdt = New("gdt", maxRows, cancellation, Integer("frame"), Integer("row"), Text("text"), Text("characteristic"), Truth("diametral"), Number("value"), Text("unit"), Text("modifiers"), Text("datum1"), Text("datum2"), Text("datum3"), Integer("page"));
    readonly TableBuilder threads = New("threads", maxRows, cancellation, Text("designation"), Text("form"), Number("nominal", "mm"), Number("pitch", "mm"), Text("class"), Number("depth", "mm"), Integer("count"), Truth("left_hand"), Truth("through"), Text("displayed"), Integer("page"));
    readonly TableBuilder finishes = New("surface_finish", maxRows, cancellation, Text("parameter"), Number("value"), Text("unit"), Truth("maximum"), Text("displayed"), Integer("page"));
    readonly TableBuilder notes = New("notes", maxRows, cancellation, Text("number"), Text("text"), Integer("page"));
    readonly TableBuilder ocr = New("ocr", maxRows, cancellation, Integer("page"), Text("engine"), Integer("dpi"), Number("mean_confidence"));

    readonly List<PageTable> found = [];
    int frames;

    public bool IsInches { get; private set; }
    public bool HasDeclaredUnit { get; private set; }

    public void Add(PageReading reading)
    {
        var page = reading.Content;
        pages.Add($"p{page.Number}", 1, null, page.Number, page.Width, page.Height, page.Rotation, page.Glyphs.Count > 0, page.Glyphs.Count == 0 && page.Pictured > 0.3, page.Has3D);
        var confidence = page.OcrConfidence ?? 1;
        foreach (var run in reading.Runs.OrderBy(run => run.Order))
            lines.Add(run.Box.Locate(page.Number), confidence, run.Text, page.Number, run.Text, run.Angle, Math.Round(run.Size, 2), Math.Round(run.Box.Left, 2), Math.Round(run.Box.Bottom, 2), Math.Round(run.Box.Right, 2), Math.Round(run.Box.Top, 2));
        found.AddRange(reading.Tables);
        foreach (var field in reading.Title)
        {
            title.Add(field.Box.Locate(page.Number), field.Confidence * confidence, field.Value, field.Field, field.Value, field.Label, page.Number);
            if (field.Field == "units")
                (HasDeclaredUnit, IsInches) = (true, field.Value == "in");
        }
        var references = ReferenceMarks(reading.Notes);
        foreach (var dimension in reading.Dimensions)
            Add(dimension, page, references, confidence);
        foreach (var frame in reading.Frames)
            Add(frame, page, confidence);
        foreach (var (thread, box, text) in reading.Threads)
        {
            threads.Add(box.Locate(page.Number), Sure * confidence, text, thread.ToString(), thread.Form.ToString(), (double)thread.Diameter, (double)Math.Round(thread.Pitch, 6), thread.Class.Length > 0 ? thread.Class : null,
                (double?)thread.Depth, thread.Count, thread.IsLeftHand, thread.IsThrough, text, page.Number);
        }
        foreach (var (finish, box, text) in reading.Finishes)
            finishes.Add(box.Locate(page.Number), Sure * confidence, text, finish.Parameter.Symbol, (double)finish.Value, finish.Unit?.Symbol, finish.IsMaximum, text, page.Number);
        foreach (var note in reading.Notes)
            notes.Add(note.Box.Locate(page.Number), Likely * confidence, note.Text, note.Number, note.Text, page.Number);
    }

    public void AddOcr(int page, string engine, int dpi, double confidence) => ocr.Add($"p{page}", 1, null, page, engine, dpi, Math.Round(confidence, 4));

    public IReadOnlyList<ExtractedTable> Build(out bool isCut)
    {
        TableSequence.Number(found);
        foreach (var table in found)
        {
            table.HeaderRows = table.HeaderRows > 0 ? table.HeaderRows : HeaderOf(table);
            foreach (var cell in table.Cells)
            {
                if (cell.Row < table.RepeatedRows)
                    continue;
                cells.Add($"{cell.Box.Locate(table.Page)}", table.IsRuled ? Sure : Aligned, cell.Text, table.Number, table.Page, table.RowsBefore + cell.Row - table.RepeatedRows + 1, cell.Column + 1,
                    cell.RowSpan, cell.ColumnSpan, cell.Text, table.RowsBefore == 0 && cell.Row < table.HeaderRows, table.IsRuled);
            }
        }
        BomFromTables();
        List<TableBuilder> all = [pages, title, bom, dimensions, gdt, threads, finishes, notes, cells, lines, ocr];
        isCut = all.Exists(table => table.IsCut);
        if (isCut)
            findings.Warn(FindingCode.RowsCut, "A table has more rows than the limit; the rest was left out.");
        return [.. all.Where(table => table.Count > 0).Select(table => table.Build())];
    }

    void Add(FoundDimension dimension, PageContent page, HashSet<string> references, double confidence)
    {
        var (text, reading) = (dimension.Text, dimension.Reading);
        var size = reading.Callout.Size!;
        if (reading.Contradicts)
            findings.Warn(PdfFindingCode.ToleranceContradicts, $"The class {reading.Fit} and the deviations listed in {text.Whole} differ.", text.Box.Locate(page.Number));
        dimensions.Add(text.Box.Locate(page.Number), (reading.Contradicts ? Unsure : Likely) * confidence, text.Whole, KindOf(reading), (double)size.Value, size.Unit.Symbol == "°" ? "deg" : size.Unit.Symbol, text.Whole,
            (double?)reading.Upper, (double?)reading.Lower, reading.Fit, reading.Callout.Count, (double?)reading.Callout.Depth, (double?)size.ChamferAngle,
            size.Kind == QuantityKind.Reference || references.Contains(reading.Marks) && reading.Marks.Length > 0,
            size.Tolerance switch { Tolerance.Maximum => "max", Tolerance.Minimum => "min", _ => size.Kind == QuantityKind.Basic ? "basic" : null }, reading.Callout.IsThrough, RecessText(reading),
            reading.Marks.Length > 0 ? reading.Marks : null, text.Run.Angle, page.Number);
    }

    static string? RecessText(CalloutReading reading) => reading.Callout.Recesses.Count == 0 ? null : string.Join("; ", reading.Callout.Recesses.Select(recess =>
        $"{recess.Kind.ToString().ToLowerInvariant()} {recess.Size}{(recess.Depth is { } depth ? " ↧" + depth.ToString(CultureInfo.InvariantCulture) : "")}{(recess.Angle is { } angle ? $" {angle.ToString(CultureInfo.InvariantCulture)}°" : "")}"));

    static string KindOf(CalloutReading reading) => reading.Callout.Size! switch
    {
        _ when reading.Callout.IsChamfer => "chamfer",
        { Symbol: FeatureSymbol.Diameter or FeatureSymbol.SphericalDiameter } => "diameter",
        { Symbol: FeatureSymbol.Radius or FeatureSymbol.SphericalRadius or FeatureSymbol.ControlledRadius } => "radius",
        { Symbol: FeatureSymbol.Square } => "square",
        { Unit.Dimension: UnitDimension.Angle } => "angle",
        _ => "linear",
    };

    // "* Reference dimensions."
    static HashSet<string> ReferenceMarks(List<SheetNote> notes) => [.. notes.Where(note => note.Text.StartsWith('*') && (note.Text.Contains("eference", StringComparison.Ordinal) || note.Text.Contains("справ", StringComparison.OrdinalIgnoreCase)))
        .Select(note => new string([.. note.Text.TakeWhile(letter => letter == '*')]))];

    void Add(FoundFrame found, PageContent page, double confidence)
    {
        frames++;
        if (found.Frame is not { } frame)
        {
            gdt.Add(found.Box.Locate(page.Number), 0.3 * confidence, found.Text, frames, 1, found.Text, new Cell(), new Cell(), new Cell(), new Cell(), new Cell(), new Cell(), new Cell(), new Cell(), page.Number);
            return;
        }
        for (var i = 0; i < frame.Rows.Count; i++)
        {
            var row = frame.Rows[i];
            string? Datum(int at) => row.Datums.Count > at ? row.Datums[at].ToString() : null;
            gdt.Add(found.Box.Locate(page.Number), Likely * confidence, found.Text, frames, i + 1, found.Text, CharacteristicSign.Of(row.Characteristic).Name, row.Zone != ToleranceZone.Width, (double)row.Tolerance, row.Unit.Symbol,
                row.Modifiers.Count > 0 ? string.Join(' ', row.Modifiers) : null, Datum(0), Datum(1), Datum(2), page.Number);
        }
    }

    static int HeaderOf(PageTable table) => table.Cells.Where(cell => cell.Row == 0).Select(cell => cell.RowSpan).DefaultIfEmpty(1).Max();

    void BomFromTables()
    {
        foreach (var group in found.GroupBy(table => table.Number))
        {
            Dictionary<int, string>? heading = null;
            foreach (var table in group)
            {
                var rows = table.Cells.Where(cell => cell.Row >= table.RepeatedRows).GroupBy(cell => cell.Row).OrderBy(row => row.Key).ToList();
                // Lists on drawings grow upwards from their heading.
                if (heading is null && rows.Count > 1 && rows.Take(Math.Min(4, rows.Count - 1)).All(row => Heading(row) is null) && Heading(rows[^1]) is not null)
                    rows.Reverse();
                foreach (var row in rows)
                {
                    if (heading is null)
                    {
                        heading = Heading(row);
                        continue;
                    }
                    AddPart(row, heading, table.Page);
                }
            }
        }
    }

    void AddPart(IEnumerable<GridCell> row, Dictionary<int, string> heading, int page)
    {
        Dictionary<string, string> values = [];
        var box = Box.Nothing;
        foreach (var cell in row)
        {
            if (cell.Text.Length > 0 && heading.TryGetValue(cell.Column, out var field) && values.TryAdd(field, cell.Text.Replace('\n', ' ')))
                box = box.With(cell.Box);
        }
        if (values.Count < 2)
            return;
        var text = values.GetValueOrDefault("qty");
        double? quantity = text is not null && PartQuantity.TryParse(text, out var number, out _) ? number : null;
        var part = values.GetValueOrDefault("part_number");
        bom.Add(box.Locate(page), Likely, null, values.GetValueOrDefault("item"), part, part is null ? null : Notation.PartNumbers.PartNumber.Fold(part), values.GetValueOrDefault("description"), quantity, text, values.GetValueOrDefault("material"), "table", page);
    }

    static Dictionary<int, string>? Heading(IEnumerable<GridCell> row)
    {
        var named = row.ToList();
        var fields = BomColumns.Map(named.ConvertAll(cell => (string?)cell.Text.Replace('\n', ' ')));
        Dictionary<int, string> heading = [];
        for (var i = 0; i < named.Count; i++)
        {
            if (fields[i] is { } field)
                heading.TryAdd(named[i].Column, field);
        }
        return heading.ContainsValue("qty") && BomColumns.IsPartsList(heading.Values) ? heading : null;
    }

    static TableBuilder New(string kind, int maxRows, CancellationToken cancellation, params TableColumn[] columns) => new(kind, columns, maxRows, cancellation);
    static TableColumn Text(string key) => new(key, ColumnType.Text);
    static TableColumn Number(string key, string? unit = null) => new(key, ColumnType.Number, unit);
    static TableColumn Integer(string key) => new(key, ColumnType.Integer);
    static TableColumn Truth(string key) => new(key, ColumnType.Boolean);
}
