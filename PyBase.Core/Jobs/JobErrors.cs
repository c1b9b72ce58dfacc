using PyBase.Core.Errors;

namespace PyBase.Core.Jobs;

/// <summary>Refusals about drops and jobs.</summary>
public static class JobErrors
{
    /// <summary>No such job, or none that the caller may see.</summary>
    public static readonly Error NotFound = new("job-not-found", ErrorKind.NotFound, "There is no such job.");

    /// <summary>A list of jobs is of one base.</summary>
    public static readonly Error BaseNeeded = new("base-needed", ErrorKind.Invalid, "Which base's jobs?", "Add ?base=app…");

    /// <summary>It has come to its end.</summary>
    public static readonly Error NotCancellable = new("job-finished", ErrorKind.Conflict, "The job has finished.", "Start a new one, or retry it.");

    /// <summary>It has not come to an end.</summary>
    public static readonly Error NotRetryable = new("job-not-retryable", ErrorKind.Conflict, "Only a failed, parked or cancelled job can be retried.");

    /// <summary>The same <c>Idempotency-Key</c> for another base.</summary>
    public static readonly Error KeyUsedElsewhere = new("idempotency-key-used", ErrorKind.Conflict, "This Idempotency-Key was used for a drop on another base.", "Take a new key for each drop.");

    /// <summary>The disk is full, or the store cannot be written for another reason; the log says which.</summary>
    public static readonly Error StoreUnavailable = new("file-store-unavailable", ErrorKind.Unavailable, "The file could not be stored.", "Whoever runs this installation finds the reason in its log; often the disk is full.");

    /// <summary>The worker that writes is not the job's any more, or the job was cancelled; seen by the worker only.</summary>
    public static readonly Error LeaseLost = new("job-lease-lost", ErrorKind.Conflict, "The job is another worker's now.");

    /// <summary>A drop without a file.</summary>
    public static readonly Error NoFile = new("no-file", ErrorKind.Invalid, "The request has no part named \"file\".", "Send multipart/form-data with one or more parts named file.");

    /// <summary>A comparison of one file, or of three.</summary>
    public static readonly Error TwoFiles = new("two-files-needed", ErrorKind.Invalid, "A comparison is of two files, or of a table and a file.", "Send two parts named file: first the one before, then the one after; or one, and options with target.table.");

    /// <summary>A drop that is no form.</summary>
    public static readonly Error NotMultipart = new("not-multipart", ErrorKind.Unsupported, "The request is not multipart/form-data.", "Send the files as parts named file.");

    /// <summary>A form that breaks off or is not one.</summary>
    public static readonly Error BrokenUpload = new("upload-broken", ErrorKind.Malformed, "The upload broke off or is not a well-formed form.", "Send it again.");

    /// <summary>Larger than <c>Files:MaxBytes</c>.</summary>
    public static Error FileTooLarge(long limit) =>
        new("file-too-large", ErrorKind.TooLarge, $"A file may have at most {limit:N0} bytes here.", "The limit is the setting Files:MaxBytes.");

    /// <summary>More files than one drop takes.</summary>
    public static Error TooManyFiles(int limit) => new("too-many-files", ErrorKind.Invalid, $"One drop takes at most {limit} files.", "Drop them in parts.");

    /// <summary>The part <c>options</c> cannot be understood.</summary>
    public static Error InvalidOptions(string why) => new("invalid-options", ErrorKind.Invalid, $"The part \"options\" is not acceptable: {why}.");

    /// <summary>No such queue.</summary>
    public static Error UnknownQueue(string name) => new("unknown-queue", ErrorKind.NotFound, $"There is no queue \"{name}\".", $"Queues: {string.Join(", ", Queues.All)}.");

    /// <summary>A concurrency that cannot be.</summary>
    public static readonly Error InvalidConcurrency = new("invalid-concurrency", ErrorKind.Invalid, "The body is {\"concurrency\": 1 to 1,000}, or null for what the workers were started with.");
}
