using System.Buffers.Binary;
using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Container;

/// <summary>Finds the parts of a file. All versions begin with the same bytes: version, maintenance version at 11, code page at 19.</summary>
static class DwgContainer
{
    const int FirstRecord = 0x15, RecordSize = 9, MostRecords = 16;
    const long LargestRatio = 64, LeastBudget = 1024 * 1024;

    public static DwgSections? Open(byte[] file, DwgVersion version, DwgOptions options, FindingList findings, CancellationToken cancellation)
    {
        if (file.Length < 0x20)
        {
            findings.Fail(FindingCode.FileTruncated, "The file ends inside of its header.");
            return null;
        }
        var sections = new DwgSections(version) { Maintenance = file[11], CodePage = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(0x13)) };
        // No drawing expands so far.
        var most = (int)Math.Min(options.MaxExpandedBytes, (file.Length * LargestRatio) + LeastBudget);
        var budget = new ExpansionBudget(most, findings, cancellation);
        var isWhole = version switch
        {
            DwgVersion.R2000 => Plain(file, sections, findings),
            DwgVersion.R2007 => new Pages2007(file, sections, budget, findings).Read(),
            _ => new Pages2004(file, sections, budget, findings).Read(),
        };
        return isWhole ? sections : null;
    }

    // R2000: a number, then of each part its number, place and size. Objects lie anywhere, at places from the file's start.
    static bool Plain(byte[] file, DwgSections sections, FindingList findings)
    {
        var count = Math.Clamp(DwgSections.Long(file, FirstRecord), 0, MostRecords);
        var end = FirstRecord + 4 + (count * RecordSize);
        if (count == 0 || end + 2 > file.Length)
        {
            findings.Fail(FindingCode.NotADwgFile, "The file's index of parts cannot be read.");
            return false;
        }
        for (var i = 0; i < count; i++)
        {
            var record = FirstRecord + 4 + (i * RecordSize);
            var part = DwgSections.Slice(file, (uint)DwgSections.Long(file, record + 1), (uint)DwgSections.Long(file, record + 5));
            if (file[record] switch { 0 => DwgSections.Header, 1 => DwgSections.Classes, 2 => DwgSections.Handles, 4 => DwgSections.Template, _ => null } is { } name)
                sections[name] = part;
        }
        // The CRC is disguised with a number that goes by how many parts there are.
        ushort mask = count switch { 3 => 0xA598, 4 => 0x8101, 5 => 0x3CC4, 6 => 0x8461, _ => 0 };
        if (mask != 0 && (Checksums.Crc16(file.AsSpan(0, end), 0) ^ mask) != BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(end)))
            findings.Warn(FindingCode.ChecksumMismatch, "The file's index of parts does not match its checksum.");
        sections[DwgSections.Objects] = new ArraySegment<byte>(file);
        return true;
    }
}
