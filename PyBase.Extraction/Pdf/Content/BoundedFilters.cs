using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// PdfPig's filters behind a budget for what they may expand to, since a few kilobytes can stand for gigabytes. Streams that
/// cannot exceed it are unpacked at once, the others are measured first. Also where a long page notices that nobody waits for it.
/// </summary>
sealed class BoundedFilters(long budget, EndlessReferences endless, CancellationToken cancellation) : IFilterProvider
{
    // No packed byte gives more: deflate 1032, LZW 2730, run length 64, the CCITT and JBIG2 pictures are bounded by their declared size.
    const int MostPerByte = 2800;
    const long AlwaysFine = 8 * 1024 * 1024;

    readonly IFilterProvider filters = DefaultFilterProvider.Instance;
    long left = budget;

    public bool IsExceeded { get; private set; }

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Wrap(filters.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Wrap(filters.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Wrap(filters.GetAllFilters());

    IReadOnlyList<IFilter> Wrap(IReadOnlyList<IFilter> inner) => [.. inner.Select((filter, i) => new Bounded(this, filter, isLast: i == inner.Count - 1))];

    void Check(IFilter filter, ReadOnlySpan<byte> input)
    {
        cancellation.ThrowIfCancellationRequested();
        var worst = (long)input.Length * MostPerByte;
        if (worst > AlwaysFine)
            worst = filter switch
            {
                FlateFilter => Inflated(input),
                LzwFilter => Unpacked(input),
                _ => Math.Min(worst, (long)input.Length * 64),
            };
        else
            worst = input.Length;
        left -= worst;
        if (left >= 0)
            return;
        IsExceeded = true;
        throw new ExpansionException();
    }

    void Blank(Span<byte> unpacked, DictionaryToken about)
    {
        FontTables.Blank(unpacked);
        GlyphPrograms.Blank(unpacked);
        endless.BlankPacked(unpacked, about);
    }

    long Inflated(ReadOnlySpan<byte> input)
    {
        var total = 0L;
        var buffer = new byte[64 * 1024];
        try
        {
            using var packed = new MemoryStream(input.ToArray(), 2, input.Length - 2);
            using var stream = new DeflateStream(packed, CompressionMode.Decompress);
            for (int got; total <= left && (got = stream.Read(buffer)) > 0; total += got)
                cancellation.ThrowIfCancellationRequested();
        }
        catch (InvalidDataException)
        {
            // What is broken is the filter's own to tell.
        }
        return total;
    }

    // The codes give the length without the bytes.
    static long Unpacked(ReadOnlySpan<byte> input)
    {
        var lengths = new int[4097];
        long total = 0;
        int width = 9, next = 258, previous = 0, bits = 0, count = 0;
        foreach (var one in input)
        {
            bits = bits << 8 | one;
            count += 8;
            if (count < width)
                continue;
            count -= width;
            var code = bits >> count & (1 << width) - 1;
            bits &= (1 << count) - 1;
            if (code == 256)
            {
                (width, next, previous) = (9, 258, 0);
                continue;
            }
            if (code == 257)
                break;
            var length = code < 256 ? 1 : code < next ? lengths[code] : previous + 1;
            total += length;
            if (previous > 0 && next < 4096)
                lengths[next++] = previous + 1;
            previous = length;
            width = next switch { >= 2047 => 12, >= 1023 => 11, >= 511 => 10, _ => 9 };
        }
        return total;
    }

    sealed class Bounded(BoundedFilters owner, IFilter inner, bool isLast) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            owner.Check(inner, input.Span);
            var unpacked = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            if (isLast)
                owner.Blank(unpacked.Span, streamDictionary);
            return unpacked;
        }
    }
}

/// <summary>The compressed parts expand to more than the options allow.</summary>
sealed class ExpansionException(bool endsFile = true) : Exception
{
    /// <summary>What was exceeded counts for the whole file, so that no more of it is read.</summary>
    public bool EndsFile => endsFile;
}
