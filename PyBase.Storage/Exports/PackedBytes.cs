using System.Buffers;

namespace PyBase.Storage.Exports;

/// <summary>
/// Where an archive is packed to before it goes out: its streams write what they hold back when they are closed, and do so synchronously, which a response does not take.
/// </summary>
sealed class PackedBytes : Stream
{
    readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>What was packed since the last time goes out.</summary>
    public async Task MoveAsync(Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(buffer.WrittenMemory, cancellation);
        buffer.ResetWrittenCount();
    }

    public override void Write(byte[] buffer, int offset, int count) => this.buffer.Write(buffer.AsSpan(offset, count));
    public override void Write(ReadOnlySpan<byte> buffer) => this.buffer.Write(buffer);
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
