using System.Text.Json.Nodes;
using PyBase.Tests.Accounts;
using PyBase.Tests.Support;
using Person = PyBase.Tests.Accounts.Person;

namespace PyBase.Tests.Mails;

/// <summary>What becomes of a mail that does not leave at once.</summary>
public sealed class MailJobTests(Servers servers)
{
    const string Unsent = "/api/operations/mails";

    [Fact]
    public async Task A_busy_server_is_asked_again_and_takes_the_same_mail()
    {
        await using var sink = new SmtpSink();
        sink.Refuse("ada@example.com", "451 later", times: 2);
        await using var host = await MailHost.StartAsync(servers, sink);
        await host.SignUpAsync("ada@example.com");
        var mail = await sink.NextAsync("ada@example.com");
        Assert.Equal(await host.ScalarAsync("select id || '@example.com' from pybase.jobs"), mail.MessageId);
        await host.UntilAsync("select exists (select from pybase.jobs where state = 'succeeded' and attempts = 3)");
        Assert.Equal(2, sink.Refused);
        Assert.Empty(sink.Rest());
    }

    [Theory]
    [InlineData("451 later", "mail-not-sent", 5)]
    [InlineData("550 no such box", "mail-refused", 1)]
    public async Task What_does_not_leave_is_parked_with_the_servers_words_and_can_be_sent_by_hand(string reply, string code, int attempts)
    {
        await using var sink = new SmtpSink();
        sink.Refuse("ada@example.com", reply, attempts);
        await using var host = await MailHost.StartAsync(servers, sink);
        var ada = await host.SignUpAsync("ada@example.com");
        await host.UntilAsync("select exists (select from pybase.jobs where state = 'parked')");
        Assert.Equal(attempts, sink.Refused);

        var mail = Assert.Single((await ada.GetAsync(Unsent)).Body!["mails"]!.AsArray())!;
        Assert.Equal(("parked", "confirmation", "ada@example.com", code), (Text(mail["state"]), Text(mail["template"]), Text(mail["to"]), Text(mail["error"]!["code"])));
        Assert.Contains(reply[4..], Text(mail["error"]!["message"]), StringComparison.Ordinal);

        var bob = await host.SignUpAsync("bob@example.com");
        Assert.Equal(403, (await bob.PostAsync($"{Unsent}/{Text(mail["id"])}/retry")).Status);
        Assert.Equal(202, (await ada.PostAsync($"{Unsent}/{Text(mail["id"])}/retry")).Status);
        var sent = await sink.NextAsync("ada@example.com");
        Assert.StartsWith(Text(mail["id"]), sent.MessageId, StringComparison.Ordinal);
        await host.UntilAsync("select not exists (select from pybase.jobs where state <> 'succeeded')");
        Assert.Empty((await ada.GetAsync(Unsent)).Body!["mails"]!.AsArray());
        Assert.Equal((404, "mail-not-found"), ((await ada.PostAsync($"{Unsent}/{Text(mail["id"])}/retry")) is var again ? (again.Status, again.Code) : default));
    }

    [Fact]
    public async Task Without_a_server_mails_wait_and_one_that_is_of_no_use_any_more_never_leaves()
    {
        await using var host = await MailHost.StartAsync(servers, null);
        var ada = await host.SignUpAsync("ada@example.com");
        await host.UntilAsync("select exists (select from pybase.jobs where state = 'queued' and attempts = 0 and error->>'code' = 'smtp-not-configured')");
        var mail = Assert.Single((await ada.GetAsync(Unsent)).Body!["mails"]!.AsArray())!;
        host.Clock.Advance(TimeSpan.FromDays(3.1));
        await ada.PostAsync($"{Unsent}/{Text(mail["id"])}/retry");
        await host.UntilAsync("select exists (select from pybase.jobs where state = 'failed' and error->>'code' = 'mail-expired' and not input ? 'sealed')");
    }

    static string Text(JsonNode? node) => node!.GetValue<string>();
}
