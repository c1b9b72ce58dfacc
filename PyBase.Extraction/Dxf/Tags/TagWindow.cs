using System.Buffers;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>A sliding window over a stream: bytes from <see cref="Position"/> on stay, what is before may go.</summary>
sealed class TagWindow(Stream stream, int portion, long maxBytes, IProgress<long>? progress) : IDisposable
{
    const int LargestPooled = 4 * 1024 * 1024;

    readonly int portion = Math.Max(portion, 64);
    byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(portion, 64));

    public int Position;
    public int End;

    /// <summary>Whether the stream has ended; nothing comes after <see cref="End"/>.</summary>
    public bool HasEnded { get; private set; }

    public long BytesRead { get; private set; }

    /// <summary>Whether the stream goes on beyond the limit of bytes, which ends it here.</summary>
    public bool IsTooLong { get; private set; }

    public CancellationToken Cancellation { get; set; }
    public byte[] Buffer => buffer;

    /// <summary>The offset of <see cref="Position"/> from the stream's start.</summary>
    public long Offset => BytesRead - (End - Position);

    /// <summary>Reads more; false at the stream's end. Indexes move.</summary>
    public bool Fill()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (HasEnded)
            return false;
        if (Position > 0)
        {
            buffer.AsSpan(Position, End - Position).CopyTo(buffer);
            End -= Position;
            Position = 0;
        }
        if (End == buffer.Length)
            Grow();
        var read = stream.Read(buffer, End, Math.Min(buffer.Length - End, portion));
        if (BytesRead + read > maxBytes)
            (IsTooLong, read) = (true, (int)(maxBytes - BytesRead));
        HasEnded = read == 0 || IsTooLong;
        End += read;
        BytesRead += read;
        progress?.Report(BytesRead);
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

    void Return()
    {
        if (buffer.Length is > 0 and <= LargestPooled)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
