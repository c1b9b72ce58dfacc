using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.ObjectPool;
using ZstdSharp;

namespace PyBase.Api;

/// <summary>
/// Answers in zstd, for whoever takes it: a page of records is smaller than by Brotli at its fastest, and a large list is packed in a third of the time. What a
/// compressor works with is large and costs more to set up than a page costs to pack, so they are used again.
/// </summary>
sealed class Zstd : ICompressionProvider
{
    readonly ObjectPool<Compressor> compressors = new DefaultObjectPool<Compressor>(new Policy(), Environment.ProcessorCount * 2);

    public string EncodingName => "zstd";

    public bool SupportsFlush => true;

    public Stream CreateStream(Stream outputStream)
    {
        var compressor = compressors.Get();
        return new Packing(outputStream, compressor, () => compressors.Return(compressor));
    }

    /// <summary>Only an answer that came to its end leaves a compressor as it was.</summary>
    sealed class Packing(Stream answer, Compressor compressor, Action done) : CompressionStream(answer, compressor, preserveCompressor: true, leaveOpen: true)
    {
        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            done();
        }
    }

    sealed class Policy : PooledObjectPolicy<Compressor>
    {
        const int Fastest = 1;

        public override Compressor Create() => new(Fastest);

        public override bool Return(Compressor compressor) => true;
    }
}
