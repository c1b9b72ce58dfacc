using System.Globalization;
using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Comments;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Comments;
using PyBase.Storage.Schema;

namespace PyBase.Api.Comments;

/// <summary>Comments on records, in Airtable's form.</summary>
static class CommentsApi
{
    const int MaxPage = 100;

    public static void MapComments(this RouteGroupBuilder v0)
    {
        var comments = v0.MapGroup("/{baseId}/{table}/{id}/comments").WithTags("Comments");
        comments.MapGet("", List).WithName("ListComments").WithSummary("Comments on a record, newest first");
        comments.MapPost("", Add).WithName("AddComment").WithSummary("Comment on a record");
        comments.MapPatch("/{comment}", Change).WithName("ChangeComment").WithSummary("Change one's own comment");
        comments.MapDelete("/{comment}", Remove).WithName("DeleteComment").WithSummary("Delete a comment with the answers to it");
    }

    static async Task<IResult> List(string baseId, string table, string id, HttpContext context, BaseDoor door, SchemaStore schemas, CommentReader comments)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.ReadRecords, Scopes.ReadComments)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        var query = context.Request.Query;
        var size = MaxPage;
        if (query["pageSize"].ToString() is { Length: > 0 } asked && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is 0 or > MaxPage))
            return RecordErrors.InvalidRequest($"pageSize is a whole number from 1 to {MaxPage}.").ToAirtable();
        var schema = await schemas.FindAsync(baseId, context.RequestAborted) is { } all ? visit.See(all) : null;
        if (schema?.Find(PathName.Of(table)) is not { } found)
            return SchemaErrors.ModelNotFound.ToAirtable();
        if (!(await comments.PageAsync(schema, found, id, size, query["offset"], context.RequestAborted)).TryGet(out var page, out error))
            return error.ToAirtable();
        return page is null ? SchemaErrors.RecordNotFound.ToAirtable() : JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("comments");
            foreach (var comment in page.Comments)
                comment.Write(json);
            json.WriteEndArray();
            json.WriteString("offset", page.Offset);
            json.WriteEndObject();
        });
    }

    static Task<IResult> Add(string baseId, string table, string id, HttpContext context, CommentStore comments) => WriteAsync(baseId, table, id, context, (place, body, visit) =>
        TextOf(body) is not { } text ? Task.FromResult<Result<Comment>>(CommentErrors.NeedsText)
        : body.TryGet("parentCommentId", out var parent) && parent.ValueKind is not JsonValueKind.Null && !Id.Is(body.GetText("parentCommentId"), "com") ? Task.FromResult<Result<Comment>>(CommentErrors.UnknownParent)
        : comments.AddAsync(place, text, body.GetText("parentCommentId"), visit.Origin("AddComment", context), context.RequestAborted));

    static Task<IResult> Change(string baseId, string table, string id, string comment, HttpContext context, CommentStore comments) => WriteAsync(baseId, table, id, context, (place, body, visit) =>
        TextOf(body) is not { } text ? Task.FromResult<Result<Comment>>(CommentErrors.NeedsText)
        : comments.ChangeAsync(place, comment, text, visit.Origin("ChangeComment", context), context.RequestAborted));

    static async Task<IResult> WriteAsync(string baseId, string table, string id, HttpContext context, Func<CommentPlace, JsonElement, Visit, Task<Result<Comment>>> write)
    {
        if (!(await context.RequestServices.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.Comment)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToAirtable();
        var written = await write(new CommentPlace(baseId, PathName.Of(table), id), body.RootElement, visit);
        return written.TryGet(out var comment, out error) ? JsonAnswer.Of(json => comment.Write(json)) : error.ToAirtable();
    }

    static async Task<IResult> Remove(string baseId, string table, string id, string comment, HttpContext context, BaseDoor door, CommentStore comments)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.Comment)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        var removed = await comments.RemoveAsync(new CommentPlace(baseId, PathName.Of(table), id), comment, anybodys: visit.Role >= Role.Admin, visit.Origin("DeleteComment", context), context.RequestAborted);
        if (!removed.TryGet(out var versions, out error))
            return error.ToAirtable();
        Versions.Show(context, versions);
        return Results.Json(new { id = comment, deleted = true });
    }

    static string? TextOf(JsonElement body) => body.GetText("text") is { Length: <= CommentErrors.MaxText } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
