using System.Text.RegularExpressions;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed partial class TokenTests(Servers servers)
{
    [GeneratedRegex("^pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}$")]
    private static partial Regex AirtableToken { get; }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex IsoTime { get; }

    static async Task<(string Id, string Token)> AddAsync(Person person, params string[] scopes)
    {
        var answer = await person.PostAsync("/api/tokens", new { name = "script", scopes });
        Assert.Equal(201, answer.Status);
        return (answer.Text("id"), answer.Text("token"));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_stored_hashed()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");

        var made = await ada.PostAsync("/api/tokens", new { name = " script ", expires = "2999-01-01T01:00:00+01:00" });
        var list = await ada.GetAsync("/api/tokens");

        Assert.Matches(AirtableToken, made.Text("token"));
        Assert.StartsWith("tok", made.Text("id"));
        Assert.Equal(("script", "2999-01-01T00:00:00.000Z"), (made.Text("name"), made.Text("expires")));
        Assert.Matches(IsoTime, made.Text("createdTime"));
        Assert.Equal(made.Text("id"), list.Body!["tokens"]![0]!["id"]!.GetValue<string>());
        Assert.DoesNotContain(made.Text("token")[18..], list.Body.ToJsonString());
        Assert.Equal(0L, await host.ScalarAsync($"select count(*) from catalog.tokens t where t::text like '%{made.Text("token")[18..]}%'"));
    }

    [Fact]
    public async Task A_token_signs_in_without_the_client_header()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");
        var script = host.Visitor(client: false).With((await AddAsync(ada)).Token);

        Assert.Equal(ada.Id, (await script.GetAsync("/api/auth/me")).Text("user.id"));
        Assert.Equal(201, (await script.PostAsync("/api/workspaces", new { name = "By script" })).Status);
        Assert.Equal(200, (await script.PostAsync("/v0/records")).Status);
    }

    [Fact]
    public async Task The_last_use_is_kept_to_the_minute()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");
        var script = host.Visitor().With((await AddAsync(ada)).Token);

        await script.GetAsync("/api/auth/me");
        var first = await host.ScalarAsync("select last_used_time from catalog.tokens");
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await script.GetAsync("/api/auth/me");
        var soon = await host.ScalarAsync("select last_used_time from catalog.tokens");
        host.Clock.Advance(TimeSpan.FromSeconds(50));
        await script.GetAsync("/api/auth/me");
        var later = await host.ScalarAsync("select last_used_time from catalog.tokens");

        Assert.NotNull(first);
        Assert.Equal(first, soon);
        Assert.NotEqual(first, later);
    }

    [Fact]
    public async Task Deleted_expired_and_invented_tokens_are_nobody()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        var (id, deleted) = await AddAsync(ada);
        var expiring = (await ada.PostAsync("/api/tokens", new { name = "short", expires = host.Clock.GetUtcNow().AddHours(1) })).Text("token");
        Assert.Equal(200, (await host.Visitor().With(expiring).GetAsync("/v0/records")).Status);

        var notBobs = await bob.DeleteAsync($"/api/tokens/{id}");
        Assert.Equal((404, "token-not-found"), (notBobs.Status, notBobs.Code));
        Assert.Equal(200, (await host.Visitor().With(deleted).GetAsync("/v0/records")).Status);
        Assert.Equal(204, (await ada.DeleteAsync($"/api/tokens/{id}")).Status);
        host.Clock.Advance(TimeSpan.FromHours(2));

        foreach (var token in (string[])[deleted, expiring, "pat", "patAAAAAAAAAAAAAA." + new string('0', 64), new string('x', 5000)])
        {
            var v0 = await host.Visitor().With(token).GetAsync("/v0/records");
            Assert.Equal((401, """{"error":{"type":"AUTHENTICATION_REQUIRED","message":"Authentication required"}}"""), (v0.Status, v0.Body!.ToJsonString()));
            Assert.Equal("not-signed-in", (await host.Visitor().With(token).GetAsync("/api/tokens")).Code);
        }
        // A token that does not work is not made up for by a cookie that does.
        Assert.Equal(401, (await ada.With(deleted).GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task Scopes_narrow_what_a_token_may()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");
        var reader = host.Visitor().With((await AddAsync(ada, "data.records:read", "data.records:read")).Token);

        var read = await reader.GetAsync("/v0/records");
        var write = await reader.PostAsync("/v0/records");
        var widen = await reader.PostAsync("/api/tokens", new { name = "wide" });
        var me = await reader.GetAsync("/api/auth/me");

        Assert.Equal(200, read.Status);
        Assert.Equal((403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"), (write.Status, write.Text("error.type")));
        Assert.Equal((403, "scope-too-narrow"), (widen.Status, widen.Code));
        Assert.Equal((200, null), (me.Status, me.Body!["user"]!["email"]));
    }

    [Theory]
    [InlineData("""{"name":"x","scopes":["everything"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":[null]}""", "scopes")]
    [InlineData("""{"scopes":[]}""", "name")]
    [InlineData("""{"name":"x","limitedTo":["tblAAAAAAAAAAAAAA"]}""", "limitedTo")]
    [InlineData("""{"name":"x","limitedTo":["appAAAAAAAAAAAAAA"]}""", "limitedTo")]
    [InlineData("""{"name":"x","expires":"2001-01-01T00:00:00Z"}""", "expires")]
    public async Task A_bad_token_names_the_field(string json, string field)
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");

        var answer = await ada.SendAsync(HttpMethod.Post, "/api/tokens", new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((422, "invalid-token"), (answer.Status, answer.Code));
        Assert.Equal(field, Assert.Single(answer.Body!["errors"]!.AsArray())!["field"]!.GetValue<string>());
    }
}
