using System.Text;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Jobs;
using PyBase.Storage.Files;

namespace PyBase.Api.Files;

/// <summary>Files of a base to look at: as they were dropped, and as a picture.</summary>
static class FilesApi
{
    public static void MapBaseFiles(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/bases/{baseId}/files/{file}").RequireAuthorization().WithTags("Files");
        api.MapGet("/original", Original).WithName("GetOriginal").WithSummary("A dropped file, as for a viewer");
        api.MapGet("/picture", Picture).WithName("GetPicture").WithSummary("What a file looks like; 202 while it is being drawn");
    }

    static async Task<IResult> Original(string baseId, string file, HttpContext context, BaseDoor door, FilePictures pictures, FileStore files)
    {
        if (!(await FindAsync(baseId, file, context, door, pictures)).TryGet(out var found, out var error))
            return error.ToProblem();
        Sandbox(context);
        return Results.Stream(files.OpenRead(found.Shown.Original.Sha256), "application/octet-stream", found.Shown.Original.Name, enableRangeProcessing: true);
    }

    static async Task<IResult> Picture(string baseId, string file, HttpContext context, BaseDoor door, FilePictures pictures, FileStore files, string? highlight = null)
    {
        if (!(await FindAsync(baseId, file, context, door, pictures)).TryGet(out var found, out var error))
            return error.ToProblem();
        var (shown, visit) = found;
        if (shown.Picture is not { } picture)
        {
            if (shown.JobState is JobState.Failed or JobState.Parked or JobState.Cancelled)
                return PictureErrors.Unavailable.ToProblem();
            await pictures.EnqueueAsync(baseId, file, shown.Original.Name, visit.UserId, context.RequestAborted);
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status202Accepted);
        }
        Sandbox(context);
        return picture.MediaType != "image/svg+xml" || Highlight.StyleFor(highlight) is not { } mark
            ? Results.Stream(files.OpenRead(picture.Sha256), picture.MediaType)
            : Results.Stream(stream => MarkAsync(files.OpenRead(picture.Sha256), mark, stream, context.RequestAborted), picture.MediaType);
    }

    // The style of one entity, put before the end of the document.
    static async Task MarkAsync(Stream picture, string mark, Stream answer, CancellationToken cancellation)
    {
        await using (picture)
        {
            using var whole = new MemoryStream();
            await picture.CopyToAsync(whole, cancellation);
            var end = "</svg>"u8.Length;
            await answer.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length - end), cancellation);
            await answer.WriteAsync(Encoding.UTF8.GetBytes(mark + "</svg>"), cancellation);
        }
    }

    static async Task<Result<(ShownFile Shown, Visit Visit)>> FindAsync(string baseId, string file, HttpContext context, BaseDoor door, FilePictures pictures)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out var visit, out var error))
            return error;
        return await pictures.FindAsync(baseId, file, context.RequestAborted) is { } shown ? (shown, visit) : PictureErrors.FileNotFound;
    }

    // A file is a stranger's: it is shown by nobody as if it were a page of this site.
    static void Sandbox(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
        context.Response.Headers.CacheControl = "private, max-age=3600";
    }
}

static class PictureErrors
{
    public static readonly Error FileNotFound = new("file-not-found", ErrorKind.NotFound, "There is no such file in this base.");
    public static readonly Error Unavailable = new("picture-unavailable", ErrorKind.NotFound, "There is no picture of this file.", "Files of its kind are not drawn, or drawing it failed: its job says why.");
}
