using System.Buffers;
using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Records;

/// <summary>What a write left: the records as JSON array, and the versions it made; of an upsert also which records are new and which are not.</summary>
public sealed record WrittenRecords(ArrayBufferWriter<byte> Buffer, IReadOnlyDictionary<string, long> Versions, IReadOnlyList<string>? Created = null, IReadOnlyList<string>? Updated = null)
{
    /// <summary>The records, once they are written.</summary>
    public ReadOnlyMemory<byte> Json => Buffer.WrittenMemory;
}

/// <summary>How a client wants its records written and shown.</summary>
/// <param name="Typecast">Airtable's <c>typecast</c>.</param>
/// <param name="Replace">Airtable's PUT.</param>
/// <param name="ByFieldId">Airtable's <c>returnFieldsByFieldId</c>.</param>
/// <param name="Format">How cells are shown.</param>
/// <param name="Key">The client may send the same request again.</param>
/// <param name="Files">Stored files that cells of the request name as attachments.</param>
public sealed record WriteOptions(bool Typecast, bool Replace, bool ByFieldId, CellFormat Format, IdempotencyKey? Key = null, IReadOnlyList<NewAttachment>? Files = null);

/// <summary>Whole requests on records: plan, write, show what is there now.</summary>
public sealed class RecordStore(BaseWriter writer, Collaborators people, Answers answers)
{
    /// <summary>Creates the records that carry no id and updates those that do.</summary>
    public Task<Result<WrittenRecords>> WriteAsync(string baseId, string table, IReadOnlyList<RecordInput> inputs, WriteOptions options, Origin origin, CancellationToken cancellation) =>
        answers.OnceAsync(baseId, origin, options.Key, () => people.KnowingAsync(baseId, options.Format,
            format => WriteOnceAsync(baseId, table, inputs, options with { Format = format }, origin, cancellation), cancellation), cancellation);

    /// <summary>Airtable's <c>performUpsert</c>: updates the records that the inputs mean by id or by <paramref name="mergeOn"/>, and creates the others.</summary>
    public Task<Result<WrittenRecords>> UpsertAsync(
        string baseId, string table, IReadOnlyList<RecordInput> inputs, IReadOnlyList<string> mergeOn, WriteOptions options, Origin origin, CancellationToken cancellation) =>
        answers.OnceAsync(baseId, origin, options.Key, () => people.KnowingAsync(baseId, options.Format,
            format => UpsertOnceAsync(baseId, table, inputs, mergeOn, options with { Format = format }, origin, cancellation), cancellation), cancellation);

    Task<Result<WrittenRecords>> WriteOnceAsync(string baseId, string table, IReadOnlyList<RecordInput> inputs, WriteOptions options, Origin origin, CancellationToken cancellation)
    {
        RecordPlan plan = null!;
        return writer.WriteAsync<WrittenRecords>(baseId, origin,
            schema => Plan(schema, table, inputs, options, origin).Then<WriteScope>(planned => ScopeOf(schema, plan = planned, createsRows: inputs is [{ Id: null }, ..])),
            async transaction =>
            {
                foreach (var file in options.Files ?? [])
                    Attachments.Add(transaction, file);
                var records = new RecordWriter(transaction);
                var written = inputs is [{ Id: null }, ..] ? await records.CreateAsync(plan, cancellation) : await records.UpdateAsync(plan, cancellation);
                if (!written.TryGet(out var ids, out var error))
                    return error;
                return Answer(transaction, plan.Table.Id, new Upserted(ids, [], []), options, cancellation);
            }, cancellation);
    }

    Task<Result<WrittenRecords>> UpsertOnceAsync(
        string baseId, string table, IReadOnlyList<RecordInput> inputs, IReadOnlyList<string> mergeOn, WriteOptions options, Origin origin, CancellationToken cancellation)
    {
        RecordPlan plan = null!;
        Upsert upsert = null!;
        var named = inputs.Where(i => i.Id is not null).Select(i => i.Id!).ToHashSet();
        return writer.WriteAsync<WrittenRecords>(baseId, origin,
            schema => Plan(schema, table, inputs, options, origin)
                .Then(planned => Upsert.Plan((plan = planned) with { Table = schema.For(origin.Reader).Find(planned.Table.Id)! }, mergeOn))
                .Then<WriteScope>(resolved =>
                {
                    upsert = resolved;
                    return ScopeOf(schema, plan, createsRows: true);
                }),
            async transaction =>
            {
                if (!(await new UpsertWriter(transaction).WriteAsync(plan, upsert, named, cancellation)).TryGet(out var done, out var error))
                    return error;
                return Answer(transaction, plan.Table.Id, done, options, cancellation, isUpsert: true);
            }, cancellation);
    }

    /// <summary>Planned with what the writer may know of the table, then written with all there is of it.</summary>
    static Result<RecordPlan> Plan(BaseSchema schema, string table, IReadOnlyList<RecordInput> inputs, WriteOptions options, Origin origin) =>
        schema.For(origin.Reader).Get(table).Then(found => Collaborators.Ready(found, options.Format))
            .Then(found => RecordPlanner.Plan(found, inputs, options.Typecast, options.Replace, options.Format.People))
            .Then<RecordPlan>(planned => planned with { Table = schema.Find(planned.Table.Id)! });

