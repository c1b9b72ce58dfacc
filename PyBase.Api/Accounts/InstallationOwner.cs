using PyBase.Api.Errors;
using PyBase.Api.Operations;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>Routes for whoever runs the installation.</summary>
static class InstallationOwner
{
    /// <summary>Lets nobody else in.</summary>
    public static async ValueTask<object?> Only(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.User.CurrentUser().IsInstallationOwner ? await next(invocation) : OperationsErrors.OwnerOnly.ToProblem();
}
