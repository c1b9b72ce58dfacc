namespace PyBase.Extraction.Dxf.Tags;

/// <summary>The kind of value behind each group code in binary files (DXF reference, "Group code value types").</summary>
static class BinaryValues
{
    /// <summary>Text up to a zero byte.</summary>
    public const int ZeroEnded = 0;
    /// <summary>A byte of length, then so many bytes.</summary>
    public const int Chunk = -1;
    /// <summary>A double.</summary>
    public const int Double = -8;
    const int Unknown = -100;

    // First and last code, and the size in bytes of an integer or one of the above.
    static readonly (int First, int Last, int Size)[] Ranges =
    [
        (0, 9, ZeroEnded), (10, 59, Double), (60, 79, 2), (90, 99, 4), (100, 109, ZeroEnded), (110, 149, Double), (160, 169, 8),
        (170, 179, 2), (210, 239, Double), (270, 289, 2), (290, 299, 1), (300, 309, ZeroEnded), (310, 319, Chunk), (320, 369, ZeroEnded),
        (370, 389, 2), (390, 399, ZeroEnded), (400, 409, 2), (410, 419, ZeroEnded), (420, 429, 4), (430, 439, ZeroEnded), (440, 459, 4),
        (460, 469, Double), (470, 481, ZeroEnded), (999, 1003, ZeroEnded), (1004, 1004, Chunk), (1005, 1009, ZeroEnded),
        (1010, 1059, Double), (1060, 1070, 2), (1071, 1071, 4),
    ];

    static readonly sbyte[] Sizes = Spread();

    public static int SizeOf(int code) => code >= 0 && code < Sizes.Length ? Sizes[code] : Unknown;

    static sbyte[] Spread()
    {
        var sizes = new sbyte[1072];
        Array.Fill(sizes, (sbyte)Unknown);
        foreach (var (first, last, size) in Ranges)
            sizes.AsSpan(first, last - first + 1).Fill((sbyte)size);
        return sizes;
    }
}
