using System.Globalization;
using System.Text;

namespace PyBase.Extraction.Part21;

/// <summary>
/// The wanted instances as bytes, decoded only where a row asks for them: geometry never comes here, and what does takes
/// little more memory than in the file. Numbered from 0 in the order of the file.
/// </summary>
sealed class InstanceStore
{
    readonly record struct Instance(long Id, int Chunk, int Start, int Length, int Keyword);

    const int ChunkBytes = 1024 * 1024;

    const int BlockBits = 14;

    // Blocks, since a list that doubles would for a moment take three times its size.
    readonly List<Instance[]> blocks = [];
    readonly List<byte[]> chunks = [];
    int used = ChunkBytes;

    // One of the two: places by id, plus one, where ids are dense, as they are nearly everywhere.
    int[] dense = [];
    Dictionary<long, int>? sparse;

    public required TextDecoder Decoder { get; init; }
    public int Count { get; private set; }
    public long Bytes { get; private set; }

    public void Add(long id, int keyword, ReadOnlySpan<byte> inside)
    {
        if (ChunkBytes - used < inside.Length || chunks.Count == 0)
        {
            chunks.Add(new byte[Math.Max(ChunkBytes, inside.Length)]);
            used = 0;
        }
        inside.CopyTo(chunks[^1].AsSpan(used));
        if (Count >> BlockBits == blocks.Count)
            blocks.Add(new Instance[1 << BlockBits]);
        At(Count++) = new Instance(id, chunks.Count - 1, used, inside.Length, keyword);
        used = Math.Min(ChunkBytes, used + inside.Length);
        Bytes += inside.Length;
    }

    /// <summary>Makes <see cref="Find"/> work; the first of two instances with one id counts.</summary>
    /// <param name="seen">How many instances the file has, wanted or not.</param>
    /// <param name="findings">Told about ids that occur twice.</param>
    /// <param name="cancellation">Checked every few thousand instances.</param>
    public void Seal(long seen, FindingList findings, CancellationToken cancellation)
    {
        var highest = 0L;
        for (var place = 0; place < Count; place++)
            highest = Math.Max(highest, At(place).Id);
        if (highest <= (8 * seen) + 1024 && highest < Array.MaxLength)
            dense = new int[highest + 1];
        else
            sparse = new Dictionary<long, int>(Count, InstanceIdComparer.Instance);
        for (var place = 0; place < Count; place++)
        {
            if ((place & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            var id = At(place).Id;
            if (Find(id) >= 0)
                findings.Warn(FindingCode.DuplicateId, "Two instances carry the same name; the first counts.", Locator(place));
            else if (sparse is not null)
                sparse.Add(id, place);
            else
                dense[id] = place + 1;
        }
    }

    /// <summary>The place of an id, or -1.</summary>
    public int Find(long id)
    {
        if (sparse is not null)
            return sparse.GetValueOrDefault(id, -1);
        return (ulong)id < (ulong)dense.Length ? dense[id] - 1 : -1;
    }

    public int Keyword(int place) => At(place).Keyword;

    public long Id(int place) => At(place).Id;

    ref Instance At(int place) => ref blocks[place >> BlockBits][place & ((1 << BlockBits) - 1)];

    public string Locator(int place) => string.Create(CultureInfo.InvariantCulture, $"#{At(place).Id}");

    public ArgumentReader Arguments(int place) => new(Inside(place), Decoder);

    /// <summary>What stands between the outer parentheses, as written.</summary>
    public ReadOnlySpan<byte> Inside(int place)
    {
        var instance = At(place);
        return chunks[instance.Chunk].AsSpan(instance.Start, instance.Length);
    }

    /// <summary>The attributes as written, bytes above 127 as in ISO 8859-1.</summary>
    public string Raw(int place, int max)
    {
        var instance = At(place);
        return Encoding.Latin1.GetString(chunks[instance.Chunk].AsSpan(instance.Start, Math.Min(instance.Length, max)));
    }

    /// <summary>Before the attribute of a position; false when there are fewer.</summary>
    public bool TryAttribute(int place, int position, out ArgumentReader attribute)
    {
        attribute = Arguments(place);
        return position >= 0 && attribute.Skip(position + 1);
    }

    /// <summary>A text attribute; null when it has no value.</summary>
    public string? Text(int place, int position) =>
        TryAttribute(place, position, out var attribute) && attribute.Kind == ArgumentKind.Text ? attribute.Text() : null;

    /// <summary>What an attribute refers to, or -1.</summary>
    public int Reference(int place, int position) =>
        TryAttribute(place, position, out var attribute) && attribute.TryReference(out var id) ? Find(id) : -1;
}
