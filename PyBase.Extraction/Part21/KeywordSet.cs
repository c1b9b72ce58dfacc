using System.Text;

namespace PyBase.Extraction.Part21;

/// <summary>
/// The entity keywords a consumer wants, found from the file's bytes without allocating. Keywords are compared without
/// case: the standard writes them in capitals (ISO 10303-21, 6.2), some programs do not.
/// </summary>
public sealed class KeywordSet
{
    readonly string[] names;
    readonly byte[][] keys;
    readonly int[] slots;

    /// <summary>A set in which a keyword's number is its place among the arguments.</summary>
    /// <exception cref="ArgumentException">A keyword is empty, not ASCII, or given twice.</exception>
    public KeywordSet(params string[] keywords)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        names = [.. keywords];
        keys = [.. keywords.Select(Encoding.ASCII.GetBytes)];
        // At most a quarter full, so that a miss (nearly every instance of a file) ends at the first slot.
        slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, keywords.Length * 4))];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Length == 0 || !Ascii.IsValid(names[i]) || IndexOf(keys[i]) >= 0)
                throw new ArgumentException($"Keyword '{names[i]}' is empty, not ASCII, or given twice.", nameof(keywords));
            var slot = Hash(keys[i]) & (slots.Length - 1);
            while (slots[slot] != 0)
                slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = i + 1;
        }
    }

    /// <summary>How many keywords are wanted.</summary>
    public int Count => names.Length;

    /// <summary>The keyword of a number.</summary>
    public string this[int keyword] => names[keyword];

    /// <summary>The number of a keyword, or -1 when it is not wanted.</summary>
    public int IndexOf(ReadOnlySpan<byte> keyword)
    {
        if (keyword.IsEmpty)
            return -1;
        for (var slot = Hash(keyword) & (slots.Length - 1); slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            var index = slots[slot] - 1;
            if (keys[index].Length == keyword.Length && Ascii.EqualsIgnoreCase(keys[index], keyword))
                return index;
        }
        return -1;
    }

    // Case is bit 5; length, ends and middle tell apart what the schemas hold.
    static int Hash(ReadOnlySpan<byte> key) =>
        (key.Length * 31) ^ ((key[0] & 0xDF) * 7) ^ ((key[^1] & 0xDF) << 3) ^ ((key[key.Length >> 1] & 0xDF) * 13);
}
