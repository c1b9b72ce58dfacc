using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Audit;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;

namespace PyBase.Api.Accounts;

sealed record PersonBody(string Id, string Email, string Name, bool InstallationOwner, bool Active, DateTimeOffset CreatedTime);

/// <param name="Offset">Where the next page begins; null at the end.</param>
sealed record PeopleBody(IReadOnlyList<PersonBody> People, string? Offset);

/// <param name="Workspaces">Ids of those that only the person owned; they are the caller's now.</param>
sealed record ErasedBody(string Id, bool Erased, IReadOnlyList<string> Workspaces);

/// <summary>For the installation's owner: what is kept about a person, as a file, and the end of it.</summary>
static class PeopleApi
{
    const int Page = 100;

    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/api/people").WithTags("People").RequireFullAccess().AddEndpointFilter(InstallationOwner.Only).ProducesProblem(401).ProducesProblem(403);
        people.MapGet("", List).WithName("listPeople").WithSummary("Everybody with an account; search= finds by name or address");
        people.MapGet("/{person}/data", Data).WithName("exportPerson").WithSummary("Everything that is kept about a person, as JSON").ProducesProblem(404);
        people.MapDelete("/{person}", Erase).WithName("erasePerson").WithSummary("Take away what is personal of an account; what they did stays, without a name").ProducesProblem(404).ProducesProblem(409);
    }

    static async Task<Ok<PeopleBody>> List(PersonStore people, HttpContext http, string? search = null, string? offset = null)
    {
        var found = await people.ListAsync(search, offset, Page + 1, http.RequestAborted);
        return TypedResults.Ok(new PeopleBody([.. found.Take(Page).Select(p => new PersonBody(p.Id, p.Email, p.Name, p.IsInstallationOwner, p.IsActive, p.CreatedTime))], found.Count > Page ? found[Page - 1].Id : null));
    }

    static async Task Data(string person, PersonalData data, AuditLog audit, HttpContext http)
    {
        await audit.NoteAsync(AuditActs.PersonExported, http.User.CurrentUser().Id, null, person.Length > 17 ? null : person, Sessions.AddressOf(http), new { }, http.RequestAborted);
        var isThere = await data.WriteAsync(person, () =>
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=person-{person}.json");
            return http.Response.Body;
        }, http.RequestAborted);
        if (!isThere)
            await AccountErrors.PersonNotFound.ToProblem().ExecuteAsync(http);
    }

    static async Task<Results<Ok<ErasedBody>, ProblemHttpResult>> Erase(string person, PersonStore people, HttpContext http) =>
        (await people.EraseAsync(person, http.User.CurrentUser().Id, http.RequestAborted)).TryGet(out var taken, out var error)
            ? TypedResults.Ok(new ErasedBody(person, true, taken)) : error.ToProblem();
}
