using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

sealed record PasswordRequest(string? Password);

sealed record CodeRequest(string? Code);

/// <param name="Required">This installation asks everybody who signs in with a password for it.</param>
sealed record SecondFactorBody(bool Enabled, bool Required, int RecoveryCodesLeft);

/// <param name="Secret">To type into the app.</param>
/// <param name="Uri">The same as <c>otpauth:</c>, for a QR code.</param>
sealed record EnrolledBody(string Secret, string Uri);

/// <param name="RecoveryCodes">Each works once in place of a code. Only here, only now.</param>
sealed record RecoveryCodesBody(IReadOnlyList<string> RecoveryCodes);

/// <summary>The caller's own second factor.</summary>
static class SecondFactorApi
{
    public static void MapSecondFactor(this IEndpointRouteBuilder app)
    {
        var factor = app.MapGroup("/api/auth/second-factor").WithTags("Accounts").RequireFullAccess().ProducesProblem(401).ProducesProblem(403);

        factor.MapGet("", State).WithName("secondFactor").WithSummary("Whether codes of an authenticator app are asked for");
        factor.MapPost("", Enrol).WithName("enrolSecondFactor").WithSummary("Begin: a secret for the app").ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
        factor.MapPost("/confirm", Confirm).WithName("confirmSecondFactor").WithSummary("Turn it on with a first code; the answer has the recovery codes").ProducesProblem(422).ProducesProblem(429);
        factor.MapPost("/recovery-codes", Renew).WithName("renewRecoveryCodes").WithSummary("New recovery codes in place of all of before").ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
        factor.MapPost("/disable", Disable).WithName("disableSecondFactor").WithSummary("Turn it off").ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
    }

    static async Task<Ok<SecondFactorBody>> State(SecondFactors factors, IOptions<AccountsOptions> options, HttpContext http)
    {
        var state = await factors.StateAsync(http.User.CurrentUser().Id, http.RequestAborted);
        return TypedResults.Ok(new SecondFactorBody(state.IsOn, options.Value.SecondFactor is SecondFactorMode.Required, state.RecoveryCodesLeft));
    }

    static Task<Results<Ok<EnrolledBody>, ProblemHttpResult>> Enrol(PasswordRequest request, SecondFactors factors, Attempts attempts, HttpContext http) =>
        SlowedAsync(http, attempts, async user => (await factors.EnrolAsync(user, request.Password ?? "", http.RequestAborted))
            .Then<EnrolledBody>(made => new EnrolledBody(made.Secret, made.Uri)));

    static Task<Results<Ok<RecoveryCodesBody>, ProblemHttpResult>> Confirm(CodeRequest request, SecondFactors factors, Sessions sessions, Attempts attempts, HttpContext http) =>
        SlowedAsync(http, attempts, async user =>
        {
            var confirmed = await factors.ConfirmAsync(user.Id, request.Code ?? "", http.RequestAborted);
            if (confirmed.IsOk && user.Credential is { } session)
                sessions.Forget(session);
            return confirmed.Then<RecoveryCodesBody>(codes => new RecoveryCodesBody(codes));
        });

    static Task<Results<Ok<RecoveryCodesBody>, ProblemHttpResult>> Renew(PasswordRequest request, SecondFactors factors, Attempts attempts, HttpContext http) =>
        SlowedAsync(http, attempts, async user => (await factors.RenewAsync(user, request.Password ?? "", http.RequestAborted))
            .Then<RecoveryCodesBody>(codes => new RecoveryCodesBody(codes)));

    static Task<Results<Ok<SecondFactorBody>, ProblemHttpResult>> Disable(
        PasswordRequest request, SecondFactors factors, Attempts attempts, IOptions<AccountsOptions> options, HttpContext http) =>
        SlowedAsync<SecondFactorBody>(http, attempts, async user =>
        {
            var required = options.Value.SecondFactor is SecondFactorMode.Required;
            return (required ? AccountErrors.SecondFactorRequired : await factors.DisableAsync(user, request.Password ?? "", http.RequestAborted)) is { } error
                ? error : new SecondFactorBody(false, required, 0);
        });

    /// <summary>A stolen session must not become a way to guess the password or a code.</summary>
    static async Task<Results<Ok<T>, ProblemHttpResult>> SlowedAsync<T>(HttpContext http, Attempts attempts, Func<CurrentUser, Task<Result<T>>> act)
    {
        var (user, from) = (http.User.CurrentUser(), http.Connection.RemoteIpAddress);
        if (attempts.Begin(from, user.Email) is { } wait)
            return AuthApi.TooMany(http, wait);
        var result = await act(user);
        if (result.Error is null || result.Error.Kind is ErrorKind.Conflict)
            attempts.TakeBack(from, user.Email);
        return result.TryGet(out var body, out var error) ? TypedResults.Ok(body) : error.ToProblem();
    }
}
