namespace PyBase.Extraction.Ifc;

/// <summary>A stream whose first bytes were taken to see what it is, and stand before it again.</summary>
sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
{
    ReadOnlyMemory<byte> head = head;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (head.IsEmpty)
            return rest.Read(buffer, offset, count);
        var taken = Math.Min(count, head.Length);
        head.Span[..taken].CopyTo(buffer.AsSpan(offset));
        head = head[taken..];
        return taken;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
