using System.Buffers.Binary;

namespace PyBase.Extraction.Ifc;

/// <summary>
/// The end of a ZIP archive, looked at before anything believes it: a directory of millions of entries is a bomb too. The end
/// record is <c>PK\5\6</c>, eight bytes of counts at 4, size and offset of the directory at 12 and 16, a comment behind.
/// </summary>
static class ArchiveTail
{
    const int RecordBytes = 22;
    const int LongestComment = ushort.MaxValue;

    /// <summary>The bytes from the directory's start to the end record; null when there is no end record, or one of ZIP64.</summary>
    public static long? DirectoryBytes(Stream archive)
    {
        var tail = new byte[Math.Min(archive.Length, RecordBytes + LongestComment)];
        archive.Seek(-tail.Length, SeekOrigin.End);
        archive.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || tail.Length - at < RecordBytes)
            return null;
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        return offset == uint.MaxValue ? null : archive.Length - tail.Length + at - offset;
    }
}
