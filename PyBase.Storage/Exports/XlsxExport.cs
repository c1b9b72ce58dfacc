using System.Globalization;
using System.IO.Compression;
using System.Text;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Storage.Exports;

/// <summary>
/// A workbook of one sheet (ECMA-376), packed while it is written: the sheet comes first, texts stand in their cells. Numbers, days, moments and ticks are cells
/// of their kind; text is text whatever it begins with, so nothing in it runs.
/// </summary>
sealed class XlsxExport(ExportCells cells, IReadOnlyList<Field> fields, string table) : IExportWriter
{
    /// <summary>Longest text of a cell, in characters; a longer one makes the file unreadable for Excel.</summary>
    const int MaxText = 32_767;
    const int DayStyle = 1, MomentStyle = 2, HeadStyle = 3;
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    readonly StringBuilder text = new();
    readonly PackedBytes packed = new();
    ZipArchive? archive;
    Stream? sheet;
    long row;

    public long Size => cells.Size;

    public void Add(NpgsqlDataReader row) => cells.Add(row);

    public Task ResolveAsync(NpgsqlConnection connection, CancellationToken cancellation) => cells.ResolveAsync(connection, cancellation);

    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        for (var n = 0; n < cells.Rows.Count; n++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<row r=\"{++row}\">");
            for (var column = 0; column < fields.Count; column++)
                Append(cells.Rows[n][column], n, column);
            text.Append("</row>");
        }
        cells.Clear();
        await FlushAsync(sheet!, cancellation);
        await packed.MoveAsync(output, cancellation);
    }

    async Task BeginAsync(CancellationToken cancellation)
    {
        if (archive is not null)
            return;
        archive = await ZipArchive.CreateAsync(packed, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation);
        sheet = await archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(cancellation);
        text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row r="{++row}">
            """);
        for (var column = 0; column < fields.Count; column++)
            AppendText(fields[column].Name, column, HeadStyle);
        text.Append("</row>");
    }

    void Append(object? cell, int n, int column)
    {
        var type = fields[column].Type;
        switch (cell)
        {
            case null:
                break;
            case double number when double.IsFinite(number):
                AppendValue(number.ToString("R", CultureInfo.InvariantCulture), column, 0);
                break;
            case bool ticked when type is not Lookup:
                text.Append(CultureInfo.InvariantCulture, $"<c r=\"{Name(column)}{row}\" t=\"b\"><v>{(ticked ? 1 : 0)}</v></c>");
                break;
            // Before that day Excel has no dates.
            case DateOnly day when day.Year >= 1901:
                AppendValue((day.ToDateTime(TimeOnly.MinValue) - Epoch).Days.ToString(CultureInfo.InvariantCulture), column, DayStyle);
                break;
            case DateTime moment when moment.Year >= 1901:
                // A sheet knows no zones: what clocks of the field's zone show, as an import into such a field reads it.
                var wall = type is DateTimeField zoned ? zoned.ToWall(moment) : moment;
                AppendValue(((decimal)(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified) - Epoch).Ticks / TimeSpan.TicksPerDay).ToString("0.################", CultureInfo.InvariantCulture), column, MomentStyle);
                break;
            default:
                AppendText(cells.Text(n, column), column, 0);
                break;
        }
    }

    void AppendValue(string value, int column, int style) => text.Append(CultureInfo.InvariantCulture, $"<c r=\"{Name(column)}{row}\"{(style == 0 ? "" : $" s=\"{style}\"")}><v>{value}</v></c>");

    void AppendText(string value, int column, int style)
    {
        if (value.Length == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"<c r=\"{Name(column)}{row}\" t=\"inlineStr\"{(style == 0 ? "" : $" s=\"{style}\"")}><is><t xml:space=\"preserve\">");
        var shown = FreeName.Cut(value, MaxText);
        for (var n = 0; n < shown.Length; n++)
            switch (shown[n])
            {
                case '_' when n + 6 < shown.Length && shown[n + 1] == 'x' && shown[n + 6] == '_':
                    // What looks like such a character already.
                    text.Append("_x005F_");
                    break;
                case '&':
                    text.Append("&amp;");
                    break;
                case '<':
                    text.Append("&lt;");
                    break;
                case '>':
                    text.Append("&gt;");
                    break;
                case '\r' or < ' ' and not ('\t' or '\n') or '\uFFFE' or '\uFFFF':
                    // XML has no such characters; a workbook writes them like this.
                    text.Append(CultureInfo.InvariantCulture, $"_x{(int)shown[n]:X4}_");
                    break;
                default:
                    text.Append(shown[n]);
                    break;
            }
        text.Append("</t></is></c>");
    }

    public async Task EndAsync(Stream output, CancellationToken cancellation)
    {
        await WriteAsync(output, cancellation);
        text.Append("</sheetData></worksheet>");
        await FlushAsync(sheet!, cancellation);
        await sheet!.DisposeAsync();
        await PartAsync("[Content_Types].xml", """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
            """, cancellation);
        await PartAsync("_rels/.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """, cancellation);
        await PartAsync("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{SheetName()}" sheetId="1" r:id="rId1"/></sheets></workbook>
            """, cancellation);
        await PartAsync("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """, cancellation);
        await PartAsync("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>
            """, cancellation);
        await archive!.DisposeAsync();
        archive = null;
        await packed.MoveAsync(output, cancellation);
    }

    /// <summary>Of an export that came to no end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (archive is not null)
        {
            await sheet!.DisposeAsync();
            await archive.DisposeAsync();
        }
        await packed.DisposeAsync();
    }

    async Task PartAsync(string name, string content, CancellationToken cancellation)
    {
        await using var part = await archive!.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation);
        await part.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{content}"), cancellation);
    }

    async Task FlushAsync(Stream part, CancellationToken cancellation)
    {
        await part.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
        text.Clear();
    }

    /// <summary>Of at most 31 characters, without those that stand in addresses.</summary>
    string SheetName()
    {
        var name = new string([.. table.Select(letter => letter < ' ' || "[]:*?/\\'&<>\"".Contains(letter, StringComparison.Ordinal) ? '_' : letter)]);
        return FreeName.Cut(name, 31).Trim() is { Length: > 0 } cut ? cut : "Table";
    }

    static string Name(int column)
    {
        var name = "";
        for (column++; column > 0; column = (column - 1) / 26)
            name = (char)('A' + (column - 1) % 26) + name;
        return name;
    }
}
