using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PyBase.Core.Files;

namespace PyBase.Storage.Files;

/// <summary>Where uploaded files go; section <c>Files</c>.</summary>
public sealed class FileStoreOptions
{
    /// <summary>A folder that every process of the installation sees. Default: <c>files</c> in the working folder.</summary>
    public string Path { get; set; } = "files";

    /// <summary>Largest upload in bytes. Default 1 GiB.</summary>
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Whether attachments given by an address may be fetched from this machine and its private networks. Default no: whoever may write a record could
    /// otherwise look around behind the firewall.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }
}

/// <summary>A file that is safely stored, named by its content.</summary>
public sealed record StoredFile(byte[] Sha256, long Size)
{
    /// <summary>How large the picture is; null for any other file.</summary>
    public ImageSize? Picture { get; init; }
}

/// <summary>The store does not take a file, through no fault of who sent it.</summary>
public sealed class FileStoreException(Exception reason) : Exception("The file store does not take the file: " + reason.Message, reason);

/// <summary>
/// Files by content in a local folder. A file is written beside its place and moved there when it is whole, so a name that exists is a complete file,
/// and the same content is stored once.
/// </summary>
public sealed class FileStore(IOptions<FileStoreOptions> options, TimeProvider clock, ILogger<FileStore> logger)
{
    /// <summary>An upload that takes longer was cut off by the death of its process.</summary>
    static readonly TimeSpan LongestUpload = TimeSpan.FromHours(6);

    string Incoming => System.IO.Path.Combine(options.Value.Path, "incoming");

    /// <summary>Largest file, in bytes.</summary>
    public long MaxBytes => options.Value.MaxBytes;

    /// <summary>Stores a stream; null when it is longer than <see cref="MaxBytes"/>. Nothing is left when it breaks off.</summary>
    /// <exception cref="FileStoreException">The store does not take it: the disk is full, or the folder is not ours to write.</exception>
    public async Task<StoredFile?> WriteAsync(Stream content, CancellationToken cancellation)
    {
        var draft = System.IO.Path.Combine(Incoming, Guid.NewGuid().ToString("N"));
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = 0L;
            await using (var file = OnDisk(() => Create(draft)))
            {
                // What fails in here is the sender's connection; what fails on the disk has a name of its own.
                for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
                {
                    if ((size += read) > MaxBytes)
                        return null;
                    hash.AppendData(buffer, 0, read);
                    await OnDiskAsync(() => file.WriteAsync(buffer.AsMemory(0, read), cancellation));
                }
                OnDisk(() => { file.Flush(flushToDisk: true); return file; });
            }
            var sha256 = hash.GetHashAndReset();
            return OnDisk(() =>
            {
                var place = PlaceOf(sha256);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
                // Over the same content, too: its time is then that of its newest upload, which the sweep goes by.
                File.Move(draft, place, overwrite: true);
                return new StoredFile(sha256, size) { Picture = PictureIn(place) };
            });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (File.Exists(draft))
                File.Delete(draft);
        }
    }

    static ImageSize? PictureIn(string place)
    {
        using var file = File.OpenHandle(place, share: FileShare.Read | FileShare.Delete);
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

    /// <summary>Opens a stored file for reading in order.</summary>
    public Stream OpenRead(byte[] sha256) =>
        new FileStream(PlaceOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);

    /// <summary>Removes what uploads left that died with their process.</summary>
    public void SweepIncoming()
    {
        if (!Directory.Exists(Incoming))
            return;
        foreach (var draft in new DirectoryInfo(Incoming).EnumerateFiles().Where(f => clock.GetUtcNow() - f.LastWriteTimeUtc > LongestUpload))
        {
            logger.LogInformation("Removing an upload that broke off at {Time}", draft.LastWriteTimeUtc);
            draft.Delete();
        }
    }

    /// <summary>Stored files whose last upload is longer ago than <paramref name="age"/>.</summary>
    internal IEnumerable<byte[]> OlderThan(TimeSpan age)
    {
        if (!Directory.Exists(options.Value.Path))
            return [];
        return new DirectoryInfo(options.Value.Path).EnumerateDirectories("??").SelectMany(folder => folder.EnumerateFiles())
            .Where(file => IsOld(file, age) && file.Name.Length == 64 && file.Name.All(char.IsAsciiHexDigitLower)).Select(file => Convert.FromHexString(file.Name));
    }

    /// <summary>Removes a stored file, unless it was uploaded again meanwhile.</summary>
    internal bool Remove(byte[] sha256, TimeSpan age)
    {
        var file = new FileInfo(PlaceOf(sha256));
        if (!file.Exists || !IsOld(file, age))
            return false;
        file.Delete();
        return true;
    }

    bool IsOld(FileInfo file, TimeSpan age) => clock.GetUtcNow() - file.LastWriteTimeUtc > age;

    FileStream Create(string draft)
    {
        Directory.CreateDirectory(Incoming);
        return new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    }

    T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(refused);
        }
    }

    async Task OnDiskAsync(Func<ValueTask> work)
    {
        try
        {
            await work();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refused(refused);
        }
    }

    FileStoreException Refused(Exception reason)
    {
        logger.LogError(reason, "The file store in {Path} does not take a file", options.Value.Path);
        return new FileStoreException(reason);
    }

    string PlaceOf(byte[] sha256)
    {
        var name = Convert.ToHexStringLower(sha256);
        return System.IO.Path.Combine(options.Value.Path, name[..2], name);
    }
}
