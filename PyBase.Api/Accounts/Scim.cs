using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>Users, groups, pages and errors as RFC 7643 and 7644 spell them.</summary>
static class Scim
{
    public const int MaxCount = 200;
    const string Core = "urn:ietf:params:scim:schemas:core:2.0:";
    const string Messages = "urn:ietf:params:scim:api:messages:2.0:";

    public static readonly object Abilities = new
    {
        schemas = new[] { Core + "ServiceProviderConfig" },
        patch = new { supported = true },
        bulk = new { supported = false, maxOperations = 0, maxPayloadSize = 0 },
        filter = new { supported = true, maxResults = MaxCount },
        changePassword = new { supported = false },
        sort = new { supported = false },
        etag = new { supported = false },
        authenticationSchemes = new[] { new { type = "oauthbearertoken", name = "Bearer token", description = "The token that POST /api/directory/token makes." } },
    };

    public static readonly object Resources = new
    {
        schemas = new[] { Messages + "ListResponse" },
        totalResults = 2,
        Resources = new[]
        {
            new { schemas = new[] { Core + "ResourceType" }, id = "User", name = "User", endpoint = "/Users", schema = Core + "User" },
            new { schemas = new[] { Core + "ResourceType" }, id = "Group", name = "Group", endpoint = "/Groups", schema = Core + "Group" },
        },
    };

    /// <summary>SCIM counts from 1.</summary>
    public static int Start(int startIndex) => Math.Max(startIndex, 1) - 1;

    public static int Count(int count) => Math.Clamp(count, 0, MaxCount);

    /// <summary>Names as they are written here: SCIM has <c>totalResults</c> beside <c>Resources</c>. What is not there is absent.</summary>
    static readonly JsonSerializerOptions Spelled = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static IResult Json(object body, int status = StatusCodes.Status200OK) => Results.Json(body, Spelled, "application/scim+json", status);

    /// <summary>Reads what the body says, does it, and shows what came of it.</summary>
    public static async Task<IResult> ActAsync<TChange, T>(HttpContext http, Func<JsonElement, Result<TChange>> read, Func<TChange, Task<Result<T>>> act, Func<T, HttpContext, object> show, int status)
    {
        using var body = await JsonBody.ReadAsync(http);
        return (body is null ? DirectoryErrors.InvalidSyntax : read(body.RootElement)).TryGet(out var change, out var error) ? Show(await act(change), show, http, status) : Refuse(error);
    }

    public static IResult Show<T>(Result<T> result, Func<T, HttpContext, object> show, HttpContext http, int status = StatusCodes.Status200OK) =>
        result.TryGet(out var found, out var error) ? Json(show(found, http), status) : Refuse(error);

    public static IResult Page(int total, int startIndex, IReadOnlyList<object> items) => Json(new
    {
        schemas = new[] { Messages + "ListResponse" },
        totalResults = total,
        startIndex = Math.Max(startIndex, 1),
        itemsPerPage = items.Count,
        Resources = items,
    });

    public static object Body(DirectoryUser user, HttpContext http) => new
    {
        schemas = new[] { Core + "User" },
        id = user.Id,
        externalId = user.ExternalId,
        userName = user.UserName,
        displayName = user.Name,
        name = new { formatted = user.Name },
        emails = new[] { new { value = user.UserName, type = "work", primary = true } },
        active = user.IsActive,
        meta = new { resourceType = "User", created = user.CreatedTime, location = $"{http.Request.Scheme}://{http.Request.Host}/scim/v2/Users/{user.Id}" },
    };

    public static object Body(DirectoryGroup group, HttpContext http) => new
    {
        schemas = new[] { Core + "Group" },
        id = group.Id,
        externalId = group.ExternalId,
        displayName = group.Name,
        members = group.Members.Select(id => new { value = id }),
        meta = new { resourceType = "Group", location = $"{http.Request.Scheme}://{http.Request.Host}/scim/v2/Groups/{group.Id}" },
    };

    public static IResult Refuse(Error error)
    {
        var status = Problems.Status(error.Kind);
        return Json(new
        {
            schemas = new[] { Messages + "Error" },
            status = status.ToString(CultureInfo.InvariantCulture),
            scimType = error.Code switch
            {
                "directory-filter-invalid" => "invalidFilter",
                "directory-request-invalid" => "invalidSyntax",
                "directory-name-taken" => "uniqueness",
                "directory-owner-stays" => "mutability",
                _ => null,
            },
            detail = error.Hint is null ? error.Message : $"{error.Message} {error.Hint}",
            code = error.Code,
        }, status);
    }
}
