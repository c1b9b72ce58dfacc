using System.Buffers;
using System.Text.Json;

namespace PyBase.Storage.Records;

/// <summary>What is written of records before it is sent, in memory that is given back: JSON, or a line of JSON for each record.</summary>
/// <param name="isLines">Each record is a line.</param>
/// <param name="capacity">Bytes to begin with.</param>
public sealed class RecordOutput(bool isLines = false, int capacity = 64 << 10) : IBufferWriter<byte>, IDisposable
{
    byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);
    int written;
    Utf8JsonWriter? json;

    /// <summary>Writes here.</summary>
    public Utf8JsonWriter Json => json ??= new Utf8JsonWriter(this, JsonFormat.Writer);

    /// <summary>How much there is.</summary>
    public long Size => written + (json?.BytesPending ?? 0);

    /// <summary>Everything written so far.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            json?.Flush();
            return buffer.AsMemory(0, written);
        }
    }

    /// <summary>A record is whole.</summary>
    public void EndRecord()
    {
        if (!isLines)
            return;
        Json.Flush();
        GetSpan(1)[0] = (byte)'\n';
        written++;
        Json.Reset();
    }

    /// <summary>What is <see cref="Written"/> has gone out; an object or a list that is open goes on.</summary>
    public void Sent() => written = 0;

    /// <summary>Empty again.</summary>
    public void Clear()
    {
        json?.Reset();
        written = 0;
    }

    /// <inheritdoc/>
    public void Advance(int count) => written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(written);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        json?.Reset();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    void Reserve(int size)
    {
        if (buffer.Length - written >= Math.Max(size, 1))
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, written + size));
        buffer.AsSpan(0, written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