    /// <summary>Deletes the records; one that is not there fails all.</summary>
    public Task<Result<WrittenRecords>> DeleteAsync(string baseId, string table, IReadOnlyList<string> ids, Origin origin, CancellationToken cancellation, IdempotencyKey? key = null) =>
        answers.OnceAsync(baseId, origin, key, () => DeleteOnceAsync(baseId, table, ids, origin, key, cancellation), cancellation);

    Task<Result<WrittenRecords>> DeleteOnceAsync(string baseId, string table, IReadOnlyList<string> ids, Origin origin, IdempotencyKey? key, CancellationToken cancellation)
    {
        Table found = null!;
        return writer.WriteAsync<WrittenRecords>(baseId, origin,
            schema => schema.Get(table).Then<WriteScope>(t => WriteScope.Rows(schema, found = t)),
            async transaction =>
            {
                var deleted = await new RecordWriter(transaction).DeleteAsync(found, ids, cancellation);
                if (!deleted.TryGet(out _, out var error))
                    return error;
                var answer = new WrittenRecords(new(), transaction.Versions);
                if (key is not null)
                    transaction.Closing = () => Answers.Keep(transaction, key, answer);
                return answer;
            }, cancellation);
    }

    /// <summary>Links a record to others as well, or to these no more: what it is linked to is read under the lock, so that nobody's link is lost.</summary>
    public Task<Result<WrittenRecords>> LinkAsync(
        string baseId, string table, string record, string field, IReadOnlyList<string> targets, bool adds, WriteOptions options, Origin origin, CancellationToken cancellation) =>
        answers.OnceAsync(baseId, origin, options.Key, () => people.KnowingAsync(baseId, options.Format,
            format => LinkOnceAsync(baseId, table, record, field, targets, adds, options with { Format = format }, origin, cancellation), cancellation), cancellation);

    Task<Result<WrittenRecords>> LinkOnceAsync(
        string baseId, string table, string record, string field, IReadOnlyList<string> targets, bool adds, WriteOptions options, Origin origin, CancellationToken cancellation)
    {
        RecordPlan plan = null!;
        var input = new RecordInput(record, JsonSerializer.SerializeToElement(new Dictionary<string, object> { [field] = targets }));
        return writer.WriteAsync<WrittenRecords>(baseId, origin,
            schema => Plan(schema, table, [input], options, origin).Then<WriteScope>(planned => ScopeOf(schema, plan = planned, createsRows: false)),
            async transaction =>
            {
                var cells = await transaction.ListAsync($"select {Sql.Column(plan.Fields[0])} from {Sql.Table(baseId, plan.Table.Id)} where _id = $1",
                    row => row.IsDBNull(0) ? [] : row.GetFieldValue<string[]>(0), cancellation, record);
                if (cells is not [var linked])
                    return SchemaErrors.RecordNotFound;
                string[] left = adds ? [.. linked.Union(targets)] : [.. linked.Except(targets)];
                var changed = plan with { Records = [new PlannedRecord(record, [left.Length == 0 ? null : left], [true])] };
                if (!(await new RecordWriter(transaction).UpdateAsync(changed, cancellation)).TryGet(out var ids, out var error))
                    return error;
                return Answer(transaction, plan.Table.Id, new Upserted(ids, [], []), options, cancellation);
            }, cancellation);
    }

    /// <summary>The tables that the plan writes to, and those that its cells are computed into. A new row without links is nobody's concern but its own.</summary>
    public static WriteScope ScopeOf(BaseSchema schema, RecordPlan plan, bool createsRows)
    {
        var (changesSchema, links) = (plan.NewChoices.Count > 0, plan.Fields.Select(f => f.Type).OfType<MultipleRecordLinks>().ToList());
        var named = plan.NamedTables.Select(schema.Find).OfType<Table>().ToList();
        if (named.Count > 0 || (createsRows && links.Count > 0))
            return new WriteScope([.. named.Append(plan.Table).SelectMany(t => WriteScope.Rows(schema, t).Tables).Distinct()], changesSchema);
        var modified = RecordWriter.Modified.Select(column => Dependency.KeyOf(plan.Table, column));
        return WriteScope.Of(schema, plan.Tables, plan.Fields.Select(f => f.Id).Concat(modified).Concat(links.Select(l => l.InverseFieldId).OfType<string>()), changesSchema);
    }

    /// <summary>Shows the records behind everything else, in the round trip that commits.</summary>
    static WrittenRecords Answer(BaseTransaction transaction, string tableId, Upserted done, WriteOptions options, CancellationToken cancellation, bool isUpsert = false)
    {
        var seen = transaction.Seen;
        var table = seen.Find(tableId)!;
        var answer = new WrittenRecords(new(16 * 1024), transaction.Versions, isUpsert ? done.Created : null, isUpsert ? done.Updated : null);
        transaction.Ask(RecordReader.Rows(seen, table, table.Fields, done.Ids), async row =>
        {
            await using var json = new Utf8JsonWriter(answer.Buffer, JsonFormat.Writer);
            json.WriteStartArray();
            await RecordReader.WriteRecordsAsync(row, table.Fields, options.ByFieldId, options.Format, json, cancellation);
            json.WriteEndArray();
        });
        if (options.Key is { } key)
            transaction.Closing = () => Answers.Keep(transaction, key, answer);
        return answer;
    }
}
