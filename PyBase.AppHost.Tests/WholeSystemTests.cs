using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Xunit;

namespace PyBase.AppHost.Tests;

public sealed class WholeSystemTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Somebody_signs_up_and_is_known_on_the_next_request()
    {
        var stop = TestContext.Current.CancellationToken;
        var mode = await ContainerRuntime.ModeAsync(stop);
        Assert.SkipWhen(mode is null, "Neither a container runtime nor PostgreSQL, Redis and RabbitMQ are installed here.");

        var data = Path.Combine(Path.GetTempPath(), "pybase-apphost-" + Guid.NewGuid().ToString("N")[..8]);
        try
        {
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.PyBase_AppHost>(
                ["--mode", mode!, "--volumes", "off", "--web", "off", "--data", data,
                    // Known, instead of kept in the user secrets of whoever runs the tests.
                    "--Parameters:postgres-password=pg-for-tests", "--Parameters:cache-password=cache-for-tests", "--Parameters:messaging-password=mq-for-tests",
                    "--Parameters:operations-token=operations-for-tests", "--Parameters:metrics-token=metrics-for-tests"], stop);
            await using var app = await builder.BuildAsync(stop).WaitAsync(Patience, stop);
            await app.StartAsync(stop).WaitAsync(Patience, stop);
            foreach (var resource in (string[])["realtime", "workers", "api"])
                await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, stop).WaitAsync(Patience, stop);

            using var cookies = new HttpClientHandler { CookieContainer = new CookieContainer() };
            using var client = new HttpClient(cookies) { BaseAddress = app.GetEndpoint("api", "http") };
            client.DefaultRequestHeaders.Add("PyBase-Client", "apphost-tests");

            var signUp = await client.PostAsJsonAsync("/api/auth/sign-up", new { email = "ada@example.org", password = "Analytical-Engine-1843", name = "Ada" }, stop);
            Assert.Equal(HttpStatusCode.Created, signUp.StatusCode);

            var me = await client.GetFromJsonAsync<JsonElement>("/api/auth/me", stop);
            Assert.Equal("Ada", me.GetProperty("user").GetProperty("name").GetString());
            Assert.True(me.GetProperty("installationOwner").GetBoolean());
        }
        finally
        {
            if (Directory.Exists(data))
                Directory.Delete(data, recursive: true);
        }
    }
}
