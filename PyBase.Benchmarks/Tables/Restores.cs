using System.Globalization;
using System.Text.Json.Nodes;

namespace PyBase.Benchmarks.Tables;

/// <summary>Deleted records that come back: by undo, and from the trash, against COPY of the same rows.</summary>
static class Restores
{
    const int Batch = 1_000;

    public static async IAsyncEnumerable<Line> RunAsync(Workbench bench, int rows)
    {
        var table = await bench.CreateTableAsync("Parts");
        await table.FillAsync(rows, isSearchable: true);
        var ids = await table.IdsAsync(rows);
        var undone = new List<double>();
        for (var n = 0; n < 6; n++)
        {
            await DeleteAsync(bench, table, ids[..Batch]);
            undone.Add(await Clock.OnceAsync(() => bench.SendAsync(HttpMethod.Post, $"/api/bases/{bench.BaseId}/undo", "{}")));
        }
        var undo = undone.Skip(1).Order().ElementAt(2);
        yield return new("undo of 1,000 deletes × 20", "< 200 ms", "", Line.Milliseconds(undo), null, undo < 200);

        foreach (var some in ids.Chunk(Batch))
            await DeleteAsync(bench, table, some);
        var took = await Clock.OnceAsync(() => bench.SendAsync(HttpMethod.Post, $"/api/bases/{bench.BaseId}/trash/restore",
            new JsonObject { ["table"] = table.Id, ["records"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]) }.ToJsonString()));
        var there = await bench.ScalarAsync<long>($"select count(*) from {table.Sql}");
        if (there != rows)
            throw new InvalidOperationException($"{there} of {rows} rows are there.");
        yield return new($"restore of {rows.ToString("#,0", CultureInfo.InvariantCulture)} × 20 from the trash", "< 5 s", "", $"{(took / 1000).ToString("0.0", CultureInfo.InvariantCulture)} s", null, took < 5_000);
    }

    static Task DeleteAsync(Workbench bench, PartsTable table, IEnumerable<string> ids) =>
        bench.SendAsync(HttpMethod.Delete, $"{table.Path}?{string.Join('&', ids.Select(id => $"records[]={id}"))}", null);
}
