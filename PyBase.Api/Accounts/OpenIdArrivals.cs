using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;

namespace PyBase.Api.Accounts;

/// <summary>Somebody comes back from a provider, in a browser: so what they get is an address to go on to, with the code of the error when there is one.</summary>
sealed partial class OpenIdArrivals(ExternalSignIns externals, SessionStore sessions, AuditLog audit, IOptions<AccountsOptions> options, ILogger<OpenIdArrivals> logger)
{
    public const string Issuer = "issuer";

    public async Task ArriveAsync(TicketReceivedContext context)
    {
        var (name, claims) = (OpenIdSchemes.NameOf(context.Scheme), context.Principal!);
        var provider = options.Value.OpenIdConnect[name];
        var groups = claims.FindAll(provider.GroupsClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var isVerified = string.Equals(claims.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        var email = claims.FindFirstValue("email") is { } address && isVerified && EmailAddress.IsPlausible(address) ? address : null;
        var person = new ExternalPerson($"oidc:{name}", context.Properties!.Items[Issuer]!, claims.FindFirstValue("sub")!, email, claims.FindFirstValue("name"), provider.Granted(groups));

        var entered = await externals.EnterAsync(person, address => RefuseNew(provider, address), context.HttpContext.RequestAborted);
        var error = entered.TryGet(out var user, out var refused) ? await sessions.BeginAsync(context.HttpContext, user.UserId, user.SecurityStamp, name) : refused;
        if (error is not null)
            await audit.NoteRefusalAsync(email is null ? null : EmailAddress.Normalise(email), null, Sessions.AddressOf(context.HttpContext), new { method = name, reason = error.Code }, isLocked: false, context.HttpContext.RequestAborted);
        context.Response.Redirect(error is null ? context.ReturnUri ?? "/" : PageOf(error));
        context.HandleResponse();
    }

    public Task FailAsync(RemoteFailureContext context)
    {
        Failed(logger, OpenIdSchemes.NameOf(context.Scheme), context.Failure?.Message ?? "");
        context.Response.Redirect(PageOf(AccountErrors.ExternalSignInFailed));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    Error? RefuseNew(OpenIdOptions provider, string email) => provider.CreateAccounts switch
    {
        AccountCreation.Always => null,
        AccountCreation.Never => AccountErrors.SignUpClosed,
        _ => options.Value.Policy.Refuse(email, isInvited: false),
    };

    static string PageOf(Error error) => $"/sign-in?problem={error.Code}";

    [LoggerMessage(1, LogLevel.Warning, "Signing in with {Provider} failed: {Reason}")]
    static partial void Failed(ILogger logger, string provider, string reason);
}
