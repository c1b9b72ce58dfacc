using System.Globalization;
using System.Net;
using System.Text;
using PyBase.Benchmarks.Tables;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>A table of twenty fields, and what people ask of it, of each Api process in turn.</summary>
sealed class LoadBase(Person[] callers, string path, string[] records, string[] places) : IDisposable
{
    const int Rows = 20_000;
    const int Batch = 1_000;

    readonly string?[] tags = new string?[places.Length];

    public IReadOnlyList<(string Name, Func<int, Task> Ask)> Requests =>
    [
        ("page of 100 × 20, another place each", n => GetAsync(n, $"{path}?pageSize=100&offset={places[n % places.Length]}")),
        ("the same page again, with the ETag of the last answer", n => AgainAsync(n)),
        ("one record", n => GetAsync(n, $"{path}/{records[n * 7 % records.Length]}")),
        ("edit of a cell", n => EditAsync(n)),
    ];

    public static async Task<LoadBase> MakeAsync(Cluster cluster)
    {
        using var owner = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await owner.CreateBaseAsync(new { name = "Parts", fields = PartsTable.Fields });
        var table = (string)(await owner.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["id"]!;
        var (path, records) = ($"/v0/{baseId}/{table}", new List<string>());
        for (var n = 0; n < Rows; n += Batch)
        {
            using var rows = new StringContent($"{{\"records\":[{string.Join(',', Enumerable.Range(n, Batch).Select(row => $"{{\"fields\":{PartsTable.Json(row)}}}"))}]}}", Encoding.UTF8, "application/json");
            var made = await Person.ReadAsync(await owner.Client.PostAsync(path, rows), HttpStatusCode.OK);
            records.AddRange(made["records"]!.AsArray().Select(r => (string)r!["id"]!));
        }
        var places = new string[50];
        for (var n = 0; n < places.Length; n++)
            places[n] = Uri.EscapeDataString((string)(await owner.GetAsync($"/api/bases/{baseId}/tables/{table}/rows?start={n * (Rows - 1_000) / places.Length}&pageSize=1"))["offset"]!);
        return new LoadBase([.. cluster.Api.Select(api => owner.At(api.Address))], path, [.. records], places);
    }

    /// <summary>Of ten requests six are for pages, three for a record, and one edits.</summary>
    public Task MixedAsync(int number) => Requests[(number % 10) switch { < 6 => 0, < 9 => 2, _ => 3 }].Ask(number);

    async Task GetAsync(int number, string what)
    {
        using var answer = await callers[number % callers.Length].Client.GetAsync(what);
        answer.EnsureSuccessStatusCode();
    }

    async Task AgainAsync(int number)
    {
        var place = number % places.Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?pageSize=100&offset={places[place]}");
        if (tags[place] is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await callers[number % callers.Length].Client.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.NotModified)
            answer.EnsureSuccessStatusCode();
        tags[place] = answer.Headers.ETag?.ToString();
    }

    async Task EditAsync(int number)
    {
        using var cell = new StringContent(string.Create(CultureInfo.InvariantCulture, $"{{\"fields\":{{\"Weight\":{number}}}}}"), Encoding.UTF8, "application/json");
        using var answer = await callers[number % callers.Length].Client.PatchAsync($"{path}/{records[number * 13 % records.Length]}", cell);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        foreach (var caller in callers)
            caller.Dispose();
    }
}
