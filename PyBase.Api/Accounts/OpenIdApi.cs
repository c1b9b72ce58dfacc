using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;

namespace PyBase.Api.Accounts;

/// <param name="Url">Where a browser goes to sign in; with <c>?return=</c> it comes back to that path.</param>
sealed record ProviderBody(string Name, string Title, string Url);

sealed record ProvidersBody(IReadOnlyList<ProviderBody> Providers);

/// <summary>Signing in with a provider that the settings name.</summary>
static class OpenIdApi
{
    public static void MapOpenId(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Accounts").AllowAnonymous();

        auth.MapGet("/providers", List).WithName("listProviders").WithSummary("Providers that people may sign in with");
        auth.MapGet("/oidc/{provider}", Begin).WithName("signInWithProvider").WithSummary("Sends a browser to the provider").Produces(302).ProducesProblem(404);
    }

    static Ok<ProvidersBody> List(IOptions<AccountsOptions> options) => TypedResults.Ok(new ProvidersBody(
        [.. options.Value.OpenIdConnect.Select(one => new ProviderBody(one.Key, one.Value.Title ?? one.Key, $"/api/auth/oidc/{one.Key}"))]));

    static Results<ChallengeHttpResult, ProblemHttpResult> Begin(string provider, IOptions<AccountsOptions> options, string? @return = null) =>
        options.Value.OpenIdConnect.ContainsKey(provider)
            ? TypedResults.Challenge(new() { RedirectUri = IsPath(@return) ? @return : "/" }, [OpenIdSchemes.SchemeOf(provider)])
            : AccountErrors.ProviderNotFound.ToProblem();

    /// <summary>A path here: nobody is sent on to another site, which <c>//</c> and <c>/\</c> would be to a browser.</summary>
    static bool IsPath(string? text) => text is ['/', ..] and not ['/', '/' or '\\', ..] && !text.Any(char.IsControl);
}
