using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Jobs;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.Files;

/// <summary>The cell that waits for a file, and where the file is.</summary>
public sealed record AttachmentFetch(string Attachment, string Table, string Field, string Record, string Url, string? FileName);

/// <summary>
/// Attachments given by an address: the write leaves an entry with a name in the cell and a job in the same transaction; the job puts the file into the entry,
/// or takes the entry away.
/// </summary>
public sealed class AttachmentFetches(BaseWriter writer)
{
    /// <summary>The kind of such jobs.</summary>
    public const string Kind = "attachment";

    /// <summary>Turns the addresses among the cells' ids into ids of attachments that a job is to fetch.</summary>
    internal static Result<int> Begin(BaseTransaction transaction, string tableId, string fieldId, IReadOnlyList<PlannedRecord> records, string[]?[] cells)
    {
        var fetches = new List<(AttachmentFetch Fetch, string Name)>();
        for (var n = 0; n < cells.Length; n++)
            cells[n] = cells[n]?.Select(item =>
            {
                if (AttachmentAddress.Open(item) is not { } address)
                    return item;
                var id = Id.New("att");
                fetches.Add((new AttachmentFetch(id, tableId, fieldId, records[n].Id, address.Url, address.FileName), address.NameNow));
                return id;
            }).ToArray();
        if (fetches.Count == 0)
            return 0;
        if (fetches.Count > AttachmentAddress.MaxCount)
            return CellErrors.TooManyAddresses;
        // A checkpoint from the beginning: a job that is cancelled while it waits goes to a worker too, which takes the entry away.
        transaction.Do("""
            with made as (insert into pybase.attachments (id, base, name) select id, $1, name from unnest($2, $3) as v(id, name)),
            jobs as (insert into pybase.jobs (id, base, kind, queue, state, input, checkpoint, trace, created_by, created)
                select job, $1, $6, $7, 'queued', input, '{}', $8, $9, now() from unnest($4, $5) as v(job, input) returning id, queue)
            insert into pybase.outbox (job, queue, due) select id, queue, now() from jobs
            """,
            transaction.Schema.Id, fetches.Select(f => f.Fetch.Attachment).ToArray(), fetches.Select(f => f.Name).ToArray(), fetches.Select(_ => Id.New("job")).ToArray(),
            new NpgsqlParameter { Value = fetches.Select(f => JsonSerializer.Serialize(f.Fetch, JobJson.Options)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
            Kind, Queues.Imports, Text(System.Diagnostics.Activity.Current?.Id), Text(transaction.Actor));
        return fetches.Count;
    }

    /// <summary>Puts the fetched file into its entry, wherever in the cell that stands by now.</summary>
    public Task<Result<bool>> CompleteAsync(JobLease lease, AttachmentFetch fetch, StoredFile stored, string name, string mediaType, CancellationToken cancellation) =>
        WriteAsync(lease, fetch, async (transaction, table, field) =>
        {
            if (!await lease.CheckpointAsync(transaction, new { fetched = true }, cancellation))
                return JobErrors.LeaseLost;
            var file = Id.New("fil");
            transaction.Do("insert into pybase.files (id, base, name, media_type, size, sha256, created_by, created, width, height) values ($1, $2, $3, $4, $5, $6, $7, now(), $8, $9)",
                file, transaction.Schema.Id, name, mediaType, stored.Size, stored.Sha256, Text(transaction.Actor), Attachments.Pixels(stored.Picture?.Width), Attachments.Pixels(stored.Picture?.Height));
            transaction.Do("update pybase.attachments set file = $2 where id = $1", fetch.Attachment, file);
            return await SetAsync(transaction, table, field, fetch, ids => ids, cancellation);
        }, cancellation);

    /// <summary>Takes the entry away and ends the job, both or neither.</summary>
    public Task<Result<bool>> AbandonAsync(JobLease lease, AttachmentFetch fetch, string state, JobError? error, CancellationToken cancellation) =>
        WriteAsync(lease, fetch, async (transaction, table, field) =>
            await lease.FinishUndoneAsync(transaction, state, [], error, cancellation)
                ? await SetAsync(transaction, table, field, fetch, ids => [.. ids.Where(id => id != fetch.Attachment)], cancellation)
                : JobErrors.LeaseLost, cancellation);

    Task<Result<bool>> WriteAsync(JobLease lease, AttachmentFetch fetch, Func<BaseTransaction, Table, Field, Task<Result<bool>>> write, CancellationToken cancellation) => writer.WriteAsync(
        lease.Work.Base, new Origin(lease.Work.CreatedBy, "FetchAttachment", UndoGroup: lease.Work.Id),
        schema => schema.Get(fetch.Table).Then(table => table.Find(fetch.Field) is { Type: MultipleAttachments } field ? ScopeOf(schema, table, field) : SchemaErrors.ModelNotFound),
        transaction => write(transaction, transaction.Schema.Find(fetch.Table)!, transaction.Schema.Find(fetch.Table)!.Find(fetch.Field)!), cancellation);

    static Result<WriteScope> ScopeOf(BaseSchema schema, Table table, Field field) => WriteScope.Of(schema, [table.Id], [field.Id, .. RecordWriter.Modified.Select(column => Dependency.KeyOf(table, column))]);

    static async Task<Result<bool>> SetAsync(BaseTransaction transaction, Table table, Field field, AttachmentFetch fetch, Func<string[], string[]> change, CancellationToken cancellation)
    {
        var cells = await transaction.ListAsync($"select {Sql.Column(field)} from {Sql.Table(transaction.Schema.Id, table.Id)} where _id = $1", row => row.IsDBNull(0) ? null : row.GetString(0), cancellation, fetch.Record);
        // Somebody emptied the cell or deleted the record meanwhile: there is nothing to put the file into.
        if (cells is not [{ } cell] || Attachments.IdsOf(cell).ToArray() is var ids && !ids.Contains(fetch.Attachment))
            return true;
        var rest = change(ids);
        var plan = new RecordPlan(table, [field], [new PlannedRecord(fetch.Record, [rest.Length == 0 ? null : rest], [true])], new Dictionary<string, IReadOnlyList<Choice>>());
        return (await new RecordWriter(transaction).UpdateAsync(plan, cancellation)).Then<bool>(_ => true);
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
