using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Permissions;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;

namespace PyBase.Api.Permissions;

/// <summary>Who may read and write which fields and rows of a table.</summary>
static class RulesApi
{
    public static void MapRules(this IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/api/bases/{baseId}/tables/{table}/rules").RequireAuthorization().WithTags("Permissions");
        rules.MapGet("", Get).WithName("GetRules").WithSummary("Who may read and write which fields and rows of a table");
        rules.MapPut("", Set).WithName("SetRules").WithSummary("Make these the rules of a table: {fields:[{field,to,access}], rows:[{to,formula}]}");
        rules.MapDelete("", Remove).WithName("RemoveRules").WithSummary("Everybody may again what their role allows");
    }

    static async Task<IResult> Get(string baseId, string table, HttpContext context) =>
        (await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.EditSchema)).TryGet(out var found, out var error) ? Show(found.Table) : error.ToProblem();

    static async Task<IResult> Set(string baseId, string table, HttpContext context, BaseDoor door, RuleStore rules)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var set = await rules.SetAsync(baseId, PathName.Of(table), body.RootElement, visit.Reader, visit.Origin("SetRules", context), context.RequestAborted);
        return set.TryGet(out var changed, out error) ? Show(changed) : error.ToProblem();
    }

    static async Task<IResult> Remove(string baseId, string table, HttpContext context, BaseDoor door, RuleStore rules)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        var removed = await rules.SetAsync(baseId, PathName.Of(table), null, visit.Reader, visit.Origin("RemoveRules", context), context.RequestAborted);
        return removed.TryGet(out _, out error) ? Results.NoContent() : error.ToProblem();
    }

    static IResult Show(Table table) => JsonAnswer.Of(json => (table.Rules ?? new TableRules([], [])).Write(json, table));
}
