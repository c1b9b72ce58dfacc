using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed class MemberTests(Servers servers)
{
    static async Task<string> InviteAsync(Person by, string email, string role)
    {
        var answer = await by.PostAsync(by.Members, new { email, role });
        Assert.Equal(201, answer.Status);
        return answer.Text("invitation.url").Split('/')[^1];
    }

    static async Task JoinAsync(Person by, Person whom, string email, string role)
    {
        var answer = await by.PostAsync(by.Members, new { email, role });
        Assert.Equal((201, whom.Id, role), (answer.Status, answer.Text("member.id"), answer.Text("member.role")));
    }

    static async Task<Dictionary<string, string>> RolesAsync(Person seenBy) => (await seenBy.GetAsync(seenBy.Members)).Body!["members"]!.AsArray()
        .ToDictionary(member => member!["id"]!.GetValue<string>(), member => member!["role"]!.GetValue<string>());

    [Fact]
    public async Task An_unknown_address_is_invited_and_joins_with_the_link_once()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Public:Url=https://pybase.example.com/");
        var ada = await host.SignUpAsync("ada@example.com");

        var invited = await ada.PostAsync(ada.Members, new { email = "Bob@example.com", role = "editor" });
        var secret = invited.Text("invitation.url").Split('/')[^1];
        var eve = await host.Visitor().PostAsync("/api/auth/sign-up", new { email = "eve@example.com", password = Person.Password, name = "Eve", invitation = secret });
        var bob = await host.SignUpAsync("bob@example.com", secret);
        var again = await host.Visitor().PostAsync("/api/auth/sign-up", new { email = "bob2@example.com", password = Person.Password, name = "Bob", invitation = secret });

        Assert.StartsWith("https://pybase.example.com/join/", invited.Text("invitation.url"));
        Assert.StartsWith("inv", invited.Text("invitation.id"));
        Assert.Null(invited.Body!["member"]);
        Assert.Equal((403, "invitation-for-another-address"), (eve.Status, eve.Code));
        Assert.Equal(ada.Workspace, bob.Workspace);
        Assert.Equal((404, "invitation-not-found"), (again.Status, again.Code));
        Assert.Equal("editor", (await RolesAsync(bob))[bob.Id]);
        Assert.Equal(0L, await host.ScalarAsync($"select count(*) from catalog.invitations i where i::text like '%{secret}%'"));
    }

    [Fact]
    public async Task Invitations_expire_are_replaced_and_can_be_withdrawn()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");
        var first = await InviteAsync(ada, "bob@example.com", "viewer");
        var second = await InviteAsync(ada, "bob@example.com", "editor");
        var withdrawn = await InviteAsync(ada, "carol@example.com", "editor");
        var list = (await ada.GetAsync(ada.Members)).Body!["invitations"]!.AsArray();
        Assert.Equal(["bob@example.com", "carol@example.com"], list.Select(i => i!["email"]!.GetValue<string>()));
        Assert.Equal(204, (await ada.DeleteAsync($"{ada.Members}/{list[1]!["id"]}")).Status);
        host.Clock.Advance(TimeSpan.FromDays(7.1));

        foreach (var (secret, email) in ((string, string)[])[(first, "bob@example.com"), (second, "bob@example.com"), (withdrawn, "carol@example.com"), ("", "bob@example.com")])
            Assert.Equal("invitation-not-found", (await host.Visitor().PostAsync("/api/auth/sign-up",
                new { email, password = Person.Password, name = "B", invitation = secret })).Code);
    }

    [Fact]
    public async Task Two_who_use_one_invitation_at_once_are_one_member()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        var secret = await InviteAsync(ada, "bob@example.com", "editor");
        var bob = await host.SignUpAsync("bob@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bob.PostAsync("/api/workspaces/join", new { invitation = secret })));

        Assert.Equal([200, 404, 404, 404, 404], answers.Select(answer => answer.Status).Order());
        Assert.Equal(2, (await RolesAsync(ada)).Count);
    }

    [Fact]
    public async Task Only_owners_and_admins_manage_and_only_owners_touch_owners()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var owner = await host.SignUpAsync("owner@example.com");
        var admin = await host.SignUpAsync("admin@example.com");
        var editor = await host.SignUpAsync("editor@example.com");
        var stranger = await host.SignUpAsync("stranger@example.com");
        await JoinAsync(owner, admin, "admin@example.com", "admin");
        (admin.Workspace, editor.Workspace, stranger.Workspace) = (owner.Workspace, owner.Workspace, owner.Workspace);
        await JoinAsync(admin, editor, "editor@example.com", "editor");

        Assert.Equal("not-permitted", (await editor.PostAsync(editor.Members, new { email = "x@example.com", role = "viewer" })).Code);
        Assert.Equal("not-permitted", (await editor.PatchAsync($"{editor.Members}/{editor.Id}", new { role = "owner" })).Code);
        Assert.Equal("not-permitted", (await editor.DeleteAsync($"{editor.Members}/{admin.Id}")).Code);
        Assert.Equal("owners-only", (await admin.PostAsync(admin.Members, new { email = "x@example.com", role = "owner" })).Code);
        Assert.Equal("owners-only", (await admin.PatchAsync($"{admin.Members}/{admin.Id}", new { role = "owner" })).Code);
        Assert.Equal("owners-only", (await admin.PatchAsync($"{admin.Members}/{owner.Id}", new { role = "viewer" })).Code);
        Assert.Equal("owners-only", (await admin.DeleteAsync($"{admin.Members}/{owner.Id}")).Code);
        Assert.Equal("workspace-not-found", (await stranger.GetAsync(stranger.Members)).Code);
        Assert.Equal("workspace-not-found", (await stranger.PostAsync(stranger.Members, new { email = "x@example.com", role = "viewer" })).Code);
        Assert.Equal("workspace-not-found", (await stranger.DeleteAsync($"{stranger.Members}/{stranger.Id}")).Code);
        Assert.Equal("workspace-not-found", (await stranger.DeleteAsync($"{stranger.Members}/{owner.Id}")).Code);
        Assert.Equal("already-member", (await admin.PostAsync(admin.Members, new { email = "editor@example.com", role = "viewer" })).Code);
        Assert.Equal("member-not-found", (await owner.PatchAsync($"{owner.Members}/{stranger.Id}", new { role = "viewer" })).Code);
        Assert.Equal("member-not-found", (await owner.DeleteAsync($"{owner.Members}/{stranger.Id}")).Code);
        Assert.Equal("member-not-found", (await owner.DeleteAsync($"{owner.Members}/invAAAAAAAAAAAAAA")).Code);
        Assert.Equal("invalid-member", (await owner.PostAsync(owner.Members, new { email = "nobody", role = "king" })).Code);
        Assert.Equal(3, (await RolesAsync(owner)).Count);
        // Who does not manage members sees no open invitations.
        await InviteAsync(owner, "x@example.com", "viewer");
        Assert.Empty((await editor.GetAsync(editor.Members)).Body!["invitations"]!.AsArray());

        Assert.Equal(200, (await admin.PatchAsync($"{admin.Members}/{editor.Id}", new { role = "viewer" })).Status);
        Assert.Equal("viewer", (await RolesAsync(editor))[editor.Id]);
        Assert.Equal(204, (await editor.DeleteAsync($"{editor.Members}/{editor.Id}")).Status);
        Assert.Equal("workspace-not-found", (await editor.GetAsync(editor.Members)).Code);
        Assert.Equal(204, (await owner.DeleteAsync($"{owner.Members}/{admin.Id}")).Status);
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        await JoinAsync(ada, bob, "bob@example.com", "editor");

        var leave = await ada.DeleteAsync($"{ada.Members}/{ada.Id}");
        var demote = await ada.PatchAsync($"{ada.Members}/{ada.Id}", new { role = "admin" });

        Assert.Equal((409, "last-owner"), (leave.Status, leave.Code));
        Assert.Equal((409, "last-owner"), (demote.Status, demote.Code));
        Assert.Equal(200, (await ada.PatchAsync($"{ada.Members}/{bob.Id}", new { role = "owner" })).Status);
        Assert.Equal(204, (await ada.DeleteAsync($"{ada.Members}/{ada.Id}")).Status);
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_at_once_leave_one()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        for (var round = 0; round < 20; round++)
        {
            var workspace = (await ada.PostAsync("/api/workspaces", new { name = $"Round {round}" })).Text("id");
            (ada.Workspace, bob.Workspace) = (workspace, workspace);
            await JoinAsync(ada, bob, "bob@example.com", "owner");

            var answers = await Task.WhenAll(
                ada.PatchAsync($"{ada.Members}/{ada.Id}", new { role = "viewer" }),
                bob.DeleteAsync($"{bob.Members}/{bob.Id}"),
                ada.DeleteAsync($"{ada.Members}/{bob.Id}"));

            Assert.DoesNotContain(answers, answer => answer.Status >= 500);
            Assert.Equal(1L, await host.ScalarAsync($"select count(*) from catalog.members where workspace_id = '{workspace}' and role = 'owner'"));
        }
    }
}
