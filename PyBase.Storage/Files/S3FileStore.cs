using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PyBase.Storage.Files;

/// <summary>
/// Files in a bucket of an S3-compatible store. What comes in lies on this machine's disk until it is whole and its name is known; the store checks each
/// request's content against the hash in its signature.
/// </summary>
sealed class S3FileStore : FileStore, IDisposable
{
    /// <summary>Larger ones go in parts of this size.</summary>
    internal const int PartBytes = 8 << 20;

    /// <summary>A file that was stored a shorter time ago is not sent again: no sweep takes it (<see cref="FileSweep.Grace"/>).</summary>
    static readonly TimeSpan Fresh = FileSweep.Grace / 2;
    static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(5);

    readonly AmazonS3Client client;
    readonly S3Options options;
    readonly TimeProvider clock;
    readonly Lazy<string?> origin;

    public S3FileStore(IOptions<FileStoreOptions> files, TimeProvider clock, ILogger<S3FileStore> logger) : base(files.Value, clock, logger)
    {
        (options, this.clock) = (files.Value.S3, clock);
        origin = new(() => AddressOf([0], "text/plain", "")?.GetLeftPart(UriPartial.Authority));
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = options.ServiceUrl is not null,
            // Stores other than Amazon's refuse the checksums that come behind the body.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 3,
        };
        if (options.ServiceUrl is not null)
            (configuration.ServiceURL, configuration.AuthenticationRegion) = (options.ServiceUrl, options.Region);
        else
            configuration.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        client = options.AccessKey is null ? new(configuration) : new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), configuration);
    }

    protected override string Incoming { get; } = Path.Combine(Path.GetTempPath(), "pybase-incoming");

    internal override async Task<StoredFile> KeepAsync(FileDraft draft, StoredFile stored, CancellationToken cancellation)
    {
        var key = NameOf(stored.Sha256);
        try
        {
            if (await HeadAsync(key, cancellation) is { } there && there.ContentLength == stored.Size && !IsOld(there.LastModified ?? default, Fresh))
                return stored;
            if (stored.Size <= PartBytes)
                await client.PutObjectAsync(new() { BucketName = options.Bucket, Key = key, FilePath = draft.Path, UseChunkEncoding = false }, cancellation);
            else
                await PutInPartsAsync(key, draft.Path, stored.Size, cancellation);
            return stored;
        }
        catch (Exception refused) when (refused is AmazonServiceException or HttpRequestException or IOException)
        {
            throw Refused(refused);
        }
    }

    async Task PutInPartsAsync(string key, string path, long size, CancellationToken cancellation)
    {
        var upload = await client.InitiateMultipartUploadAsync(new() { BucketName = options.Bucket, Key = key }, cancellation);
        try
        {
            var parts = new List<PartETag>();
            for (var start = 0L; start < size; start += PartBytes)
            {
                var part = await client.UploadPartAsync(new()
                {
                    BucketName = options.Bucket, Key = key, UploadId = upload.UploadId, PartNumber = parts.Count + 1,
                    FilePath = path, FilePosition = start, PartSize = Math.Min(PartBytes, size - start), UseChunkEncoding = false,
                }, cancellation);
                parts.Add(new(parts.Count + 1, part.ETag));
            }
            await client.CompleteMultipartUploadAsync(new() { BucketName = options.Bucket, Key = key, UploadId = upload.UploadId, PartETags = parts }, cancellation);
        }
        catch
        {
            // What is not taken back here, the bucket's lifecycle rule takes.
            await client.AbortMultipartUploadAsync(options.Bucket, key, upload.UploadId, CancellationToken.None);
            throw;
        }
    }

    public override Stream OpenRead(byte[] sha256) => new S3FileStream(client, options.Bucket!, NameOf(sha256), sha256);

    public override Uri? AddressOf(byte[] sha256, string mediaType, string name) => !options.SendsLinks ? null : new(client.GetPreSignedURL(new()
    {
        BucketName = options.Bucket,
        Key = NameOf(sha256),
        Expires = clock.GetUtcNow().UtcDateTime + LinkLife,
        Protocol = options.ServiceUrl?.StartsWith("http:", StringComparison.Ordinal) is true ? Protocol.HTTP : Protocol.HTTPS,
        // It is a stranger's file: no browser shows it as a page.
        ResponseHeaderOverrides = new() { ContentType = mediaType, ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}" },
    }));

    public override string? Origin => origin.Value;

    internal override async IAsyncEnumerable<byte[]> OlderThanAsync(TimeSpan age, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ListObjectsV2Response page;
        string? next = null;
        do
        {
            page = await client.ListObjectsV2Async(new() { BucketName = options.Bucket, ContinuationToken = next }, cancellation);
            next = page.NextContinuationToken;
            foreach (var file in page.S3Objects ?? [])
                if (IsOld(file.LastModified?.ToUniversalTime() ?? default, age) && ContentOf(file.Key) is { } sha256)
                    yield return sha256;
        }
        while (page.IsTruncated is true);
    }

    internal override async Task<bool> RemoveAsync(byte[] sha256, TimeSpan age, CancellationToken cancellation)
    {
        if (await HeadAsync(NameOf(sha256), cancellation) is not { } there || !IsOld(there.LastModified?.ToUniversalTime() ?? default, age))
            return false;
        await client.DeleteObjectAsync(options.Bucket, NameOf(sha256), cancellation);
        return true;
    }

    internal override async Task<bool> HasAsync(byte[] sha256, long size, CancellationToken cancellation) =>
        await HeadAsync(NameOf(sha256), cancellation) is { } there && there.ContentLength == size;

    async Task<GetObjectMetadataResponse?> HeadAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return await client.GetObjectMetadataAsync(options.Bucket, key, cancellation);
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();
}
