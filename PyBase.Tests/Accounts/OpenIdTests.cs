using Microsoft.Extensions.Options;
using PyBase.Api.Accounts;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

/// <summary>The whole way through a browser: to a provider on another port, and back.</summary>
public sealed class OpenIdTests(Servers servers)
{
    [Fact]
    public async Task A_newcomer_gets_an_account_and_comes_back_to_it_whatever_their_address_then_is()
    {
        await using var provider = await ProviderAsync();
        await using var host = await HostAsync(servers, provider, "Accounts:SignUp=domains", "Accounts:Domains:0=example.com");
        await host.SignUpAsync("owner@elsewhere.org");
        var ada = host.Visitor();

        Assert.Equal("/bases?a=1", await GoAsync(ada, "/api/auth/oidc/corp?return=%2Fbases%3Fa%3D1"));
        var first = await ada.GetAsync("/api/auth/me");
        provider.Claims["email"] = "ada.lovelace@example.com";
        var again = host.Visitor();
        await GoAsync(again);

        Assert.Equal(("ada@example.com", "Ada"), (first.Text("user.email"), first.Text("user.name")));
        Assert.Equal("Ada's workspace", (string)first.Body!["workspaces"]![0]!["name"]!);
        Assert.Equal(first.Text("user.id"), (await again.GetAsync("/api/auth/me")).Text("user.id"));
        Assert.Contains("corp", (await again.GetAsync("/api/sessions")).Body!["sessions"]!.AsArray().Select(s => (string)s!["method"]!));
        Assert.Equal("Company", (string)(await host.Visitor().GetAsync("/api/auth/providers")).Body!["providers"]![0]!["title"]!);
        Assert.Equal("invalid-credentials", (await host.Visitor().SignInAsync("ada@example.com", "")).Code);
    }

    [Fact]
    public async Task Whom_the_policy_does_not_admit_is_sent_back_with_the_reason()
    {
        await using var provider = await ProviderAsync();
        await using var host = await HostAsync(servers, provider);
        Assert.Equal("/sign-in?problem=sign-up-by-invitation", await GoAsync(host.Visitor()));
        await host.SignUpAsync("owner@elsewhere.org");

        Assert.Equal("/sign-in?problem=sign-up-by-invitation", await GoAsync(host.Visitor()));
        provider.Claims["email_verified"] = false;
        Assert.Equal("/sign-in?problem=external-address-unverified", await GoAsync(host.Visitor()));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from catalog.users"));
        Assert.Equal((404, "provider-not-found"), await host.Visitor().GetAsync("/api/auth/oidc/other") is var other ? (other.Status, other.Code) : default);
    }

