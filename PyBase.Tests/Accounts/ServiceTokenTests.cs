using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed class ServiceTokenTests(Servers servers)
{
    static string PathOf(Person person) => $"/api/workspaces/{person.Workspace}/service-tokens";

    [Fact]
    public async Task A_program_has_an_account_of_its_own_that_cannot_sign_in_and_outlives_its_maker()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        await ada.PostAsync(ada.Members, new { email = "bob@example.com", role = "admin" });

        var made = await bob.PostAsync($"/api/workspaces/{ada.Workspace}/service-tokens", new { name = "ERP bridge", role = "editor", scopes = new[] { "data.records:read" } });
        await ada.DeleteAsync($"{ada.Members}/{bob.Id}");
        var program = host.Visitor().With(made.Text("token"));
        var me = await program.GetAsync("/api/auth/me");

        Assert.Equal((201, "editor"), (made.Status, made.Text("role")));
        Assert.Equal((200, made.Text("user"), "ERP bridge"), (me.Status, me.Text("user.id"), me.Text("user.name")));
        Assert.Equal(ada.Workspace, Assert.Single(me.Body!["workspaces"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal(200, (await program.GetAsync("/v0/records")).Status);
        Assert.Equal(403, (await program.PostAsync("/v0/records")).Status);
        Assert.Equal((403, "scope-too-narrow"), await program.GetAsync(ada.Members) is var members ? (members.Status, members.Code) : default);
        Assert.Equal("invalid-credentials", (await host.Visitor().SignInAsync($"{made.Text("user")}@service.invalid", "")).Code);
        var listed = Assert.Single((await ada.GetAsync(PathOf(ada))).Body!["tokens"]!.AsArray())!;
        Assert.Equal((made.Text("id"), "ERP bridge"), ((string)listed["id"]!, (string)listed["name"]!));
        Assert.NotNull(listed["lastUsedTime"]);

        Assert.Equal(204, (await ada.DeleteAsync($"{PathOf(ada)}/{made.Text("id")}")).Status);
        Assert.Equal(401, (await program.GetAsync("/v0/records")).Status);
        Assert.DoesNotContain("ERP bridge", (await ada.GetAsync(ada.Members)).Body!.ToJsonString());
    }

    [Fact]
    public async Task Only_who_manages_members_makes_lists_and_ends_them()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        var eve = await host.SignUpAsync("eve@example.com");
        await ada.PostAsync(ada.Members, new { email = "bob@example.com", role = "editor" });
        var made = await ada.PostAsync(PathOf(ada), new { name = "robot", role = "viewer" });
        var own = await ada.PostAsync("/api/tokens", new { name = "mine", limitedTo = new[] { ada.Workspace } });

        foreach (var (person, status, code) in new[] { (bob, 403, "not-permitted"), (eve, 404, "workspace-not-found") })
        {
            Assert.Equal((status, code), await person.GetAsync(PathOf(ada)) is var list ? (list.Status, list.Code) : default);
            Assert.Equal((status, code), await person.PostAsync(PathOf(ada), new { name = "x", role = "viewer" }) is var add ? (add.Status, add.Code) : default);
            Assert.Equal((status, code), await person.DeleteAsync($"{PathOf(ada)}/{made.Text("id")}") is var end ? (end.Status, end.Code) : default);
        }
        Assert.Equal((422, "invalid-token"), await ada.PostAsync(PathOf(ada), new { name = "x", role = "owner" }) is var owner ? (owner.Status, owner.Code) : default);
        // A person's own token is nobody's here.
        Assert.Equal((404, "token-not-found"), await ada.DeleteAsync($"{PathOf(ada)}/{own.Text("id")}") is var mine ? (mine.Status, mine.Code) : default);
        Assert.Equal(4L, await host.ScalarAsync("select count(*) from catalog.users"));
    }
}
