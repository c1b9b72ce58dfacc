using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PyBase.Core.Accounts;
using PyBase.Storage.Audit;
using PyBase.Tests.Accounts;
using PyBase.Tests.Support;
using Person = PyBase.Tests.Accounts.Person;

namespace PyBase.Tests.Audit;

/// <summary>Signing in, and what people do to their own accounts, in the log of the installation's owner.</summary>
public sealed class AccountAuditTests(Servers servers)
{
    [Fact]
    public async Task Sign_ins_good_refused_and_locked_and_what_changes_an_account()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var (owner, ada) = (await host.SignUpAsync("owner@example.com"), await host.SignUpAsync("ada@example.com"));
        var secret = (await ada.PostAsync("/api/auth/second-factor", new { password = Person.Password })).Text("secret");
        for (var n = 0; n < 12; n++)
            await host.Visitor().SignInAsync("ada@example.com", $"not the password {n}");
        await host.Visitor().SignInAsync("nobody@example.com", "typed into the wrong box");
        Assert.Equal(200, (await host.Visitor().SignInAsync("owner@example.com")).Status);
        var token = await ada.PostAsync("/api/tokens", new { name = "script" });
        await ada.DeleteAsync($"/api/tokens/{token.Text("id")}");

        var entries = (await owner.GetAsync("/api/audit?pageSize=500")).Body!["entries"]!.AsArray().Reverse().ToList();
        (string Act, string? Subject)[] acts = [.. entries.Select(e => ((string)e!["act"]!, (string?)e["subject"]))];
        Assert.Equal(10, acts.Count(a => a == ("sign-in-refused", ada.Id)));
        Assert.Single(acts, a => a == ("sign-in-refused", null));
        Assert.Single(acts, a => a == ("sign-in-locked", ada.Id));
        // Signing up begins a session too.
        Assert.Equal([owner.Id, ada.Id, owner.Id], acts.Where(a => a.Act == "sign-in").Select(a => a.Subject));
        Assert.Equal(["account-made", "account-made"], acts.Select(a => a.Act).Where(a => a.StartsWith("account-", StringComparison.Ordinal)));
        Assert.Equal([("token-made", token.Text("id")), ("token-revoked", token.Text("id"))], acts.Where(a => a.Act.StartsWith("token-", StringComparison.Ordinal)).Select(a => (a.Act, a.Subject!)));
        Assert.Equal(("password", "127.0.0.1"), ((string)entries.First(e => (string)e!["act"]! == "sign-in")!["details"]!["method"]!, (string)entries.First(e => (string)e!["act"]! == "sign-in")!["address"]!));
        var everything = string.Concat(entries.Select(e => e!.ToJsonString()));
        foreach (var never in (string[])["not the password", "typed into", "nobody@example.com", token.Text("token"), secret, Person.Password])
            Assert.DoesNotContain(never, everything, StringComparison.Ordinal);
        Assert.Equal((403, "installation-owner-only"), ((await ada.GetAsync("/api/audit")).Status, (await ada.GetAsync("/api/audit")).Code));
    }

    [Fact]
    public async Task A_refused_act_notes_nothing_and_a_directory_is_noted_without_a_person()
    {
        await using var host = await AccountsHost.StartAsync(servers, null, "Accounts:SignUp=open");
        var (owner, ada) = (await host.SignUpAsync("owner@example.com"), await host.SignUpAsync("ada@example.com"));
        Assert.Equal(409, (await ada.PatchAsync($"{ada.Members}/{ada.Id}", new { role = "viewer" })).Status);
        var scim = host.Visitor().With((await owner.PostAsync("/api/directory/token")).Text("token"));
        Assert.Equal(200, (await scim.PatchAsync($"/scim/v2/Users/{ada.Id}", new Dictionary<string, object> { ["Operations"] = new[] { new { op = "replace", path = "active", value = false } } })).Status);
        await owner.DeleteAsync("/api/directory/token");
        string?[] said = [.. (await owner.GetAsync("/api/audit?pageSize=500")).Body!["entries"]!.AsArray().Reverse().Select(e => $"{e!["act"]} {(string?)e["actor"]?["id"] ?? "-"} {(string?)e["subject"] ?? "-"}")];
        Assert.Equal([$"directory-token-made {owner.Id} -", $"account-deactivated - {ada.Id}", $"directory-token-revoked {owner.Id} -"], said[^3..]);
        Assert.DoesNotContain(said, s => s!.StartsWith("member-changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Old_entries_go_and_those_of_the_last_year_stay()
    {
        await using var host = await AccountsHost.StartAsync(servers);
        var owner = await host.SignUpAsync("owner@example.com");
        await host.ScalarAsync("insert into pybase.audit (act, time) select 'sign-in', now() - interval '400 days' from generate_series(1, 5001)");
        var before = (long)(await host.ScalarAsync("select count(*) from pybase.audit where time > now() - interval '300 days'"))!;
        var sweep = new AuditSweep(host.Sql, TimeProvider.System, Options.Create(new AuditOptions()), NullLogger<AuditSweep>.Instance);
        Assert.Equal(5001, await sweep.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, await host.ScalarAsync("select count(*) from pybase.audit"));
        Assert.NotEqual(0, before);
    }
}
