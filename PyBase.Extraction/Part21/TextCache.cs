using System.Runtime.InteropServices;
using System.Text;

namespace PyBase.Extraction.Part21;

/// <summary>
/// Gives one string for texts that repeat, as the names of properties and types do by the thousand. A fixed number of slots,
/// the newest text wins, so what a file holds costs neither memory nor time.
/// </summary>
sealed class TextCache
{
    /// <summary>Longer texts seldom repeat.</summary>
    public const int LongestText = 64;

    const int Slots = 4096;

    readonly string?[] slots = new string?[Slots];

    /// <param name="raw">ASCII that means itself.</param>
    public string Get(ReadOnlySpan<byte> raw)
    {
        ref var slot = ref slots[Hash(raw) & (Slots - 1)];
        if (slot is null || slot.Length != raw.Length || !Ascii.Equals(raw, slot))
            slot = Encoding.ASCII.GetString(raw);
        return slot;
    }

    static int Hash(ReadOnlySpan<byte> raw)
    {
        var hash = (ulong)raw.Length;
        for (; raw.Length >= 8; raw = raw[8..])
            hash = (hash ^ MemoryMarshal.Read<ulong>(raw)) * 0x9E3779B97F4A7C15;
        foreach (var b in raw)
            hash = (hash ^ b) * 0x9E3779B97F4A7C15;
        return (int)(hash >> 40);
    }
}
