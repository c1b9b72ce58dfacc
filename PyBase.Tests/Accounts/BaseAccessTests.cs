using Microsoft.Extensions.DependencyInjection;
using PyBase.Core.Accounts;
using PyBase.Core.Ids;
using PyBase.Storage.Accounts;
using PyBase.Tests.Support;
using Role = PyBase.Core.Accounts.Role;

namespace PyBase.Tests.Accounts;

public sealed class BaseAccessTests(Servers servers)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_of_the_workspace_enter_its_bases_as_long_as_they_are_members()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        await ada.PostAsync(ada.Members, new { email = "bob@example.com", role = "editor" });
        var (access, bases, app) = (host.Services.GetRequiredService<BaseAccess>(), host.Services.GetRequiredService<CatalogBases>(), Id.New("app"));
        await using var connection = await host.Sql.OpenConnectionAsync(Cancellation);

        await using (var undone = await connection.BeginTransactionAsync(Cancellation))
        {
            Assert.True(await bases.AddAsync(connection, undone, ada.Id, ada.Workspace, app, "Pumps", Cancellation));
            await undone.RollbackAsync(Cancellation);
        }
        Assert.Null(await access.RoleInBaseAsync(ada.Id, app, Cancellation));
        // Editors write records; bases are for admins and owners, members or not.
        Assert.False(await bases.AddAsync(connection, null, bob.Id, ada.Workspace, app, "Pumps", Cancellation));
        Assert.True(await bases.AddAsync(connection, null, ada.Id, ada.Workspace, app, "Pumps", Cancellation));

        Assert.Equal(Role.Owner, await access.RoleInBaseAsync(ada.Id, app, Cancellation));
        Assert.Equal(Role.Editor, await access.RoleInBaseAsync(bob.Id, app, Cancellation));
        Assert.Equal(Role.Editor, await access.RoleInWorkspaceAsync(bob.Id, ada.Workspace, Cancellation));
        Assert.Equal((app, "Pumps", Role.Editor, ada.Workspace),
            Assert.Single(await access.BasesOfAsync(bob.Id, Cancellation)) is var b ? (b.Id, b.Name, b.Role, b.WorkspaceId) : default);
        Assert.False(await CatalogBases.RenameAsync(connection, null, bob.Id, app, "Valves", Cancellation));
        Assert.True(await CatalogBases.RenameAsync(connection, null, ada.Id, app, "Valves", Cancellation));

        await ada.DeleteAsync($"{ada.Members}/{bob.Id}");
        Assert.Null(await access.RoleInBaseAsync(bob.Id, app, Cancellation));
        Assert.Empty(await access.BasesOfAsync(bob.Id, Cancellation));

        Assert.False(await CatalogBases.DeleteAsync(connection, null, bob.Id, app, Cancellation));
        Assert.True(await CatalogBases.DeleteAsync(connection, null, ada.Id, app, Cancellation));
        Assert.Null(await access.RoleInBaseAsync(ada.Id, app, Cancellation));
    }
}
