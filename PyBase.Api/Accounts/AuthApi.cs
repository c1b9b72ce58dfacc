using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

sealed record SignUpRequest(string? Email, string? Password, string? Name, string? Invitation, string? SetupCode);

sealed record SignInRequest(string? Email, string? Password);

sealed record UserBody(string Id, string? Email, string Name);

sealed record WorkspaceName(string Id, string Name);

/// <param name="User">Who signed in.</param>
/// <param name="Workspace">Where to begin; null for somebody who is in none.</param>
sealed record SignedInBody(UserBody User, WorkspaceName? Workspace);

sealed record WorkspaceBody(string Id, string Name, Role Role);

sealed record MeBody(UserBody User, IReadOnlyList<WorkspaceBody> Workspaces, bool InstallationOwner);

/// <summary>
/// Accounts and sessions. The first three carry no session yet or give it up; another site's form cannot send them, as they take JSON
/// only (sign-out: the client header).
/// </summary>
static class AuthApi
{
    public static void MapAuth(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Accounts");

        auth.MapPost("/sign-up", SignUp).AllowAnonymous()
            .WithName("signUp").WithSummary("Make an account; the first one owns the installation")
            .ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
        auth.MapPost("/sign-in", SignIn).AllowAnonymous()
            .WithName("signIn").WithSummary("Begin a session: the answer sets the cookie").ProducesProblem(401).ProducesProblem(429);
        auth.MapPost("/sign-out", SignOut).AllowAnonymous()
            .WithName("signOut").WithSummary("End the session: the answer clears the cookie");
        auth.MapGet("/me", Me).RequireAuthorization()
            .WithName("me").WithSummary("Who is signed in, and their workspaces").ProducesProblem(401);
    }

    static async Task<Results<Created<SignedInBody>, ProblemHttpResult>> SignUp(
        SignUpRequest request, SignUps signUps, FirstAccount first, Attempts attempts, AccountLinks links, IOptions<AccountsOptions> options, HttpContext http)
    {
        if (AccountRules.Faults(AccountRules.Email(request.Email), AccountRules.Password(request.Password), AccountRules.Name(request.Name))
            is { Count: > 0 } faults)
            return AccountErrors.InvalidSignUp(faults).ToProblem();
        // Guessing the set-up code, an invitation, or who has an account.
        var from = http.Connection.RemoteIpAddress;
        if (attempts.Begin(from) is { } wait)
            return TooMany(http, wait);
        var account = new NewAccount(request.Email!, request.Password!, request.Name!, request.Invitation, request.SetupCode);
        if (!(await signUps.AddAsync(account, options.Value.SignUp, first.NeedsCode(http), http.RequestAborted)).TryGet(out var made, out var error))
        {
            if (error == AccountErrors.SetupCodeWrong && request.SetupCode is null)
                await first.TellCodeAsync(http.RequestAborted);
            return error.ToProblem();
        }
        attempts.TakeBack(from);
        // Where the link could lead anywhere, the address stays unconfirmed until somebody asks.
        if (request.Invitation is null && LinkOrigin.Of(http).TryGet(out var origin, out _))
            await links.RequestConfirmationAsync(made.User.Id, origin, http.RequestAborted);
        await BeginSessionAsync(http, made);
        return TypedResults.Created("/api/auth/me", Body(made));
    }

    static async Task<Results<Ok<SignedInBody>, ProblemHttpResult>> SignIn(SignInRequest request, SignIns signIns, Attempts attempts, HttpContext http)
    {
        var (from, email, password) = (http.Connection.RemoteIpAddress, request.Email ?? "", request.Password ?? "");
        // Longer ones are nobody's, and are not worth keeping or hashing.
        if (email.Length > EmailAddress.MaxLength || password.Length > AccountRules.MaxPassword)
            return AccountErrors.InvalidCredentials.ToProblem();
        if (attempts.Begin(from, email) is { } wait)
            return TooMany(http, wait);
        if (!(await signIns.CheckAsync(email, password, http.RequestAborted)).TryGet(out var signedIn, out var error))
            return error.ToProblem();
        attempts.TakeBack(from, email);
        await BeginSessionAsync(http, signedIn);
        return TypedResults.Ok(Body(signedIn));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SignOut(HttpRequest request)
    {
        // Anonymous, so that an ended session can be cleared too; so the header is asked for here.
        if (!request.Headers.ContainsKey(Sessions.ClientHeader))
            return AccountErrors.ClientHeaderMissing.ToProblem();
        await request.HttpContext.SignOutAsync(Sessions.Cookie);
        return TypedResults.NoContent();
    }

    static async Task<Ok<MeBody>> Me(Workspaces workspaces, HttpContext http)
    {
        var user = http.User.CurrentUser();
        var mine = await workspaces.ListAsync(user.Id, http.RequestAborted);
        return TypedResults.Ok(new MeBody(new(user.Id, user.Has(Scopes.ReadEmail) ? user.Email : null, user.Name),
            [.. mine.Select(w => new WorkspaceBody(w.Id, w.Name, w.Role))], user.IsInstallationOwner));
    }

    static Task BeginSessionAsync(HttpContext http, SignedIn signedIn) =>
        http.SignInAsync(Sessions.Cookie, Sessions.For(signedIn.User.Id, signedIn.User.SecurityStamp), new() { IsPersistent = true });

    static SignedInBody Body(SignedIn signedIn) => new(new(signedIn.User.Id, signedIn.User.Email, signedIn.User.Name),
        signedIn.Workspace is { } workspace ? new(workspace.Id, workspace.Name) : null);

    internal static ProblemHttpResult TooMany(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return AccountErrors.TooManyAttempts.ToProblem();
    }
}
