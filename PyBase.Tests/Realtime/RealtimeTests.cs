using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>What the suites of the live feed have in common: somebody with a base of two linked tables, and hub addresses to try.</summary>
public abstract class RealtimeTests(Installation installation)
{
    protected Installation Installation => installation;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A base with <c>Things</c> (name, count) and <c>Places</c> (name, things, whose other end is in Things).</summary>
    protected sealed record Scene(Person Owner, string Base, string Things, string Places, IReadOnlyDictionary<string, string> Fields) : IDisposable
    {
        public string Path => $"/v0/{Base}/{Things}";

        public async Task<string> AddAsync(string name, int count = 1) =>
            (string)(await Owner.PostAsync(Path, new { fields = new { name, count } }))["id"]!;

        public void Dispose() => Owner.Dispose();
    }

    protected async Task<Scene> SetAsync(int api = 0)
    {
        var owner = await installation.SignUpAsync(api);
        var baseId = await owner.CreateBaseAsync(new
        {
            name = "Things",
            fields = new object[] { new { name = "name", type = "singleLineText" }, new { name = "count", type = "number", options = new { precision = 0 } } },
        }, new { name = "Places", fields = new object[] { new { name = "name", type = "singleLineText" } } });
        var tables = (await owner.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray();
        var (things, places) = (IdOf(tables, "Things"), IdOf(tables, "Places"));
        await owner.PostAsync($"/v0/meta/bases/{baseId}/tables/{places}/fields", new { name = "things", type = "multipleRecordLinks", options = new { linkedTableId = things } });
        tables = (await owner.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray();
        var fields = tables.SelectMany(t => t!["fields"]!.AsArray().Select(f => (Name: $"{(string)t["name"]!}.{(string)f!["name"]!}", Id: (string)f["id"]!)));
        return new Scene(owner, baseId, things, places, fields.ToDictionary(f => f.Name, f => f.Id));
    }

    /// <summary>Somebody else of the same workspace.</summary>
    protected async Task<Person> MemberAsync(Person owner, string role = "editor")
    {
        var member = await installation.SignUpAsync();
        await owner.AddMemberAsync(member, role);
        return member;
    }

    /// <summary>A connection that speaks either protocol, and what it hears.</summary>
    protected static async Task<(HubConnection Connection, HubLog Log)> ConnectAsync(Person person, Uri hub, HttpTransportType transport, bool isPacked)
    {
        var builder = Person.Hub(hub, person.Token, options => options.Transports = transport);
        var connection = (isPacked ? builder.AddMessagePackProtocol() : builder).Build();
        var log = new HubLog(connection, isPacked);
        await connection.StartAsync(Cancellation);
        return (connection, log);
    }

    static string IdOf(JsonArray tables, string name) => (string)tables.Single(t => (string)t!["name"]! == name)!["id"]!;
}
