using Npgsql;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Files;

/// <summary>A file of a base with a picture of one of its sheets, the layouts of a drawing or the pages of a document.</summary>
/// <param name="Original">As it was dropped.</param>
/// <param name="Sheets">The names of all, the first being what the file shows first; null until that was drawn.</param>
/// <param name="Picture">Null until a worker has drawn it.</param>
/// <param name="JobState">How far the job for that is; null when nobody has asked for it.</param>
public sealed record ShownFile(AttachedFile Original, IReadOnlyList<string>? Sheets, AttachedFile? Picture, string? JobState);

/// <summary>What files look like: drawn by a worker when somebody first asks, then served from the file store.</summary>
public sealed class FilePictures(NpgsqlDataSource data, ChangeSignals signals)
{
    /// <summary>The kind of such jobs.</summary>
    public const string Kind = "picture";

    /// <summary>A file of a base; null when the base has no such file.</summary>
    /// <param name="baseId">The base.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="sheet">A name as in <see cref="ShownFile.Sheets"/>; empty for what the file shows first.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ShownFile?> FindAsync(string baseId, string fileId, string sheet, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select f.name, f.media_type, f.sha256, first.sheets, p.media_type, p.sha256, j.state
            from pybase.files f
                left join pybase.pictures first on first.file = f.id and first.sheet = ''
                left join pybase.pictures p on p.file = f.id and p.sheet = $3
                left join pybase.jobs j on j.file = f.id and j.kind = 'picture' and coalesce(j.input ->> 'sheet', '') = $3
            where f.id = $1 and f.base = $2
            """);
        foreach (var value in (string[])[fileId, baseId, sheet])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        var picture = row.IsDBNull(4) ? null : new AttachedFile(row.GetString(0), row.GetString(4), row.GetFieldValue<byte[]>(5));
        return new ShownFile(
            new AttachedFile(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)), row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3), picture, row.IsDBNull(6) ? null : row.GetString(6));
    }

    /// <summary>Has a sheet of a file drawn, once whoever asks how often.</summary>
    public async Task EnqueueAsync(string baseId, string fileId, string fileName, string sheet, string userId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            with made as (
                insert into pybase.jobs (id, base, kind, queue, state, file, input, trace, created_by, created) values ($1, $2, 'picture', $3, 'queued', $4, jsonb_build_object('sheet', $7), $5, $6, now())
                on conflict (file, (coalesce(input ->> 'sheet', ''))) where kind = 'picture' do nothing returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from made
            """);
        foreach (var value in (object?[])[Id.New("job"), baseId, Queues.ForFile(fileName), fileId, System.Diagnostics.Activity.Current?.Id, userId, sheet])
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellation);
        signals.PublishWork();
    }

    /// <summary>Keeps the picture of the sheet that a job is about, and the names of all.</summary>
    public async Task KeepAsync(string jobId, string mediaType, StoredFile stored, IReadOnlyList<string> sheets, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            insert into pybase.pictures (file, sheet, media_type, size, sha256, sheets) select file, coalesce(input ->> 'sheet', ''), $2, $3, $4, $5 from pybase.jobs where id = $1 and file is not null
            on conflict (file, sheet) do update set media_type = excluded.media_type, size = excluded.size, sha256 = excluded.sha256, sheets = excluded.sheets
            """);
        foreach (var value in (object[])[jobId, mediaType, stored.Size, stored.Sha256, sheets.ToArray()])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
