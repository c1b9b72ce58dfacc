using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Constraints;
using PyBase.Storage.Records;

namespace PyBase.Api.Constraints;

/// <summary>What fields ask of their cells, and tables of their records. Reading them is the metadata's business.</summary>
static class ConstraintsApi
{
    public static void MapConstraints(this IEndpointRouteBuilder app)
    {
        var tables = app.MapGroup("/api/bases/{baseId}/tables/{table}").RequireAuthorization().WithTags("Constraints");
        tables.MapPut("/fields/{field}/constraints", Set).WithName("SetFieldConstraints").WithSummary("Make these the constraints of a field");
        tables.MapPost("/constraints", Add).WithName("AddConstraint").WithSummary("Make values unique over several fields");
        tables.MapDelete("/constraints/{id}", Remove).WithName("RemoveConstraint").WithSummary("Take a table's constraint away");
    }

    static async Task<IResult> Set(string baseId, string table, string field, HttpContext context, BaseDoor door, ConstraintStore constraints)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var set = await constraints.SetAsync(baseId, PathName.Of(table), PathName.Of(field), body.RootElement, visit.Origin("SetConstraints", context), context.RequestAborted);
        return set.TryGet(out var changed, out error) ? JsonAnswer.Of(json => changed.Write(json)) : error.ToProblem();
    }

    static async Task<IResult> Add(string baseId, string table, HttpContext context, BaseDoor door, ConstraintStore constraints)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var added = await constraints.AddAsync(baseId, PathName.Of(table), body.RootElement, visit.Origin("AddConstraint", context), context.RequestAborted);
        if (!added.TryGet(out var constraint, out error))
            return error.ToProblem();
        context.Response.StatusCode = StatusCodes.Status201Created;
        return JsonAnswer.Of(constraint.Write);
    }

    static async Task<IResult> Remove(string baseId, string table, string id, HttpContext context, BaseDoor door, ConstraintStore constraints)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        var removed = await constraints.RemoveAsync(baseId, PathName.Of(table), id, visit.Origin("RemoveConstraint", context), context.RequestAborted);
        return removed.TryGet(out _, out error) ? Results.NoContent() : error.ToProblem();
    }
}
