using System.Text.RegularExpressions;
using MimeKit;
using PyBase.Tests.Accounts;
using PyBase.Tests.Support;
using Person = PyBase.Tests.Accounts.Person;

namespace PyBase.Tests.Mails;

/// <summary>The mails about accounts, from the request to a mail server and back with the link that stood in them.</summary>
public sealed partial class AccountMailTests(Servers servers)
{
    const string Another = "another good password";

    [Fact]
    public async Task A_forgotten_password_is_set_anew_once_and_ends_the_sessions()
    {
        await using var sink = new SmtpSink();
        await using var host = await StartAsync(sink);
        var ada = await host.SignUpAsync("ada@example.com");
        var first = await sink.NextAsync("ada@example.com");

        Assert.Equal(202, (await host.Visitor().PostAsync("/api/auth/password/forgotten", new { email = " Ada@Example.com" })).Status);
        var mail = await sink.NextAsync("ada@example.com");
        var link = LinkIn(mail, "reset");

        Assert.Equal(("Is this your address?", "Set a new password"), (first.Subject, mail.Subject));
        Assert.Equal(("PyBase", "pybase@example.com"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Matches("^job[A-Za-z0-9]{14}@example.com$", mail.MessageId);
        Assert.NotEqual(first.MessageId, mail.MessageId);
        Assert.Contains($"https://pybase.example.com/reset/{link}", mail.HtmlBody);
        // Neither the link itself nor anything that it can be made of is in the database: jobs keep it sealed until it has left, and forget it then.
        await host.UntilAsync("select not exists (select from pybase.jobs where state <> 'succeeded')");
        Assert.Equal(0L, await host.ScalarAsync($"select (select count(*) from pybase.jobs j where j::text like '%{link}%' or input ? 'sealed') + (select count(*) from pybase.account_links l where l::text like '%{link}%')"));
        Assert.Equal((422, "invalid-password"), Said(await host.Visitor().PostAsync("/api/auth/password", new { link, password = "short" })));
        Assert.Equal(204, (await host.Visitor().PostAsync("/api/auth/password", new { link, password = Another })).Status);
        Assert.Equal((404, "link-not-found"), Said(await host.Visitor().PostAsync("/api/auth/password", new { link, password = Another })));
        Assert.Equal(401, (await host.Visitor().SignInAsync("ada@example.com")).Status);
        Assert.Equal(200, (await host.Visitor().SignInAsync("ada@example.com", Another)).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(61)); // as long as a session is taken as known
        Assert.Equal(401, (await ada.GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task Nobody_learns_from_an_answer_who_has_an_account_and_nobody_is_flooded()
    {
        await using var sink = new SmtpSink();
        await using var host = await StartAsync(sink);
        await host.SignUpAsync("ada@example.com");
        await sink.NextAsync("ada@example.com");

        var answers = new List<(int, string?)>();
        foreach (var email in (string[])["ada@example.com", "nobody@example.com", "no address", "", new string('x', 10_000)])
            answers.Add(Said(await host.Visitor().PostAsync("/api/auth/password/forgotten", new { email })));
        Assert.All(answers, answer => Assert.Equal((202, null), answer));
        for (var n = 0; n < 8; n++)
            await host.Visitor().PostAsync("/api/auth/password/forgotten", new { email = "ada@example.com" });
        await host.UntilAsync("select not exists (select from pybase.jobs where state <> 'succeeded')");
        var mails = sink.Rest();
        Assert.Equal(5, mails.Count);
        Assert.All(mails, mail => Assert.Equal("ada@example.com", mail.To.Mailboxes.Single().Address));

        // Tried too often from one place.
        Answer last;
        var tries = 0;
        do
            last = await host.Visitor().PostAsync("/api/auth/password/forgotten", new { email = "ada@example.com" });
        while (last.Status == 202 && ++tries < 20);
        Assert.Equal((429, "too-many-attempts"), Said(last));
        Assert.NotNull(last.Headers.RetryAfter);
    }

    [Fact]
    public async Task Links_end_and_open_nothing_but_their_own_door()
    {
        await using var sink = new SmtpSink();
        await using var host = await StartAsync(sink);
        var ada = await host.SignUpAsync("ada@example.com");
        var confirm = LinkIn(await sink.NextAsync("ada@example.com"), "confirm");
        await host.Visitor().PostAsync("/api/auth/password/forgotten", new { email = "ada@example.com" });
        var reset = LinkIn(await sink.NextAsync("ada@example.com"), "reset");

        Assert.Equal((404, "link-not-found"), Said(await host.Visitor().PostAsync("/api/auth/password", new { link = confirm, password = Another })));
        Assert.Equal((404, "link-not-found"), Said(await host.Visitor().PostAsync("/api/auth/confirm", new { link = reset })));
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal((404, "link-not-found"), Said(await host.Visitor().PostAsync("/api/auth/password", new { link = reset, password = Another })));
        Assert.False((await ada.GetAsync("/api/auth/confirmation")).Body!["confirmed"]!.GetValue<bool>());
        Assert.Equal(204, (await host.Visitor().PostAsync("/api/auth/confirm", new { link = confirm })).Status);
        Assert.True((await ada.GetAsync("/api/auth/confirmation")).Body!["confirmed"]!.GetValue<bool>());
        Assert.Equal((404, "link-not-found"), Said(await host.Visitor().PostAsync("/api/auth/confirm", new { link = confirm })));
        // Confirmed is confirmed: nothing more is written to them.
        Assert.Equal(202, (await ada.PostAsync("/api/auth/confirmation")).Status);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from pybase.account_links where purpose = 'confirm'"));
    }

    [Fact]
    public async Task An_invitation_comes_by_mail_and_whoever_uses_it_has_a_confirmed_address()
    {
        await using var sink = new SmtpSink();
        await using var host = await StartAsync(sink);
        var ada = await host.SignUpAsync("ada@example.com");
        var invited = await ada.PostAsync(ada.Members, new { email = "bob@example.com", role = "editor" });

        var mail = await sink.NextAsync("bob@example.com");
        var secret = LinkIn(mail, "join");
        var bob = await host.SignUpAsync("bob@example.com", secret);

        Assert.Equal("ada invites you to ada's workspace", mail.Subject);
        Assert.Equal($"https://pybase.example.com/join/{secret}", invited.Text("invitation.url"));
        Assert.Equal(ada.Workspace, bob.Workspace);
        Assert.True((await bob.GetAsync("/api/auth/confirmation")).Body!["confirmed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_made_up_host_decides_where_no_link_leads()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        await host.SignUpAsync("ada@example.com");
        using var eve = host.Visitor().WithHeader("Host", "evil.example.com");
        Assert.Equal((503, "public-url-missing"), Said(await eve.PostAsync("/api/auth/password/forgotten", new { email = "ada@example.com" })));
        Assert.Equal((503, "public-url-missing"), Said(await eve.PostAsync("/api/auth/password/forgotten", new { email = "nobody@example.com" })));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from pybase.account_links where purpose = 'reset'"));
    }

    Task<AccountsHost> StartAsync(SmtpSink sink) => MailHost.StartAsync(servers, sink);

    static (int, string?) Said(Answer answer) => (answer.Status, answer.Code);

    static string LinkIn(MimeMessage mail, string door) => LinkPattern().Matches(mail.TextBody!).Single(match => match.Groups[1].Value == door).Groups[2].Value;

    [GeneratedRegex("https://pybase.example.com/([a-z]+)/([0-9a-f]{40})\\b")]
    private static partial Regex LinkPattern();
}
