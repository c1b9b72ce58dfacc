using Microsoft.Extensions.DependencyInjection;
using PyBase.Api.Accounts;
using PyBase.Storage.Accounts;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed class SignUpTests(Servers servers)
{
    [Fact]
    public async Task Addresses_of_the_organisation_and_those_who_were_invited_may_make_accounts()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=domains", "Accounts:Domains:0=Example.com");
        var ada = await host.SignUpAsync("ada@elsewhere.org");

        await host.SignUpAsync("bob@EXAMPLE.com");
        foreach (var email in (string[])["eve@example.org", "eve@sub.example.com", "example.com@example.org"])
        {
            var refused = await host.Visitor().PostAsync("/api/auth/sign-up", new { email, password = Person.Password, name = "Eve" });
            Assert.Equal((403, "sign-up-by-domain"), (refused.Status, refused.Code));
        }
        var invited = await ada.PostAsync(ada.Members, new { email = "eve@example.org", role = "viewer" });
        await host.SignUpAsync("eve@example.org", invited.Text("invitation.url").Split('/')[^1]);
    }

    static object Form(string email, string? invitation = null, string? setupCode = null) =>
        new { email, password = Person.Password, name = "Ada", invitation, setupCode };

    [Fact]
    public async Task The_first_account_owns_the_installation_and_a_workspace()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = host.Visitor();

        var answer = await ada.PostAsync("/api/auth/sign-up", new { email = " Ada@Example.com ", password = Person.Password, name = "Ada" });

        Assert.Equal(201, answer.Status);
        Assert.Equal("Ada@Example.com", answer.Text("user.email"));
        Assert.Equal("Ada's workspace", answer.Text("workspace.name"));
        var me = await ada.GetAsync("/api/auth/me");
        Assert.Equal(200, me.Status);
        Assert.True(me.Body!["installationOwner"]!.GetValue<bool>());
        Assert.Equal("owner", me.Body["workspaces"]![0]!["role"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_second_account_needs_an_invitation()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await host.SignUpAsync("ada@example.com");

        var answer = await host.Visitor().PostAsync("/api/auth/sign-up", Form("bob@example.com"));

        Assert.Equal((403, "sign-up-by-invitation", "application/problem+json"), (answer.Status, answer.Code, answer.ContentType));
    }

    [Fact]
    public async Task Of_two_who_come_first_at_once_one_owns_and_the_other_is_refused()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var host = await AccountsHost.StartAsync(servers);

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => host.Visitor().PostAsync("/api/auth/sign-up", Form($"p{i}@example.com"))));

            Assert.Equal([201, 403, 403, 403], answers.Select(answer => answer.Status).Order());
            Assert.Equal(1L, await host.ScalarAsync("select count(*) from catalog.users where is_installation_owner"));
        }
    }

    [Fact]
    public async Task Open_installations_take_everybody_and_own_once()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");

        Assert.False((await bob.GetAsync("/api/auth/me")).Body!["installationOwner"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Closed_installations_refuse_invitations_too_but_not_their_first_account()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=closed");
        var ada = await host.SignUpAsync("ada@example.com");
        var invited = await ada.PostAsync(ada.Members, new { email = "bob@example.com", role = "editor" });

        var answer = await host.Visitor().PostAsync("/api/auth/sign-up", Form("bob@example.com", invited.Text("invitation.url").Split('/')[^1]));

        Assert.Equal((403, "sign-up-closed"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task One_account_for_each_address_however_it_is_spelled()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        await host.SignUpAsync("ada@example.com");

        var answers = await Task.WhenAll(
            host.Visitor().PostAsync("/api/auth/sign-up", Form("ADA@example.com ")),
            host.Visitor().PostAsync("/api/auth/sign-up", Form("bob@example.com")),
            host.Visitor().PostAsync("/api/auth/sign-up", Form("Bob@example.com")));

        Assert.Equal((409, "email-taken"), (answers[0].Status, answers[0].Code));
        Assert.Equal([201, 409], answers[1..].Select(answer => answer.Status).Order());
    }

    [Theory]
    [InlineData("nobody", "long enough", "Ada", "email")]
    [InlineData("a@b@c", "long enough", "Ada", "email")]
    [InlineData("a\0@b", "long enough", "Ada", "email")]
    [InlineData("a@b", "short", "Ada", "password")]
    [InlineData("a@b", null, "Ada", "password")]
    [InlineData("a@b", "long enough", " ", "name")]
    [InlineData("a@b", "long enough", "A\0da", "name")]
    public async Task A_bad_form_names_the_field(string email, string? password, string name, string field)
    {
        await using var host = await AccountsHost.StartAsync(servers);

        var answer = await host.Visitor().PostAsync("/api/auth/sign-up", new { email, password, name });

        Assert.Equal((422, "invalid-sign-up"), (answer.Status, answer.Code));
        Assert.Equal(field, Assert.Single(answer.Body!["errors"]!.AsArray())!["field"]!.GetValue<string>());
        Assert.NotNull(answer.Body["hint"]);
    }

    [Fact]
    public async Task Where_others_can_reach_the_server_the_first_account_takes_the_code_from_the_log()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Listen=http://0.0.0.0:0");
        await using var sibling = await AccountsHost.StartAsync(servers, host.Database, "Listen=http://0.0.0.0:0");
        var line = await host.Log.WaitForAsync("set-up code");
        var code = line.Split(' ')[^1].TrimEnd('.');

        var without = await host.Visitor().PostAsync("/api/auth/sign-up", Form("mallory@example.com"));
        var wrong = await host.Visitor().PostAsync("/api/auth/sign-up", Form("mallory@example.com", setupCode: "AAAA-AAAA-AAAA"));
        // Whichever process answers, the code is the same.
        var right = await sibling.Visitor().PostAsync("/api/auth/sign-up", Form("ada@example.com", setupCode: code.ToLowerInvariant()));

        Assert.Equal((403, "setup-code-wrong"), (without.Status, without.Code));
        Assert.Equal((403, "setup-code-wrong"), (wrong.Status, wrong.Code));
        Assert.Equal(201, right.Status);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from catalog.setup"));
        // Nothing brings it back.
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<SignUps>().SetupCodeAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Whoever believes the proxy takes its header away.</summary>
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_proxy_in_front_of_loopback_is_beyond_loopback(string isBelieved)
    {
        await using var host = await AccountsHost.StartAsync(servers, null, $"ForwardedHeaders_Enabled={isBelieved}");
        Assert.DoesNotContain(host.Log.Lines, l => l.Contains("set-up code"));

        var answer = await host.Visitor().WithHeader("X-Forwarded-For", "203.0.113.7").PostAsync("/api/auth/sign-up", Form("mallory@example.com"));

        Assert.Equal("setup-code-wrong", answer.Code);
        Assert.Contains(host.Log.Lines, l => l.Contains("set-up code"));
    }

    [Theory]
    [InlineData("http://localhost:8000", false)]
    [InlineData("http://127.0.0.1:8000", false)]
    [InlineData("http://[::1]:8000", false)]
    [InlineData("http://0.0.0.0:8000", true)]
    [InlineData("http://[::]:8000", true)]
    [InlineData("http://+:80", true)]
    [InlineData("https://*:443", true)]
    [InlineData("http://pybase.example.com", true)]
    [InlineData("http://10.0.0.7:8000", true)]
    [InlineData("http://unix:/run/pybase.sock", true)]
    public void Addresses_beyond_loopback(string address, bool beyond) => Assert.Equal(beyond, FirstAccount.IsBeyondLoopback(address));
}
