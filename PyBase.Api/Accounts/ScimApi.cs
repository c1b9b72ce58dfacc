using System.Text.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>SCIM 2.0 (RFC 7643, 7644): a directory keeps its people and groups here. It comes with a token of its own, which opens nothing else.</summary>
static class ScimApi
{
    const string Bearer = "Bearer ";

    public static void MapScim(this IEndpointRouteBuilder app)
    {
        var scim = app.MapGroup("/scim/v2").WithTags("Directory").AllowAnonymous().AddEndpointFilter(OnlyTheDirectory);
        scim.MapGet("/ServiceProviderConfig", () => Scim.Json(Scim.Abilities)).WithName("scimAbilities").WithSummary("What of SCIM is here");
        scim.MapGet("/ResourceTypes", () => Scim.Json(Scim.Resources)).WithName("scimResourceTypes").WithSummary("Users and groups");

        scim.MapGet("/Users", List).WithName("scimListUsers").WithSummary("People, or with ?filter= the one that is meant");
        scim.MapPost("/Users", Add).WithName("scimAddUser").WithSummary("Make an account without a password");
        scim.MapGet("/Users/{user}", Get).WithName("scimGetUser").WithSummary("One person");
        scim.MapPut("/Users/{user}", Put).WithName("scimPutUser").WithSummary("Change a person to what the body says");
        scim.MapPatch("/Users/{user}", Patch).WithName("scimPatchUser").WithSummary("Change attributes; active false ends sessions and tokens");
        scim.MapDelete("/Users/{user}", Delete).WithName("scimDeleteUser").WithSummary("Take a person away; what they did stays theirs");
        scim.MapScimGroups();
    }

    static async ValueTask<object?> OnlyTheDirectory(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var (http, given) = (invocation.HttpContext, invocation.HttpContext.Request.Headers.Authorization.ToString());
        var attempts = http.RequestServices.GetRequiredService<Attempts>();
        var from = http.Connection.RemoteIpAddress;
        if (given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && await http.RequestServices.GetRequiredService<DirectoryTokens>().IsGoodAsync(given[Bearer.Length..].Trim(), http.RequestAborted))
            return await next(invocation);
        return attempts.Begin(from) is { } wait ? AuthApi.TooMany(http, wait) : Scim.Refuse(DirectoryErrors.NotTheDirectory);
    }

    static async Task<IResult> List(DirectoryUsers users, HttpContext http, string? filter = null, int startIndex = 1, int count = Scim.MaxCount)
    {
        if (!DirectoryFilter.Read(filter, "userName", "externalId", "id").TryGet(out var wanted, out var error) && error is not null)
            return Scim.Refuse(error);
        var page = await users.ListAsync(wanted, Scim.Start(startIndex), Scim.Count(count), http.RequestAborted);
        return Scim.Page(page.Total, startIndex, [.. page.Items.Select(user => Scim.Body(user, http))]);
    }

    static async Task<IResult> Get(string user, DirectoryUsers users, HttpContext http) =>
        (await users.ListAsync(new("id", user), 0, 1, http.RequestAborted)).Items is [var found] ? Scim.Json(Scim.Body(found, http)) : Scim.Refuse(DirectoryErrors.NotFound);

    static Task<IResult> Add(DirectoryUsers users, HttpContext http) => ActAsync(http, DirectoryChange.Read, change => users.AddAsync(change, http.RequestAborted), StatusCodes.Status201Created);

    static Task<IResult> Put(string user, DirectoryUsers users, HttpContext http) => ActAsync(http, DirectoryChange.Read, change => users.ChangeAsync(user, change, http.RequestAborted));

    static Task<IResult> Patch(string user, DirectoryUsers users, HttpContext http) => ActAsync(http, DirectoryChange.ReadPatch, change => users.ChangeAsync(user, change, http.RequestAborted));

    static async Task<IResult> Delete(string user, DirectoryUsers users, HttpContext http) =>
        await users.RemoveAsync(user, http.RequestAborted) is { } error ? Scim.Refuse(error) : Results.NoContent();

    static Task<IResult> ActAsync(HttpContext http, Func<JsonElement, Result<DirectoryChange>> read, Func<DirectoryChange, Task<Result<DirectoryUser>>> act, int status = StatusCodes.Status200OK) =>
        Scim.ActAsync(http, read, act, Scim.Body, status);
}
