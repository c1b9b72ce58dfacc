using System.Buffers.Binary;
using PyBase.Extraction.Dwg.Bits;
using PyBase.Extraction.Dwg.Container;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>
/// Where each object lies, by its handle. The index comes in portions of about 2032 bytes: size and CRC with the high byte first,
/// between them pairs of differences to the handle and the place before, the last of which may go beyond.
/// </summary>
sealed class ObjectIndex
{
    // 2032, one pair of two numbers of ten bytes, and the size itself.
    const int Largest = 2032 + 20 + 2;

    readonly Dictionary<ulong, long> places = [];
    readonly List<ulong> handles = [];

    public ObjectIndex(ArraySegment<byte> section, int most, FindingList findings)
    {
        var bits = new BitReader();
        var at = 0;
        while (at + 2 <= section.Count)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(section.AsSpan(at));
            if (size is <= 2)
                break;
            if (size > Largest || at + size + 2 > section.Count)
            {
                findings.Fail(FindingCode.FileTruncated, "The index of objects is damaged: objects beyond are lost.");
                break;
            }
            if (Checksums.Crc16(section.AsSpan(at, size), 0xC0C1) != BinaryPrimitives.ReadUInt16BigEndian(section.AsSpan(at + size)))
                findings.Warn(FindingCode.ChecksumMismatch, "A portion of the index of objects does not match its checksum.");
            bits.Set(section.Array!, (long)(section.Offset + at + 2) * 8, (long)(section.Offset + at + size) * 8);
            ulong handle = 0;
            long place = 0;
            while (bits.Position < bits.End && !bits.HasOverrun)
            {
                handle += bits.ModularChar();
                place += bits.SignedModularChar();
                if (!bits.HasOverrun && places.TryAdd(handle, place))
                    handles.Add(handle);
            }
            if (handles.Count > most)
            {
                findings.Fail(FindingCode.DrawingTooLarge, $"The drawing has more than the limit of {most:N0} objects; the rest was not read.");
                IsCut = true;
                break;
            }
            at += size + 2;
        }
    }

    /// <summary>In the order of the file, which is that of their numbers.</summary>
    public IReadOnlyList<ulong> Handles => handles;

    public bool IsCut { get; }

    public bool TryFind(ulong handle, out long place) => places.TryGetValue(handle, out place);
}
