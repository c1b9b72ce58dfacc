using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using Xunit;

namespace PyBase.Tests.Extraction.Dxf;

/// <summary>
/// Drawings written in place, a record a line: <c>TEXT 8=0 1='a b'</c> is the entity's type and its pairs; quotes hold spaces and
/// <c>''</c> a quote.
/// </summary>
static class DxfText
{
    /// <summary>A whole file with the records in the ENTITIES section.</summary>
    public static string Drawing(string entities, string blocks = "", string tables = "", string objects = "", string header = "9=$ACADVER 1=AC1027") =>
        Section("HEADER", header) + Section("TABLES", tables) + Section("BLOCKS", blocks) + Section("ENTITIES", entities) + Section("OBJECTS", objects) + "EOF\n";

    public static string Section(string name, string records) => $"SECTION 2={name}\n{records.Trim()}\nENDSEC\n";

    public static ExtractionResult Read(string drawing, DxfOptions? options = null) => Read(Ascii(drawing), options);

    public static ExtractionResult Read(byte[] file, DxfOptions? options = null) =>
        DxfReader.Read(new MemoryStream(file), options, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The cells of some columns of a table, as <c>a;b</c>.</summary>
    public static List<string> Rows(ExtractionResult result, string kind, params string[] columns) => result.Table(kind) is { } table
        ? [.. table.Rows.Select(row => string.Join(';', columns.Select(column => table.At(row, column).ToString())))]
        : [];

    /// <summary>The column <c>text</c> of the only text of an entity with this content.</summary>
    public static string Plain(string type, string raw) => Assert.Single(Rows(Read(Drawing($"{type} 8=0 1='{raw.Replace("'", "''", StringComparison.Ordinal)}'")), "texts", "text"));

    public static List<string> Codes(ExtractionResult result) => [.. result.Findings.Select(finding => finding.Code).Where(code => code != "units-undeclared")];

    /// <summary>All that a result says, but for the cost.</summary>
    public static string Show(ExtractionResult result)
    {
        var shown = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{result.Units}\n");
        foreach (var table in result.Tables)
        {
            foreach (var row in table.Rows)
                shown.Append(CultureInfo.InvariantCulture, $"{table.Kind} {row.Locator} {row.Confidence} {row.Raw} {string.Join(';', row.Cells)}\n");
        }
        return shown.ToString();
    }

    public static byte[] Ascii(string drawing, string lineEnd = "\n")
    {
        var text = new StringBuilder();
        foreach (var (code, value) in Pairs(drawing))
            text.Append(CultureInfo.InvariantCulture, $"{code,3}{lineEnd}{value}{lineEnd}");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    /// <summary>The same as binary DXF.</summary>
    public static byte[] Binary(string drawing, bool hasWideCodes)
    {
        List<byte> bytes = [.. "AutoCAD Binary DXF\r\n\x1a\0"u8];
        Span<byte> number = stackalloc byte[8];
        foreach (var (code, value) in Pairs(drawing))
        {
            BinaryPrimitives.WriteInt16LittleEndian(number, (short)code);
            if (!hasWideCodes && code > 254)
                bytes.AddRange([255, number[0], number[1]]);
            else
                bytes.AddRange(hasWideCodes ? [number[0], number[1]] : [number[0]]);
            switch (code)
            {
                case (>= 10 and <= 59) or (>= 140 and <= 149) or (>= 1010 and <= 1059):
                    BinaryPrimitives.WriteDoubleLittleEndian(number, double.Parse(value, CultureInfo.InvariantCulture));
                    bytes.AddRange(number);
                    break;
                case (>= 60 and <= 79) or (>= 170 and <= 179) or (>= 270 and <= 289) or (>= 370 and <= 389) or (>= 1060 and <= 1070):
                    BinaryPrimitives.WriteInt16LittleEndian(number, short.Parse(value, CultureInfo.InvariantCulture));
                    bytes.AddRange(number[..2]);
                    break;
                case (>= 90 and <= 99) or 1071:
                    BinaryPrimitives.WriteInt32LittleEndian(number, int.Parse(value, CultureInfo.InvariantCulture));
                    bytes.AddRange(number[..4]);
                    break;
                case >= 160 and <= 169:
                    BinaryPrimitives.WriteInt64LittleEndian(number, long.Parse(value, CultureInfo.InvariantCulture));
                    bytes.AddRange(number);
                    break;
                case >= 290 and <= 299:
                    bytes.Add(byte.Parse(value, CultureInfo.InvariantCulture));
                    break;
                case >= 310 and <= 319:
                    var chunk = Convert.FromHexString(value);
                    bytes.Add((byte)chunk.Length);
                    bytes.AddRange(chunk);
                    break;
                default:
                    bytes.AddRange(Encoding.Latin1.GetBytes(value));
                    bytes.Add(0);
                    break;
            }
        }
        return [.. bytes];
    }

    static IEnumerable<(int Code, string Value)> Pairs(string drawing)
    {
        foreach (var line in drawing.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            foreach (var word in Words(line))
            {
                var sign = word.IndexOf('=', StringComparison.Ordinal);
                if (sign > 0 && int.TryParse(word.AsSpan(0, sign), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                    yield return (code, word[(sign + 1)..]);
                else
                    yield return (0, word);
            }
        }
    }

    static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\'' && isQuoted && i + 1 < line.Length && line[i + 1] == '\'')
                word.Append(line[i++]);
            else if (line[i] == '\'')
                isQuoted = !isQuoted;
            else if (line[i] == ' ' && !isQuoted)
            {
                if (word.Length > 0)
                    yield return word.ToString();
                word.Clear();
            }
            else
                word.Append(line[i]);
        }
        if (word.Length > 0)
            yield return word.ToString();
    }
}
