using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

sealed record ForgottenRequest(string? Email);

sealed record NewPasswordRequest(string? Link, string? Password);

sealed record ConfirmRequest(string? Link);

sealed record ConfirmationBody(bool Confirmed);

/// <summary>
/// A new password and a confirmed address, by links that are mailed. Who asks for one hears the same whether there is such an account or not; the links come back in
/// the body, so that no address in a log holds one.
/// </summary>
static class AccountLinksApi
{
    public static void MapAccountLinks(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Accounts");
        auth.MapPost("/password/forgotten", Forgotten).AllowAnonymous()
            .WithName("forgottenPassword").WithSummary("Mail a link to a new password, if there is such an account").ProducesProblem(429).ProducesProblem(503);
        auth.MapPost("/password", Reset).AllowAnonymous()
            .WithName("resetPassword").WithSummary("Set a new password with a mailed link; ends all sessions").ProducesProblem(404).ProducesProblem(422).ProducesProblem(429);
        auth.MapGet("/confirmation", Confirmation).RequireFullAccess()
            .WithName("addressConfirmation").WithSummary("Whether your address is confirmed").ProducesProblem(401);
        auth.MapPost("/confirmation", AskConfirmation).RequireFullAccess()
            .WithName("askConfirmation").WithSummary("Mail a link that confirms your address").ProducesProblem(401).ProducesProblem(503);
        auth.MapPost("/confirm", Confirm).AllowAnonymous()
            .WithName("confirmAddress").WithSummary("Confirm an address with a mailed link").ProducesProblem(404).ProducesProblem(429);
    }

    static async Task<Results<Accepted, ProblemHttpResult>> Forgotten(ForgottenRequest request, AccountLinks links, Attempts attempts, HttpContext http)
    {
        if (!LinkOrigin.Of(http).TryGet(out var origin, out var error))
            return error.ToProblem();
        var email = request.Email ?? "";
        if (email.Length > EmailAddress.MaxLength)
            return TypedResults.Accepted((string?)null);
        if (attempts.Begin(http.Connection.RemoteIpAddress, email) is { } wait)
            return AuthApi.TooMany(http, wait);
        await links.RequestResetAsync(email, origin, http.RequestAborted);
        return TypedResults.Accepted((string?)null);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Reset(NewPasswordRequest request, AccountLinks links, Attempts attempts, HttpContext http) =>
        await GuessAsync(attempts, http, () => links.ResetAsync(request.Link ?? "", request.Password, http.RequestAborted));

    static async Task<Ok<ConfirmationBody>> Confirmation(AccountLinks links, HttpContext http) =>
        TypedResults.Ok(new ConfirmationBody(await links.IsConfirmedAsync(http.User.CurrentUser().Id, http.RequestAborted)));

    static async Task<Results<Accepted, ProblemHttpResult>> AskConfirmation(AccountLinks links, HttpContext http)
    {
        if (!LinkOrigin.Of(http).TryGet(out var origin, out var error))
            return error.ToProblem();
        await links.RequestConfirmationAsync(http.User.CurrentUser().Id, origin, http.RequestAborted);
        return TypedResults.Accepted((string?)null);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Confirm(ConfirmRequest request, AccountLinks links, Attempts attempts, HttpContext http) =>
        await GuessAsync(attempts, http, () => links.ConfirmAsync(request.Link ?? "", http.RequestAborted));

    /// <summary>A wrong link is a failed attempt of its place.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> GuessAsync(Attempts attempts, HttpContext http, Func<Task<Core.Errors.Error?>> act)
    {
        var from = http.Connection.RemoteIpAddress;
        if (attempts.Begin(from) is { } wait)
            return AuthApi.TooMany(http, wait);
        if (await act() is { } error)
            return error.ToProblem();
        attempts.TakeBack(from);
        return TypedResults.NoContent();
    }
}
