using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MimeKit;
using PyBase.Tests.Automations;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Notifications;

/// <summary>What people are told comes by mail as they want it, through a real mail server, and ends when they say so.</summary>
[Collection(OnOutgoing.Name)]
public sealed partial class NotificationMailTests(OutgoingInstallation installation)
{
    [Fact]
    public async Task A_mention_is_mailed_at_once_and_the_mail_program_ends_such_mails()
    {
        var (sheet, ben) = await TwoAsync();
        var record = await sheet.AddAsync("Things", """{"Name":"bolt"}""");
        await MentionAsync(sheet, record, ben);
        var mail = await installation.Mails.NextAsync(ben.Email);

        Assert.Equal("Test Person mentioned you in a comment · Things", mail.Subject);
        Assert.Contains($"https://pybase.example.com/bases/{sheet.BaseId}/{sheet.Things}?record={record}", mail.TextBody);
        Assert.Contains($"https://pybase.example.com/bases/{sheet.BaseId}/{sheet.Things}?record={record}", WebUtility.HtmlDecode(mail.HtmlBody));
        // RFC 8058: both headers, and an address of https that takes the post of the mail program.
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = HeaderPattern().Match(mail.Headers[HeaderId.ListUnsubscribe] ?? "");
        Assert.True(link.Success, mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Contains($"https://pybase.example.com/unsubscribe/{link.Groups[1].Value}", mail.TextBody);
        Assert.False((bool)(await installation.ScalarAsync($"select exists (select from pybase.jobs j where j::text like '%{link.Groups[1].Value}%') or exists (select from pybase.account_links l where l::text like '%{link.Groups[1].Value}%')"))!);

        // A scanner opens the link, which leads to a page and changes nothing.
        using var program = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = installation.Apis[0] };
        var address = new Uri($"/api/unsubscribe/{link.Groups[1].Value}", UriKind.Relative);
        using var opened = await program.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, $"/unsubscribe/{link.Groups[1].Value}"), (opened.StatusCode, opened.Headers.Location!.ToString()));
        Assert.Equal(["atOnce", "atOnce", "never", "never"], await MailsAsync(ben.Person));

        for (var n = 0; n < 2; n++)
        {
            using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var ended = await program.PostAsync(address, click, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }
        using var wrong = await program.PostAsync(new Uri($"/api/unsubscribe/{new string('0', 40)}", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal(["never", "never", "never", "never"], await MailsAsync(ben.Person));
        await MentionAsync(sheet, record, ben);
        await installation.UntilAsync($"select count(*) = 1 from pybase.notifications where user_id = '{ben.Id}' and mail = ''");
        Assert.Equal(2, (int)(await ben.Person.GetAsync("/api/notifications"))["unread"]!);
        Assert.DoesNotContain(installation.Mails.Rest(), rest => rest.To.Mailboxes.Any(box => box.Address == ben.Email));
    }

    [Fact]
    public async Task The_mail_of_a_day_has_what_is_still_unread_and_still_seen()
    {
        var (sheet, ben) = await TwoAsync();
        // Far from now, so that the day does not end while the test runs.
        var hour = (TimeProvider.System.GetUtcNow().Hour + 12) % 24;
        await ben.PatchAsync($$"""{"kinds":[{"kind":"mention","mail":"daily"},{"kind":"assignment","inApp":false}],"timeZone":"Etc/UTC","hour":{{hour}}}""");
        var (open, secret) = (await sheet.AddAsync("Things", """{"Name":"open"}"""), await sheet.AddAsync("Things", """{"Name":"secret"}"""));
        var gone = await sheet.AddAsync("Things", """{"Name":"gone"}""");
        string[] said = [await MentionAsync(sheet, open, ben), await MentionAsync(sheet, open, ben), await MentionAsync(sheet, secret, ben), await MentionAsync(sheet, gone, ben), await MentionAsync(sheet, open, ben)];
        await sheet.OkAsync("PUT", $"/api/bases/{sheet.BaseId}/tables/Things/rules", """{"rows":[{"to":"editor","formula":"{Name} != 'secret'"}]}""");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{gone}");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{open}/comments/{said[1]}");
        var list = (await ben.Person.GetAsync("/api/notifications"))["notifications"]!.AsArray();
        await ben.Person.PostAsync("/api/notifications/read", new { ids = new[] { (string)list.Single(n => (string)n!["comment"]! == said[4])!["id"]! } });

        await installation.ExecuteAsync($"update pybase.notifications set created = created - interval '2 days' where user_id = '{ben.Id}'");
        var mail = await installation.Mails.NextAsync(ben.Email);

        Assert.Equal("Test Person mentioned you in a comment · Things", mail.Subject);
        Assert.Contains(open, mail.TextBody);
        Assert.DoesNotContain(secret, mail.TextBody);
        await installation.UntilAsync($"select count(*) = 1 from pybase.jobs where input->>'to' = '{ben.Email}' and input->>'template' = 'notifications' and state = 'succeeded'");
        Assert.Equal(1L, await installation.ScalarAsync($"select count(distinct mail) from pybase.notifications where user_id = '{ben.Id}' and mail is not null"));
    }

    [Fact]
    public async Task What_somebody_does_not_want_in_the_list_is_neither_there_nor_counted()
    {
        var (sheet, ben) = await TwoAsync();
        await ben.PatchAsync("""{"kinds":[{"kind":"mention","inApp":false,"mail":"never"}]}""");
        var record = await sheet.AddAsync("Things", """{"Name":"bolt"}""");
        await MentionAsync(sheet, record, ben);
        var page = await ben.Person.GetAsync("/api/notifications");
        Assert.Equal((0, 0), (page["notifications"]!.AsArray().Count, (int)page["unread"]!));
        await ben.PatchAsync("""{"kinds":[{"kind":"mention","inApp":true}]}""");
        Assert.Equal(1, (int)(await ben.Person.GetAsync("/api/notifications"))["unread"]!);
    }

    [Theory]
    [InlineData("{}"), InlineData("[]"), InlineData("""{"kinds":[{"kind":"weather"}]}"""), InlineData("""{"kinds":[{"kind":"job","mail":"weekly"}]}"""), InlineData("""{"kinds":[{"kind":"job","inApp":1}]}""")]
    [InlineData("""{"kinds":[{"kind":"job"},{"kind":"job"}]}"""), InlineData("""{"timeZone":"Mars/Base"}"""), InlineData("""{"timeZone":null}"""), InlineData("""{"hour":24}"""), InlineData("""{"hour":"8"}"""), InlineData("""{"kinds":{}}""")]
    public async Task A_preference_that_cannot_be_kept_to_is_refused(string body)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await Sheet.SendAsync(sheet.Person.Client, "PATCH", "/api/notifications/preferences", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("notification-preference-invalid", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>A base, and an editor of it who has confirmed the address by the mail that came there.</summary>
    async Task<(Sheet Sheet, Recipient Ben)> TwoAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var person = await installation.SignUpAsync();
        var me = (await person.GetAsync("/api/auth/me"))["user"]!;
        var ben = new Recipient(person, (string)me["id"]!, (string)me["email"]!);
        var link = ConfirmPattern().Match((await installation.Mails.NextAsync(ben.Email)).TextBody!).Groups[1].Value;
        var confirmed = await Sheet.SendAsync(person.Client, "POST", "/api/auth/confirm", $$"""{"link":"{{link}}"}""");
        Assert.Equal(HttpStatusCode.NoContent, confirmed.Status);
        await sheet.Person.AddMemberAsync(person, "editor");
        return (sheet, ben);
    }

    static async Task<string> MentionAsync(Sheet sheet, string record, Recipient person) =>
        (string)(await sheet.OkAsync("POST", $"{sheet.PathOf("Things")}/{record}/comments", $$"""{"text":"@[{{person.Id}}], look"}"""))["id"]!;

    static async Task<string[]> MailsAsync(Person person) => [.. (await person.GetAsync("/api/notifications/preferences"))["kinds"]!.AsArray().OrderBy(k => Array.IndexOf(["mention", "assignment", "job", "automation"], (string)k!["kind"]!)).Select(k => (string)k!["mail"]!)];

    [GeneratedRegex("^<https://pybase\\.example\\.com/api/unsubscribe/([0-9a-f]{40})>$")]
    private static partial Regex HeaderPattern();

    [GeneratedRegex("/confirm/([0-9a-f]{40})")]
    private static partial Regex ConfirmPattern();

    sealed record Recipient(Person Person, string Id, string Email)
    {
        public async Task PatchAsync(string change)
        {
            var answer = await Sheet.SendAsync(Person.Client, "PATCH", "/api/notifications/preferences", change);
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        }
    }
}
