using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PyBase.Storage.Files;

/// <summary>Files in a local folder, or one that every process sees. A file is written beside its place and moved there when it is whole.</summary>
sealed class FolderFileStore(IOptions<FileStoreOptions> options, TimeProvider clock, ILogger<FolderFileStore> logger) : FileStore(options.Value, clock, logger)
{
    protected override string Incoming => Path.Combine(options.Value.Path, "incoming");

    internal override Task<StoredFile> KeepAsync(FileDraft draft, StoredFile stored, CancellationToken cancellation) => Task.FromResult(draft.OnDisk(() =>
    {
        var place = PlaceOf(stored.Sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        // Over the same content, too: its time is then that of its newest upload, which the sweep goes by.
        File.Move(draft.Path, place, overwrite: true);
        return stored;
    }));

    public override Stream OpenRead(byte[] sha256) =>
        new FileStream(PlaceOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);

    internal override async IAsyncEnumerable<byte[]> OlderThanAsync(TimeSpan age, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(options.Value.Path))
            yield break;
        foreach (var file in new DirectoryInfo(options.Value.Path).EnumerateDirectories("??").SelectMany(folder => folder.EnumerateFiles()))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsOld(file.LastWriteTimeUtc, age) && ContentOf($"{file.Directory!.Name}/{file.Name}") is { } sha256)
                yield return sha256;
        }
    }

    internal override Task<bool> RemoveAsync(byte[] sha256, TimeSpan age, CancellationToken cancellation)
    {
        var file = new FileInfo(PlaceOf(sha256));
        if (!file.Exists || !IsOld(file.LastWriteTimeUtc, age))
            return Task.FromResult(false);
        file.Delete();
        return Task.FromResult(true);
    }

    internal override Task<bool> HasAsync(byte[] sha256, long size, CancellationToken cancellation) =>
        Task.FromResult(new FileInfo(PlaceOf(sha256)) is { Exists: true } file && file.Length == size);

    string PlaceOf(byte[] sha256) => Path.Combine(options.Value.Path, NameOf(sha256));
}
