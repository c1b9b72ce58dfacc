namespace PyBase.Extraction.Ifc;

/// <summary>
/// What a packed stream expands to, as far as it is healthy and within the limits: where either ends, so does this stream, and
/// says why. Owns nothing.
/// </summary>
sealed class BoundedStream(Stream inner, long packed, IfcOptions options) : Stream
{
    /// <summary>Below this the ratio says nothing.</summary>
    const long AlwaysAllowed = 16L * 1024 * 1024;

    long read;

    public bool IsTooLarge { get; private set; }
    public bool IsBroken { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (IsTooLarge || IsBroken)
            return 0;
        try
        {
            var got = inner.Read(buffer, offset, count);
            read += got;
            IsTooLarge = read > options.MaxExpandedBytes || (read > AlwaysAllowed && read / options.MaxExpansion > packed);
            return IsTooLarge ? 0 : got;
        }
        catch (InvalidDataException)
        {
            IsBroken = true;
            return 0;
        }
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
