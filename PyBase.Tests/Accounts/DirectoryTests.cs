using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

/// <summary>A directory that keeps its people and groups here: SCIM 2.0.</summary>
public sealed class DirectoryTests(Servers servers)
{
    const string Users = "/scim/v2/Users";
    const string Groups = "/scim/v2/Groups";

    [Fact]
    public async Task Only_the_directorys_token_opens_its_door_and_it_opens_nothing_else()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var owner = await host.SignUpAsync("owner@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        var personal = (await owner.PostAsync("/api/tokens", new { name = "mine" })).Text("token");

        Assert.Equal((403, "installation-owner-only"), await bob.PostAsync("/api/directory/token") is var refused ? (refused.Status, refused.Code) : default);
        var first = (await owner.PostAsync("/api/directory/token")).Text("token");
        var second = (await owner.PostAsync("/api/directory/token")).Text("token");

        foreach (var token in (string[])[first, personal, "x"])
            Assert.Equal((401, "directory-token-wrong"), await host.Visitor().With(token).GetAsync(Users) is var wrong ? (wrong.Status, wrong.Code) : default);
        Assert.Equal(401, (await owner.GetAsync(Users)).Status);
        var directory = host.Visitor(client: false).With(second);
        Assert.Equal("application/scim+json", (await directory.GetAsync(Users)).ContentType);
        Assert.Equal(401, (await directory.GetAsync("/api/auth/me")).Status);
        Assert.True((bool)(await directory.GetAsync("/scim/v2/ServiceProviderConfig")).Body!["patch"]!["supported"]!);
        await owner.DeleteAsync("/api/directory/token");
        Assert.Equal(401, (await directory.GetAsync(Users)).Status);
    }

    [Fact]
    public async Task Users_are_made_found_changed_paged_and_taken_away()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var (_, directory) = await DirectoryAsync(host);

        var made = await directory.PostAsync(Users, new { schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:User" }, userName = "Ada@example.com", externalId = "x1", name = new { givenName = "Ada", familyName = "Lovelace" }, active = true });
        var twice = await directory.PostAsync(Users, new { userName = "ada@EXAMPLE.com" });
        var found = await directory.GetAsync($"{Users}?filter={Uri.EscapeDataString("userName eq \"ADA@example.com\"")}");

        Assert.Equal((201, "Ada@example.com", "Ada Lovelace"), (made.Status, made.Text("userName"), made.Text("displayName")));
        Assert.Equal((409, "uniqueness", "409"), (twice.Status, twice.Text("scimType"), twice.Text("status")));
        Assert.Equal((1, made.Text("id")), ((int)found.Body!["totalResults"]!, (string)found.Body["Resources"]![0]!["id"]!));
        Assert.Equal(0, (int)(await directory.GetAsync($"{Users}?filter={Uri.EscapeDataString("userName eq \"no\\\"body\"")}")).Body!["totalResults"]!);
        foreach (var filter in (string[])["userName co \"a\"", "userName eq ada", "title eq \"a\"", "userName eq \"a\" or id eq \"b\""])
            Assert.Equal((400, "invalidFilter"), await directory.GetAsync($"{Users}?filter={Uri.EscapeDataString(filter)}") is var bad ? (bad.Status, bad.Text("scimType")) : default);
        Assert.Equal((400, "invalidSyntax"), await directory.PostAsync(Users, new { userName = "no address" }) is var syntax ? (syntax.Status, syntax.Text("scimType")) : default);

        for (var i = 0; i < 4; i++)
            await directory.PostAsync(Users, new { userName = $"p{i}@example.com" });
        var pages = new[] { await directory.GetAsync($"{Users}?startIndex=1&count=4"), await directory.GetAsync($"{Users}?startIndex=5&count=4"), await directory.GetAsync($"{Users}?startIndex=9&count=4") };
        Assert.Equal([4, 2, 0], pages.Select(page => (int)page.Body!["itemsPerPage"]!));
        Assert.All(pages, page => Assert.Equal(6, (int)page.Body!["totalResults"]!));
        Assert.Equal(6, pages.SelectMany(page => page.Body!["Resources"]!.AsArray()).Select(user => (string)user!["id"]!).Distinct().Count());

        var path = $"{Users}/{made.Text("id")}";
        Assert.Equal("Countess", (await directory.PatchAsync(path, Patch("""{"op":"Replace","path":"displayName","value":"Countess"}"""))).Text("displayName"));
        Assert.Equal("a@example.com", (await directory.SendAsync(HttpMethod.Put, path, new StringContent("""{"userName":"a@example.com"}""", Encoding.UTF8, "application/scim+json"))).Text("userName"));
        Assert.Equal(409, (await directory.PatchAsync(path, Patch("""{"op":"replace","value":{"userName":"p1@example.com"}}"""))).Status);
        Assert.Equal(204, (await directory.DeleteAsync(path)).Status);
        Assert.Equal((404, 404), ((await directory.GetAsync(path)).Status, (await directory.DeleteAsync(path)).Status));
        var back = await directory.PostAsync(Users, new { userName = "A@example.com" });
        Assert.Equal((201, made.Text("id"), true), (back.Status, back.Text("id"), (bool)back.Body!["active"]!));
    }

    [Fact]
    public async Task Deactivated_is_out_at_once_and_comes_in_again_when_activated()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var (owner, directory) = await DirectoryAsync(host);
        var ada = await host.SignUpAsync("ada@example.com");
        var token = (await ada.PostAsync("/api/tokens", new { name = "script" })).Text("token");

        var off = await directory.PatchAsync($"{Users}/{ada.Id}", Patch("""{"op":"Replace","path":"active","value":"False"}"""));
        host.Clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal((200, false), (off.Status, (bool)off.Body!["active"]!));
        Assert.Equal((401, 401), ((await ada.GetAsync("/api/auth/me")).Status, (await host.Visitor().With(token).GetAsync("/api/auth/me")).Status));
        Assert.Equal((403, "account-deactivated"), await host.Visitor().SignInAsync("ada@example.com") is var refused ? (refused.Status, refused.Code) : default);
        Assert.Equal("invalid-credentials", (await host.Visitor().SignInAsync("ada@example.com", "wrong")).Code);
        await directory.PatchAsync($"{Users}/{ada.Id}", Patch("""{"op":"replace","value":{"active":true}}"""));
        Assert.Equal(200, (await host.Visitor().SignInAsync("ada@example.com")).Status);
        Assert.Equal(401, (await host.Visitor().With(token).GetAsync("/api/auth/me")).Status);
        Assert.Equal((403, "mutability"), await directory.PatchAsync($"{Users}/{owner.Id}", Patch("""{"op":"replace","path":"active","value":false}""")) is var stays ? (stays.Status, stays.Text("scimType")) : default);
        Assert.Equal(403, (await directory.DeleteAsync($"{Users}/{owner.Id}")).Status);
    }

