using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Templates;
using PyBase.Storage.Accounts;
using PyBase.Storage.Templates;

namespace PyBase.Api.Templates;

/// <summary>Bases to begin with.</summary>
static class TemplatesApi
{
    public static void MapTemplates(this IEndpointRouteBuilder app)
    {
        var templates = app.MapGroup("/api/templates").RequireAuthorization().WithTags("Templates");
        templates.MapGet("", List).WithName("ListTemplates").WithSummary("Bases to begin with, and what is in them");
        templates.MapPost("/{template}", Create).WithName("CreateBaseFromTemplate").WithSummary("Make a base from a template, with its views and sample rows");
    }

    static IResult List() => Results.Json(new
    {
        templates = BaseTemplate.All.Values.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new
        {
            id = t.Id, name = t.Name, description = t.Description, tables = t.Tables.Select(table => new { name = table.Name, description = table.Description }),
        }),
    });

    /// <summary><c>{workspaceId,name?}</c></summary>
    static async Task<IResult> Create(string template, HttpContext context, BaseAccess access, TemplateStore templates)
    {
        var user = context.User.CurrentUser();
        if (!BaseTemplate.Find(template).TryGet(out var found, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var name = body.RootElement.GetText("name")?.Trim();
        if (name is { Length: 0 or > TableSpec.MaxName })
            return SchemaErrors.BaseNeedsName.ToProblem();
        if (body.RootElement.GetText("workspaceId") is not { } workspace || await access.RoleInWorkspaceAsync(user.Id, workspace, context.RequestAborted) is not { } role)
            return SchemaErrors.ModelNotFound.ToProblem();
        if (!role.May(Permission.EditSchema) || !user.Has(Scopes.WriteSchema))
            return SchemaErrors.NotPermitted.ToProblem();
        var made = await templates.CreateAsync(workspace, found, name, new Origin(user.Id, "CreateBase"), context.RequestAborted);
        return made.TryGet(out var schema, out error)
            ? Results.Json(new { id = schema.Id, name = name ?? found.Name, tables = schema.Tables.Select(t => new { id = t.Id, name = t.Name }) }, statusCode: StatusCodes.Status201Created)
            : error.ToProblem();
    }
}
