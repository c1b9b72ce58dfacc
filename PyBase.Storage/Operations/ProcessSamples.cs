using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Operations;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Operations;

/// <summary>What processes said of themselves.</summary>
static class ProcessSamples
{
    static readonly JsonSerializerOptions s_json = JsonSerializerOptions.Web;

    public static async Task WriteAsync(NpgsqlDataSource data, ProcessSample sample, CancellationToken cancellation)
    {
        await using var command = data.Command("insert into pybase.process_samples (time, process, sample) values ($1, $2, $3) on conflict do nothing",
            sample.Time, sample.Process, new NpgsqlParameter { Value = JsonSerializer.Serialize(sample, s_json), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Between two moments, oldest first.</summary>
    public static async Task<List<ProcessSample>> ReadAsync(NpgsqlDataSource data, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await using var command = data.Command("select sample from pybase.process_samples where time >= $1 and time < $2 order by time", from, to);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var samples = new List<ProcessSample>();
        while (await row.ReadAsync(cancellation))
            samples.Add(JsonSerializer.Deserialize<ProcessSample>(row.GetString(0), s_json)!);
        return samples;
    }
}
