using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Files;
using PyBase.Storage.Schema;

namespace PyBase.Api.Attachments;

/// <summary>Files in cells: uploaded as Airtable does it, served under links that expire.</summary>
static class AttachmentsApi
{
    const int MaxBytes = 5 << 20;

    public static void MapAttachments(this RouteGroupBuilder v0) =>
        v0.MapPost("/{baseId}/{id}/{field}/uploadAttachment", Upload).WithTags("Records").WithName("UploadAttachment").WithSummary("Add a file to a cell");

    /// <summary>The link itself is the permission: sealed, and good for two hours.</summary>
    public static void MapFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/files/{token}", Download).WithTags("Files").WithName("DownloadFile").WithSummary("A file behind a link that expires").AllowAnonymous();

    static async Task<IResult> Upload(string baseId, string id, string field, HttpContext context, BaseDoor door, FileStore files, Storage.Files.Attachments attachments, SchemaStore schemas)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.WriteRecords)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToAirtable();
        var json = body.RootElement;
        if (json.GetText("filename") is not { Length: > 0 and <= 255 } name || !json.TryGet("file", out var file) || file.ValueKind is not JsonValueKind.String
            || !file.TryGetBytesFromBase64(out var content) || content.Length > MaxBytes)
            return RecordErrors.InvalidRequest("Send {contentType, filename, file}: file is base64 of at most 5 MB.").ToAirtable();
        using var stream = new MemoryStream(content, writable: false);
        var stored = (await files.WriteAsync(stream, context.RequestAborted))!;
        // It comes back as a header, where not every text may stand.
        var mediaType = json.GetText("contentType") is { Length: <= 100 } type && MediaTypeHeaderValue.TryParse(type, out var parsed) && Ascii.IsValid(type)
            ? parsed.ToString() : "application/octet-stream";
        var added = await attachments.AddAsync(baseId, id, PathName.Of(field), name, mediaType, stored, visit.Origin("AddAttachment", context), context.RequestAborted);
        return added.TryGet(out var table, out error) && await schemas.FindAsync(baseId, context.RequestAborted) is { } all && visit.See(all) is var schema && schema.Find(table) is { } shown
            ? await RecordsApi.ShowAsync(schema, shown, id, byFieldId: true, context)
            : (error ?? SchemaErrors.ModelNotFound).ToAirtable();
    }

    static async Task<IResult> Download(string token, FileLinks links, Storage.Files.Attachments attachments, FileStore files, HttpContext context)
    {
        if (links.Open(token) is not { } id || await attachments.FindAsync(id, context.RequestAborted) is not { } file)
            return FileErrors.LinkExpired.ToProblem();
        if (files.AddressOf(file.Sha256, file.MediaType, file.Name) is { } address)
        {
            context.Response.Headers.CacheControl = "private, no-store";
            return Results.Redirect(address.AbsoluteUri);
        }
        // A file is a stranger's: it is shown by nobody as if it were a page of this site.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        context.Response.Headers.CacheControl = "private, max-age=7200";
        return Results.Stream(files.OpenRead(file.Sha256), file.MediaType, file.Name, enableRangeProcessing: true);
    }
}

static class FileErrors
{
    public static readonly Error LinkExpired = new("file-link-expired", ErrorKind.NotFound, "This link is not valid, or not any more.", "Load the record again for a fresh link.");
}
