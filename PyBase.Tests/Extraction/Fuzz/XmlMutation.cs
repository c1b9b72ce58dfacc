using System.Text;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>Mutations of elements and attributes of a workbook's parts.</summary>
static class XmlMutation
{
    static readonly string[] Attributes = ["r", "t", "s", "ref", "hidden", "indent", "numFmtId", "formatCode", "Target", "Type", "Id", "name", "state"];

    static readonly string[] Values =
    [
        "A1", "A1048577", "XFD1", "ZZZZZZZZ1", "-1", "0", "99999999999", "s", "inlineStr", "str", "b", "e", "d", "A1:XFD1048576", "B2:A1", "1", "true", "[h]:mm", "yyyy\"", "00000000000000000000000", "../../etc", "xl/workbook.xml", "worksheets/sheet1.xml", "",
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("attribute", (file, random, _) => Attribute(file, random)),
        new("element repeated", (file, random, _) => Element(file, random) is var (start, length) && length > 0 ? [.. file[..start], .. Repeat(file.AsSpan(start, length), random.Next(2, 500)), .. file[start..]] : null),
        new("element removed", (file, random, _) => Element(file, random) is var (start, length) && length > 0 ? [.. file[..start], .. file[(start + length)..]] : null),
    ];

    static byte[]? Attribute(byte[] file, Random random)
    {
        var name = Encoding.ASCII.GetBytes($" {Attributes[random.Next(Attributes.Length)]}=\"");
        var from = random.Next(file.Length);
        var at = file.AsSpan(from).IndexOf(name);
        if (at < 0)
            return null;
        var start = from + at + name.Length;
        var end = file.AsSpan(start).IndexOf((byte)'"');
        return end < 0 ? null : [.. file[..start], .. Encoding.ASCII.GetBytes(Values[random.Next(Values.Length)].Replace("\"", "&quot;", StringComparison.Ordinal)), .. file[(start + end)..]];
    }

    // From one opening bracket to some later one.
    static (int Start, int Length) Element(byte[] file, Random random)
    {
        var from = random.Next(file.Length);
        var start = file.AsSpan(from).IndexOf((byte)'<');
        if (start < 0)
            return default;
        start += from;
        var end = start + 1;
        for (var brackets = random.Next(1, 12); brackets > 0 && end < file.Length; brackets--)
        {
            var next = file.AsSpan(end).IndexOf((byte)'<');
            if (next < 0)
                break;
            end += next + 1;
        }
        return (start, end - 1 - start);
    }

    static byte[] Repeat(ReadOnlySpan<byte> piece, int times)
    {
        times = Math.Min(times, 1 + (300_000 / Math.Max(1, piece.Length)));
        var result = new byte[piece.Length * times];
        for (var i = 0; i < times; i++)
            piece.CopyTo(result.AsSpan(i * piece.Length));
        return result;
    }
}
