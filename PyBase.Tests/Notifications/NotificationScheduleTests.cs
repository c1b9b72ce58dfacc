using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PyBase.Core.Notifications;
using PyBase.Storage.Notifications;
using PyBase.Tests.Accounts;
using PyBase.Tests.Support;
using Person = PyBase.Tests.Accounts.Person;

namespace PyBase.Tests.Notifications;

/// <summary>When mails about notifications are made, and for what: whoever looks, and however often.</summary>
public sealed class NotificationScheduleTests(Servers servers)
{
    const string Base = "appAAAAAAAAAAAAAA";

    [Fact]
    public async Task A_day_ends_on_the_clock_of_whoever_gets_the_mail()
    {
        await using var host = await StartAsync();
        var (mails, ada) = (host.Services.GetRequiredService<NotificationMails>(), await AddAsync(host, "ada"));
        await PreferAsync(host, ada, """{"kinds":[{"kind":"mention","mail":"daily"},{"kind":"job","mail":"hourly"}],"timeZone":"Europe/Berlin","hour":8}""");

        // The clock goes forward that night: eight in the morning is six in UTC. In autumn it is seven.
        foreach (var (told, early, due) in ((string, string, string)[])
            [("2026-03-28T20:00Z", "2026-03-29T05:59:59Z", "2026-03-29T06:00Z"), ("2026-03-29T06:00Z", "2026-03-30T05:59:59Z", "2026-03-30T06:00Z"), ("2026-10-24T20:00Z", "2026-10-25T06:59:59Z", "2026-10-25T07:00Z")])
        {
            await TellAsync(host, ada, "mention", told);
            await mails.ScheduleAsync(At(early), TestContext.Current.CancellationToken);
            Assert.Equal(0L, await host.ScalarAsync("select count(*) from pybase.notifications where mail is not null"));
            await mails.ScheduleAsync(At(due), TestContext.Current.CancellationToken);
            Assert.Equal(1L, await host.ScalarAsync("select count(*) from pybase.notifications n join pybase.jobs j on j.id = n.mail join pybase.outbox o on o.job = j.id or j.attempts > 0 or j.state <> 'queued'"));
            await host.ScalarAsync("delete from pybase.notifications");
        }
        await TellAsync(host, ada, "job", "2026-03-28T20:10Z");
        await mails.ScheduleAsync(At("2026-03-28T20:59:59Z"), TestContext.Current.CancellationToken);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from pybase.notifications where mail is not null"));
        await mails.ScheduleAsync(At("2026-03-28T21:00Z"), TestContext.Current.CancellationToken);
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from pybase.notifications where mail <> ''"));
    }

