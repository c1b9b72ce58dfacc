using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PyBase.Core.Accounts;

namespace PyBase.Storage.Accounts;

/// <summary>What an endpoint asks of tokens.</summary>
public static class ScopeRequirements
{
    /// <summary>Signed in, and if by a restricted token, by one with this scope (<see cref="Scopes"/>).</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)));

    /// <summary>Signed in, and not by a restricted token: for what would let a token widen itself.</summary>
    public static TBuilder RequireFullAccess<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(null)));
}

/// <param name="Scope">Null: only without restriction.</param>
sealed record ScopeRequirement(string? Scope) : IAuthorizationRequirement;

sealed class ScopeAuthorization : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.FindCurrentUser() is not { } user)
            return Task.CompletedTask;
        if (requirement.Scope is { } scope ? user.Has(scope) : user.HasFullAccess)
            context.Succeed(requirement);
        else if (context.Resource is HttpContext http)
            Refusal.Because(http, requirement.Scope is { } missing ? AccountErrors.ScopeMissing(missing) : AccountErrors.ScopeTooNarrow);
        return Task.CompletedTask;
    }
}
