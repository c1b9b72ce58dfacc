using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace PyBase.Storage.Files;

/// <summary>What a move has done so far.</summary>
/// <param name="Copied">Files that it brought over.</param>
/// <param name="There">Files that were there already, as of a move that broke off.</param>
/// <param name="Bad">Files that are missing or damaged where they come from, by the hash that rows name.</param>
public sealed record FileMoveResult(int Copied, int There, IReadOnlyList<string> Bad);

/// <summary>
/// Brings every file that a row names from the folder into the bucket, or back. Nothing is removed where they come from; it may run while PyBase does, and
/// again after it broke off or when new files have come.
/// </summary>
public sealed class FileMove(NpgsqlDataSource data, IServiceProvider services, IOptions<FileStoreOptions> options, ILogger<FileMove> logger)
{
    const int Batch = 500, AtOnce = 4;

    /// <summary>Whether a program's arguments ask for it, and where to: <c>--move-files bucket</c> or <c>folder</c>.</summary>
    public static bool? Wanted(string[] arguments) =>
        Array.IndexOf(arguments, "--move-files") is >= 0 and var place ? arguments.ElementAtOrDefault(place + 1) is "bucket" : null;

    /// <summary>Runs it as a program and says how it went; the exit code.</summary>
    public async Task<int> RunAsync(bool intoBucket, TextWriter says, CancellationToken cancellation)
    {
        var (copied, there, bad) = await RunAsync(intoBucket, cancellation);
        await says.WriteLineAsync($"{copied} files copied, {there} were there already.");
        foreach (var sha256 in bad)
            await says.WriteLineAsync($"Missing or damaged where it comes from: {sha256}");
        return bad.Count == 0 ? 0 : 1;
    }

    /// <summary>Copies what is missing, and checks each file's content against its name on the way.</summary>
    public async Task<FileMoveResult> RunAsync(bool intoBucket, CancellationToken cancellation)
    {
        if (options.Value.S3.Bucket is null or "")
            throw new InvalidOperationException("Name the bucket in Files:S3:Bucket, and the folder in Files:Path.");
        FileStore bucket = (S3FileStore)services.GetService(typeof(S3FileStore))!, folder = (FolderFileStore)services.GetService(typeof(FolderFileStore))!;
        var (from, to) = intoBucket ? (folder, bucket) : (bucket, folder);
        var (copied, there, bad) = (0, 0, new List<string>());
        byte[] last = [];
        for (List<(byte[] Sha256, long? Size)> some; (some = await NextAsync(last, cancellation)).Count > 0; last = some[^1].Sha256)
        {
            await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (file, stop) =>
            {
                if (file.Size is { } size && await to.HasAsync(file.Sha256, size, stop))
                    Interlocked.Increment(ref there);
                else if (await CopyAsync(from, to, file.Sha256, stop))
                    Interlocked.Increment(ref copied);
                else
                    lock (bad)
                        bad.Add(Convert.ToHexStringLower(file.Sha256));
            });
            logger.LogInformation("{Copied} files copied, {There} were there, {Bad} are missing or damaged", copied, there, bad.Count);
        }
        return new(copied, there, bad);
    }

    /// <summary>Copies one and checks it on the way; false when it is missing or damaged where it comes from.</summary>
    internal static async Task<bool> CopyAsync(FileStore from, FileStore to, byte[] sha256, CancellationToken cancellation)
    {
        try
        {
            await using var content = from.OpenRead(sha256);
            // Under the name of what it is: a damaged one gets another than it should have.
            return await to.WriteAsync(content, cancellation) is { } stored && stored.Sha256.AsSpan().SequenceEqual(sha256);
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    async Task<List<(byte[], long?)>> NextAsync(byte[] after, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"""
            select sha256, max(size) from (select sha256, size from pybase.files union all select sha256, size from pybase.pictures where sha256 is not null) named
            where sha256 > $1 group by sha256 order by sha256 limit {Batch}
            """);
        command.Parameters.Add(new() { Value = after });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var some = new List<(byte[], long?)>();
        while (await row.ReadAsync(cancellation))
            some.Add((row.GetFieldValue<byte[]>(0), row.IsDBNull(1) ? null : row.GetInt64(1)));
        return some;
    }
}
