using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Core.Snapshots;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Snapshots;

/// <summary>
/// Writes a base into a file: lines of JSON, compressed, the last of which has the hash of all before it. It holds definitions, views, constraints, rows with their ids,
/// numbers, authors and computed cells, links with their places, comments, dashboards, what webhooks ask for, and attachments by the hash of their content; neither the log nor the
/// trash, nor the contents of files.
/// </summary>
public sealed class SnapshotWriter(NpgsqlDataSource data, FileStore files, TimeProvider clock)
{
    /// <summary>The first line's mark.</summary>
    public const int Format = 1;

    const int Chunk = 500;

    /// <summary>Stores a snapshot; rows and definitions are those of one instant.</summary>
    public async Task<Result<StoredFile>> StoreAsync(string baseId, CancellationToken cancellation)
    {
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            Exception? failure = null;
            try
            {
                await using var stream = pipe.Writer.AsStream(leaveOpen: true);
                await WriteAsync(baseId, stream, cancellation);
            }
            catch (Exception problem)
            {
                failure = problem;
            }
            await pipe.Writer.CompleteAsync(failure);
        }, CancellationToken.None);
        try
        {
            await using var content = pipe.Reader.AsStream();
            return await files.WriteAsync(content, cancellation) is { } stored ? stored : SnapshotErrors.TooLarge;
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    async Task WriteAsync(string baseId, Stream stream, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        // One snapshot of the database, so that links and rows belong together. It waits for nobody: the other side is a file.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using var packed = new GZipStream(stream, CompressionLevel.Fastest);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (lines, records) = (0L, 0L);
        await LineAsync("""
            select jsonb_build_object('pybase', 'snapshot', 'format', $2::int, 'base', b.id, 'name', coalesce(c.name, ''), 'time', $3::text, 'number', n.number)
            from pybase.bases b join pybase.transaction_numbers n on n.base = b.id left join catalog.bases c on c.id = b.id where b.id = $1
            """, Format, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        await LineAsync("select jsonb_build_object('table', jsonb_build_object('id', id, 'name', name, 'description', description, 'primaryField', primary_field, 'position', position, 'release', release, 'rules', rules)) from pybase.tables where base = $1 and removed is null order by position, id");
        await LineAsync("select jsonb_build_object('field', jsonb_build_object('id', f.id, 'table', f.table_id, 'name', f.name, 'description', f.description, 'type', f.type, 'options', f.options, 'constraints', f.constraints, 'position', f.position)) from pybase.fields f join pybase.tables t on t.id = f.table_id and t.removed is null where f.base = $1 order by f.table_id, f.position, f.id");
        await LineAsync("select jsonb_build_object('view', jsonb_build_object('id', v.id, 'table', v.table_id, 'name', v.name, 'type', v.type, 'settings', v.settings, 'position', v.position, 'owner', v.owner, 'locked', v.locked)) from pybase.views v join pybase.tables t on t.id = v.table_id and t.removed is null where v.base = $1 order by v.table_id, v.position, v.id");
        await LineAsync("select jsonb_build_object('unique', jsonb_build_object('id', u.id, 'table', u.table_id, 'fields', u.fields, 'ignoresCase', u.ignores_case)) from pybase.unique_constraints u join pybase.tables t on t.id = u.table_id and t.removed is null where u.base = $1 order by u.position");
        await LineAsync("select jsonb_build_object('dashboard', jsonb_build_object('id', id, 'name', name, 'description', description, 'widgets', widgets, 'createdBy', created_by, 'created', created)) from pybase.dashboards where base = $1 order by created, id");
        await LineAsync("select jsonb_build_object('webhook', jsonb_build_object('url', notification_url, 'specification', specification)) from pybase.webhooks where base = $1 order by id");
        await LineAsync("""
            select jsonb_build_object('attachment', jsonb_build_object('id', a.id, 'name', a.name, 'file', f.id, 'fileName', f.name, 'mediaType', f.media_type, 'size', f.size, 'sha256', encode(f.sha256, 'hex')))
            from pybase.attachments a left join pybase.files f on f.id = a.file where a.base = $1 order by a.id
            """);
        await LineAsync("select jsonb_build_object('comment', jsonb_build_object('id', c.id, 'table', c.table_id, 'record', c.record_id, 'parent', c.parent, 'author', c.author, 'text', c.text, 'mentioned', c.mentioned, 'created', c.created, 'updated', c.updated)) from pybase.comments c join pybase.tables t on t.id = c.table_id and t.removed is null where c.base = $1 order by c.parent nulls first, c.id");
        var schema = await SchemaStore.LoadAsync(connection, baseId, "", 0, cancellation);
        foreach (var table in schema.Tables)
        {
            var columns = string.Concat(table.Fields.Where(f => f.Type.SystemColumn is null).Select(f => $", {Sql.Quote(f.Id)}"));
            var source = Sql.Table(baseId, table.Id);
            for (long? after = long.MinValue; after is { } place;)
            {
                await using var command = new NpgsqlCommand($"select jsonb_agg(r order by _number), count(*), max(_number) from (select _id, _number, _created, _created_by, _modified, _modified_by, _times, errors{columns} from {source} where _number > $1 order by _number limit {Chunk}) r", connection) { Parameters = { new() { Value = place } } };
                await using var row = await command.ExecuteReaderAsync(cancellation);
                await row.ReadAsync(cancellation);
                if (row.GetInt64(1) > 0)
                    await PutAsync($$"""{"rows":"{{table.Id}}","values":{{row.GetString(0)}}}""");
                records += row.GetInt64(1);
                after = row.GetInt64(1) == Chunk ? row.GetInt64(2) : null;
            }
        }
        foreach (var link in schema.Tables.SelectMany(t => t.Fields).Where(f => f.Type is MultipleRecordLinks { IsInverse: false }))
            for (var after = (From: "", To: ""); after.From is not null;)
            {
                await using var command = new NpgsqlCommand($"""
                    select jsonb_agg(jsonb_build_array(from_id, to_id, from_order, to_order)), count(*), max(from_id), (array_agg(to_id order by from_id desc, to_id desc))[1]
                    from (select * from {Sql.LinkTable(baseId, link.Id)} where (from_id, to_id) > ($1, $2) order by from_id, to_id limit {4 * Chunk}) l
                    """, connection) { Parameters = { new() { Value = after.From }, new() { Value = after.To } } };
                await using var row = await command.ExecuteReaderAsync(cancellation);
                await row.ReadAsync(cancellation);
                if (row.GetInt64(1) > 0)
                    await PutAsync($$"""{"links":"{{link.Id}}","values":{{row.GetString(0)}}}""");
                after = row.GetInt64(1) == 4 * Chunk ? (row.GetString(2), row.GetString(3)) : (null!, "");
            }
        var end = JsonSerializer.Serialize(new { end = new { lines, records, sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) } });
        await packed.WriteAsync(Encoding.UTF8.GetBytes(end + "\n"), cancellation);

        async Task LineAsync(string sql, params object[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = baseId } } };
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                await PutAsync(row.GetString(0));
        }

        async Task PutAsync(string line)
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            hash.AppendData(bytes);
            lines++;
            await packed.WriteAsync(bytes, cancellation);
        }
    }
}
