using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>
/// One scheme of ASP.NET's handler for each provider of the settings: discovery, authorization code with PKCE, state, nonce, and the signature against the
/// provider's keys are its work; who that is here is ours (<see cref="OpenIdArrivals"/>).
/// </summary>
sealed class OpenIdSchemes(IOptions<AccountsOptions> accounts, IConfiguration configuration) : IConfigureOptions<AuthenticationOptions>, IConfigureNamedOptions<OpenIdConnectOptions>
{
    const string Prefix = "oidc-";

    public static string SchemeOf(string provider) => Prefix + provider;

    public static string NameOf(AuthenticationScheme scheme) => scheme.Name[Prefix.Length..];

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<OpenIdSchemes>();
        services.AddSingleton<IConfigureOptions<AuthenticationOptions>>(provider => provider.GetRequiredService<OpenIdSchemes>());
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>>(provider => provider.GetRequiredService<OpenIdSchemes>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        services.AddTransient<OpenIdConnectHandler>();
        services.AddSingleton<ExternalSignIns>();
        services.AddSingleton<OpenIdArrivals>();
    }

    public void Configure(AuthenticationOptions options)
    {
        foreach (var (name, provider) in accounts.Value.OpenIdConnect)
            options.AddScheme<OpenIdConnectHandler>(SchemeOf(name), provider.Title ?? name);
    }

    public void Configure(OpenIdConnectOptions options)
    {
    }

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name?.StartsWith(Prefix, StringComparison.Ordinal) is not true || !accounts.Value.OpenIdConnect.TryGetValue(name[Prefix.Length..], out var provider))
            return;
        var path = $"/api/auth/oidc/{name[Prefix.Length..]}";
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !new Uri(provider.Authority).IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // In the address: a form that another site posts would come without our cookies.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CallbackPath = path + "/callback";
        options.SignedOutCallbackPath = path + "/signed-out";
        options.RemoteSignOutPath = PathString.Empty;
        options.SignInScheme = Sessions.Cookie;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.DisableTelemetry = true;
        options.Scope.Add("email");
        foreach (var scope in provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        foreach (var claim in (string[])["email", "email_verified", "name", provider.GroupsClaim])
            options.ClaimActions.MapJsonKey(claim, claim);
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        options.Events = new()
        {
            OnRedirectToIdentityProvider = context =>
            {
                if (configuration["Public:Url"] is { Length: > 0 } url)
                    context.ProtocolMessage.RedirectUri = url.TrimEnd('/') + options.CallbackPath;
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                // The handler takes it out of the claims.
                context.Properties!.Items[OpenIdArrivals.Issuer] = context.SecurityToken.Issuer;
                return Task.CompletedTask;
            },
            OnTicketReceived = context => Arrivals(context.HttpContext).ArriveAsync(context),
            OnRemoteFailure = context => Arrivals(context.HttpContext).FailAsync(context),
        };
    }

    static OpenIdArrivals Arrivals(HttpContext http) => http.RequestServices.GetRequiredService<OpenIdArrivals>();
}