    [Fact]
    public async Task Groups_give_roles_as_long_as_somebody_is_in_them()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var (owner, directory) = await DirectoryAsync(host);
        var (ada, bob) = (await host.SignUpAsync("ada@example.com"), await host.SignUpAsync("bob@example.com"));
        async Task<string?> RoleAsync(Person person) =>
            (string?)(await person.GetAsync("/api/auth/me")).Body!["workspaces"]!.AsArray().SingleOrDefault(w => (string)w!["id"]! == owner.Workspace)?["role"];
        async Task<string> AddAsync(string name, string role, params Person[] members)
        {
            var made = await directory.PostAsync(Groups, new { displayName = name, members = members.Select(m => new { value = m.Id }) });
            Assert.Equal((201, members.Length), (made.Status, made.Body!["members"]!.AsArray().Count));
            var set = await owner.SendAsync(HttpMethod.Put, $"/api/directory/groups/{made.Text("id")}/roles", System.Net.Http.Json.JsonContent.Create(new { roles = new[] { new { workspace = owner.Workspace, role } } }));
            Assert.Equal((200, role), (set.Status, (string)set.Body!["roles"]![0]!["role"]!));
            return $"{Groups}/{made.Text("id")}";
        }

        var readers = await AddAsync("Readers", "viewer", ada, bob);
        var leads = await AddAsync("Leads", "admin", ada);
        Assert.Equal(("admin", "viewer"), (await RoleAsync(ada), await RoleAsync(bob)));
        Assert.Equal((409, "uniqueness"), await directory.PostAsync(Groups, new { displayName = "Leads" }) is var twice ? (twice.Status, twice.Text("scimType")) : default);

        await directory.PatchAsync(leads, Patch($$"""{"op":"Remove","path":"members[value eq \"{{ada.Id}}\"]"}""", $$"""{"op":"Add","path":"members","value":[{"value":"{{bob.Id}}"},{"value":"usrAAAAAAAAAAAAAA"}]}"""));
        Assert.Equal(("viewer", "admin"), (await RoleAsync(ada), await RoleAsync(bob)));
        await directory.PatchAsync(readers, Patch("""{"op":"replace","value":{"displayName":"Nobody","members":[]}}"""));
        Assert.Equal((null, "admin"), (await RoleAsync(ada), await RoleAsync(bob)));
        await directory.DeleteAsync($"{Users}/{bob.Id}");
        Assert.Empty((await directory.GetAsync(leads)).Body!["members"]!.AsArray());
        await directory.PatchAsync(leads, Patch($$"""{"op":"add","path":"members","value":[{"value":"{{ada.Id}}"}]}"""));
        Assert.Equal("admin", await RoleAsync(ada));
        // The owner is in the group too, and stays the owner.
        await directory.PatchAsync(leads, Patch($$"""{"op":"add","path":"members","value":[{"value":"{{owner.Id}}"}]}"""));
        Assert.Equal(204, (await directory.DeleteAsync(leads)).Status);
        Assert.Equal((null, "owner"), (await RoleAsync(ada), await RoleAsync(owner)));
        Assert.Equal("Nobody", (string)Assert.Single((await owner.GetAsync("/api/directory/groups")).Body!["groups"]!.AsArray())!["name"]!);
        Assert.Equal(404, (await directory.GetAsync(leads)).Status);
    }

    static async Task<(Person Owner, Person Directory)> DirectoryAsync(AccountsHost host)
    {
        var owner = await host.SignUpAsync("owner@example.com");
        return (owner, host.Visitor(client: false).With((await owner.PostAsync("/api/directory/token")).Text("token")));
    }

    static JsonNode Patch(params string[] operations) => new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
        ["Operations"] = new JsonArray([.. operations.Select(operation => JsonNode.Parse(operation))]),
    };
}
