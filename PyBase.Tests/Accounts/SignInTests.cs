using System.Net.Http.Headers;
using System.Text;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed class SignInTests(Servers servers)
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await host.SignUpAsync("ada@example.com");

        var wrong = await host.Visitor().SignInAsync("ada@example.com", "not my password");
        var unknown = await host.Visitor().SignInAsync("eve@example.com");
        var right = await host.Visitor().SignInAsync("ADA@example.com");

        Assert.Equal((401, "invalid-credentials"), (wrong.Status, wrong.Code));
        Assert.Equal((401, "invalid-credentials"), (unknown.Status, unknown.Code));
        Assert.Equal(wrong.Body!["detail"]!.ToString(), unknown.Body!["detail"]!.ToString());
        Assert.Equal(200, right.Status);
        Assert.StartsWith("wsp", right.Text("workspace.id"));
    }

    [Theory]
    [InlineData("a\0b@example.com")]
    [InlineData("")]
    [InlineData("\ud83d@example.com")]
    public async Task Addresses_that_cannot_be_are_unknown(string email)
    {
        await using var host = await AccountsHost.StartAsync(servers);

        Assert.Equal("invalid-credentials", (await host.Visitor().SignInAsync(email)).Code);
    }

    [Theory]
    [InlineData("""{"email":"\ud800@example.com","password":"long enough"}""")]
    [InlineData("""{"email":7}""")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task Broken_bodies_are_malformed(string json)
    {
        await using var host = await AccountsHost.StartAsync(servers);

        var answer = await host.Visitor().SendAsync(HttpMethod.Post, "/api/auth/sign-in", new StringContent(json, Encoding.UTF8, "application/json"));

        Assert.Equal((400, "malformed-request"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Guessing_is_slowed_for_that_account_from_that_place_and_failures_only_count()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        await host.SignUpAsync("ada@example.com");
        await host.SignUpAsync("bob@example.com");
        for (var i = 0; i < 12; i++)
            Assert.Equal(200, (await host.Visitor().SignInAsync("bob@example.com")).Status);

        // All at once: each counts when it starts.
        var guesses = await Task.WhenAll(Enumerable.Range(0, 15).Select(i => host.Visitor().SignInAsync("ada@example.com", $"guess {i}")));
        var slowed = await host.Visitor().SignInAsync("Ada@example.com");

        Assert.Equal(10, guesses.Count(answer => answer.Status == 401));
        Assert.Equal(5, guesses.Count(answer => answer.Code == "too-many-attempts"));
        Assert.Equal(429, slowed.Status);
        Assert.InRange(slowed.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(200, (await host.Visitor().SignInAsync("bob@example.com")).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await host.Visitor().SignInAsync("ada@example.com")).Status);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await host.SignUpAsync("ada@example.com");

        var cookie = Assert.Single((await host.Visitor().SignInAsync("ada@example.com")).Headers.GetValues("Set-Cookie"));

        Assert.StartsWith("pybase=", cookie);
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Contains("expires=", cookie);
        Assert.DoesNotContain("secure", cookie);
    }

    [Theory]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Host", "pybase.example.com")]
    public async Task Behind_a_balancer_that_ends_TLS_the_cookie_is_secure(string header, string value)
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Public:Url=https://pybase.example.com");
        await host.SignUpAsync("ada@example.com");

        var answer = await host.Visitor().WithHeader(header, value).SignInAsync("ada@example.com");

        Assert.Contains("secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    [Fact]
    public async Task A_write_with_the_cookie_needs_the_client_header()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await host.SignUpAsync("ada@example.com");
        var form = host.Visitor(client: false);
        Assert.Equal(200, (await form.SignInAsync("ada@example.com")).Status);

        var read = await form.GetAsync("/api/workspaces");
        var write = await form.PostAsync("/api/workspaces", new { name = "Mine" });
        var v0 = await form.PostAsync("/v0/records");
        var signOut = await form.PostAsync("/api/auth/sign-out");

        Assert.Equal(200, read.Status);
        Assert.Equal((403, "client-header-missing", "application/problem+json"), (write.Status, write.Code, write.ContentType));
        Assert.Equal((403, "CLIENT_HEADER_MISSING"), (v0.Status, v0.Text("error.type")));
        Assert.Equal((403, "client-header-missing"), (signOut.Status, signOut.Code));
        Assert.Equal(200, (await form.GetAsync("/api/auth/me")).Status);
        // Another site's form can send no JSON either.
        var text = new StringContent("""{"email":"ada@example.com","password":"x"}""", new MediaTypeHeaderValue("text/plain"));
        Assert.Equal(415, (await form.SendAsync(HttpMethod.Post, "/api/auth/sign-in", text)).Status);
    }

    [Fact]
    public async Task Signing_out_clears_the_cookie()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");

        Assert.Equal(204, (await ada.PostAsync("/api/auth/sign-out")).Status);

        var me = await ada.GetAsync("/api/auth/me");
        Assert.Equal((401, "not-signed-in", "application/problem+json"), (me.Status, me.Code, me.ContentType));
        Assert.Equal("urn:pybase:not-signed-in", me.Text("type"));
        Assert.Null(me.Headers.Location);
    }

    [Fact]
    public async Task Another_process_on_the_same_catalog_reads_the_cookie()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await using var other = await AccountsHost.StartAsync(servers, host.Database);
        var ada = await host.SignUpAsync("ada@example.com");

        var me = await other.Visitor().TakeCookiesOf(ada).GetAsync("/api/auth/me");

        Assert.Equal((200, "ada@example.com"), (me.Status, me.Text("user.email")));
    }

    [Fact]
    public async Task A_new_security_stamp_ends_sessions_within_a_minute_everywhere()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await using var other = await AccountsHost.StartAsync(servers, host.Database);
        var ada = await host.SignUpAsync("ada@example.com");
        var elsewhere = other.Visitor().TakeCookiesOf(ada);
        Assert.Equal(200, (await ada.GetAsync("/api/auth/me")).Status);
        Assert.Equal(200, (await elsewhere.GetAsync("/api/auth/me")).Status);

        await host.ScalarAsync("update catalog.users set security_stamp = 'another'");
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        other.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(401, (await ada.GetAsync("/api/auth/me")).Status);
        Assert.Equal(401, (await elsewhere.GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task A_deleted_account_has_no_session()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");

        await host.ScalarAsync("delete from catalog.users");
        host.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(401, (await ada.GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task A_session_slides_and_ends_after_fourteen_quiet_days()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");

        host.Clock.Advance(TimeSpan.FromDays(8));
        var renewed = await ada.GetAsync("/api/auth/me");
        host.Clock.Advance(TimeSpan.FromDays(13));
        var later = await ada.GetAsync("/api/auth/me");
        host.Clock.Advance(TimeSpan.FromDays(15));

        Assert.True(renewed.Headers.Contains("Set-Cookie"));
        Assert.Equal(200, later.Status);
        Assert.Equal(401, (await ada.GetAsync("/api/auth/me")).Status);
    }
}
