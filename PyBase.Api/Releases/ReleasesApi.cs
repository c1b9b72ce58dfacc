using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Records;
using PyBase.Core.Releases;
using PyBase.Storage.Releases;

namespace PyBase.Api.Releases;

/// <summary>Released records: when a table's records are, and the way on from one.</summary>
static class ReleasesApi
{
    public static void MapReleases(this IEndpointRouteBuilder app)
    {
        var tables = app.MapGroup("/api/bases/{baseId}/tables/{table}").RequireAuthorization().WithTags("Releases");
        tables.MapGet("/release", Get).WithName("GetRelease").WithSummary("By which field a table's records are released, and who may release");
        tables.MapPut("/release", Set).WithName("SetRelease").WithSummary("Say by which field records are released: a released record does not change any more");
        tables.MapDelete("/release", Remove).WithName("RemoveRelease").WithSummary("Records of the table are not released any more");
        tables.MapPost("/records/{id}/revise", Revise).WithName("ReviseRecord").WithSummary("Make the next revision of a released record");
    }

    static async Task<IResult> Get(string baseId, string table, HttpContext context) =>
        (await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords)).TryGet(out var found, out var error) ? Show(found.Table.Release) : error.ToProblem();

    static async Task<IResult> Set(string baseId, string table, HttpContext context, BaseDoor door, ReleaseStore releases)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var set = await releases.SetAsync(baseId, PathName.Of(table), body.RootElement, visit.Origin("SetRelease", context), context.RequestAborted);
        return set.TryGet(out var rule, out error) || error is null ? Show(rule) : error.ToProblem();
    }

    static async Task<IResult> Remove(string baseId, string table, HttpContext context, BaseDoor door, ReleaseStore releases)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        var removed = await releases.SetAsync(baseId, PathName.Of(table), null, visit.Origin("RemoveRelease", context), context.RequestAborted);
        return removed.Error is { } refused ? refused.ToProblem() : Results.NoContent();
    }

    static async Task<IResult> Revise(string baseId, string table, string id, HttpContext context, BaseDoor door, ReleaseStore releases)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.WriteRecords)).TryGet(out var visit, out var error))
            return error.ToProblem();
        var made = await releases.ReviseAsync(baseId, PathName.Of(table), id, visit.Origin("ReviseRecord", context), context.RequestAborted);
        if (!made.TryGet(out var next, out error))
            return error.ToProblem();
        Versions.Show(context, next.Versions);
        return Results.Json(new { id = next.RecordId, revision = next.Revision, linksLeft = next.LinksLeft }, statusCode: StatusCodes.Status201Created);
    }

    /// <summary><c>{"release":{…}|null}</c></summary>
    static IResult Show(ReleaseRule? rule) => JsonAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("release");
        if (rule is null)
            json.WriteNullValue();
        else
            rule.Write(json);
        json.WriteEndObject();
    });
}
