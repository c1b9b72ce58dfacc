using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Storage.Files;
using PyBase.Storage.Jobs;

namespace PyBase.Api.Jobs;

/// <summary>A drop as it comes in: parts <c>file</c> (1..n) and <c>options</c>, streamed to the file store one after the other.</summary>
sealed class Upload(FileStore files)
{
    const int MaxFiles = 100;
    const int MaxParts = 200;
    const int MaxOptions = 64 * 1024;

    public async Task<Result<IReadOnlyList<DroppedFile>>> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 200 } boundary)
            return JobErrors.NotMultipart;
        // The form's own words on top of the files; a larger announcement is refused before a byte is read.
        var limit = files.MaxBytes + (1 << 20);
        if (request.ContentLength > limit)
            return JobErrors.FileTooLarge(files.MaxBytes);
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

    async Task<Result<IReadOnlyList<DroppedFile>>> ReadPartsAsync(MultipartReader form, CancellationToken cancellation)
    {
        var dropped = new List<DroppedFile>();
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
                    if (await CheckOptionsAsync(part.Body, cancellation) is { } error)
                        return error;
                    break;
            }
        }
        return dropped.Count > 0 ? dropped : JobErrors.NoFile;
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

    /// <summary>New tables from the whole file are what there is today; anything else is refused rather than ignored.</summary>
    static async Task<Error?> CheckOptionsAsync(Stream body, CancellationToken cancellation)
    {
        var text = new byte[MaxOptions];
        var length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation);
        if (length == text.Length)
            return JobErrors.InvalidOptions("it is too long");
        try
        {
            using var options = JsonDocument.Parse(text.AsMemory(0, length));
            if (options.RootElement.TryGet("target", out var target) && target.GetText("table") is not null)
                return JobErrors.InvalidOptions("importing into an existing table is not part of this version");
            return options.RootElement.GetText("import") is "preview" ? JobErrors.InvalidOptions("a preview is not part of this version") : null;
        }
        catch (JsonException)
        {
            return JobErrors.InvalidOptions("it is not JSON");
        }
    }
}
