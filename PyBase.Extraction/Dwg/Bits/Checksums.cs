namespace PyBase.Extraction.Dwg.Bits;

/// <summary>The two checksums of the format that can be told.</summary>
static class Checksums
{
    const int Chunk = 0x15B0;
    const uint Modulus = 0xFFF1;

    static readonly ushort[] Steps = Build();

    /// <summary>CRC of 16 bits (polynomial 0xA001), of objects and of R2000's sections.</summary>
    public static ushort Crc16(ReadOnlySpan<byte> bytes, ushort seed)
    {
        var crc = seed;
        foreach (var one in bytes)
            crc = (ushort)((crc >> 8) ^ Steps[(crc ^ one) & 255]);
        return crc;
    }

    /// <summary>The sum of R2004's pages, as Adler-32 but for its start.</summary>
    public static uint Page(ReadOnlySpan<byte> bytes, uint seed)
    {
        uint low = seed & 0xFFFF, high = seed >> 16;
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(Chunk, bytes.Length)];
            foreach (var one in part)
            {
                low += one;
                high += low;
            }
            (low, high) = (low % Modulus, high % Modulus);
            bytes = bytes[part.Length..];
        }
        return (high << 16) | low;
    }

    static ushort[] Build()
    {
        var steps = new ushort[256];
        for (var i = 0; i < steps.Length; i++)
        {
            var step = i;
            for (var bit = 0; bit < 8; bit++)
                step = (step & 1) != 0 ? (step >> 1) ^ 0xA001 : step >> 1;
            steps[i] = (ushort)step;
        }
        return steps;
    }
}