    [Fact]
    public async Task A_verified_address_is_linked_and_whoever_took_it_before_is_out()
    {
        await using var provider = await ProviderAsync();
        await using var host = await HostAsync(servers, provider, "Accounts:SignUp=open");
        await host.SignUpAsync("owner@elsewhere.org");
        var squatter = await host.SignUpAsync("Ada@example.com");
        var token = (await squatter.PostAsync("/api/tokens", new { name = "kept" })).Text("token");

        provider.Claims["email_verified"] = false;
        Assert.Equal("/sign-in?problem=external-address-unverified", await GoAsync(host.Visitor()));
        Assert.Equal(200, (await squatter.GetAsync("/api/auth/me")).Status);
        provider.Claims["email_verified"] = true;
        var ada = host.Visitor();
        Assert.Equal("/", await GoAsync(ada));
        host.Clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(squatter.Id, (await ada.GetAsync("/api/auth/me")).Text("user.id"));
        Assert.Equal(401, (await squatter.GetAsync("/api/auth/me")).Status);
        Assert.Equal(401, (await host.Visitor().With(token).GetAsync("/api/auth/me")).Status);
        Assert.Equal(401, (await host.Visitor().SignInAsync("ada@example.com")).Status);
        // The second time nothing ends.
        await GoAsync(host.Visitor());
        Assert.Equal(200, (await ada.GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task Groups_give_and_take_roles_and_leave_what_was_given_by_hand()
    {
        await using var provider = await ProviderAsync();
        await using var database = await HostAsync(servers, provider, "Accounts:SignUp=open");
        var owner = await database.SignUpAsync("owner@elsewhere.org");
        var second = (await owner.PostAsync("/api/workspaces", new { name = "Second" })).Text("id");
        await using var host = await AccountsHost.StartAsync(servers, database.Database, [.. Settings(provider), "Accounts:OpenIdConnect:corp:CreateAccounts=always",
            .. Map(0, "engineers", owner.Workspace, "editor"), .. Map(1, "leads", owner.Workspace, "admin"), .. Map(2, "readers", second, "viewer")]);
        async Task<Dictionary<string, string>> RolesAsync(params string[] groups)
        {
            provider.UserInfo["groups"] = groups;
            var ada = host.Visitor();
            Assert.Equal("/", await GoAsync(ada));
            return (await ada.GetAsync("/api/auth/me")).Body!["workspaces"]!.AsArray().ToDictionary(w => (string)w!["id"]!, w => (string)w!["role"]!);
        }

        Assert.Equal(new() { [owner.Workspace] = "admin", [second] = "viewer" }, await RolesAsync("engineers", "leads", "readers", "others"));
        Assert.Equal(new() { [owner.Workspace] = "editor" }, await RolesAsync("engineers"));
        Assert.Empty(await RolesAsync());
        await owner.PostAsync(owner.Members, new { email = "ada@example.com", role = "commenter" });
        Assert.Equal(new() { [owner.Workspace] = "commenter" }, await RolesAsync("leads"));
        Assert.Equal(new() { [owner.Workspace] = "commenter" }, await RolesAsync());
    }

    [Fact]
    public async Task What_cannot_be_believed_lets_nobody_in()
    {
        await using var provider = await ProviderAsync();
        await using var host = await HostAsync(servers, provider, "Accounts:SignUp=open");
        await host.SignUpAsync("owner@elsewhere.org");
        const string failed = "/sign-in?problem=external-sign-in-failed";

        foreach (var (claim, lie) in ((string, object)[])[("nonce", "another"), ("aud", "somebody"), ("iss", "http://127.0.0.1:1"), ("exp", 1_000_000_000L)])
        {
            provider.Lies[claim] = lie;
            Assert.Equal(failed, await GoAsync(host.Visitor()));
            provider.Lies.Clear();
        }
        provider.SignsWithAnotherKey = true;
        Assert.Equal(failed, await GoAsync(host.Visitor()));
        provider.SignsWithAnotherKey = false;
        // Somebody else's way back: the state is not this browser's.
        var back = await BackAsync(host.Visitor());
        Assert.Equal(failed, (await host.Visitor().GetAsync(back)).Headers.Location!.ToString());
        var own = host.Visitor();
        back = await BackAsync(own);
        Assert.Equal("/", (await own.GetAsync(back)).Headers.Location!.ToString());
        Assert.Equal(failed, (await own.GetAsync(back)).Headers.Location!.ToString());
        Assert.Equal(2L, await host.ScalarAsync("select count(*) from catalog.users"));
    }

    [Theory, InlineData("https://evil.example"), InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("bases")]
    public async Task Nobody_is_sent_on_to_another_site(string address)
    {
        await using var provider = await ProviderAsync();
        await using var host = await HostAsync(servers, provider, "Accounts:SignUp=open");
        await host.SignUpAsync("owner@elsewhere.org");

        Assert.Equal("/", await GoAsync(host.Visitor(), $"/api/auth/oidc/corp?return={Uri.EscapeDataString(address)}"));
    }

    [Fact]
    public async Task A_provider_that_cannot_work_stops_the_start()
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => AccountsHost.StartAsync(servers, null, ["Accounts:OpenIdConnect:corp:Authority=http://login.example.com",
            "Accounts:OpenIdConnect:Other:ClientId=x", .. Map(0, "g", "wspAAAAAAAAAAAAAA", "owner")]));

        Assert.Equal(2, stopped.Failures.Count());
        Assert.Contains("https", string.Join(' ', stopped.Failures), StringComparison.Ordinal);
    }

    static async Task<OpenIdProvider> ProviderAsync()
    {
        var provider = await OpenIdProvider.StartAsync();
        (provider.Claims["sub"], provider.Claims["email"], provider.Claims["email_verified"]) = ("a1", "ada@example.com", true);
        provider.UserInfo["name"] = "Ada";
        return provider;
    }

    static string[] Settings(OpenIdProvider provider) =>
    [
        "Accounts:OpenIdConnect:corp:Title=Company", $"Accounts:OpenIdConnect:corp:Authority={provider.Issuer}",
        $"Accounts:OpenIdConnect:corp:ClientId={OpenIdProvider.ClientId}", $"Accounts:OpenIdConnect:corp:ClientSecret={OpenIdProvider.ClientSecret}",
    ];

    static string[] Map(int place, string group, string workspace, string role) =>
        [.. new[] { ("Group", group), ("Workspace", workspace), ("Role", role) }.Select(pair => $"Accounts:OpenIdConnect:corp:Roles:{place}:{pair.Item1}={pair.Item2}")];

    static Task<AccountsHost> HostAsync(Servers servers, OpenIdProvider provider, params string[] settings) => AccountsHost.StartAsync(servers, null, [.. Settings(provider), .. settings]);

    /// <summary>To the provider and back; answers where the browser ends.</summary>
    static async Task<string> GoAsync(Person browser, string path = "/api/auth/oidc/corp") => (await browser.GetAsync(await BackAsync(browser, path))).Headers.Location!.ToString();

    /// <summary>The address with which the provider sends the browser back.</summary>
    static async Task<string> BackAsync(Person browser, string path = "/api/auth/oidc/corp")
    {
        var there = await browser.GetAsync(path);
        Assert.Equal(302, there.Status);
        using var elsewhere = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await elsewhere.GetAsync(there.Headers.Location, TestContext.Current.CancellationToken);
        return answer.Headers.Location!.PathAndQuery;
    }
}