    [Fact]
    public async Task Whoever_looks_at_the_same_time_each_notification_is_in_one_mail()
    {
        await using var host = await StartAsync();
        var mails = host.Services.GetRequiredService<NotificationMails>();
        string[] people = [await AddAsync(host, "ada"), await AddAsync(host, "ben"), await AddAsync(host, "cleo")];
        foreach (var person in people)
        {
            await PreferAsync(host, person, """{"kinds":[{"kind":"mention","mail":"daily"},{"kind":"automation","mail":"hourly"}],"hour":8}""");
            foreach (var kind in (string[])["mention", "assignment", "job", "automation"])
                for (var n = 0; n < 10; n++)
                    await TellAsync(host, person, kind, $"2026-05-04T07:1{n}Z");
        }
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => mails.ScheduleAsync(At("2026-05-04T08:00Z"), TestContext.Current.CancellationToken)));

        // Nobody wants mails about jobs; the day's and the hour's leave together, what is told at once beside them.
        Assert.Equal(30L, await host.ScalarAsync("select count(*) from pybase.notifications where mail = '' and kind = 'job'"));
        Assert.Equal(90L, await host.ScalarAsync("select count(*) from pybase.notifications n join pybase.jobs j on j.id = n.mail and j.input->>'to' = (select email from catalog.users where id = n.user_id)"));
        Assert.Equal(3L, await host.ScalarAsync("select count(distinct mail) from pybase.notifications where kind in ('mention', 'automation')"));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from (select from pybase.notifications where mail <> '' group by mail having count(distinct user_id) > 1 or count(distinct kind = 'assignment') > 1) mixed"));
        var made = await host.ScalarAsync("select count(*) from pybase.jobs");

        // What was committed only afterwards is not lost: it is in the next mail.
        await TellAsync(host, people[0], "mention", "2026-05-04T07:59Z");
        await mails.ScheduleAsync(At("2026-05-04T08:00:01Z"), TestContext.Current.CancellationToken);
        await mails.ScheduleAsync(At("2026-05-04T23:00Z"), TestContext.Current.CancellationToken);
        Assert.Equal(made, await host.ScalarAsync("select count(*) from pybase.jobs"));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from pybase.notifications where mail is null"));
        await mails.ScheduleAsync(At("2026-05-05T08:00Z"), TestContext.Current.CancellationToken);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from pybase.notifications where mail is null"));
        Assert.Equal((long)made! + 1, await host.ScalarAsync("select count(*) from pybase.jobs"));
    }

    [Fact]
    public async Task A_mail_tells_what_is_unread_wanted_and_seen_when_it_leaves_and_nothing_goes_to_an_address_that_nobody_proved()
    {
        await using var host = await StartAsync();
        var (mails, ada) = (host.Services.GetRequiredService<NotificationMails>(), await AddAsync(host, "ada", confirmed: false));
        await TellAsync(host, ada, "mention", "2026-05-04T07:00Z");
        await TellAsync(host, ada, "assignment", "2026-05-04T07:01Z");
        await mails.ScheduleAsync(At("2026-05-04T07:02Z"), TestContext.Current.CancellationToken);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from pybase.jobs where input->>'template' = 'notifications'"));
        await host.ScalarAsync("insert into pybase.confirmed_addresses select id, now() from catalog.users");
        await mails.ScheduleAsync(At("2026-05-04T07:03Z"), TestContext.Current.CancellationToken);
        var job = (string)(await host.ScalarAsync("select distinct mail from pybase.notifications"))!;
        Assert.Equal(["mention", "assignment"], await ToldAsync(mails, job));

        await host.ScalarAsync("update pybase.notifications set read = now() where kind = 'mention'");
        Assert.Equal(["assignment"], await ToldAsync(mails, job));
        await PreferAsync(host, ada, """{"kinds":[{"kind":"assignment","mail":"never"}]}""");
        Assert.Empty(await ToldAsync(mails, job));
        await PreferAsync(host, ada, """{"kinds":[{"kind":"assignment","mail":"daily"}]}""");
        Assert.Equal(["assignment"], await ToldAsync(mails, job));
        await host.ScalarAsync($"delete from catalog.members where user_id = '{ada}'");
        Assert.Empty(await ToldAsync(mails, job));
    }

    async Task<AccountsHost> StartAsync()
    {
        var host = await AccountsHost.StartAsync(servers, null, "Worker=true", "Accounts:SignUp=open", "Public:Url=https://pybase.example.com");
        var owner = await host.SignUpAsync("owner@example.com");
        await host.ScalarAsync($"insert into catalog.bases (id, workspace_id, name, shard, created_time) values ('{Base}', '{owner.Workspace}', 'Works', 'main', now()); insert into pybase.bases (id, epoch) values ('{Base}', 'e'); delete from pybase.jobs");
        return host;
    }

    static async Task<string> AddAsync(AccountsHost host, string name, bool confirmed = true)
    {
        var id = (await host.SignUpAsync($"{name}@example.com")).Id!;
        await host.ScalarAsync($"insert into catalog.members (workspace_id, user_id, role, created_time) select workspace_id, '{id}', 'editor', now() from catalog.bases; delete from pybase.jobs");
        if (confirmed)
            await host.ScalarAsync($"insert into pybase.confirmed_addresses (user_id, time) values ('{id}', now())");
        return id;
    }

    static async Task PreferAsync(AccountsHost host, string person, string change)
    {
        using var json = JsonDocument.Parse(change);
        Assert.True(PreferenceChange.Read(json.RootElement).TryGet(out var read, out _));
        await host.Services.GetRequiredService<PreferenceStore>().ChangeAsync(person, read, TestContext.Current.CancellationToken);
    }

    static Task<object?> TellAsync(AccountsHost host, string person, string kind, string time) =>
        host.ScalarAsync($"insert into pybase.notifications (user_id, base, kind, source, created) values ('{person}', '{Base}', '{kind}', gen_random_uuid()::text, '{time}')");

    static async Task<string[]> ToldAsync(NotificationMails mails, string job) => [.. (await mails.FindAsync(job, TestContext.Current.CancellationToken))?.Notifications.Select(told => told.Kind) ?? []];

    static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
