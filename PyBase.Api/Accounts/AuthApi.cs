using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;

namespace PyBase.Api.Accounts;

sealed record SignUpRequest(string? Email, string? Password, string? Name, string? Invitation, string? SetupCode);

sealed record SignInRequest(string? Email, string? Password);

/// <param name="Ticket">As the refusal of the first step gave it.</param>
/// <param name="Code">Of the app, or a recovery code.</param>
sealed record SignInWithCodeRequest(string? Ticket, string? Code);

sealed record UserBody(string Id, string? Email, string Name);

sealed record WorkspaceName(string Id, string Name);

/// <param name="User">Who signed in.</param>
/// <param name="Workspace">Where to begin; null for somebody who is in none.</param>
sealed record SignedInBody(UserBody User, WorkspaceName? Workspace);

sealed record WorkspaceBody(string Id, string Name, Role Role);

sealed record MeBody(UserBody User, IReadOnlyList<WorkspaceBody> Workspaces, bool InstallationOwner);

/// <summary>
/// Accounts and sessions. The first four carry no session yet or give it up; another site's form cannot send them, as they take JSON
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
        auth.MapPost("/sign-in/second-factor", SignInWithCode).AllowAnonymous()
            .WithName("signInWithCode").WithSummary("The second step where a code is asked for: the ticket of the first, and the code").ProducesProblem(403).ProducesProblem(422).ProducesProblem(429);
        auth.MapPost("/sign-out", SignOut).AllowAnonymous()
            .WithName("signOut").WithSummary("End the session: the answer clears the cookie");
        auth.MapGet("/me", Me).RequireAuthorization()
            .WithName("me").WithSummary("Who is signed in, and their workspaces").ProducesProblem(401);
    }

    static async Task<Results<Created<SignedInBody>, ProblemHttpResult>> SignUp(
        SignUpRequest request, SignUps signUps, FirstAccount first, SessionStore sessions, Attempts attempts, AccountLinks links, IOptions<AccountsOptions> options, HttpContext http)
    {
        if (AccountRules.Faults(AccountRules.Email(request.Email), AccountRules.Password(request.Password), AccountRules.Name(request.Name))
            is { Count: > 0 } faults)
            return AccountErrors.InvalidSignUp(faults).ToProblem();
        // Guessing the set-up code, an invitation, or who has an account.
        var from = http.Connection.RemoteIpAddress;
        if (attempts.Begin(from) is { } wait)
            return TooMany(http, wait);
        var account = new NewAccount(request.Email!, request.Password!, request.Name!, request.Invitation, request.SetupCode);
        if (!(await signUps.AddAsync(account, options.Value.Policy, first.NeedsCode(http), http.RequestAborted)).TryGet(out var made, out var error))
        {
            if (error == AccountErrors.SetupCodeWrong && request.SetupCode is null)
                await first.TellCodeAsync(http.RequestAborted);
            return error.ToProblem();
        }
        attempts.TakeBack(from);
        // Where the link could lead anywhere, the address stays unconfirmed until somebody asks.
        if (request.Invitation is null && LinkOrigin.Of(http).TryGet(out var origin, out _))
            await links.RequestConfirmationAsync(made.User.Id, origin, http.RequestAborted);
        if (await sessions.BeginAsync(http, made.User.Id, made.User.SecurityStamp, SessionStore.Password) is { } refused)
            return refused.ToProblem();
        return TypedResults.Created("/api/auth/me", Body(made));
    }

    static async Task<Results<Ok<SignedInBody>, ProblemHttpResult>> SignIn(
        SignInRequest request, SignIns signIns, SecondFactors factors, SignInTickets tickets, SessionStore sessions, Attempts attempts, AuditLog audit, HttpContext http)
    {
        var (from, email, password) = (http.Connection.RemoteIpAddress, request.Email ?? "", request.Password ?? "");
        // Longer ones are nobody's, and are not worth keeping or hashing.
        if (email.Length > EmailAddress.MaxLength || password.Length > AccountRules.MaxPassword)
            return AccountErrors.InvalidCredentials.ToProblem();
        var normalised = EmailAddress.IsPlausible(email) ? EmailAddress.Normalise(email) : null;
        if (attempts.Begin(from, email) is { } wait)
        {
            await audit.NoteRefusalAsync(normalised, null, Sessions.AddressOf(http), new { method = SessionStore.Password }, isLocked: true, http.RequestAborted);
            return TooMany(http, wait);
        }
        if (!(await signIns.CheckAsync(email, password, http.RequestAborted)).TryGet(out var signedIn, out var error))
        {
            await audit.NoteRefusalAsync(normalised, null, Sessions.AddressOf(http), new { method = SessionStore.Password }, isLocked: false, http.RequestAborted);
            return error.ToProblem();
        }
        attempts.TakeBack(from, email);
        if ((await factors.StateAsync(signedIn.User.Id, http.RequestAborted)).IsOn)
            return NeedsCode(tickets.Issue(signedIn.User.Id, signedIn.User.SecurityStamp));
        if (await sessions.BeginAsync(http, signedIn.User.Id, signedIn.User.SecurityStamp, SessionStore.Password) is { } refused)
            return refused.ToProblem();
        return TypedResults.Ok(Body(signedIn));
    }

    static async Task<Results<Ok<SignedInBody>, ProblemHttpResult>> SignInWithCode(
        SignInWithCodeRequest request, SignIns signIns, SecondFactors factors, SignInTickets tickets, SessionStore sessions, Attempts attempts, AuditLog audit, HttpContext http)
    {
        if (tickets.Open(request.Ticket ?? "") is not var (userId, stamp))
            return AccountErrors.CodeWrong.ToProblem();
        var (from, account) = (http.Connection.RemoteIpAddress, $"code {userId}");
        if (attempts.Begin(from, account) is { } wait)
        {
            await audit.NoteRefusalAsync(null, userId, Sessions.AddressOf(http), new { method = "code" }, isLocked: true, http.RequestAborted);
            return TooMany(http, wait);
        }
        if (!await factors.CheckAsync(userId, request.Code ?? "", http.RequestAborted) || await signIns.FindAsync(userId, stamp, http.RequestAborted) is not { } signedIn)
        {
            await audit.NoteRefusalAsync(null, userId, Sessions.AddressOf(http), new { method = "code" }, isLocked: false, http.RequestAborted);
            return AccountErrors.CodeWrong.ToProblem();
        }
        attempts.TakeBack(from, account);
        return await sessions.BeginAsync(http, userId, stamp, SessionStore.Password) is { } refused ? refused.ToProblem() : TypedResults.Ok(Body(signedIn));
    }

    static ProblemHttpResult NeedsCode(string ticket)
    {
        var problem = AccountErrors.SecondFactorNeeded.ToProblem();
        problem.ProblemDetails.Extensions["ticket"] = ticket;
        return problem;
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SignOut(HttpRequest request, SessionStore sessions)
    {
        // Anonymous, so that an ended session can be cleared too; so the header is asked for here.
        if (!request.Headers.ContainsKey(Sessions.ClientHeader))
            return AccountErrors.ClientHeaderMissing.ToProblem();
        if (request.HttpContext.User.FindCurrentUser() is { Credential: { } session } user)
            await sessions.EndAsync(user.Id, session, request.HttpContext.RequestAborted);
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

    static SignedInBody Body(SignedIn signedIn) => new(new(signedIn.User.Id, signedIn.User.Email, signedIn.User.Name),
        signedIn.Workspace is { } workspace ? new(workspace.Id, workspace.Name) : null);

    internal static ProblemHttpResult TooMany(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return AccountErrors.TooManyAttempts.ToProblem();
    }
}
