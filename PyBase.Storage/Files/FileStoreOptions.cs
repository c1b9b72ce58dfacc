namespace PyBase.Storage.Files;

/// <summary>Where uploaded files go; section <c>Files</c>.</summary>
public sealed class FileStoreOptions
{
    /// <summary>A folder that every process of the installation sees. Default: <c>files</c> in the working folder. With S3 unused.</summary>
    public string Path { get; set; } = "files";

    /// <summary>An S3-compatible store instead of the folder.</summary>
    public S3Options S3 { get; set; } = new();

    /// <summary>Largest upload in bytes. Default 1 GiB.</summary>
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Whether attachments given by an address may be fetched from this machine and its private networks. Default no: whoever may write a record could
    /// otherwise look around behind the firewall.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }
}

/// <summary>Section <c>Files:S3</c>.</summary>
public sealed class S3Options
{
    /// <summary>Address of the service; none for Amazon's of <see cref="Region"/>.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>Name of the bucket, which exists.</summary>
    public string? Bucket { get; set; }

    /// <summary>Default: what the machine or pod is given.</summary>
    public string? AccessKey { get; set; }

    /// <summary>Belongs to <see cref="AccessKey"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Default us-east-1.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Whether browsers get attachments from the store itself, at an address that is good for five minutes. Default: through PyBase.</summary>
    public bool SendsLinks { get; set; }
}
