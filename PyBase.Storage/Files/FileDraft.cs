using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PyBase.Core.Files;

namespace PyBase.Storage.Files;

/// <summary>A file on its way in, on this machine's disk. It is gone in the end, unless somebody moved it away.</summary>
sealed class FileDraft(string folder, Func<Exception, FileStoreException> refused) : IAsyncDisposable
{
    /// <summary>An upload that takes longer was cut off by the death of its process.</summary>
    static readonly TimeSpan LongestUpload = TimeSpan.FromHours(6);

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, Guid.NewGuid().ToString("N"));

    /// <summary>Takes all of the stream; null when that is more than allowed.</summary>
    public async Task<StoredFile?> FillAsync(Stream content, long most, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = 0L;
            await using (var file = OnDisk(Create))
            {
                // What fails in here is the sender's connection; what fails on the disk has a name of its own.
                for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
                {
                    if ((size += read) > most)
                        return null;
                    hash.AppendData(buffer, 0, read);
                    await OnDiskAsync(() => file.WriteAsync(buffer.AsMemory(0, read), cancellation));
                }
                OnDisk(() => { file.Flush(flushToDisk: true); return file; });
            }
            return OnDisk(() => new StoredFile(hash.GetHashAndReset(), size) { Picture = Picture() });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Removes what uploads left that died with their process.</summary>
    public static void Sweep(string folder, TimeProvider clock, ILogger logger)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var draft in new DirectoryInfo(folder).EnumerateFiles().Where(f => clock.GetUtcNow() - f.LastWriteTimeUtc > LongestUpload))
        {
            logger.LogInformation("Removing an upload that broke off at {Time}", draft.LastWriteTimeUtc);
            draft.Delete();
        }
    }

    /// <summary>Does something on the disk, whose failures have a name of their own.</summary>
    public T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw refused(problem);
        }
    }

    async Task OnDiskAsync(Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw refused(problem);
        }
    }

    FileStream Create()
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    }

    ImageSize? Picture()
    {
        using var file = File.OpenHandle(Path, share: FileShare.Read | FileShare.Delete);
        Span<byte> first = stackalloc byte[32];
        if (RandomAccess.Read(file, first, 0) is var read && ImageSize.Read(first[..read]) is { } size)
            return size;
        if (!first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            return null;
        var head = ArrayPool<byte>.Shared.Rent(ImageSize.Head);
        try
        {
            return ImageSize.Read(head.AsSpan(0, RandomAccess.Read(file, head, 0)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (File.Exists(Path))
            File.Delete(Path);
        return default;
    }
}
