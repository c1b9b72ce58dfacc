using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Connections;

/// <summary>Something that was acknowledged, when, and as the how manieth of its writer.</summary>
sealed record Told(string Writer, int Number, string Name, long At);

/// <summary>
/// People who add rows, attach files and ask for imports at the processes of one region, and what they were told. At a pace that both regions keep up with: jobs that
/// are asked for faster than they are done wait longer and longer, and those that a loss has put off come behind all of them.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A source of cancellation without a timer holds nothing.")]
sealed class RegionWork(Person person, IReadOnlyList<Uri> apis, string baseId, string term)
{
    public const int RowsOfImport = 20;
    const int Writers = 6, FileBytes = 60_000;
    static readonly TimeSpan s_row = TimeSpan.FromMilliseconds(100), s_file = TimeSpan.FromMilliseconds(500), s_job = TimeSpan.FromMilliseconds(500);
    readonly CancellationTokenSource stop = new();
    readonly List<Task> running = [];

    public ConcurrentBag<Told> Rows { get; } = [];

    /// <summary>The SHA-256 of each file that was attached.</summary>
    public ConcurrentDictionary<string, Told> Files { get; } = [];

    /// <summary>The ids of jobs; the name begins the name of each of its rows.</summary>
    public ConcurrentDictionary<string, Told> Jobs { get; } = [];

    public void Start()
    {
        for (var n = 0; n < Writers; n++)
            running.Add(RunAsync($"{term}-row{n}", n, s_row, RowAsync));
        running.Add(RunAsync($"{term}-file", 0, s_file, FileAsync));
        running.Add(RunAsync($"{term}-job", 1, s_job, JobAsync));
    }

    /// <summary>Waits for so many more of each.</summary>
    public async Task FlowAsync(int rows, int files, int jobs, CancellationToken cancellation)
    {
        var (r, f, j) = (Rows.Count + rows, Files.Count + files, Jobs.Count + jobs);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        while (Rows.Count < r || Files.Count < f || Jobs.Count < j)
        {
            if (running.Find(task => task.IsFaulted) is { } refused)
                await refused;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Nobody is told anything after this.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    async Task RunAsync(string writer, int api, TimeSpan every, Func<HttpClient, string, Task<Action<long, int>?>> write)
    {
        using var at = person.At(apis[api % apis.Count]);
        at.Client.Timeout = TimeSpan.FromSeconds(5);
        using var pace = new PeriodicTimer(every);
        for (var n = 0; !stop.IsCancellationRequested;)
        {
            await pace.WaitForNextTickAsync(CancellationToken.None);
            try
            {
                if (await write(at.Client, $"{writer}-{n}") is { } told && !stop.IsCancellationRequested)
                    told(Stopwatch.GetTimestamp(), n++);
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or IOException)
            {
                // The region is lost, or not there yet.
            }
        }
    }

    async Task<Action<long, int>?> RowAsync(HttpClient client, string name) =>
        await AddAsync(client, name) is null ? null : (at, n) => Rows.Add(new(name[..name.LastIndexOf('-')], n, name, at));

    async Task<Action<long, int>?> FileAsync(HttpClient client, string name)
    {
        var content = RandomNumberGenerator.GetBytes(FileBytes);
        if (await AddAsync(client, name) is not { } id)
            return null;
        using var uploaded = await client.PostAsJsonAsync($"/v0/{baseId}/{id}/files/uploadAttachment",
            new { filename = name + ".bin", contentType = "application/octet-stream", file = Convert.ToBase64String(content) }, stop.Token);
        return !await WasTakenAsync(uploaded) ? null
            : (at, n) => Files[Convert.ToHexStringLower(SHA256.HashData(content))] = new(term + "-file", n, name, at);
    }

    async Task<Action<long, int>?> JobAsync(HttpClient client, string name)
    {
        var rows = "name\n" + string.Concat(Enumerable.Range(0, RowsOfImport).Select(n => string.Create(CultureInfo.InvariantCulture, $"{name}/{n}\n")));
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(rows)), "file", name + ".csv" }, { new StringContent("""{"target":{"table":"Imported"}}"""), "options" },
        };
        using var asked = await client.PostAsync($"/api/bases/{baseId}/imports", form, stop.Token);
        if (!await WasTakenAsync(asked))
            return null;
        var id = (string)JsonNode.Parse(await asked.Content.ReadAsStringAsync(stop.Token))!["id"]!;
        return (at, n) => Jobs[id] = new(term + "-job", n, name, at);
    }

    async Task<string?> AddAsync(HttpClient client, string name)
    {
        using var added = await client.PostAsJsonAsync($"/v0/{baseId}/Parts", new { fields = new { name } }, stop.Token);
        return await WasTakenAsync(added) ? (string)JsonNode.Parse(await added.Content.ReadAsStringAsync(stop.Token))!["id"]! : null;
    }

    /// <summary>Otherwise it was the server's fault; nobody asks for what is refused.</summary>
    static async Task<bool> WasTakenAsync(HttpResponseMessage answer)
    {
        Assert.False((int)answer.StatusCode is >= 400 and < 500, await answer.Content.ReadAsStringAsync());
        return answer.IsSuccessStatusCode;
    }
}
