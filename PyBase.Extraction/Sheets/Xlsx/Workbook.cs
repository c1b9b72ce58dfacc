using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace PyBase.Extraction.Sheets.Xlsx;

/// <summary>Reads a workbook part by part, without unpacking what is not asked for.</summary>
sealed class Workbook(ZipArchive archive, WorkbookBudget expansion, SheetOptions options, CellBudget budget, FindingList findings)
{
    readonly List<string> shared = [];
    readonly List<CellFormat> formats = [];
    readonly Dictionary<string, ZipArchiveEntry> parts = archive.Entries.Take(100_000).DistinctBy(entry => entry.FullName.TrimStart('/'), StringComparer.OrdinalIgnoreCase).ToDictionary(entry => entry.FullName.TrimStart('/'), StringComparer.OrdinalIgnoreCase);
    bool is1904;

    public List<SheetGrid> Read()
    {
        List<SheetGrid> sheets = [];
        foreach (var (name, state, path) in Open())
        {
            if (sheets.Count >= options.MaxSheets || budget.IsSpent)
            {
                findings.Fail(SheetFindingCode.CellsCut, "There are more sheets than the limits allow; the rest was left out.");
                break;
            }
            var grid = new SheetGrid { Name = name, State = state };
            Part(path, reader => Sheet(reader, grid));
            if (state != "visible")
                findings.Tell(SheetFindingCode.HiddenContent, "A sheet is hidden; its content was read.", name);
            sheets.Add(grid);
        }
        return sheets;
    }

    /// <summary>Reads what the sheets share, and says which sheets there are and in which parts.</summary>
    public List<(string Name, string State, string Path)> Open()
    {
        var root = Targets("_rels/.rels", "").FirstOrDefault(target => target.Value.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Value.Path ?? "xl/workbook.xml";
        if (!parts.ContainsKey(root))
        {
            findings.Fail(SheetFindingCode.WorkbookBroken, "The archive holds no workbook.");
            return [];
        }
        var folder = root.Contains('/', StringComparison.Ordinal) ? root[..(root.LastIndexOf('/') + 1)] : "";
        var targets = Targets($"{folder}_rels/{root[folder.Length..]}.rels", folder);
        if (targets.Values.FirstOrDefault(target => target.Type.EndsWith("/styles", StringComparison.Ordinal)).Path is { } styles)
            Styles(styles);
        if (targets.Values.FirstOrDefault(target => target.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)).Path is { } strings)
            SharedStrings(strings);
        // A part is one sheet, however often it is named: a few bytes could ask for it thousands of times.
        return [.. Sheets(root).Where(sheet => targets.TryGetValue(sheet.Id, out var target) && target.Type.EndsWith("/worksheet", StringComparison.Ordinal))
            .Select(sheet => (sheet.Name, sheet.State, targets[sheet.Id].Path)).DistinctBy(sheet => sheet.Path, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The part's XML, to be read from its beginning; null when it is missing.</summary>
    public XmlReader? OpenPart(string path) => parts.TryGetValue(path, out var entry)
        ? XmlReader.Create(new ExpandingStream(entry.Open(), expansion), new XmlReaderSettings
        {
            CloseInput = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = options.MaxExpandedBytes,
        }) : null;

    /// <summary>The cells of the next row of a sheet that has any, by column; false at the end. The number of merged ranges comes with the end.</summary>
    public bool NextRow(XmlReader reader, SheetGrid sheet, List<SheetCell> cells, ref int row, ref int merged)
    {
        cells.Clear();
        var column = 0;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "row" && cells.Count > 0)
            {
                Order(cells);
                return true;
            }
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            switch (reader.LocalName)
            {
                case "row":
                    row = Number(reader.GetAttribute("r")) is > 0 and <= 1_048_576 and var number ? number : row + 1;
                    column = 0;
                    break;
                case "c":
                    column = ColumnOf(reader.GetAttribute("r")) is > 0 and var at ? at : column + 1;
                    if (Cell(reader, sheet, row, column) is { } cell && column <= 16_384)
                        cells.Add(cell with { Column = column });
                    break;
                case "mergeCell":
                    merged++;
                    break;
            }
        }
        Order(cells);
        return cells.Count > 0;
    }

    // Broken XML ends its part; what was read of it stays.
    void Part(string path, Action<XmlReader> read)
    {
        if (!parts.ContainsKey(path))
        {
            findings.Fail(SheetFindingCode.WorkbookBroken, "A part of the workbook is missing.", path);
            return;
        }
        try
        {
            using var reader = OpenPart(path)!;
            read(reader);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException or EndOfStreamException or IOException or NotSupportedException)
        {
            if (expansion.IsSpent)
                findings.Fail(SheetFindingCode.SheetTooLarge, "The workbook expands to more than the limit; the rest was not read.");
            else
                findings.Fail(SheetFindingCode.WorkbookBroken, "A part of the workbook is damaged; what follows in it is lost.", path);
        }
    }

    Dictionary<string, (string Type, string Path)> Targets(string path, string folder)
    {
        Dictionary<string, (string, string)> targets = [];
        if (!parts.ContainsKey(path))
            return targets;
        Part(path, reader =>
        {
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Relationship" || reader.GetAttribute("Id") is not { } id || reader.GetAttribute("Target") is not { } target || targets.Count > 10_000)
                    continue;
                var full = target.StartsWith('/') ? target[1..] : folder + target;
                targets.TryAdd(id, (reader.GetAttribute("Type") ?? "", full.Replace("/./", "/", StringComparison.Ordinal)));
            }
        });
        return targets;
    }

