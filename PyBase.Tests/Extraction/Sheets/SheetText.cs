using System.IO.Compression;
using System.Text;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Sheets;
using Xunit;

namespace PyBase.Tests.Extraction.Sheets;

/// <summary>Small sheets made for a test.</summary>
static class SheetText
{
    public static ExtractionResult Csv(string text, Encoding? encoding = null, SheetOptions? options = null) => Read((encoding ?? Encoding.UTF8).GetBytes(text), options);

    public static ExtractionResult Read(byte[] bytes, SheetOptions? options = null) => SheetReader.Read(new MemoryStream(bytes), options, TestContext.Current.CancellationToken);

    /// <summary>A workbook of one sheet with the rows given as XML.</summary>
    public static byte[] Xlsx(string sheetData, string after = "", string shared = "", string styles = "", string sheetAttributes = "")
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "_rels/.rels", Relations(("r1", "officeDocument", "xl/workbook.xml")));
            Add(zip, "xl/workbook.xml", $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Parts" sheetId="1" {sheetAttributes} r:id="r1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", Relations(("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml"), ("r3", "styles", "styles.xml")));
            Add(zip, "xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheetData}</sheetData>{after}</worksheet>""");
            Add(zip, "xl/sharedStrings.xml", $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>""");
            Add(zip, "xl/styles.xml", $"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{styles}</styleSheet>""");
        }
        return memory.ToArray();
    }

    public static void Add(ZipArchive zip, string name, string content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    static string Relations(params (string Id, string Type, string Target)[] relations) =>
        $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(relations.Select(each => $"""<Relationship Id="{each.Id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{each.Type}" Target="{each.Target}"/>"""))}</Relationships>""";

    /// <summary>A row of texts.</summary>
    public static string Row(int number, params string?[] texts) =>
        $"""<row r="{number}">{string.Concat(texts.Select((text, i) => text is null ? "" : $"""<c r="{(char)('A' + i)}{number}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"""))}</row>""";

    public static List<string> Rows(ExtractionResult result, string kind, params string[] columns)
    {
        var table = result.Table(kind);
        return table is null ? [] : [.. table.Rows.Select(row => string.Join(';', columns.Select(column => table.At(row, column).ToString())))];
    }
}
