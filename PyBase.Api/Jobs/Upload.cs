using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PyBase.Core.Errors;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;

namespace PyBase.Api.Jobs;

/// <summary>Files and what is to be done with them.</summary>
/// <param name="Files">One or more.</param>
/// <param name="Request">The part <c>options</c>, understood.</param>
/// <param name="Options">The same as it was sent, a JSON object.</param>
sealed record Drop(IReadOnlyList<DroppedFile> Files, ImportRequest Request, string Options);

/// <summary>A drop as it comes in: parts <c>file</c> (1..n) and <c>options</c>, streamed to the file store one after the other.</summary>
sealed class Upload(FileStore files)
{
    const int MaxFiles = 100;
    const int MaxParts = 200;
    const int MaxOptions = 256 * 1024;

    public async Task<Result<Drop>> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 200 } boundary)
            return JobErrors.NotMultipart;
        // The form's own words on top of the files; a larger announcement is refused before a byte is read.
        var limit = files.MaxBytes + (1 << 20);
        if (request.ContentLength > limit)
            return JobErrors.FileTooLarge(files.MaxBytes);
        // A large file over a slow line takes as long as it takes; who sends nothing at all is cut off by the server.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit;
        try
        {
            return await ReadPartsAsync(new MultipartReader(boundary.Value!, request.Body), context.RequestAborted);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return JobErrors.FileTooLarge(files.MaxBytes);
        }
        catch (FileStoreException)
        {
            return JobErrors.StoreUnavailable;
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return JobErrors.BrokenUpload;
        }
    }

    async Task<Result<Drop>> ReadPartsAsync(MultipartReader form, CancellationToken cancellation)
    {
        var dropped = new List<DroppedFile>();
        var (request, options) = (ImportRequest.None, "{}");
        for (var parts = 0; await form.ReadNextSectionAsync(cancellation) is { } part; parts++)
        {
            if (parts == MaxParts || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
                return JobErrors.BrokenUpload;
            switch (HeaderUtilities.RemoveQuotes(disposition.Name).Value)
            {
                case "file" when dropped.Count == MaxFiles:
                    return JobErrors.TooManyFiles(MaxFiles);
                case "file":
                    if (await files.WriteAsync(part.Body, cancellation) is not { } stored)
                        return JobErrors.FileTooLarge(files.MaxBytes);
                    dropped.Add(new DroppedFile(NameOf(disposition), TypeOf(part), stored));
                    break;
                case "options":
                    if (!(await ReadOptionsAsync(part.Body, cancellation)).TryGet(out options, out var error) || !Understand(options).TryGet(out request, out error))
                        return error;
                    break;
            }
        }
        return dropped.Count > 0 ? new Drop(dropped, request, options) : JobErrors.NoFile;
    }

    /// <summary>The name without a path, as some clients send one; never used as a name in the file system.</summary>
    static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
        name = new string([.. name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))]).Trim();
        return name.Length == 0 ? "unnamed" : name[..Math.Min(name.Length, 255)];
    }

    /// <summary>It comes back as a header, where not every text may stand.</summary>
    static string TypeOf(MultipartSection part) =>
        part.ContentType is { Length: <= 100 } given && Ascii.IsValid(given) && MediaTypeHeaderValue.TryParse(given, out var type) ? type.ToString() : "application/octet-stream";

    static async Task<Result<string>> ReadOptionsAsync(Stream body, CancellationToken cancellation)
    {
        var text = new byte[MaxOptions];
        var length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation);
        return length == text.Length ? JobErrors.InvalidOptions("it is too long") : Encoding.UTF8.GetString(text, 0, length);
    }

    static Result<ImportRequest> Understand(string options)
    {
        try
        {
            return ImportRequest.Read(JsonSerializer.Deserialize<JsonElement>(options));
        }
        catch (JsonException)
        {
            return JobErrors.InvalidOptions("it is not JSON");
        }
    }
}
