using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Notifications;

/// <summary>What people are told: who named them, who gave them something to do, and what became of what they asked for.</summary>
[Collection(OnStandalone.Name)]
public sealed class NotificationOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Who_is_mentioned_is_told_at_once_and_marks_it_read()
    {
        var (sheet, ada, ben) = await TwoAsync();
        await using var connection = await ben.ConnectAsync(installation.Hubs[0]);
        var hub = new HubLog(connection);
        var record = await sheet.AddAsync("Things", """{"Name":"bolt"}""");
        var comments = $"{sheet.PathOf("Things")}/{record}/comments";

        var comment = (string)(await sheet.OkAsync("POST", comments, $$"""{"text":"@[{{ben.Id}}] and @[{{ada}}], look"}"""))["id"]!;

        var live = await hub.WaitAsync("Notified", _ => true);
        var page = await ben.GetAsync("/api/notifications");
        var told = Assert.Single(page["notifications"]!.AsArray())!;
        Sheet.Same(told.ToJsonString(), live);
        Assert.Equal(("mention", sheet.BaseId, "Things", record, comment, ada, 1), ((string)told["kind"]!, (string)told["base"]!["id"]!, (string)told["table"]!["name"]!,
            (string)told["record"]!, (string)told["comment"]!, (string)told["actor"]!["id"]!, (int)page["unread"]!));
        // Nobody is told of what they did themselves, or of other people's notifications.
        Assert.Equal(0, (int)(await sheet.Person.GetAsync("/api/notifications"))["unread"]!);
        Assert.Equal(0, (int)(await sheet.Person.PostAsync("/api/notifications/read", new { all = true }))["unread"]!);
        Assert.Equal(1, (int)(await ben.GetAsync("/api/notifications?unread=true"))["unread"]!);

        // Other words about the same are not told again; somebody who is named only now is.
        await sheet.OkAsync("PATCH", $"{comments}/{comment}", $$"""{"text":"@[{{ben.Id}}]: look here"}""");
        Assert.Equal(0, (int)(await ben.PostAsync("/api/notifications/read", new { ids = new[] { (string)told["id"]! } }))["unread"]!);
        Assert.Empty((await ben.GetAsync("/api/notifications?unread=true"))["notifications"]!.AsArray());
        Assert.NotNull((string?)Assert.Single((await ben.GetAsync("/api/notifications"))["notifications"]!.AsArray())!["readTime"]);
    }

    [Fact]
    public async Task What_was_told_of_a_place_that_is_hidden_since_says_no_more_than_the_base()
    {
        var (sheet, _, ben) = await TwoAsync();
        var record = await sheet.AddAsync("Things", """{"Name":"bolt"}""");
        await sheet.OkAsync("POST", $"{sheet.PathOf("Things")}/{record}/comments", $$"""{"text":"@[{{ben.Id}}], look"}""");
        var told = (await ben.GetAsync("/api/notifications"))["notifications"]![0]!;
        Assert.Equal(("Things", record), ((string?)told["table"]!["name"], (string?)told["record"]));

        await sheet.OkAsync("PUT", $"/api/bases/{sheet.BaseId}/tables/Things/rules", """{"rows":[{"to":"editor","formula":"{Name} != 'bolt'"}]}""");

        told = (await ben.GetAsync("/api/notifications"))["notifications"]![0]!;
        Assert.Equal((null, null, null), ((string?)told["table"]?["name"], (string?)told["record"], (string?)told["comment"]));
        Assert.Equal(sheet.BaseId, (string)told["base"]!["id"]!);
    }

    [Fact]
    public async Task Who_is_put_into_a_cell_is_told_once_for_each_write()
    {
        var (sheet, ada, ben) = await TwoAsync();
        foreach (var (name, type) in ((string, string)[])[("Owner", "singleCollaborator"), ("Team", "multipleCollaborators")])
            await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}/fields", $$"""{"name":"{{name}}","type":"{{type}}"}""");
        var record = await sheet.AddAsync("Things", $$$"""{"Name":"a","Owner":{"id":"{{{ben.Id}}}"},"Team":[{"id":"{{{ada}}}"}]}""");
        var path = $"{sheet.PathOf("Things")}/{record}";
        Assert.Equal([(record, 1)], await AssignedAsync(ben));

        // He is there already, so nothing is new, and somebody else's own entry is no news to her.
        await sheet.OkAsync("PATCH", path, $$$"""{"fields":{"Owner":{"id":"{{{ben.Id}}}"},"Team":[{"id":"{{{ada}}}"}],"Name":"b"} }""");
        Assert.Equal([(record, 1)], await AssignedAsync(ben));
        await sheet.OkAsync("PATCH", path, $$$"""{"fields":{"Owner":null,"Team":[{"id":"{{{ada}}}"},{"id":"{{{ben.Id}}}"}]} }""");
        Assert.Equal([(record, 1), (record, 1)], await AssignedAsync(ben));
        await ben.PostAsync("/api/notifications/read", new { all = true });

        // Given again, it is news again; many at once are one.
        await sheet.OkAsync("PATCH", path, $$$"""{"fields":{"Owner":{"id":"{{{ben.Id}}}"}} }""");
        Assert.Equal([(record, 1)], await AssignedAsync(ben));
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$$"""{"records":[{"fields":{"Owner":{"id":"{{{ben.Id}}}"} } },{"fields":{"Owner":{"id":"{{{ben.Id}}}"}} }]}""");
        Assert.Equal([(null, 2), (record, 1)], await AssignedAsync(ben));
        Assert.Equal(0, (int)(await sheet.Person.GetAsync("/api/notifications"))["unread"]!);
    }

    [Fact]
    public async Task Whoever_dropped_a_file_is_told_how_it_ended()
    {
        var (sheet, _, ben) = await TwoAsync();
        await using var connection = await sheet.Person.ConnectAsync(installation.Hubs[0]);
        var hub = new HubLog(connection);
        var job = await sheet.Person.DropAsync(sheet.BaseId, "no.stp", "nothing"u8.ToArray());

        var told = await hub.WaitAsync("Notified", n => (string)n["kind"]! == "job");

        Assert.Equal(((string)job["id"]!, "extraction", "failed"), ((string)told["job"]!["id"]!, (string)told["job"]!["kind"]!, (string)told["job"]!["state"]!));
        Assert.Equal(1, (int)(await sheet.Person.GetAsync("/api/notifications"))["unread"]!);
        Assert.Equal(0, (int)(await ben.GetAsync("/api/notifications"))["unread"]!);
    }

    [Fact]
    public async Task Whoever_leaves_a_workspace_sees_nothing_of_it_any_more_and_pages_miss_nothing()
    {
        var (sheet, _, ben) = await TwoAsync();
        var record = await sheet.AddAsync("Things", """{"Name":"bolt"}""");
        for (var n = 0; n < 53; n++)
            await sheet.OkAsync("POST", $"{sheet.PathOf("Things")}/{record}/comments", $$"""{"text":"{{n}} @[{{ben.Id}}]"}""");
        var first = await ben.GetAsync("/api/notifications");
        var second = await ben.GetAsync($"/api/notifications?cursor={Uri.EscapeDataString((string)first["cursor"]!)}");
        Assert.Equal((50, 3, 53, null), (first["notifications"]!.AsArray().Count, second["notifications"]!.AsArray().Count, (int)first["unread"]!, (string?)second["cursor"]));
        Assert.Equal(53, first["notifications"]!.AsArray().Concat(second["notifications"]!.AsArray()).Select(n => (string)n!["comment"]!).Distinct().Count());

        using var gone = await ben.Client.DeleteAsync(new Uri($"/api/workspaces/{sheet.Person.WorkspaceId}/members/{ben.Id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        var after = await ben.GetAsync("/api/notifications");
        Assert.Equal((0, 0), (after["notifications"]!.AsArray().Count, (int)after["unread"]!));
    }

    [Theory]
    [InlineData("{}"), InlineData("[]"), InlineData("""{"ids":[]}"""), InlineData("""{"all":false}"""), InlineData("""{"ids":"ntfAAAAAAAAAAAAAA"}""")]
    public async Task What_names_no_notifications_is_refused(string body)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await Sheet.SendAsync(sheet.Person.Client, "POST", "/api/notifications/read", body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("notifications-not-named", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sheet.SendAsync(sheet.Person.Client, "GET", "/api/notifications?cursor=7", null)).Status);
    }

    async Task<(Sheet Sheet, string Ada, Member Ben)> TwoAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var ben = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(ben, "editor");
        return (sheet, await IdAsync(sheet.Person), new Member(ben, await IdAsync(ben)));
    }

    static async Task<string> IdAsync(Person person) => (string)(await person.GetAsync("/api/auth/me"))["user"]!["id"]!;

    static async Task<(string? Record, int Count)[]> AssignedAsync(Member member) =>
        [.. (await member.GetAsync("/api/notifications?unread=true"))["notifications"]!.AsArray().Where(n => (string)n!["kind"]! == "assignment").Select(n => ((string?)n!["record"], (int)n["count"]!))];

    /// <summary>Somebody in another's workspace, and their id.</summary>
    sealed record Member(Person Person, string Id)
    {
        public HttpClient Client => Person.Client;

        public Task<JsonNode> GetAsync(string path) => Person.GetAsync(path);

        public Task<JsonNode> PostAsync(string path, object body) => Person.PostAsync(path, body);

        public Task<Microsoft.AspNetCore.SignalR.Client.HubConnection> ConnectAsync(Uri hub) => Person.ConnectAsync(hub);
    }
}
