using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Balancers;

/// <summary>People who create, read and change records all the time, and remember what they were told.</summary>
sealed class Traffic(string path)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    readonly List<Task> running = [];
    int requests;
    long longest;
    volatile bool stopped;

    public int Requests => Volatile.Read(ref requests);

    /// <summary>Record by the name that it was created with, as it was acknowledged.</summary>
    public ConcurrentDictionary<string, (string Record, int Count)> Acknowledged { get; } = [];

    /// <summary>Requests that change nothing, and were not answered as they should be.</summary>
    public ConcurrentQueue<string> FailedReads { get; } = [];

    /// <summary>The others. They are sent once more until they are answered, with the same key.</summary>
    public ConcurrentQueue<string> FailedWrites { get; } = [];

    /// <summary>How long somebody waited at most until an answer came, tries that failed included, since this was asked last.</summary>
    public TimeSpan Longest() => TimeSpan.FromSeconds((double)Interlocked.Exchange(ref longest, 0) / Stopwatch.Frequency);

    public void Start(Person person, string who, TimeSpan pace) => running.Add(Task.Run(() => RunAsync(person, who, pace)));

    /// <summary>Waits until so many more requests were answered.</summary>
    public async Task FlowAsync(int more, CancellationToken cancellation)
    {
        for (var until = Requests + more; Requests < until && running.TrueForAll(one => !one.IsCompleted);)
            await Task.Delay(10, cancellation);
    }

    public async Task StopAsync()
    {
        stopped = true;
        await Task.WhenAll(running);
    }

    async Task RunAsync(Person person, string who, TimeSpan pace)
    {
        using var timer = new PeriodicTimer(pace);
        for (var n = 1; !stopped; n++)
        {
            var name = $"{who}-{n}";
            var created = await WriteAsync(person, HttpMethod.Post, path, new { fields = new { name, count = 0 } }, name);
            var record = (string)created["id"]!;
            Acknowledged[name] = (record, 0);
            await timer.WaitForNextTickAsync(CancellationToken.None);
            var asked = Stopwatch.GetTimestamp();
            if (await SendAsync(person, HttpMethod.Get, $"{path}/{record}", null, null, FailedReads) is { } read && (string?)read["fields"]!["name"] != name)
                FailedReads.Enqueue($"{name} was read as {read.ToJsonString()}");
            Waited(asked);
            await WriteAsync(person, HttpMethod.Patch, $"{path}/{record}", new { fields = new { count = n } }, null);
            Acknowledged[name] = (record, n);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    async Task<JsonNode> WriteAsync(Person person, HttpMethod method, string to, object body, string? key)
    {
        var asked = Stopwatch.GetTimestamp();
        for (var tries = 1; tries < 100; tries++)
        {
            if (await SendAsync(person, method, to, body, key, FailedWrites) is { } answer)
            {
                Waited(asked);
                return answer;
            }
            await Task.Delay(50, CancellationToken.None);
        }
        throw new InvalidOperationException($"{method} {to} is never answered: {FailedWrites.Last()}");
    }

    void Waited(long since)
    {
        var (waited, known) = (Stopwatch.GetTimestamp() - since, Volatile.Read(ref longest));
        while (waited > known && Interlocked.CompareExchange(ref longest, waited, known) is var now && now != known)
            known = now;
    }

    async Task<JsonNode?> SendAsync(Person person, HttpMethod method, string to, object? body, string? key, ConcurrentQueue<string> failures)
    {
        using var request = new HttpRequestMessage(method, to) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var response = await person.Client.SendAsync(request, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            Interlocked.Increment(ref requests);
            if (response.IsSuccessStatusCode)
                return JsonNode.Parse(text);
            failures.Enqueue($"{method} {person.Client.BaseAddress}{to}: {(int)response.StatusCode} {text}");
        }
        catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException or IOException)
        {
            failures.Enqueue($"{method} {person.Client.BaseAddress}{to}: {broken}");
        }
        return null;
    }
}
