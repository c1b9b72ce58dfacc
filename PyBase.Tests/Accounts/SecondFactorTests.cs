using System.Text;
using PyBase.Core.Accounts;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

public sealed class SecondFactorTests(Servers servers)
{
    const string Path = "/api/auth/second-factor";

    /// <summary>RFC 6238, appendix B.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        var (secret, moment) = (Encoding.ASCII.GetBytes("12345678901234567890"), DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(code, OneTimePassword.At(secret, OneTimePassword.StepAt(moment), 8));
        Assert.Equal(OneTimePassword.StepAt(moment), OneTimePassword.Match(secret, code[2..], moment));
        Assert.Equal(OneTimePassword.StepAt(moment), OneTimePassword.Match(secret, code[2..], moment.AddSeconds(30)));
        Assert.Null(OneTimePassword.Match(secret, code[2..], moment.AddSeconds(61)));
    }

    /// <summary>RFC 4648, section 10, without the padding that apps do not want.</summary>
    [Theory, InlineData("", ""), InlineData("f", "MY"), InlineData("fo", "MZXQ"), InlineData("foo", "MZXW6"), InlineData("foob", "MZXW6YQ"), InlineData("fooba", "MZXW6YTB"), InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_spelled_in_base_32(string bytes, string text) => Assert.Equal(text, OneTimePassword.Spell(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public async Task Signing_in_takes_a_code_that_works_once()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var (ada, secret, _) = await EnrolledAsync(host);
        var thief = host.Visitor();

        var first = await thief.SignInAsync("ada@example.com");
        var wrong = await thief.PostAsync("/api/auth/sign-in/second-factor", new { ticket = first.Text("ticket"), code = "abc" });
        var used = await CodeAsync(host, host.Visitor(), Code(host, secret));
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = Code(host, secret);
        // Of two who have seen the same code one comes in.
        var both = await Task.WhenAll(CodeAsync(host, host.Visitor(), code), CodeAsync(host, host.Visitor(), code));

        Assert.Equal((401, "second-factor-needed"), (first.Status, first.Code));
        Assert.False(first.Headers.Contains("Set-Cookie"));
        Assert.Equal(401, (await thief.GetAsync("/api/auth/me")).Status);
        Assert.Equal((422, "code-wrong"), (wrong.Status, wrong.Code));
        Assert.Equal("code-wrong", used.Code);
        Assert.Equal([200, 422], both.Select(answer => answer.Status).Order());
        Assert.Equal(ada.Id, both.Single(answer => answer.Status == 200).Text("user.id"));
        Assert.Equal(0L, await host.ScalarAsync($"select count(*) from catalog.second_factors f where f::text like '%{secret}%'"));
    }

    [Fact]
    public async Task A_ticket_is_for_five_minutes_and_for_the_password_of_then()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var (_, secret, _) = await EnrolledAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        async Task<string> TicketAsync() => (await host.Visitor().SignInAsync("ada@example.com")).Text("ticket");
        async Task<string?> UseAsync(string ticket) =>
            (await host.Visitor().PostAsync("/api/auth/sign-in/second-factor", new { ticket, code = Code(host, secret) })).Code;

        var late = await TicketAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("code-wrong", await UseAsync(late));
        Assert.Equal("code-wrong", await UseAsync("made up"));
        var old = await TicketAsync();
        await host.ScalarAsync("update catalog.users set security_stamp = 'another'");
        Assert.Equal("code-wrong", await UseAsync(old));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await UseAsync(await TicketAsync()));
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_new_ones_replace_all()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var (ada, _, codes) = await EnrolledAsync(host);

        Assert.Equal(10, codes.Distinct().Count());
        Assert.Equal(200, (await CodeAsync(host, host.Visitor(), codes[0].ToUpperInvariant())).Status);
        Assert.Equal(422, (await CodeAsync(host, host.Visitor(), codes[0])).Status);
        Assert.Equal(9, (int)(await ada.GetAsync(Path)).Body!["recoveryCodesLeft"]!);
        Assert.Equal("password-wrong", (await ada.PostAsync(Path + "/recovery-codes", new { password = "not mine at all" })).Code);
        var renewed = (await ada.PostAsync(Path + "/recovery-codes", new { password = Person.Password })).Body!["recoveryCodes"]!.AsArray();
        Assert.Equal(422, (await CodeAsync(host, host.Visitor(), codes[1])).Status);
        Assert.Equal(200, (await CodeAsync(host, host.Visitor(), (string)renewed[9]!)).Status);
        Assert.Equal(0L, await host.ScalarAsync($"select count(*) from catalog.recovery_codes where encode(hash, 'escape') like '%{codes[1][..4]}%'"));
    }

    [Fact]
    public async Task To_begin_and_to_end_takes_the_password()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var ada = await host.SignUpAsync("ada@example.com");

        Assert.Equal("password-wrong", (await ada.PostAsync(Path, new { password = "not mine at all" })).Code);
        Assert.Equal("second-factor-is-off", (await ada.PostAsync(Path + "/disable", new { password = Person.Password })).Code);
        var enrolled = await ada.PostAsync(Path, new { password = Person.Password });
        // Not confirmed, it is not asked for.
        Assert.Equal(200, (await host.Visitor().SignInAsync("ada@example.com")).Status);
        Assert.Equal("code-wrong", (await ada.PostAsync(Path + "/confirm", new { code = "000" })).Code);
        await ada.PostAsync(Path + "/confirm", new { code = Code(host, enrolled.Text("secret")) });
        Assert.Equal("second-factor-is-on", (await ada.PostAsync(Path, new { password = Person.Password })).Code);
        Assert.Equal("password-wrong", (await ada.PostAsync(Path + "/disable", new { password = "" })).Code);
        Assert.Equal(401, (await host.Visitor().SignInAsync("ada@example.com")).Status);
        Assert.Equal(200, (await ada.PostAsync(Path + "/disable", new { password = Person.Password })).Status);
        Assert.Equal(200, (await host.Visitor().SignInAsync("ada@example.com")).Status);
        Assert.StartsWith($"otpauth://totp/PyBase:ada%40example.com?secret={enrolled.Text("secret")}&issuer=PyBase", enrolled.Text("uri"));
    }

    [Fact]
    public async Task An_installation_can_ask_everybody_for_it()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SecondFactor=required");
        var ada = await host.SignUpAsync("ada@example.com");

        var refused = await ada.GetAsync("/api/workspaces");
        Assert.Equal((403, "second-factor-required"), (refused.Status, refused.Code));
        Assert.True((bool)(await ada.GetAsync(Path)).Body!["required"]!);
        var secret = (await ada.PostAsync(Path, new { password = Person.Password })).Text("secret");
        await ada.PostAsync(Path + "/confirm", new { code = Code(host, secret) });

        Assert.Equal(200, (await ada.GetAsync("/api/workspaces")).Status);
        Assert.Equal("second-factor-required", (await ada.PostAsync(Path + "/disable", new { password = Person.Password })).Code);
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_for_long()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await EnrolledAsync(host);
        var ticket = (await host.Visitor().SignInAsync("ada@example.com")).Text("ticket");

        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.Visitor().PostAsync("/api/auth/sign-in/second-factor", new { ticket, code = "none" })));

        Assert.Equal(10, guesses.Count(answer => answer.Code == "code-wrong"));
        Assert.Equal(2, guesses.Count(answer => answer.Status == 429));
    }

    static string Code(AccountsHost host, string secret) => OneTimePassword.At(Bytes(secret), OneTimePassword.StepAt(host.Clock.GetUtcNow()));

    static async Task<Answer> CodeAsync(AccountsHost host, Person person, string code) => await person.PostAsync("/api/auth/sign-in/second-factor",
        new { ticket = (await host.Visitor().SignInAsync("ada@example.com")).Text("ticket"), code });

    static async Task<(Person Ada, string Secret, IReadOnlyList<string> Recovery)> EnrolledAsync(AccountsHost host)
    {
        var ada = await host.SignUpAsync("ada@example.com");
        var secret = (await ada.PostAsync(Path, new { password = Person.Password })).Text("secret");
        var confirmed = await ada.PostAsync(Path + "/confirm", new { code = Code(host, secret) });
        Assert.Equal(200, confirmed.Status);
        return (ada, secret, [.. confirmed.Body!["recoveryCodes"]!.AsArray().Select(code => (string)code!)]);
    }

    /// <summary>As an app reads what somebody typed.</summary>
    static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
