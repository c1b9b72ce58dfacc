namespace PyBase.Extraction.Text;

/// <summary>
/// How much bytes look like a double-byte text: the ideographs of everyday use fill the first half of both code charts, while
/// bytes of another code page scatter over all of it.
/// </summary>
static class DoubleByteScore
{
    const double Common = 1.2, Rare = -0.5, Broken = -10;

    public static double Gbk(ReadOnlySpan<byte> bytes)
    {
        var score = 0.0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
                continue;
            if (i + 1 == bytes.Length || bytes[i] is 0x80 or 0xFF || bytes[i + 1] is < 0x40 or 0x7F or 0xFF)
                return Broken;
            score += (bytes[i], bytes[i + 1]) switch
            {
                ( >= 0xB0 and <= 0xD7, >= 0xA1) => Common,
                ( >= 0xA1 and <= 0xA3, >= 0xA1) => 0.8,
                ( >= 0xD8 and <= 0xF7, >= 0xA1) => Rare,
                _ => -2,
            };
            i++;
        }
        return score;
    }

    public static double ShiftJis(ReadOnlySpan<byte> bytes)
    {
        var score = 0.0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
                continue;
            if (lead is >= 0xA1 and <= 0xDF)
            {
                // Half-width katakana.
                score += 0.1;
                continue;
            }
            if (i + 1 == bytes.Length || lead is 0x80 or 0xA0 or > 0xFC || bytes[i + 1] is < 0x40 or 0x7F or > 0xFC)
                return Broken;
            // "don’t" in Windows-1252 has 92 74: a letter swallowed amid letters speaks against.
            var amidLetters = i > 0 && char.IsAsciiLetter((char)bytes[i - 1]) && char.IsAsciiLetter((char)bytes[i + 1]);
            score += lead switch
            {
                _ when amidLetters => 0,
                0x82 or 0x83 or (>= 0x88 and <= 0x97) => Common,
                0x81 => 0.5,
                _ => Rare,
            };
            i++;
        }
        return score;
    }
}
