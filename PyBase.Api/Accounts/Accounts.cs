using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PyBase.Core.Jobs;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;

namespace PyBase.Api.Accounts;

/// <summary>Signing up and in, tokens, workspaces and their members.</summary>
public static class AccountsExtensions
{
    /// <summary>Registers what the endpoints need, authentication included. Expects <c>AddConnections</c>. Calling it again changes nothing.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Attempts)))
            return services;
        services.AddPyBaseAuthentication();
        services.AddOptions<AccountsOptions>().BindConfiguration("Accounts").ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsValidation>();
        OpenIdSchemes.Add(services);
        services.AddSingleton<DirectoryTokens>().AddSingleton<DirectoryUsers>().AddSingleton<DirectoryGroups>();
        services.AddSingleton<PersonStore>().AddSingleton<PersonalData>();
        services.TryAddSingleton<AuditLog>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<FirstAccount>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstAccount>());
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new IsoTime()));
        return services;
    }

    /// <summary>Maps <c>/api/auth</c>, <c>/api/sessions</c>, <c>/api/tokens</c> and <c>/api/workspaces</c>.</summary>
    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapAuth();
        app.MapOpenId();
        app.MapSecondFactor();
        app.MapSessions();
        app.MapAccountLinks();
        app.MapTokens();
        app.MapServiceTokens();
        app.MapWorkspaces();
        app.MapMembers();
        app.MapDirectory();
        app.MapScim();
        app.MapPeople();
        return app;
    }
}
