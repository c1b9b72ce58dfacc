using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>Groups of a directory; what they mean here the installation's owner says (<see cref="DirectoryApi"/>).</summary>
static partial class ScimGroupsApi
{
    public static void MapScimGroups(this IEndpointRouteBuilder scim)
    {
        scim.MapGet("/Groups", List).WithName("scimListGroups").WithSummary("Groups, or with ?filter= the one that is meant");
        scim.MapPost("/Groups", Add).WithName("scimAddGroup").WithSummary("Make a group");
        scim.MapGet("/Groups/{group}", Get).WithName("scimGetGroup").WithSummary("One group with its members");
        scim.MapPut("/Groups/{group}", Put).WithName("scimPutGroup").WithSummary("Change a group to what the body says");
        scim.MapPatch("/Groups/{group}", Patch).WithName("scimPatchGroup").WithSummary("Rename it; add, remove or replace members");
        scim.MapDelete("/Groups/{group}", Delete).WithName("scimDeleteGroup").WithSummary("Take it away with the roles it gave");
    }

    static async Task<IResult> List(DirectoryGroups groups, HttpContext http, string? filter = null, int startIndex = 1, int count = Scim.MaxCount)
    {
        if (!DirectoryFilter.Read(filter, "displayName", "externalId", "id").TryGet(out var wanted, out var error) && error is not null)
            return Scim.Refuse(error);
        var page = await groups.ListAsync(wanted, Scim.Start(startIndex), Scim.Count(count), http.RequestAborted);
        return Scim.Page(page.Total, startIndex, [.. page.Items.Select(group => Scim.Body(group, http))]);
    }

    static async Task<IResult> Get(string group, DirectoryGroups groups, HttpContext http) => Scim.Show(await groups.FindAsync(group, http.RequestAborted), Scim.Body, http);

    static Task<IResult> Add(DirectoryGroups groups, HttpContext http) =>
        ActAsync(http, body => Read(body) is { Name.Length: > 0 } change ? change : DirectoryErrors.InvalidSyntax, change => groups.AddAsync(change, http.RequestAborted), StatusCodes.Status201Created);

    static Task<IResult> Put(string group, DirectoryGroups groups, HttpContext http) =>
        ActAsync(http, body => Read(body) is { Name.Length: > 0 } change ? change with { Members = change.Members ?? [] } : DirectoryErrors.InvalidSyntax, change => groups.ChangeAsync(group, change, http.RequestAborted));

    static Task<IResult> Patch(string group, DirectoryGroups groups, HttpContext http) => ActAsync(http, ReadPatch, change => groups.ChangeAsync(group, change, http.RequestAborted));

    static async Task<IResult> Delete(string group, DirectoryGroups groups, HttpContext http) =>
        await groups.RemoveAsync(group, http.RequestAborted) is { } error ? Scim.Refuse(error) : Results.NoContent();

    static Task<IResult> ActAsync(HttpContext http, Func<JsonElement, Result<GroupChange>> read, Func<GroupChange, Task<Result<DirectoryGroup>>> act, int status = StatusCodes.Status200OK) =>
        Scim.ActAsync(http, body => read(body).Then(Fits), act, Scim.Body, status);

    static Result<GroupChange> Fits(GroupChange change) => change.Name?.Length > 255 || change.ExternalId?.Length > 255 ? DirectoryErrors.InvalidSyntax : change;

    static GroupChange Read(JsonElement group) => new(group.GetText("displayName")?.Trim(), group.GetText("externalId"), group.TryGet("members", out var members) ? Ids(members) : null);

    static Result<GroupChange> ReadPatch(JsonElement body)
    {
        if (!body.TryGetList("Operations", out var operations))
            return DirectoryErrors.InvalidSyntax;
        var change = new GroupChange(Added: [], Removed: []);
        foreach (var operation in operations)
        {
            var (path, op) = (operation.GetText("path") ?? "", operation.GetText("op")?.ToLowerInvariant());
            operation.TryGet("value", out var value);
            if (OneMember().Match(path) is { Success: true } one && op == "remove")
                change = Without(change, [one.Groups[1].Value]);
            else if (path.Equals("members", StringComparison.OrdinalIgnoreCase))
                change = op switch
                {
                    "add" => With(change, Ids(value)),
                    "remove" => value.ValueKind is JsonValueKind.Array ? Without(change, Ids(value)) : change with { Members = [], Added = [], Removed = [] },
                    "replace" => change with { Members = Ids(value), Added = [], Removed = [] },
                    _ => change,
                };
            else if (path.Equals("displayName", StringComparison.OrdinalIgnoreCase) && value.ValueKind is JsonValueKind.String)
                change = change with { Name = value.GetString()!.Trim() };
            else if (path.Length == 0 && value.ValueKind is JsonValueKind.Object && op is "add" or "replace")
            {
                var said = Read(value);
                change = change with { Name = said.Name ?? change.Name, ExternalId = said.ExternalId ?? change.ExternalId };
                if (said.Members is { } members)
                    change = op == "add" ? With(change, members) : change with { Members = members, Added = [], Removed = [] };
            }
            else if (op is not ("add" or "replace" or "remove"))
                return DirectoryErrors.InvalidSyntax;
        }
        return change.Name is "" ? DirectoryErrors.InvalidSyntax : change;
    }

    static GroupChange With(GroupChange change, IReadOnlyCollection<string> ids) => change.Members is { } all
        ? change with { Members = [.. all.Union(ids)] } : change with { Added = [.. change.Added!.Union(ids)], Removed = [.. change.Removed!.Except(ids)] };

    static GroupChange Without(GroupChange change, IReadOnlyCollection<string> ids) => change.Members is { } all
        ? change with { Members = [.. all.Except(ids)] } : change with { Removed = [.. change.Removed!.Union(ids)], Added = [.. change.Added!.Except(ids)] };

    static string[] Ids(JsonElement members) => members.ValueKind is JsonValueKind.Array ? [.. members.EnumerateArray().Select(member => member.GetText("value")).OfType<string>()] : [];

    // members[value eq "usrAAAAAAAAAAAAAA"]
    [GeneratedRegex("""^members\[value eq "([^"]+)"\]$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OneMember();
}