    List<(string Name, string State, string Id)> Sheets(string path)
    {
        List<(string, string, string)> sheets = [];
        Part(path, reader =>
        {
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;
                if (reader.LocalName == "workbookPr")
                    is1904 = reader.GetAttribute("date1904") is "1" or "true";
                else if (reader.LocalName == "sheet" && sheets.Count < 10_000)
                    sheets.Add((reader.GetAttribute("name") ?? "", reader.GetAttribute("state") ?? "visible", Attribute(reader, "id") ?? ""));
            }
        });
        return sheets;
    }

    // r:id, whatever the prefix and the flavour of the namespace.
    static string? Attribute(XmlReader reader, string local)
    {
        string? value = null;
        if (reader.MoveToFirstAttribute())
        {
            do
            {
                if (reader.LocalName == local && reader.NamespaceURI.Contains("relationships", StringComparison.Ordinal))
                    value = reader.Value;
            }
            while (reader.MoveToNextAttribute());
            reader.MoveToElement();
        }
        return value;
    }

    void Styles(string path) => Part(path, reader =>
    {
        Dictionary<int, string> codes = [];
        var isInCells = false;
        while (reader.Read())
        {
            if (reader.LocalName == "cellXfs")
                isInCells = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "numFmt" && codes.Count < 10_000)
                codes[Number(reader.GetAttribute("numFmtId"))] = reader.GetAttribute("formatCode") ?? "";
            else if (reader.LocalName == "xf" && isInCells && formats.Count < 100_000)
                formats.Add(CellFormat.Of(Number(reader.GetAttribute("numFmtId")), codes.GetValueOrDefault(Number(reader.GetAttribute("numFmtId"))), 0));
            else if (reader.LocalName == "alignment" && isInCells && formats.Count > 0)
                formats[^1] = formats[^1] with { Indent = Math.Clamp(Number(reader.GetAttribute("indent")), 0, 250) };
        }
    });

    void SharedStrings(string path) => Part(path, reader =>
    {
        var characters = 0L;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "si")
                continue;
            var text = Rich(reader, "si");
            characters += text.Length + 16;
            if (characters > options.MaxTextCharacters)
            {
                findings.Fail(SheetFindingCode.SheetTooLarge, "The workbook has more text than the limit; the rest was not read.");
                return;
            }
            shared.Add(text);
        }
    });

    // The runs of a text, without its phonetic reading.
    string Rich(XmlReader reader, string end)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var depth = reader.Depth;
        int phonetic = -1;
        var isText = false;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth && reader.LocalName == end))
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "rPh" && phonetic < 0 && !reader.IsEmptyElement:
                    phonetic = reader.Depth;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "rPh" && reader.Depth == phonetic:
                    phonetic = -1;
                    break;
                case XmlNodeType.Element:
                    isText = reader.LocalName == "t" && !reader.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement:
                    isText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when isText && phonetic < 0 && text.Length <= options.MaxTextLength:
                    text.Append(reader.Value);
                    break;
            }
        }
        return Unescape(text.ToString());
    }

    // _x000D_ stands for a carriage return.
    static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && i + 6 < text.Length && text[i + 1] == 'x' && text[i + 6] == '_' && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                result.Append((char)code);
                i += 6;
            }
            else
            {
                result.Append(text[i]);
            }
        }
        return result.ToString();
    }

    void Sheet(XmlReader reader, SheetGrid grid)
    {
        List<SheetCell>? cells = null;
        int row = 0, column = 0;
        while (reader.Read() && !budget.IsSpent)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            switch (reader.LocalName)
            {
                case "row":
                    row = Number(reader.GetAttribute("r")) is > 0 and <= 1_048_576 and var number ? number : row + 1;
                    column = 0;
                    var isHidden = reader.GetAttribute("hidden") is "1" or "true";
                    if (isHidden)
                        findings.Tell(SheetFindingCode.HiddenContent, "A row is hidden; its content was read.", grid.Locate(row, 1));
                    cells = [];
                    grid.Rows.Add(new SheetRow(row, isHidden, cells));
                    break;
                case "c" when cells is not null:
                    column = ColumnOf(reader.GetAttribute("r")) is > 0 and var at ? at : column + 1;
                    if (Cell(reader, grid, row, column) is { } cell && column <= 16_384)
                        cells.Add(cell with { Column = column });
                    break;
                case "mergeCell" when grid.Merged.Count < 200_000 && Range(reader.GetAttribute("ref")) is { } merged:
                    grid.Merged.Add(merged);
                    break;
            }
        }
        grid.Rows.RemoveAll(each => each.Cells.Count == 0);
        foreach (var each in grid.Rows)
            Order(each.Cells);
        // Rows may come in any order in a broken file.
        grid.Rows.Sort((one, other) => one.Number.CompareTo(other.Number));
    }

    // Cells may come in any order in a broken file; the first of several for one column counts.
    static void Order(List<SheetCell> cells)
    {
        var isOrdered = true;
        for (var i = 1; i < cells.Count && isOrdered; i++)
            isOrdered = cells[i - 1].Column < cells[i].Column;
        if (isOrdered)
            return;
        List<SheetCell> ordered = [.. cells.DistinctBy(cell => cell.Column).OrderBy(cell => cell.Column)];
        cells.Clear();
        cells.AddRange(ordered);
    }

    SheetCell? Cell(XmlReader reader, SheetGrid grid, int row, int column)
    {
        var type = reader.GetAttribute("t") ?? "n";
        var style = Number(reader.GetAttribute("s"));
        var format = style >= 0 && style < formats.Count ? formats[style] : default;
        if (reader.IsEmptyElement)
            return null;
        var depth = reader.Depth;
        string? value = null, inline = null;
        var isFormula = false;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "v")
                value = Text(reader);
            else if (reader.LocalName == "f")
                isFormula = true;
            else if (reader.LocalName == "is")
                inline = Rich(reader, "is");
        }
        if (isFormula && value is null && inline is null)
            findings.Warn(SheetFindingCode.FormulaWithoutValue, "A formula has no stored result.", grid.Locate(row, column));
        var (text, kind) = type switch
        {
            "s" => (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index] : null, "text"),
            "inlineStr" => (inline, "text"),
            "str" => (value is null ? inline : Unescape(value), "text"),
            "b" => (value is "1" or "true" ? "true" : "false", "boolean"),
            "e" => (value, "error"),
            "d" => (value, "date"),
            _ when value is not null => format.Show(value, is1904),
            _ => (inline, "text"),
        };
        if (type == "s" && text is null && value is not null)
            findings.Warn(FindingCode.DanglingReference, "A cell refers to a text that is not there.", grid.Locate(row, column));
        return string.IsNullOrEmpty(text) || budget.Take(text, grid, row, column) is not { } kept ? null : new SheetCell(0, kept, kind, isFormula, format.Indent);
    }

    string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && text.Length <= options.MaxTextLength)
                text.Append(reader.Value);
        }
        return text.ToString();
    }

    static int Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static int ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetter(letter) || column > 100_000)
                break;
            column = column * 26 + char.ToUpperInvariant(letter) - 'A' + 1;
        }
        return column;
    }

    static MergedCells? Range(string? reference)
    {
        if (reference?.Split(':') is not [var from, var to])
            return null;
        var (top, bottom) = (Number(from.TrimStart([.. Letters])), Number(to.TrimStart([.. Letters])));
        var (left, right) = (ColumnOf(from), ColumnOf(to));
        return top > 0 && left > 0 && bottom >= top && right >= left ? new MergedCells(top, left, bottom, right) : null;
    }

    const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$";
}
