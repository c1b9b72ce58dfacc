using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Clients;

/// <summary>The npm package <c>airtable</c> works with PyBase when only its address is another one, and so do requests as pyairtable sends them.</summary>
[Collection(OnStandalone.Name)]
public sealed class AirtableClientTests(StandaloneInstallation installation)
{
    [Theory]
    [InlineData("client")]
    [InlineData("wire")]
    public async Task Airtable_s_clients_find_what_they_know(string group)
    {
        using var person = await installation.SignUpAsync();
        await ClientSuite.RunAsync(group, person);
    }
}

/// <summary>What the npm client makes of a server that is limited, and then broken.</summary>
public sealed class AirtableClientFailureTests(Servers servers)
{
    [Fact]
    public async Task Airtable_s_client_understands_a_server_in_trouble()
    {
        await using var cluster = await Cluster.StartAsync(servers, new ClusterOptions
        {
            Realtime = 0, Workers = 0, Settings = new Dictionary<string, string> { ["Accounts:SignUp"] = "open", ["RateLimits:PerBase"] = "8" },
        }, TestContext.Current.CancellationToken);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        await ClientSuite.RunAsync("failing", person, async deed =>
        {
            if (deed == "take the file store away")
            {
                Directory.Delete(cluster.Files, recursive: true);
                await File.WriteAllTextAsync(cluster.Files, "");
                return;
            }
            var words = deed.Split(' ');
            Assert.Equal("drop", words[0]);
            await using var data = NpgsqlDataSource.Create(cluster.ConnectionString);
            await using var command = data.CreateCommand($"drop table \"{words[^2]}\".\"{words[^1]}\"");
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        });
    }
}
