using PyBase.Api.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>
/// For a token that is limited to bases or workspaces the others do not exist: answered from the address, before any endpoint looks. Where the base or
/// workspace stands elsewhere, in a body or behind a job, the endpoint asks <see cref="CurrentUser.MayEnter"/>.
/// </summary>
static class TokenLimits
{
    public static void UseTokenLimits(this IApplicationBuilder app) => app.Use((context, next) =>
        context.User.FindCurrentUser() is { Limits: not null } user && (context.GetRouteValue("workspace") ?? context.GetRouteValue("baseId")) is string wanted && !user.MayEnter(wanted)
            ? (context.Request.Path.StartsWithSegments("/v0") ? SchemaErrors.ModelNotFound.ToAirtable() : SchemaErrors.ModelNotFound.ToProblem()).ExecuteAsync(context)
            : next(context));
}
