using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>Thousands of small jobs at once, behind an extraction that takes long; and others, of another queue, that come in the middle.</summary>
static class Burst
{
    const int Imports = 10;
    const int MaxImportWait = 10;

    public static async Task<LoadLine> RunAsync(Cluster cluster, int count)
    {
        using var owner = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await owner.CreateBaseAsync();
        var drawing = await File.ReadAllBytesAsync(Samples.Path("gearbox.stp"));
        await owner.EndOfAsync(await AskAsync(owner, baseId, drawing));
        var slow = await owner.DropAsync(baseId, "long.dxf", Texts(200_000));
        await owner.JobAsync(slow, job => (string)job["state"]! == "running");
        var (before, began) = (Usage.Of(cluster), Stopwatch.GetTimestamp());
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) => await AskAsync(owner, baseId, drawing));
        var asked = Stopwatch.GetElapsedTime(began);
        for (var n = 0; n < Imports; n++)
            await owner.ImportAsync(baseId, $"rows {n}.csv", "Name\na\nb\n"u8.ToArray());
        await using var data = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var left = data.CreateCommand("select count(*) from pybase.jobs where kind in ('parts-list', 'import') and state not in ('succeeded', 'failed', 'parked', 'cancelled')");
        while ((long)(await left.ExecuteScalarAsync())! > 0)
            await Task.Delay(200);
        var (done, used) = (Stopwatch.GetElapsedTime(began), Usage.Of(cluster) - before);
        var ended = await owner.EndOfAsync(slow, TimeSpan.FromMinutes(3));
        var (bad, small, imports) = (await ScalarAsync<long>(data, "select count(*) from pybase.jobs where kind in ('parts-list', 'import') and state <> 'succeeded'"), await WaitAsync(data, "parts-list"), await WaitAsync(data, "import"));
        return new LoadLine(
            string.Create(CultureInfo.InvariantCulture, $"{count:n0} jobs at once on {cluster.Workers.Count} workers, behind an extraction of {Seconds(ended):0} s; {Imports} imports in the middle"),
            $"all succeed, the imports wait less than {MaxImportWait} s",
            string.Create(CultureInfo.InvariantCulture, $"{bad} did not succeed, the long one {(string)ended["state"]!}; asked for at {count / asked.TotalSeconds:0}/s, done at {count / done.TotalSeconds:0}/s; waited at most {small:0.0} s, the imports {imports:0.0} s"),
            bad == 0 && imports < MaxImportWait, used.Cores(done));
    }

    static async Task<JsonNode> AskAsync(Person owner, string baseId, byte[] drawing)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(drawing), "file", "gearbox.stp" } };
        using var answer = await owner.Client.PostAsync($"/api/bases/{baseId}/parts-lists", form);
        return await Person.ReadAsync(answer, HttpStatusCode.Accepted);
    }

    static double Seconds(JsonNode job) => (Time(job, "finishedTime") - Time(job, "startedTime")).TotalSeconds;

    static DateTimeOffset Time(JsonNode job, string name) => DateTimeOffset.Parse((string)job[name]!, CultureInfo.InvariantCulture);

    static Task<double> WaitAsync(NpgsqlDataSource data, string kind) => ScalarAsync<double>(data, $"select max(extract(epoch from started - created))::float8 from pybase.jobs where kind = '{kind}'");

    static async Task<T> ScalarAsync<T>(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A drawing of so many notes.</summary>
    static byte[] Texts(int count)
    {
        var file = new StringBuilder("0\nSECTION\n2\nENTITIES\n");
        for (var n = 1; n <= count; n++)
            file.Append(CultureInfo.InvariantCulture, $"0\nTEXT\n5\n{n:X}\n8\nnotes\n10\n{n}\n20\n0\n40\n2.5\n1\nNote {n}\n");
        return Encoding.ASCII.GetBytes(file.Append("0\nENDSEC\n0\nEOF\n").ToString());
    }
}
