using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace PyBase.Tests.Support;

/// <summary>Somebody with an account, a workspace and a token, who does things over HTTP as a script would.</summary>
public sealed class Person : IDisposable
{
    Person(HttpClient client, string token, string workspaceId, string cookie) => (Client, Token, WorkspaceId, Cookie) = (client, token, workspaceId, cookie);

    public HttpClient Client { get; }

    public string Token { get; }

    public string WorkspaceId { get; }

    /// <summary>The session cookie that sign-up gave, as <c>name=value</c>.</summary>
    public string Cookie { get; }

    /// <summary>
    /// Without a trace of its own: hosts that other tests start in this process listen to all of its HTTP clients, whose requests would then say that nobody
    /// wants their spans.
    /// </summary>
    static SocketsHttpHandler Handler() => new()
    {
        UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.IsShown(certificate) },
    };

    public static async Task<Person> SignUpAsync(Uri api)
    {
        var client = new HttpClient(Handler()) { BaseAddress = api };
        var signedUp = await client.PostAsJsonAsync("/api/auth/sign-up", new { email = $"{Guid.NewGuid():N}@example.org", password = "a long enough password", name = "Test Person" });
        var who = await ReadAsync(signedUp, HttpStatusCode.Created);
        var cookie = signedUp.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        using var ask = new HttpRequestMessage(HttpMethod.Post, "/api/tokens") { Content = JsonContent.Create(new { name = "test" }) };
        ask.Headers.Add("Cookie", cookie);
        ask.Headers.Add("PyBase-Client", "test");
        var token = (string)(await ReadAsync(await client.SendAsync(ask), HttpStatusCode.Created))["token"]!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Person(client, token, (string)who["workspace"]!["id"]!, cookie);
    }

    /// <summary>The same person at another process.</summary>
    public Person At(Uri api) => new(
        new HttpClient(Handler()) { BaseAddress = api, DefaultRequestHeaders = { Authorization = new("Bearer", Token) } },
        Token, WorkspaceId, Cookie);

    /// <summary>The same person through a handler that chooses the process, and who waits no longer than <paramref name="patience"/> for an answer.</summary>
    public Person Through(DelegatingHandler handler, TimeSpan patience)
    {
        handler.InnerHandler = Handler();
        return new(new HttpClient(handler) { BaseAddress = Client.BaseAddress, Timeout = patience, DefaultRequestHeaders = { Authorization = new("Bearer", Token) } }, Token, WorkspaceId, Cookie);
    }

    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path), HttpStatusCode.OK);

    public async Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await Client.PostAsJsonAsync(path, body), expected);

    public async Task<JsonNode> PatchAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await ReadAsync(await Client.PatchAsJsonAsync(path, body), expected);

    /// <summary>The id of a new base, empty unless tables are given in the form of the metadata API.</summary>
    public async Task<string> CreateBaseAsync(params object[] tables) =>
        (string)(await PostAsync("/v0/meta/bases", new { name = "Test base", workspaceId = WorkspaceId, tables }))["id"]!;

    /// <summary>Every record of a table, page by page as Airtable's clients read them.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string baseId, string table, string query = "")
    {
        var records = new List<JsonNode>();
        for (string? offset = ""; offset is not null;)
        {
            var page = await GetAsync($"/v0/{baseId}/{Uri.EscapeDataString(table)}?offset={Uri.EscapeDataString(offset)}{query}");
            records.AddRange(page["records"]!.AsArray().Select(r => r!.DeepClone()));
            offset = (string?)page["offset"];
        }
        return records;
    }

    /// <summary>Makes somebody else a member of this person's workspace.</summary>
    public async Task AddMemberAsync(Person other, string role)
    {
        var email = (string)(await other.GetAsync("/api/auth/me"))["user"]!["email"]!;
        await PostAsync($"/api/workspaces/{WorkspaceId}/members", new { email, role }, HttpStatusCode.Created);
    }

    /// <summary>Drops files; gives the job as the API answers it.</summary>
    public async Task<JsonNode> DropAsync(string baseId, params string[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var file in files)
            form.Add(new StreamContent(File.OpenRead(file)), "file", Path.GetFileName(file));
        return await ReadAsync(await Client.PostAsync($"/api/bases/{baseId}/extractions", form), HttpStatusCode.Accepted);
    }

    public async Task<JsonNode> DropAsync(string baseId, string name, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        return await ReadAsync(await Client.PostAsync($"/api/bases/{baseId}/extractions", form), HttpStatusCode.Accepted);
    }

    /// <summary>Imports a file of rows; <paramref name="options"/> is JSON.</summary>
    public async Task<JsonNode> ImportAsync(string baseId, string name, byte[] content, string? options = null, HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        if (options is not null)
            form.Add(new StringContent(options), "options");
        return await ReadAsync(await Client.PostAsync($"/api/bases/{baseId}/imports", form), expected);
    }

    /// <summary>Waits for a job's end.</summary>
    public Task<JsonNode> EndOfAsync(JsonNode job, TimeSpan? limit = null, int longestPause = 200) =>
        JobAsync(job, now => (string)now["state"]! is "succeeded" or "failed" or "cancelled" or "parked", limit, longestPause);

    /// <summary>Looks at a job until it is as wanted.</summary>
    /// <param name="longestPause">Milliseconds between two looks, at least 20: how late its end may be seen.</param>
    public async Task<JsonNode> JobAsync(JsonNode job, Func<JsonNode, bool> wanted, TimeSpan? limit = null, int longestPause = 200)
    {
        using var patience = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var now = await GetAsync($"/api/jobs/{(string)job["id"]!}");
            if (wanted(now))
                return now;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"The job is still {now.ToJsonString()}");
            // Whoever asks all the time takes it away from the worker.
            await Task.Delay(Math.Clamp((int)waited.ElapsedMilliseconds / 10, 20, longestPause), CancellationToken.None);
        }
    }

    /// <summary>A connection to the hub, started; with negotiation, as a client does that knows nothing of our load balancers.</summary>
    public Task<HubConnection> ConnectAsync(Uri hub, HttpTransportType? transport = null) => ConnectAsync(hub, Token, transport);

    /// <summary>The same with another token.</summary>
    public static async Task<HubConnection> ConnectAsync(Uri hub, string? token, HttpTransportType? transport = null)
    {
        var connection = Hub(hub, token, options => options.Transports = transport ?? options.Transports).Build();
        await connection.StartAsync();
        return connection;
    }

    /// <summary>A connection to the hub that is to be; the address may be that of the hub of one base.</summary>
    public static IHubConnectionBuilder Hub(Uri hub, string? token, Action<HttpConnectionOptions> more) => new HubConnectionBuilder()
        .WithUrl(hub.AbsolutePath == "/" ? new Uri(hub, "/hubs/tables") : hub, options =>
        {
            options.AccessTokenProvider = () => Task.FromResult(token);
            options.HttpMessageHandlerFactory = handler =>
            {
                ((HttpClientHandler)handler).ServerCertificateCustomValidationCallback = (_, certificate, _, _) => TestCertificate.IsShown(certificate);
                return handler;
            };
            options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.IsShown(certificate);
            more(options);
        });

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public void Dispose() => Client.Dispose();
}
