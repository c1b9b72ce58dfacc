using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PyBase.Tests.Accounts;

/// <summary>Somebody at the other end of HTTP: a cookie jar, or a token.</summary>
sealed class Person : IDisposable
{
    public const string Password = "correct horse battery";

    readonly HttpClient http;
    readonly CookieContainer cookies = new();

    public Person(Uri server, bool client)
    {
        http = new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = server };
        if (client)
            http.DefaultRequestHeaders.Add("PyBase-Client", "test");
    }

    public string Id { get; set; } = "";

    public string Workspace { get; set; } = "";

    public string Members => $"/api/workspaces/{Workspace}/members";

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body));

    public Task<Answer> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, JsonContent.Create(body));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Answer> SignInAsync(string email, string password = Password) => PostAsync("/api/auth/sign-in", new { email, password });

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;
        return new((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    public void Dispose() => http.Dispose();

    public Person With(string token)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return this;
    }

    public Person WithHeader(string name, string value)
    {
        http.DefaultRequestHeaders.Add(name, value);
        return this;
    }

    /// <summary>As a browser does for another process behind the same address.</summary>
    public Person TakeCookiesOf(Person other)
    {
        cookies.Add(new Cookie("pybase", other.cookies.GetAllCookies().Single().Value, "/", http.BaseAddress!.Host));
        return this;
    }
}

sealed record Answer(int Status, JsonNode? Body, HttpResponseHeaders Headers, string? ContentType)
{
    public string? Code => Body?["code"]?.GetValue<string>();

    /// <summary><c>Text("user.id")</c></summary>
    public string Text(string path) => path.Split('.').Aggregate(Body, (node, name) => node![name])!.GetValue<string>();
}
