using System.Diagnostics;
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
    public async Task Somebody_signs_up_and_a_drawing_becomes_rows()
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

            // A button of the dashboard.
            var loaded = await app.ResourceCommands.ExecuteCommandAsync("api", "sample-base", stop).WaitAsync(Patience, stop);
            Assert.True(loaded.Success, loaded.Message);
            var bases = await client.GetFromJsonAsync<JsonElement>("/v0/meta/bases", stop);
            var baseId = Assert.Single(bases.GetProperty("bases").EnumerateArray()).GetProperty("id").GetString();

            // Through the outbox, the broker and a worker, and back to the tables.
            using var drop = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "gearbox.stp"), stop)), "file", "gearbox.stp" } };
            var dropped = await client.PostAsync($"/api/bases/{baseId}/extractions", drop, stop);
            Assert.Equal(HttpStatusCode.Accepted, dropped.StatusCode);
            var state = "";
            for (var waited = Stopwatch.StartNew(); state != "succeeded"; await Task.Delay(200, stop))
            {
                state = (await client.GetFromJsonAsync<JsonElement>($"/api/jobs?base={baseId}", stop)).GetProperty("jobs").EnumerateArray().First().GetProperty("state").GetString();
                Assert.True(waited.Elapsed < Patience && state is "queued" or "running" or "succeeded", state);
            }
        }
        finally
        {
            if (Directory.Exists(data))
                Directory.Delete(data, recursive: true);
        }
    }
}
