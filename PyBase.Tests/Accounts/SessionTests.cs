using PyBase.Core.Accounts;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed class SessionTests(Servers servers)
{
    const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";

    [Fact]
    public async Task Somebody_sees_where_they_are_signed_in_and_nobody_else_does()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var ada = await host.SignUpAsync("ada@example.com");
        await host.SignUpAsync("bob@example.com");
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Visitor().WithHeader("User-Agent", Firefox).SignInAsync("ada@example.com");

        var sessions = (await ada.GetAsync("/api/sessions")).Body!["sessions"]!.AsArray();

        Assert.Equal(2, sessions.Count);
        Assert.Equal(["Firefox on Linux", "Unknown device"], sessions.Select(s => (string)s!["device"]!).Order(StringComparer.Ordinal));
        Assert.All(sessions, s => Assert.Equal(("127.0.0.1", "password"), ((string)s!["address"]!, (string)s["method"]!)));
        Assert.Equal("Unknown device", (string)Assert.Single(sessions, s => (bool)s!["current"]!)!["device"]!);
        // Asking was being seen, after two minutes.
        Assert.All(sessions, s => Assert.True((DateTimeOffset)s!["lastSeenTime"]! >= host.Clock.GetUtcNow().AddMinutes(-1)));
    }

    [Fact]
    public async Task A_session_that_was_ended_is_over_at_once_here_and_within_ten_seconds_elsewhere()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        await using var other = await AccountsHost.StartAsync(servers, host.Database);
        var ada = await host.SignUpAsync("ada@example.com");
        var bob = await host.SignUpAsync("bob@example.com");
        var stolen = host.Visitor();
        await stolen.SignInAsync("ada@example.com");
        var elsewhere = other.Visitor().TakeCookiesOf(stolen);
        Assert.Equal((200, 200), ((await stolen.GetAsync("/api/auth/me")).Status, (await elsewhere.GetAsync("/api/auth/me")).Status));
        var id = (string)(await stolen.GetAsync("/api/sessions")).Body!["sessions"]!.AsArray().Single(s => (bool)s!["current"]!)!["id"]!;

        Assert.Equal((404, "session-not-found"), await bob.DeleteAsync($"/api/sessions/{id}") is var notBobs ? (notBobs.Status, notBobs.Code) : default);
        Assert.Equal(200, (await stolen.GetAsync("/api/auth/me")).Status);
        Assert.Equal(204, (await ada.DeleteAsync($"/api/sessions/{id}")).Status);

        Assert.Equal(401, (await stolen.GetAsync("/api/auth/me")).Status);
        other.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(401, (await elsewhere.GetAsync("/api/auth/me")).Status);
        Assert.Equal(200, (await ada.GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task Signing_out_everywhere_else_keeps_this_one()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");
        var phone = host.Visitor();
        await phone.SignInAsync("ada@example.com");
        Assert.Equal(200, (await phone.GetAsync("/api/auth/me")).Status);

        Assert.Equal(204, (await ada.DeleteAsync("/api/sessions")).Status);

        Assert.Equal(401, (await phone.GetAsync("/api/auth/me")).Status);
        Assert.Single((await ada.GetAsync("/api/sessions")).Body!["sessions"]!.AsArray());
    }

    [Fact]
    public async Task A_copied_cookie_ends_with_signing_out()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");
        var copy = host.Visitor().TakeCookiesOf(ada);
        Assert.Equal(200, (await copy.GetAsync("/api/auth/me")).Status);

        await ada.PostAsync("/api/auth/sign-out");

        Assert.Equal(401, (await copy.GetAsync("/api/auth/me")).Status);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from catalog.sessions"));
    }

    [Theory]
    [InlineData(Firefox, "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.5.0", "curl/8.5.0")]
    [InlineData("my\tscript 1", "myscript")]
    [InlineData(null, "Unknown device")]
    public void A_device_is_named_as_people_would(string? userAgent, string name) => Assert.Equal(name, DeviceName.Of(userAgent));

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(DeviceName.MaxLength, DeviceName.Of(new string('x', 100_000)).Length);
}
