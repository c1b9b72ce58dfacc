using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Accounts;

/// <summary>What is kept about a person, and the end of it.</summary>
public sealed class PersonalDataTests(Servers servers)
{
    [Fact]
    public async Task Everything_about_a_person_is_one_file_without_secrets()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var (owner, ada) = (await host.SignUpAsync("owner@example.com"), await host.SignUpAsync("ada@example.com"));
        var token = await ada.PostAsync("/api/tokens", new { name = "script" });
        await host.ScalarAsync($"insert into pybase.bases (id, epoch) values ('appAAAAAAAAAAAAAA', 'epo')");
        await host.ScalarAsync($"insert into pybase.transactions (base, number, time, actor, command, versions) select 'appAAAAAAAAAAAAAA', n, now(), case when n % 2 = 0 then '{ada.Id}' else '{owner.Id}' end, 'UpdateRecords', '{{}}' from generate_series(1, 2500) n");

        Assert.Equal([ada.Id], (await owner.GetAsync("/api/people?search=ADA@")).Body!["people"]!.AsArray().Select(p => (string)p!["id"]!));
        var data = (await owner.GetAsync($"/api/people/{ada.Id}/data")).Body!;
        Assert.Equal("ada@example.com", (string)data["account"]![0]!["email"]!);
        Assert.Equal("owner", (string)data["workspaces"]!.AsArray().Single()!["role"]!);
        Assert.Equal("script", (string)data["tokens"]!.AsArray().Single()!["name"]!);
        Assert.Single(data["sessions"]!.AsArray());
        Assert.Equal(Enumerable.Range(1, 1250).Select(n => 2 * n), data["changes"]!.AsArray().Select(c => (int)c!["number"]!));
        Assert.Contains(data["audit"]!.AsArray(), e => (string)e!["act"]! == "token-made");
        var said = data.ToJsonString();
        foreach (var never in (string[])["hash", "stamp", "sealed", "owner@example.com", token.Text("token")])
            Assert.DoesNotContain(never, said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((404, "person-not-found"), ((await owner.GetAsync("/api/people/usrAAAAAAAAAAAAAA/data")).Status, (await owner.GetAsync("/api/people/usrAAAAAAAAAAAAAA/data")).Code));
        foreach (var path in (string[])["/api/people", $"/api/people/{ada.Id}/data"])
            Assert.Equal((403, "installation-owner-only"), ((await ada.GetAsync(path)).Status, (await ada.GetAsync(path)).Code));
    }

    [Fact]
    public async Task Who_is_erased_is_nobody_any_more_and_what_they_alone_owned_goes_to_who_erased_them()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var (owner, ada, bob) = (await host.SignUpAsync("owner@example.com"), await host.SignUpAsync("ada@example.com"), await host.SignUpAsync("bob@example.com"));
        Assert.Equal(201, (await ada.PostAsync(ada.Members, new { email = "bob@example.com", role = "editor" })).Status);
        Assert.Equal(201, (await bob.PostAsync(bob.Members, new { email = "ada@example.com", role = "owner" })).Status);
        var token = (await ada.PostAsync("/api/tokens", new { name = "ada's script" })).Text("token");
        await ada.PostAsync("/api/auth/second-factor", new { password = Person.Password });

        Assert.Equal((409, "installation-owner-stays"), Code(await owner.DeleteAsync($"/api/people/{owner.Id}")));
        Assert.Equal((403, "installation-owner-only"), Code(await bob.DeleteAsync($"/api/people/{ada.Id}")));
        var erased = await owner.DeleteAsync($"/api/people/{ada.Id}");
        Assert.Equal(200, erased.Status);
        Assert.Equal([ada.Workspace], erased.Body!["workspaces"]!.AsArray().Select(w => (string)w!));

        Assert.Equal(401, (await ada.GetAsync("/api/auth/me")).Status);
        Assert.Equal(401, (await host.Visitor().With(token).GetAsync("/v0/records")).Status);
        Assert.Equal((401, "invalid-credentials"), Code(await host.Visitor().SignInAsync("ada@example.com")));
        // Bob is where he was, beside the new owner; in his own workspace nothing else has changed.
        Assert.Equal([("bob", "editor"), ("owner", "owner")], (await owner.GetAsync(ada.Members)).Body!["members"]!.AsArray().Select(m => ((string)m!["name"]!, (string)m["role"]!)).Order());
        Assert.Equal(["bob"], (await bob.GetAsync(bob.Members)).Body!["members"]!.AsArray().Select(m => (string)m!["name"]!));
        Assert.Equal((404, "person-not-found"), Code(await owner.DeleteAsync($"/api/people/{ada.Id}")));
        Assert.Equal(2, (await owner.GetAsync("/api/people")).Body!["people"]!.AsArray().Count);
        // Nothing that is hers is in any table; that she was is.
        Assert.Equal(0L, await host.ScalarAsync($"""
            select sum((xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I t where t::text ilike ''%%ada@%%'' or t::text ilike ''%%ada''''s%%''', schemaname, tablename), false, true, '')))[1]::text::bigint)::bigint
            from pg_tables where schemaname in ('catalog', 'pybase')
            """));
        Assert.Equal("Erased person", await host.ScalarAsync($"select name from catalog.users where id = '{ada.Id}'"));
        Assert.Equal(0L, await host.ScalarAsync($"select count(*) from pybase.audit where subject = '{ada.Id}' and address is not null"));
        Assert.Equal(true, await host.ScalarAsync($"select exists (select from pybase.audit where act = 'person-erased' and actor = '{owner.Id}' and subject = '{ada.Id}')"));
        // The address is free again.
        Assert.Equal(201, (await host.Visitor().PostAsync("/api/auth/sign-up", new { email = "ada@example.com", password = Person.Password, name = "Ada again" })).Status);
    }

    static (int, string?) Code(Answer answer) => (answer.Status, answer.Code);
}
