using Microsoft.Extensions.Logging;
using PyBase.Core.Files;

namespace PyBase.Storage.Files;

/// <summary>A file that is safely stored, named by its content.</summary>
public sealed record StoredFile(byte[] Sha256, long Size)
{
    /// <summary>How large the picture is; null for any other file.</summary>
    public ImageSize? Picture { get; init; }
}

/// <summary>The store does not take a file, through no fault of who sent it.</summary>
public sealed class FileStoreException(Exception reason) : Exception("The file store does not take the file: " + reason.Message, reason);

/// <summary>Files by content, the same for every process of an installation: a name that exists is a complete file, and the same content is stored once.</summary>
public abstract class FileStore(FileStoreOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>Largest file, in bytes.</summary>
    public long MaxBytes => options.MaxBytes;

    /// <summary>Stores a stream; null when it is longer than <see cref="MaxBytes"/>. Nothing is left when it breaks off.</summary>
    /// <exception cref="FileStoreException">The store does not take it: it is full, or not ours to write.</exception>
    public async Task<StoredFile?> WriteAsync(Stream content, CancellationToken cancellation)
    {
        await using var draft = new FileDraft(Incoming, Refused);
        return await draft.FillAsync(content, MaxBytes, cancellation) is { } stored ? await KeepAsync(draft, stored, cancellation) : null;
    }

    /// <summary>Opens a stored file for reading; it can be read from any place.</summary>
    public abstract Stream OpenRead(byte[] sha256);

    /// <summary>An address where a browser gets the file from the store itself, for a few minutes; null where it comes from PyBase.</summary>
    public virtual Uri? AddressOf(byte[] sha256, string mediaType, string name) => null;

    /// <summary>Where those addresses begin; null where there are none.</summary>
    public virtual string? Origin => null;

    /// <summary>Removes what uploads left that died with their process.</summary>
    public virtual Task SweepIncomingAsync(CancellationToken cancellation)
    {
        FileDraft.Sweep(Incoming, clock, logger);
        return Task.CompletedTask;
    }

    /// <summary>Stored files whose last upload is longer ago than <paramref name="age"/>.</summary>
    internal abstract IAsyncEnumerable<byte[]> OlderThanAsync(TimeSpan age, CancellationToken cancellation);

    /// <summary>Removes a stored file, unless it was uploaded again meanwhile.</summary>
    internal abstract Task<bool> RemoveAsync(byte[] sha256, TimeSpan age, CancellationToken cancellation);

    /// <summary>Whether the file is there, whole.</summary>
    internal abstract Task<bool> HasAsync(byte[] sha256, long size, CancellationToken cancellation);

    /// <summary>Where files are while they come.</summary>
    protected abstract string Incoming { get; }

    /// <summary>Puts a whole file in its place.</summary>
    internal abstract Task<StoredFile> KeepAsync(FileDraft draft, StoredFile stored, CancellationToken cancellation);

    /// <summary>It is longer ago than that.</summary>
    protected bool IsOld(DateTime written, TimeSpan age) => clock.GetUtcNow() - written > age;

    /// <summary>Logged, and in words.</summary>
    protected FileStoreException Refused(Exception reason)
    {
        logger.LogError(reason, "The file store does not take a file");
        return new FileStoreException(reason);
    }

    /// <summary><c>3f/3f79…</c>: thousands of files in one folder are slow to list.</summary>
    protected static string NameOf(byte[] sha256)
    {
        var name = Convert.ToHexStringLower(sha256);
        return $"{name[..2]}/{name}";
    }

    /// <summary>The content that a name stands for; null when it is no such name.</summary>
    protected static byte[]? ContentOf(string name) =>
        name.Length == 67 && name[2] == '/' && name.AsSpan(3).ToString() is var hash && hash.All(char.IsAsciiHexDigitLower) && hash.StartsWith(name[..2], StringComparison.Ordinal)
            ? Convert.FromHexString(hash) : null;
}
