using System.Net;
using System.Security.Cryptography;
using Amazon.S3;

namespace PyBase.Storage.Files;

/// <summary>
/// A stored file, read in blocks as they are asked for: small ones where somebody jumps around, larger ones where they go on. Whoever reads it from its
/// beginning to its end has read what was stored, or is told that it is damaged.
/// </summary>
sealed class S3FileStream(AmazonS3Client client, string bucket, string key, byte[] sha256) : Stream
{
    const int FirstBlock = 128 << 10, LargestBlock = 4 << 20;

    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    byte[] block = [];
    long blockStart;
    long hashed;
    long? length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length ??= FindLengthAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        length ??= await FindLengthAsync(cancellationToken);
        if (buffer.Length == 0 || Position >= length)
            return 0;
        if (Position < blockStart || Position >= blockStart + block.Length)
            await LoadAsync(cancellationToken);
        var from = (int)(Position - blockStart);
        var count = Math.Min(buffer.Length, block.Length - from);
        block.AsSpan(from, count).CopyTo(buffer.Span);
        Check(block.AsSpan(from, count));
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Readers of drawings know no other way; they run on threads of their own.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    async Task LoadAsync(CancellationToken cancellation)
    {
        var size = Position == blockStart + block.Length && block.Length > 0 ? Math.Min(block.Length * 2, LargestBlock) : FirstBlock;
        size = (int)Math.Min(size, length!.Value - Position);
        using var answer = await client.GetObjectAsync(new() { BucketName = bucket, Key = key, ByteRange = new(Position, Position + size - 1) }, cancellation);
        var loaded = new byte[size];
        await answer.ResponseStream.ReadExactlyAsync(loaded, cancellation);
        (block, blockStart) = (loaded, Position);
    }

    void Check(ReadOnlySpan<byte> read)
    {
        if (Position != hashed)
            return;
        hash.AppendData(read);
        hashed += read.Length;
        if (hashed == length && !hash.GetHashAndReset().AsSpan().SequenceEqual(sha256))
            throw new IOException($"The stored file {key} is damaged: its content is not what its name says. Put it back from a backup.");
    }

    async Task<long> FindLengthAsync(CancellationToken cancellation)
    {
        try
        {
            return (await client.GetObjectMetadataAsync(bucket, key, cancellation)).ContentLength;
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode is HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException("The file is not in the store.", key);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }
}
