using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyBase.Tests.Accounts;
using Xunit;

namespace PyBase.Tests.ServiceDefaults;

public sealed class DefaultEndpointsTests : IAsyncDisposable
{
    readonly HttpClient client = new();
    WebApplication? app;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_and_life_are_answered_in_Production_and_without_signing_in()
    {
        await StartAsync();

        var health = await client.GetAsync("/health", Token);
        var alive = await client.GetAsync("/alive", Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
        Assert.Contains("\"status\":\"Healthy\"", await health.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_process_whose_dependency_is_down_is_unhealthy_but_alive()
    {
        await StartAsync(builder => builder.Services.AddHealthChecks().AddCheck("broken", () => throw new InvalidOperationException("no answer")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive", Token)).StatusCode);
    }

    [Fact]
    public async Task Metrics_are_readable_from_this_machine()
    {
        await StartAsync();
        await client.GetAsync("/boom", Token);

        var response = await client.GetAsync("/metrics", Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("http_server_request_duration", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    public async Task Metrics_through_a_proxy_need_the_token(string header, string value)
    {
        await StartAsync();
        client.DefaultRequestHeaders.Add(header, value);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics", Token)).StatusCode);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics", Token)).StatusCode);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "for-prometheus");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/metrics", Token)).StatusCode);
    }

    [Fact]
    public async Task Metrics_stay_closed_when_no_token_is_set_and_none_is_sent()
    {
        await StartAsync(builder => builder.Configuration["Metrics:Token"] = "");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics", Token)).StatusCode);
    }

    [Fact]
    public async Task An_unhandled_exception_is_a_problem_with_a_trace_and_no_details()
    {
        await StartAsync();

        var response = await client.GetAsync("/boom", Token);
        var body = await response.Content.ReadAsStringAsync(Token);
        var problem = JsonDocument.Parse(body).RootElement;

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("internal-error", problem.GetProperty("code").GetString());
        Assert.Equal("urn:pybase:internal-error", problem.GetProperty("type").GetString());
        Assert.Equal(32, problem.GetProperty("traceId").GetString()!.Length);
        Assert.DoesNotContain("secret", body);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_a_problem_too_and_no_answer_names_the_server()
    {
        await StartAsync();

        var response = await client.GetAsync("/nowhere", Token);

        Assert.Contains("\"code\":\"not-found\"", await response.Content.ReadAsStringAsync(Token));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_path_that_is_a_secret_is_not_in_the_log()
    {
        var log = new LogLines(LogLevel.Information);
        await StartAsync(builder => builder.Logging.AddProvider(log));
        foreach (var path in (string[])["/files/t0ken", "/join/t0ken", "/Files/t0ken/more", "/parts/t0ken"])
            await client.GetAsync(path, Token);
        await log.WaitForAsync("/parts/");
        var lines = string.Join('\n', log.Lines);
        Assert.Contains("GET /files/… 404", lines, StringComparison.Ordinal);
        Assert.Equal(1, lines.Split("t0ken").Length - 1);
    }

    [Theory]
    [InlineData("http_ports", "0", "http://[::]:")]
    [InlineData("urls", "http://127.0.0.1:0", "http://127.0.0.1:")]
    [InlineData("unset", "", "http://localhost:18002")]
    public async Task A_process_listens_where_it_is_told_and_else_where_it_always_does(string setting, string value, string expected)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = builder.Configuration["http_ports"] = "";
        builder.Configuration[setting] = value;
        builder.ListenUnlessTold("http://localhost:18002");
        app = builder.Build();
        if (setting == "unset")
        {
            // Somebody may have that port: what was asked for is enough.
            Assert.Equal(expected, builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
            return;
        }
        await app.StartAsync(Token);
        Assert.StartsWith(expected, app.Urls.Single());
    }

    async Task StartAsync(Action<WebApplicationBuilder>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Metrics:Token"] = "for-prometheus";
        more?.Invoke(builder);
        // Twice, as in a host that is several roles.
        builder.AddServiceDefaults().AddServiceDefaults();
        app = builder.Build();
        // What a role behind a load balancer does; it rewrites the remote address from the header.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        app.MapGet("/boom", string () => throw new InvalidOperationException("a secret"));
        app.MapDefaultEndpoints().MapDefaultEndpoints();
        await app.StartAsync(Token);
        client.BaseAddress = new Uri(app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }
}
