using System.Globalization;
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
        api.MapGet("/picture", Picture).WithName("GetPicture").WithSummary("What a file looks like, one layout or page of it, with the place of a cell marked; 202 while it is being drawn");
        api.MapGet("/sheets", Sheets).WithName("GetSheets").WithSummary("The layouts of a drawing or pages of a document; 202 until its first picture is drawn");
    }

    static async Task<IResult> Original(string baseId, string file, HttpContext context, BaseDoor door, FilePictures pictures, FileStore files)
    {
        if (!(await FindAsync(baseId, file, context, door, pictures)).TryGet(out var found, out var error))
            return error.ToProblem();
        Sandbox(context);
        return Results.Stream(files.OpenRead(found.Shown.Original.Sha256), "application/octet-stream", found.Shown.Original.Name, enableRangeProcessing: true);
    }

    static async Task<IResult> Sheets(string baseId, string file, HttpContext context, BaseDoor door, FilePictures pictures)
    {
        if (!(await FindAsync(baseId, file, context, door, pictures)).TryGet(out var found, out var error))
            return error.ToProblem();
        return found.Shown.Sheets is { } sheets ? Results.Json(new { sheets }) : await DrawAsync(baseId, file, "", found, context, pictures);
    }

    static async Task<IResult> Picture(
        string baseId, string file, HttpContext context, BaseDoor door, FilePictures pictures, FileStore files, string? layout = null, int? page = null, string? highlight = null)
    {
        if (!(await FindAsync(baseId, file, context, door, pictures)).TryGet(out var found, out var error))
            return error.ToProblem();
        var place = PagePlace.Of(highlight);
        var (sheet, isAsked) = SheetOf(layout, page, highlight, place);
        // Which sheets there are is known when the first one is drawn.
        if (sheet.Length > 0 && found.Shown.Sheets is { } sheets)
        {
            var known = sheets.FirstOrDefault(each => each.Equals(sheet, StringComparison.OrdinalIgnoreCase));
            if (known is null && isAsked)
                return PictureErrors.NoSuchSheet(sheet, sheets.Count == 0 ? "one picture only" : string.Join(", ", sheets.Take(20)) + (sheets.Count > 20 ? ", …" : "")).ToProblem();
            sheet = known is null || known == sheets[0] ? "" : known;
            if (sheet.Length > 0 && await pictures.FindAsync(baseId, file, sheet, context.RequestAborted) is { } other)
                found = (other, found.Visit);
        }
        if (found.Shown.Picture is not { } picture || found.Shown.Sheets is null)
            return await DrawAsync(baseId, file, found.Shown.Sheets is null ? "" : sheet, found, context, pictures);
        Sandbox(context);
        var shown = sheet.Length > 0 ? sheet : found.Shown.Sheets is [var front, ..] ? front : null;
        if (picture.MediaType == "image/png" && place is { Box: not null } marked && shown == marked.Page.ToString(CultureInfo.InvariantCulture))
            return Results.Stream(stream => marked.MarkAsync(files.OpenRead(picture.Sha256), stream, context.RequestAborted), "image/svg+xml");
        return picture.MediaType == "image/svg+xml" && Highlight.StyleFor(highlight) is { } mark
            ? Results.Stream(stream => MarkAsync(files.OpenRead(picture.Sha256), mark, stream, context.RequestAborted), picture.MediaType)
            : Results.Stream(files.OpenRead(picture.Sha256), picture.MediaType);
    }

    // What was asked for by name has to be there; where a cell came from may be a place that no picture shows, as in a block.
    static (string Sheet, bool IsAsked) SheetOf(string? layout, int? page, string? highlight, PagePlace? place) =>
        layout is { Length: > 0 } ? (layout, true)
        : page is { } number ? (number.ToString(CultureInfo.InvariantCulture), true)
        : place is { } there ? (there.Page.ToString(CultureInfo.InvariantCulture), false)
        : (highlight?.Split('#')[0] ?? "", false);

    static async Task<IResult> DrawAsync(string baseId, string file, string sheet, (ShownFile Shown, Visit Visit) found, HttpContext context, FilePictures pictures)
    {
        if (found.Shown.JobState is JobState.Failed or JobState.Parked or JobState.Cancelled)
            return PictureErrors.Unavailable.ToProblem();
        await pictures.EnqueueAsync(baseId, file, found.Shown.Original.Name, sheet, found.Visit.UserId, context.RequestAborted);
        context.Response.Headers.RetryAfter = "1";
        return Results.StatusCode(StatusCodes.Status202Accepted);
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
        return await pictures.FindAsync(baseId, file, "", context.RequestAborted) is { } shown ? (shown, visit) : PictureErrors.FileNotFound;
    }

    // A file is a stranger's: it is shown by nobody as if it were a page of this site.
    static void Sandbox(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";
        context.Response.Headers.CacheControl = "private, max-age=3600";
    }
}

static class PictureErrors
{
    public static Error NoSuchSheet(string sheet, string known) => new("sheet-not-found", ErrorKind.NotFound, $"The file has no layout or page {sheet}.", $"It has {known}.");

    public static readonly Error FileNotFound = new("file-not-found", ErrorKind.NotFound, "There is no such file in this base.");
    public static readonly Error Unavailable = new("picture-unavailable", ErrorKind.NotFound, "There is no picture of this file.", "Files of its kind are not drawn, or drawing it failed: its job says why.");
}
