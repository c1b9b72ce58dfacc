using System.Buffers.Binary;

namespace PyBase.Extraction.Dwg.Container;

/// <summary>The parts of a file by the names that R2004 gave them, expanded; how each version holds them is forgotten here.</summary>
sealed class DwgSections(DwgVersion version)
{
    public const string Header = "AcDb:Header", Classes = "AcDb:Classes", Handles = "AcDb:Handles", Objects = "AcDb:AcDbObjects",
        Template = "AcDb:Template", Summary = "AcDb:SummaryInfo";

    /// <summary>Those that are read; the others are previews, history and data of applications.</summary>
    public static readonly string[] Wanted = [Header, Classes, Handles, Objects, Template, Summary];

    readonly Dictionary<string, ArraySegment<byte>> parts = [];

    public DwgVersion Version => version;

    /// <summary>The version of the program within the version of the format, which decides how the header begins.</summary>
    public int Maintenance { get; init; }

    /// <summary>A number of the format's own list.</summary>
    public int CodePage { get; init; }

    /// <summary>A part, empty when it is missing.</summary>
    public ArraySegment<byte> this[string name]
    {
        get => parts.TryGetValue(name, out var part) ? part : ArraySegment<byte>.Empty;
        set => parts[name] = value;
    }

    /// <summary>A range of a file, as far as it lies in it.</summary>
    public static ArraySegment<byte> Slice(byte[] file, long start, long length) =>
        start < 0 || start >= file.Length || length <= 0 ? ArraySegment<byte>.Empty : new(file, (int)start, (int)Math.Min(length, file.Length - start));

    public static int Long(ReadOnlySpan<byte> bytes, long place) =>
        place >= 0 && place + 4 <= bytes.Length ? BinaryPrimitives.ReadInt32LittleEndian(bytes[(int)place..]) : 0;

    public static long Quad(ReadOnlySpan<byte> bytes, long place) =>
        place >= 0 && place + 8 <= bytes.Length ? BinaryPrimitives.ReadInt64LittleEndian(bytes[(int)place..]) : 0;
}
