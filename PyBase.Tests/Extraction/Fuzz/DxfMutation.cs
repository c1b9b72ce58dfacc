using System.Text;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>Mutations of pairs and records of a text DXF, which keep the rhythm of code and value.</summary>
static class DxfMutation
{
    static readonly int[] Codes = [0, 1, 2, 3, 5, 6, 8, 10, 40, 42, 62, 66, 67, 70, 71, 72, 90, 91, 92, 100, 101, 102, 105, 170, 171, 301, 302, 304, 310, 330, 340, 341, 342, 343, 360, 999, 1000, 1001, 1002, 1005, 1040, 1070];

    static readonly string[] Values =
    [
        "0", "-1", "2147483647", "-2147483648", "1e308", "NaN", "30000", "FFFFFFFFFFFFFFFF", "{", "}", "{ACAD_REACTORS", "*Model_Space", "*U1", "*D1", "*T1", "AcDbMText", "LEADER_LINE{", "CONTEXT_DATA{", "CELL_VALUE", "ACVALUE_END",
        "{\\H1x;\\S1#2;}", "{{{{{{{{", "\\S", "\\U+", "\\M+1", "^J^J", "%%", "<>", "{\\Fgdt;j}%%v{\\Fgdt;n}0.1{\\Fgdt;m}%%vA", "SECTION", "ENDSEC", "EOF", "BLOCK", "ENDBLK", "INSERT", "ATTRIB", "SEQEND", "MTEXT", "DIMENSION", "ACAD_TABLE", "MULTILEADER", "TOLERANCE",
    ];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("codes", (file, random, _) => Lines(file, random, (lines, at) => lines[at & ~1] = Codes[random.Next(Codes.Length)].ToString(System.Globalization.CultureInfo.InvariantCulture))),
        new("values", (file, random, _) => Lines(file, random, (lines, at) => lines[at | 1] = Values[random.Next(Values.Length)])),
        new("values swapped", (file, random, _) => Lines(file, random, (lines, at) => lines[at | 1] = lines[random.Next(lines.Count / 2) * 2 + 1])),
        new("pairs moved", (file, random, _) => Lines(file, random, (lines, at) =>
        {
            var from = random.Next(lines.Count / 2) * 2;
            lines.InsertRange(at & ~1, lines.GetRange(from, Math.Min(2 * random.Next(1, 40), lines.Count - from)));
        })),
        new("pairs removed", (file, random, _) => Lines(file, random, (lines, at) => lines.RemoveRange(at & ~1, Math.Min(2 * random.Next(1, 10), lines.Count - (at & ~1))))),
        new("one value everywhere", (file, random, _) => Lines(file, random, (lines, at) =>
        {
            // Names and handles that all mean the same: blocks that contain themselves, styles that are each other's parents.
            for (var i = 0; i + 1 < lines.Count; i += 2)
            {
                if (lines[i].Trim() == lines[at & ~1].Trim() && random.Next(3) == 0)
                    lines[i + 1] = lines[at | 1];
            }
        })),
    ];

    static byte[]? Lines(byte[] file, Random random, Action<List<string>, int> change)
    {
        if (file.AsSpan().StartsWith("AutoCAD Binary"u8))
            return null;
        List<string> lines = [.. Encoding.Latin1.GetString(file).Split('\n')];
        for (var count = random.Next(1, 8); count > 0; count--)
        {
            if (lines.Count < 4)
                return null;
            change(lines, random.Next((lines.Count / 2) - 1) * 2);
        }
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }
}
