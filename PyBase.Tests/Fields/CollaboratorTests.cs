using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Fields;

/// <summary>People in cells: named by id or address, shown with address and name, remembered when they have left.</summary>
public abstract class CollaboratorTests(Installation installation)
{
    const string Owner = """{"name":"Owner","type":"singleCollaborator"}""";
    const string Team = """{"name":"Team","type":"multipleCollaborators"}""";

    [Fact]
    public async Task A_member_is_named_by_id_or_address_and_shown_whole()
    {
        var table = await OwnTable.CreateAsync(await installation.SignUpAsync(), Owner, Team);
        var me = await MeAsync(table.Person);
        foreach (var (given, typecast) in ((string, bool)[])[($$"""{"id":"{{me["id"]}}"}""", false), ($$"""{"email":"{{((string)me["email"]!).ToUpperInvariant()}}"}""", false), ($"\"{me["email"]}\"", true), ($"\"{me["name"]}\"", true)])
        {
            var made = await table.TryAddAsync($$"""{"Owner":{{given}}}""", typecast);
            Sheet.Same($$"""{"Owner":{{me.ToJsonString()}}}""", made.Json["fields"]);
            Sheet.Same($$"""{"Owner":{{me.ToJsonString()}}}""", await table.FieldsAsync((string)made.Json["id"]!));
        }
    }

    [Fact]
    public async Task Several_people_are_each_there_once_in_their_order()
    {
        var (table, other) = await WithMemberAsync();
        var (me, them) = (await MeAsync(table.Person), await MeAsync(other));
        var id = await table.AddAsync($$"""{"Team":[{"id":"{{them["id"]}}"},{"email":"{{me["email"]}}"},{"email":"{{them["email"]}}"}]}""");
        Sheet.Same($"[{them.ToJsonString()},{me.ToJsonString()}]", (await table.FieldsAsync(id))["Team"]);
        var typed = await table.TryAddAsync($$"""{"Team":"{{me["email"]}}, {{them["id"]}}"}""", typecast: true);
        Sheet.Same($"[{me.ToJsonString()},{them.ToJsonString()}]", typed.Json["fields"]!["Team"]);
    }

    [Fact]
    public async Task A_name_that_two_members_have_means_neither()
    {
        var (table, _) = await WithMemberAsync();
        var answer = await table.TryAddAsync("""{"Owner":"Test Person"}""", typecast: true);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", answer.Error);
        Assert.Contains("not a member", (string)answer.Json["error"]!["hint"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_came_a_moment_ago_can_be_named_at_once()
    {
        var table = await OwnTable.CreateAsync(await installation.SignUpAsync(), Owner);
        await table.AddAsync($$$"""{"Owner":{"id":"{{{(await MeAsync(table.Person))["id"]}}}"}}"""); // the people are known now
        var other = await installation.SignUpAsync();
        var them = await MeAsync(other);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.TryAddAsync($$$"""{"Owner":{"id":"{{{them["id"]}}}"}}""")).Error);
        await table.Person.AddMemberAsync(other, "editor");
        await table.AddAsync($$$"""{"Owner":{"id":"{{{them["id"]}}}"}}""");
    }

    [Fact]
    public async Task Whoever_has_left_is_still_shown_and_no_longer_chosen()
    {
        var (table, other) = await WithMemberAsync();
        var them = await MeAsync(other);
        var id = await table.AddAsync($$$"""{"Name":"old","Owner":{"id":"{{{them["id"]}}}"}}""");
        await table.OkAsync("DELETE", $"/api/workspaces/{table.Person.WorkspaceId}/members/{them["id"]}");
        // Another process, or this one a minute later: it asks the database.
        await table.TryAddAsync("""{"Owner":{"id":"usrAAAAAAAAAAAAAA"}}""");
        Sheet.Same(them.ToJsonString(), (await table.FieldsAsync(id))["Owner"]);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.TryAddAsync($$$"""{"Owner":{"id":"{{{them["id"]}}}"}}""")).Error);
        await table.OkAsync("PATCH", $"{table.Path}/{id}", """{"fields":{"Name":"new"}}""");
    }

    [Fact]
    public async Task A_stranger_is_refused_and_nothing_is_written()
    {
        var table = await OwnTable.CreateAsync(await installation.SignUpAsync(), Owner, Team);
        var stranger = await MeAsync(await installation.SignUpAsync());
        var answer = await table.SendAsync("POST", table.Path, $$$"""{"records":[{"fields":{"Name":"A"}},{"fields":{"Team":[{"id":"{{{stranger["id"]}}}"}]}}]}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_VALUE_FOR_COLUMN"), (answer.Status, answer.Error));
        Assert.Equal("[]", await table.ColumnAsync("Name"));
    }

    async Task<(OwnTable Table, Person Other)> WithMemberAsync()
    {
        var table = await OwnTable.CreateAsync(await installation.SignUpAsync(), Owner, Team);
        var other = await installation.SignUpAsync();
        await table.Person.AddMemberAsync(other, "editor");
        return (table, other);
    }

    static async Task<JsonNode> MeAsync(Person person)
    {
        var user = (await person.GetAsync("/api/auth/me"))["user"]!;
        return new JsonObject { ["id"] = (string)user["id"]!, ["email"] = (string)user["email"]!, ["name"] = (string)user["name"]! };
    }
}

[Collection(OnStandalone.Name)]
public sealed class CollaboratorOnStandaloneTests(StandaloneInstallation installation) : CollaboratorTests(installation);
