using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PyBase.Storage.Mails;

namespace PyBase.Storage.Accounts;

/// <summary>Registers who may come in, alike in every process that people reach.</summary>
public static class AuthenticationExtensions
{
    const string TokenOrCookie = "token-or-cookie";

    /// <summary>
    /// Tokens, session cookies, authorization by role and scope. Expects <c>AddConnections</c>; the host calls <c>UseAuthentication</c>
    /// and <c>UseAuthorization</c>. Calling it again changes nothing.
    /// </summary>
    public static IServiceCollection AddPyBaseAuthentication(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Sessions)))
            return services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Sessions>().AddSingleton<SessionStore>().AddSingleton<Credentials>();
        services.AddSingleton<SecondFactors>().AddSingleton<SignInTickets>();
        services.AddSingleton<KnownTokens>();
        services.TryAddSingleton<BaseAccess>();
        services.TryAddSingleton<CatalogBases>();
        services.AddOptions<PasswordsOptions>().BindConfiguration("Passwords").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Passwords>();
        services.TryAddSingleton<SealedLinks>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<Members>().AddSingleton<Tokens>().AddSingleton<ServiceTokens>();
        services.AddScoped<SignUps>().AddScoped<SignIns>().AddScoped<Workspaces>();
        services.AddAuthentication(TokenOrCookie)
            .AddPolicyScheme(TokenOrCookie, null, options => options.ForwardDefaultSelector = context =>
                TokenAuthentication.IsUsedBy(context.Request) ? TokenAuthentication.SchemeName : Sessions.Cookie)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddCookie(Sessions.Cookie);
        services.AddOptions<CookieAuthenticationOptions>(Sessions.Cookie).Configure<IConfiguration>(ConfigureCookie);
        services.AddSingleton<IAuthorizationHandler, ScopeAuthorization>();
        services.AddAuthorization();
        return services;
    }

    static void ConfigureCookie(CookieAuthenticationOptions options, IConfiguration configuration)
    {
        options.Cookie = new SessionCookie(configuration["Public:Url"]);
        options.ExpireTimeSpan = Sessions.Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = Sessions.ValidateAsync;
        options.Events.OnRedirectToLogin = context => Refusal.ChallengeAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Refusal.ForbidAsync(context.HttpContext);
        options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
        options.Events.OnRedirectToLogout = _ => Task.CompletedTask;
    }
}
