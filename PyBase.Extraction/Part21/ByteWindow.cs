using System.Buffers;

namespace PyBase.Extraction.Part21;

/// <summary>
/// A sliding window over a stream. The lexer moves <see cref="Position"/>; bytes from <see cref="Kept"/> on stay, and always
/// the last <see cref="Behind"/> ones, so that what is found does not depend on how the stream happens to deliver.
/// </summary>
sealed class ByteWindow(Stream stream, Part21Options options, IProgress<long>? progress) : IDisposable
{
    /// <summary>Bytes before <see cref="Position"/> that can always be looked at again.</summary>
    public const int Behind = 64;

    const int LargestPooled = 8 * 1024 * 1024;

    // Room for what is kept beside what is asked for.
    byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(options.BufferBytes, 16) + (4 * Behind));
    long told;

    public int Position;
    public int End;

    /// <summary>Where the instance begins that must stay in memory; -1 for none.</summary>
    public int Kept = -1;

    /// <summary>Set when what had to be kept outgrew the limit and was dropped.</summary>
    public bool Overflowed { get; set; }

    public long BytesRead { get; private set; }

    /// <summary>Whether the stream goes on beyond the limit of bytes, which ends it here.</summary>
    public bool IsTooLong { get; private set; }

    public CancellationToken Cancellation { get; set; }
    public byte[] Buffer => buffer;
    public ReadOnlySpan<byte> Rest => buffer.AsSpan(Position, End - Position);

    /// <summary>Reads more; false at the stream's end. Indexes move.</summary>
    public bool Fill()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (IsTooLong)
            return false;
        // Never below a keyword's length: whoever keeps less than that need not expect to lose it.
        if (Kept >= 0 && Position - Kept > Math.Max(options.MaxInstanceBytes, 4096))
        {
            Kept = -1;
            Overflowed = true;
        }
        var from = Math.Max(0, Math.Min(Kept >= 0 ? Kept : Position, Position - Behind));
        if (from > 0)
        {
            buffer.AsSpan(from, End - from).CopyTo(buffer);
            Position -= from;
            End -= from;
            if (Kept >= 0)
                Kept -= from;
        }
        if (End == buffer.Length)
            Grow();
        var read = stream.Read(buffer, End, Math.Min(buffer.Length - End, Math.Max(options.BufferBytes, 16)));
        if (BytesRead + read > options.MaxBytes)
            (IsTooLong, read) = (true, (int)(options.MaxBytes - BytesRead));
        End += read;
        BytesRead += read;
        if (progress is not null && (BytesRead - told >= options.BufferBytes || read == 0))
        {
            told = BytesRead;
            progress.Report(BytesRead);
        }
        return read > 0;
    }

    /// <summary>Whether so many bytes lie ahead, after reading as far as needed.</summary>
    public bool Has(int count)
    {
        while (End - Position < count)
        {
            if (!Fill())
                return false;
        }
        return true;
    }

    /// <summary>The byte at the position, or -1 at the stream's end.</summary>
    public int Peek() => Position < End || Fill() ? buffer[Position] : -1;

    void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, End).CopyTo(larger);
        Return();
        buffer = larger;
    }

    public void Dispose()
    {
        Return();
        buffer = [];
    }

    // What one giant instance needed should not stay with the pool.
    void Return()
    {
        if (buffer.Length is > 0 and <= LargestPooled)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
