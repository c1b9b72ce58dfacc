using Npgsql;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Files;

/// <summary>A file of a base; its picture is null until a worker has drawn it.</summary>
public sealed record ShownFile(AttachedFile Original, AttachedFile? Picture, string? JobState);

/// <summary>What files look like: drawn by a worker when somebody first asks, then served from the file store.</summary>
public sealed class FilePictures(NpgsqlDataSource data, ChangeSignals signals)
{
    /// <summary>The kind of such jobs.</summary>
    public const string Kind = "picture";

    /// <summary>A file of a base with its picture and how far the job for that is; null when the base has no such file.</summary>
    public async Task<ShownFile?> FindAsync(string baseId, string fileId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select f.name, f.media_type, f.sha256, p.media_type, p.sha256, j.state
            from pybase.files f left join pybase.pictures p on p.file = f.id left join pybase.jobs j on j.file = f.id and j.kind = 'picture'
            where f.id = $1 and f.base = $2
            """);
        command.Parameters.Add(new() { Value = fileId });
        command.Parameters.Add(new() { Value = baseId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        var picture = row.IsDBNull(3) ? null : new AttachedFile(row.GetString(0), row.GetString(3), row.GetFieldValue<byte[]>(4));
        return new ShownFile(new AttachedFile(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)), picture, row.IsDBNull(5) ? null : row.GetString(5));
    }

    /// <summary>Has a file drawn, once whoever asks how often.</summary>
    public async Task EnqueueAsync(string baseId, string fileId, string fileName, string userId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with made as (
                insert into pybase.jobs (id, base, kind, queue, state, file, trace, created_by, created) values ($1, $2, 'picture', $3, 'queued', $4, $5, $6, now())
                on conflict (file) where kind = 'picture' do nothing returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from made
            """);
        foreach (var value in (object?[])[Id.New("job"), baseId, Queues.ForFile(fileName), fileId, System.Diagnostics.Activity.Current?.Id, userId])
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellation);
        signals.PublishWork();
    }

    /// <summary>Keeps the picture of the file that a job is about.</summary>
    public async Task KeepAsync(string jobId, string mediaType, StoredFile stored, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            insert into pybase.pictures (file, media_type, size, sha256) select file, $2, $3, $4 from pybase.jobs where id = $1 and file is not null
            on conflict (file) do update set media_type = excluded.media_type, size = excluded.size, sha256 = excluded.sha256
            """);
        foreach (var value in (object[])[jobId, mediaType, stored.Size, stored.Sha256])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
