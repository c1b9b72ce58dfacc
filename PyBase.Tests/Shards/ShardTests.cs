using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Playwright;
using PyBase.Tests.Balancers;
using PyBase.Tests.Support;

namespace PyBase.Tests.Shards;

/// <summary>Bases in two databases behind one address: whoever works in one does not see where it lives, and it may move meanwhile.</summary>
public sealed class ShardTests(Sharded shards, ITestOutputHelper output) : IClassFixture<Sharded>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    Task<Person> SignUpAsync() => Person.SignUpAsync(shards.Address);

    [Fact]
    public async Task A_base_of_another_shard_is_used_like_any_other()
    {
        using var owner = await SignUpAsync();
        var here = await shards.CreateAsync(owner, "main");
        var there = await shards.CreateAsync(owner, Sharded.Second);
        Assert.Equal(0L, await shards.FirstDatabase.ScalarAsync($"select count(*) from pybase.bases where id = '{there}'", Cancelled));
        Assert.Equal("open", await shards.SecondDatabase.ScalarAsync($"select state from pybase.bases where id = '{there}'", Cancelled));
        string[] listed = [.. (await owner.GetAsync("/v0/meta/bases"))["bases"]!.AsArray().Select(b => (string)b!["id"]!)];
        Assert.Contains(here, listed);
        Assert.Contains(there, listed);

        // Records, under /v0 and /api, and a file behind a link that names no base.
        await owner.PostAsync($"/v0/{there}/Parts", new { fields = new { name = "bolt", count = 3 } });
        var record = (string)(await owner.PostAsync($"/v0/{there}/Notes", new { fields = new { name = "drawn" } }))["id"]!;
        Assert.Equal("bolt", (string?)Assert.Single(await owner.ListAsync(there, "Parts"))["fields"]!["name"]);
        Assert.Equal("M8 × 20", await owner.Client.GetStringAsync(await AttachAsync(owner, there, record), Cancelled));

        // A job, asked for with its base and looked at without.
        await Sharded.FillAsync(owner, there, "name,count\nnut,4\nwasher,9\n");
        Assert.Equal(3, (await owner.ListAsync(there, "Parts")).Count);

        // A tool of the protocol asks through the same door.
        await using (var tools = await ToolClient.ConnectAsync(shards.Address, owner.Token))
            Assert.Contains("washer", (await tools.OkAsync("list_records", $$"""{"baseId":"{{there}}","table":"Parts"}""")).ToJsonString(), StringComparison.Ordinal);

        // A link for strangers, which the one audit log knows of.
        var view = (await owner.GetAsync($"/v0/meta/bases/{there}/tables"))["tables"]![0]!["views"]![0]!["id"]!;
        var share = await owner.PostAsync($"/api/bases/{there}/shares", new { view }, HttpStatusCode.Created);
        using var stranger = new HttpClient { BaseAddress = shards.Address };
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync($"/api/shares/{(string)share["token"]!}", Cancelled)).StatusCode);
        Assert.Contains("share-made", (await owner.GetAsync($"/api/bases/{there}/audit")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_of_the_first_shard_are_those_of_all()
    {
        using var owner = await SignUpAsync();
        using var member = await SignUpAsync();
        var there = await shards.CreateAsync(owner, Sharded.Second);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Client.GetAsync($"/v0/{there}/Parts", Cancelled)).StatusCode);
        await owner.AddMemberAsync(member, "commenter");
        await Wait.UntilAsync(async () => (await member.Client.GetAsync($"/v0/{there}/Parts", Cancelled)).StatusCode == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Client.PostAsJsonAsync($"/v0/{there}/Parts", new { fields = new { name = "x" } }, Cancelled)).StatusCode);

        // Somebody is told of something there, and reads it here.
        var me = (string)(await member.GetAsync("/api/auth/me"))["user"]!["id"]!;
        var record = (string)(await owner.PostAsync($"/v0/{there}/Parts", new { fields = new { name = "bolt" } }))["id"]!;
        await owner.PostAsync($"/v0/{there}/Parts/{record}/comments", new { text = $"Look, @[{me}]" });
        var told = await member.GetAsync("/api/notifications");
        Assert.Equal(1, (int)told["unread"]!);
        Assert.Equal(there, (string?)Assert.Single(told["notifications"]!.AsArray())!["base"]!["id"]);
        Assert.Equal(0, (int)(await member.PostAsync("/api/notifications/read", new { all = true }))["unread"]!);
        Assert.Equal(0, (int)(await member.GetAsync("/api/notifications"))["unread"]!);

        // Nobody is made there, and whoever is gone here is gone there.
        using var alien = new HttpClient { BaseAddress = shards.Other.Api[0].Address, DefaultRequestHeaders = { { "PyBase-Shard", Sharded.Second } } };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await alien.PostAsJsonAsync("/api/auth/sign-up", new { email = "x@example.org", password = "a long enough password", name = "X" }, Cancelled)).StatusCode);
        Assert.Equal(0L, await shards.SecondDatabase.ScalarAsync("select count(*) from catalog.users where email = 'x@example.org'", Cancelled));
        Assert.True((await owner.Client.DeleteAsync($"/api/workspaces/{owner.WorkspaceId}/members/{me}", Cancelled)).IsSuccessStatusCode);
        await Wait.UntilAsync(async () => (await member.Client.GetAsync($"/v0/{there}/Parts", Cancelled)).StatusCode == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task People_come_again_when_the_first_shard_does_not_know_what_another_has_of_them()
    {
        using var owner = await SignUpAsync();
        var there = await shards.CreateAsync(owner, Sharded.Second);
        // As after a standby has become the primary: it knows no slots.
        await shards.SecondDatabase.ExecuteAsync("alter subscription pybase_people_s2 disable", Cancelled);
        await Wait.UntilAsync(async () => await shards.FirstDatabase.ScalarAsync("select active from pg_replication_slots where slot_name = 'pybase_people_s2'", Cancelled) is false);
        await shards.FirstDatabase.ExecuteAsync("select pg_drop_replication_slot('pybase_people_s2')", Cancelled);
        using var missed = await SignUpAsync();
        await owner.AddMemberAsync(missed, "editor");
        Assert.NotEqual(HttpStatusCode.OK, (await missed.Client.GetAsync($"/v0/{there}/Parts", Cancelled)).StatusCode);

        await PyBaseProcess.RunAsync("PyBase.Api", "migrate-again", ["--migrate"], shards.Other.Settings, Cancelled);
        await missed.PostAsync($"/v0/{there}/Parts", new { fields = new { name = "bolt" } });
        Assert.Single(await owner.ListAsync(there, "Parts"));
    }

    [Fact]
    public async Task A_deleted_base_of_another_shard_is_in_the_trash_of_its_workspace()
    {
        using var owner = await SignUpAsync();
        var there = await shards.CreateAsync(owner, Sharded.Second);
        await owner.PostAsync($"/v0/{there}/Parts", new { fields = new { name = "bolt" } });
        Assert.True((await owner.Client.DeleteAsync($"/v0/meta/bases/{there}", Cancelled)).IsSuccessStatusCode);
        Assert.DoesNotContain(there, (await owner.GetAsync("/v0/meta/bases")).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(there, (await owner.GetAsync($"/api/workspaces/{owner.WorkspaceId}/trash")).ToJsonString(), StringComparison.Ordinal);
        Assert.True((await owner.Client.PostAsJsonAsync($"/api/workspaces/{owner.WorkspaceId}/trash/{there}/restore", new { }, Cancelled)).IsSuccessStatusCode);
        Assert.Contains(there, (await owner.GetAsync("/v0/meta/bases")).ToJsonString(), StringComparison.Ordinal);
        Assert.Single(await owner.ListAsync(there, "Parts"));
    }

    [Fact]
    public async Task A_shard_that_is_away_takes_only_its_own_bases_along()
    {
        using var owner = await SignUpAsync();
        var here = await shards.CreateAsync(owner, "main");
        var there = await shards.CreateAsync(owner, Sharded.Second);
        await shards.Other.Api[0].KillAsync();
        try
        {
            using var answer = await owner.Client.GetAsync($"/v0/{there}/Parts", Cancelled);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter is not null, "It says when to come again.");
            Assert.Empty(await owner.ListAsync(here, "Parts"));
            Assert.Equal(0, (int)(await owner.GetAsync("/api/notifications"))["unread"]!);
        }
        finally
        {
            await shards.Other.Api[0].StartAsync(Cancelled);
        }
        Assert.Empty(await owner.ListAsync(there, "Parts"));
    }

    [Fact]
    public async Task A_base_moves_there_and_back_while_people_write_and_watch()
    {
        using var owner = await SignUpAsync();
        var id = await shards.CreateAsync(owner, "main");
        // Enough that there is a while to write in.
        var rows = new StringBuilder("name,count\n");
        for (var n = 0; n < 20_000; n++)
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"part {n},{n}\n");
        await Sharded.FillAsync(owner, id, rows.ToString());
        var noted = (string)(await owner.PostAsync($"/v0/{id}/Notes", new { fields = new { name = "with a note" } }))["id"]!;
        var link = await AttachAsync(owner, id, noted);
        await owner.PostAsync($"/v0/{id}/Notes/{noted}/comments", new { text = "moves along" });
        var table = await Sharded.PartsAsync(owner, id);
        await using var watcher = await Watcher.StartAsync(owner, id, table, new Uri(shards.Address, $"/api/bases/{id}/hubs/tables"), Watcher.SkippedNegotiation);
        var traffic = new Traffic($"/v0/{id}/Parts");
        for (var n = 0; n < 4; n++)
            traffic.Start(owner, $"writer {n}", TimeSpan.FromMilliseconds(50));
        await traffic.FlowAsync(20, Cancelled);

        foreach (var to in new[] { Sharded.Second, "main" })
        {
            var said = await shards.MoveAsync(id, to);
            output.WriteLine($"{said}; longest wait of a client {traffic.Longest().TotalSeconds:0.00} s, {traffic.FailedWrites.Count} writes sent again");
            await traffic.FlowAsync(40, Cancelled);
            Assert.Equal(to, await shards.FirstDatabase.ScalarAsync($"select shard from catalog.bases where id = '{id}'", Cancelled));
        }
        await traffic.StopAsync();
        Assert.All(traffic.FailedWrites, failed => Assert.Contains("503", failed, StringComparison.Ordinal));
        Assert.All(traffic.FailedReads, failed => Assert.Contains("503", failed, StringComparison.Ordinal));

        // Nothing is lost, and nothing twice.
        var now = await owner.ListAsync(id, "Parts", "&pageSize=1000");
        var byName = now.ToLookup(r => (string)r["fields"]!["name"]!);
        Assert.Equal(20_000 + traffic.Acknowledged.Count, now.Count);
        Assert.All(traffic.Acknowledged, one => Assert.Equal((one.Value.Record, one.Value.Count), ((string)byName[one.Key].Single()["id"]!, (int)byName[one.Key].Single()["fields"]!["count"]!)));
        Assert.Equal("moves along", (string?)(await owner.GetAsync($"/v0/{id}/Notes/{noted}/comments"))["comments"]![0]!["text"]);
        Assert.Equal("M8 × 20", await owner.Client.GetStringAsync(link, Cancelled));
        // Whoever watched was led along, and has every version without having loaded again.
        await watcher.Mirror.CheckAsync(TimeSpan.FromSeconds(60));
        Assert.True(watcher.KeptItsPlace);
        Assert.Equal(2, watcher.Moves);
        // A new record gets a number and an order that no other has, and definitions can be changed again.
        await owner.PostAsync($"/v0/meta/bases/{id}/tables/{table}/fields", new { name = "number", type = "autoNumber" });
        await owner.PostAsync($"/v0/{id}/Parts", new { fields = new { name = "last" } });
        var numbers = (await Wait.UntilAsync(() => owner.ListAsync(id, "Parts", "&pageSize=1000"), rows => rows.All(r => r["fields"]!["number"] is not null))).Select(r => (int)r["fields"]!["number"]!).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Equal(0L, await shards.FirstDatabase.ScalarAsync("select count(*) from pg_replication_slots where slot_name like 'move%'", Cancelled));
        Assert.Equal(0L, await shards.SecondDatabase.ScalarAsync("select count(*) from pg_replication_slots", Cancelled));
    }

    [Fact]
    public async Task A_page_that_shows_the_base_goes_on_when_it_moves()
    {
        using var owner = await SignUpAsync();
        var id = await shards.CreateAsync(owner, Sharded.Second);
        await owner.PostAsync($"/v0/{id}/Parts", new { fields = new { name = "bolt" } });
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(shards.Address);
        var cookie = owner.Cookie.Split('=', 2);
        await page.Context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = shards.Address.ToString() }]);
        await page.GotoAsync($"/bases/{id}");
        await Assertions.Expect(page.GetByText("bolt").First).ToBeAttachedAsync();
        await owner.PostAsync($"/v0/{id}/Parts", new { fields = new { name = "nut, live" } });
        await Assertions.Expect(page.GetByText("nut, live").First).ToBeAttachedAsync();
        output.WriteLine(await shards.MoveAsync(id, "main"));
        await owner.PostAsync($"/v0/{id}/Parts", new { fields = new { name = "washer, elsewhere" } });
        await Assertions.Expect(page.GetByText("washer, elsewhere").First).ToBeAttachedAsync();
        await Browser.PictureAsync(page, "shard-moved");
    }

    [Fact]
    public async Task A_mover_that_is_killed_leaves_the_base_where_it_was_and_another_one_moves_it()
    {
        using var owner = await SignUpAsync();
        var id = await shards.CreateAsync(owner, "main");
        await owner.PostAsync($"/v0/{id}/Parts", new { records = Enumerable.Range(0, 500).Select(n => new { fields = new { name = $"part {n}", count = n } }) });
        await using (var first = shards.Mover(id, Sharded.Second))
        {
            first.Launch();
            // In the middle: definitions stand still, rows are on their way.
            await Wait.UntilAsync(async () => await shards.FirstDatabase.ScalarAsync($"select frozen_since is not null from pybase.bases where id = '{id}'", Cancelled) is true);
            await first.KillAsync();
        }
        Assert.Equal(HttpStatusCode.OK, (await owner.Client.PostAsJsonAsync($"/v0/{id}/Parts", new { fields = new { name = "meanwhile" } }, Cancelled)).StatusCode);
        using var refused = await owner.Client.PostAsJsonAsync($"/v0/meta/bases/{id}/tables", new { name = "More", fields = new object[] { new { name = "a", type = "singleLineText" } } }, Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        output.WriteLine(await shards.MoveAsync(id, "main"));
        Assert.Equal(HttpStatusCode.OK, (await owner.Client.PostAsJsonAsync($"/v0/meta/bases/{id}/tables", new { name = "More", fields = new object[] { new { name = "a", type = "singleLineText" } } }, Cancelled)).StatusCode);
        output.WriteLine(await shards.MoveAsync(id, Sharded.Second));
        Assert.Equal(501, (await owner.ListAsync(id, "Parts")).Count);
        Assert.Equal(3, (await owner.GetAsync($"/v0/meta/bases/{id}/tables"))["tables"]!.AsArray().Count);
    }

    [Fact]
    public async Task Every_table_goes_along_or_is_named_as_staying()
    {
        string[] stays =
        [
            // The base's own row and its log, which go their own way; months of the log; what is counted anew.
            "bases", "changes", "transactions", "index_uses", "move_marks", "removed_elsewhere",
            // All of it is in the first shard.
            "audit",
            // Of the installation, its people and its processes.
            "schema_scripts", "former_members", "confirmed_addresses", "notification_preferences", "digest_times", "account_links", "time_zones", "leases", "process_samples", "latency_hours",
            "queue_samples", "queue_limits", "scaling_decisions",
        ];
        var all = (string)(await shards.FirstDatabase.ScalarAsync("select string_agg(c.relname, ' ') from pg_class c where c.relnamespace = 'pybase'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition", Cancelled))!;
        var moves = (string)(await shards.FirstDatabase.ScalarAsync("select string_agg(name, ' ') from pybase.rows_of('appAAAAAAAAAAAAAA')", Cancelled))!;
        Assert.Equal(all.Split(' ').Except(stays).Order(StringComparer.Ordinal), moves.Split(' ').Order(StringComparer.Ordinal));
    }

    /// <summary>Where the file is then to be had; the address names no base.</summary>
    static async Task<string> AttachAsync(Person person, string id, string record)
    {
        await person.PostAsync($"/v0/{id}/{record}/drawing/uploadAttachment", new { contentType = "text/plain", filename = "note.txt", file = Convert.ToBase64String("M8 × 20"u8.ToArray()) });
        return new Uri((string)(await person.GetAsync($"/v0/{id}/Notes/{record}"))["fields"]!["drawing"]![0]!["url"]!).PathAndQuery;
    }
}
