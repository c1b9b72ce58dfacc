using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>A job that was acknowledged, and by what its effects are known; how many gearboxes there are in a drawing.</summary>
sealed record AskedJob(string Kind, string Id, string Base, string Mark, int Copies = 1);

/// <summary>Somebody who asks for jobs of one kind. With a key of its own each request is sent until it is answered.</summary>
sealed class JobClient(Desk desk, string kind, int number, Journal journal)
{
    public static readonly string[] Kinds = ["extraction", "import", "export", "comparison", "parts-list", "invitation"];

    /// <summary>Rows of each import.</summary>
    public const int Rows = 20;

    /// <summary>A base takes so many drops, each of which makes tables.</summary>
    const int DropsOfBase = 30;

    readonly Person person = desk.Client(number);
    readonly byte[] drawing = File.ReadAllBytes(Samples.Path("gearbox.stp"));
    string? drops;
    int made;

    public List<AskedJob> Asked { get; } = [];

    public async Task RunAsync(TimeSpan every, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(every);
        while (!stop.IsCancellationRequested)
        {
            var mark = $"{kind}-{++made}";
            if (kind == "extraction" && made % DropsOfBase == 1)
                drops = await BaseAsync(stop) ?? drops;
            var target = kind == "extraction" ? drops : desk.Base;
            if (target is not null)
                await AskAsync(target, mark, stop);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    async Task AskAsync(string baseId, string mark, CancellationToken stop)
    {
        while (true)
        {
            var (outcome, answer) = await SendAsync(baseId, mark);
            journal.Note(kind, "job", outcome, mark);
            if (outcome is Outcome.Acknowledged)
                Asked.Add(new AskedJob(kind, (string?)answer!["id"] ?? "", baseId, mark));
            else if (outcome is Outcome.Refused)
                journal.Odd.Enqueue($"{mark} was refused: {answer?.ToJsonString()}");
            // What knows no key may have been taken already.
            if (outcome is not Outcome.Unanswered || kind is "comparison" or "parts-list" or "invitation" || stop.IsCancellationRequested)
                return;
            await Task.Delay(100, CancellationToken.None);
        }
    }

    async Task<(Outcome, JsonNode?)> SendAsync(string baseId, string mark)
    {
        try
        {
            using var request = Request(baseId, mark);
            request.Headers.Add("Idempotency-Key", $"{mark}-{desk.Base}");
            using var response = await person.Client.SendAsync(request, CancellationToken.None);
            var text = await response.Content.ReadAsStringAsync();
            return response.StatusCode switch
            {
                HttpStatusCode.Accepted or HttpStatusCode.Created => (Outcome.Acknowledged, JsonNode.Parse(text)),
                >= (HttpStatusCode)400 and < (HttpStatusCode)500 => (Outcome.Refused, text.Length > 0 ? JsonNode.Parse(text) : null),
                _ => (Outcome.Unanswered, null),
            };
        }
        catch (Exception trouble) when (trouble is HttpRequestException or OperationCanceledException or IOException)
        {
            return (Outcome.Unanswered, null);
        }
    }

    HttpRequestMessage Request(string baseId, string mark) => kind switch
    {
        "extraction" => Post($"/api/bases/{baseId}/extractions", Form((mark + ".stp", drawing))),
        "import" => Post($"/api/bases/{baseId}/imports", Form((mark + ".csv", RowsOf(mark)), ("options", Encoding.UTF8.GetBytes($$$"""{"target":{"table":"{{{desk["Notes"]}}}"}}""")))),
        "export" => Post($"/api/bases/{baseId}/tables/{desk["Orders"]}/exports", JsonContent.Create(new { format = "csv" })),
        "comparison" => Post($"/api/bases/{baseId}/comparisons", Form((mark + "-a.stp", drawing), (mark + "-b.stp", drawing))),
        "parts-list" => Post($"/api/bases/{baseId}/parts-lists", Form((mark + ".stp", drawing))),
        _ => Post($"/api/workspaces/{person.WorkspaceId}/members", JsonContent.Create(new { email = $"{mark}@example.org", role = "viewer" })),
    };

    static HttpRequestMessage Post(string path, HttpContent content) => new(HttpMethod.Post, path) { Content = content };

    static byte[] RowsOf(string mark) => Encoding.UTF8.GetBytes("Name,Number\n" + string.Concat(Enumerable.Range(0, Rows).Select(n => string.Create(CultureInfo.InvariantCulture, $"{mark}-{n},{n}\n"))));

    static MultipartFormDataContent Form(params (string Name, byte[] Content)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in parts)
            if (name == "options")
                form.Add(new StringContent(Encoding.UTF8.GetString(content)), name);
            else
                form.Add(new ByteArrayContent(content), "file", name);
        return form;
    }

    async Task<string?> BaseAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                return await person.CreateBaseAsync();
            }
            catch (Exception)
            {
                // One that nobody told of stays empty.
                await Task.Delay(100, CancellationToken.None);
            }
        return null;
    }
}
