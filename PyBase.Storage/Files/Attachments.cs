using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Permissions;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.Files;

/// <summary>A file to be served.</summary>
public sealed record AttachedFile(string Name, string MediaType, byte[] Sha256);

/// <summary>A stored file that is to be in a cell.</summary>
/// <param name="Id"><c>att…</c></param>
/// <param name="Name">What it is called.</param>
/// <param name="MediaType">What it is said to be.</param>
/// <param name="Stored">Its content.</param>
public sealed record NewAttachment(string Id, string Name, string MediaType, StoredFile Stored);

/// <summary>Files in cells.</summary>
public sealed class Attachments(NpgsqlDataSource data, BaseWriter writer)
{
    /// <summary>Adds a stored file at the end of a cell. The address names no table: a field name may stand for several, and the record decides.</summary>
    public Task<Result<string>> AddAsync(string baseId, string recordId, string fieldIdOrName, string name, string mediaType, StoredFile stored, Origin origin, CancellationToken cancellation)
    {
        List<Table> tables = null!;
        return writer.WriteAsync(baseId, origin,
            schema =>
            {
                tables = [.. schema.For(origin.Reader).Tables.Where(t => t.Find(fieldIdOrName) is { Type: MultipleAttachments }).Select(t => schema.Find(t.Id)!)];
                return tables.Count == 0 ? SchemaErrors.ModelNotFound : WriteScope.Of(schema, tables.Select(t => t.Id), tables.SelectMany(t => t.Fields).Select(f => f.Id));
            },
            async transaction =>
            {
                if (await FindCellAsync(transaction, tables, fieldIdOrName, recordId, cancellation) is not { } found)
                    return SchemaErrors.RecordNotFound;
                var (table, field, cell) = found;
                var attachment = Id.New("att");
                Add(transaction, new NewAttachment(attachment, name, mediaType, stored));
                string[] ids = [.. cell is null ? [] : IdsOf(cell), attachment];
                if (field.Constraints.Check(field, ids) is { } broken)
                    return broken;
                var plan = new RecordPlan(table, [field], [new PlannedRecord(recordId, [ids], [true])], new Dictionary<string, IReadOnlyList<Choice>>());
                return (await new RecordWriter(transaction).UpdateAsync(plan, cancellation)).TryGet(out _, out var error) ? (Result<string>)table.Id : error;
            }, cancellation);
    }

    /// <summary>The file can be in cells of the base from here on.</summary>
    internal static void Add(BaseTransaction transaction, NewAttachment attachment)
    {
        var (file, stored) = (Id.New("fil"), attachment.Stored);
        transaction.Do("insert into pybase.files (id, base, name, media_type, size, sha256, created_by, created, width, height) values ($1, $2, $3, $4, $5, $6, $7, now(), $8, $9)",
            file, transaction.Schema.Id, attachment.Name, attachment.MediaType, stored.Size, stored.Sha256,
            new NpgsqlParameter { Value = (object?)transaction.Actor ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, Pixels(stored.Picture?.Width), Pixels(stored.Picture?.Height));
        transaction.Do("insert into pybase.attachments (id, base, file) values ($1, $2, $3)", attachment.Id, transaction.Schema.Id, file);
    }

    static async Task<(Table Table, Field Field, string? Cell)?> FindCellAsync(BaseTransaction transaction, List<Table> tables, string fieldIdOrName, string recordId, CancellationToken cancellation)
    {
        foreach (var table in tables)
        {
            var field = table.Find(fieldIdOrName)!;
            if (await transaction.ListAsync($"select {Sql.Column(field)} from {Sql.Table(transaction.Schema.Id, table.Id)} t where _id = $1{RuleLock.Condition(transaction, table, "t._id")}", row => row.IsDBNull(0) ? null : row.GetString(0), cancellation, recordId) is [var cell])
                return (table, field, cell);
        }
        return null;
    }

    /// <summary>The file behind an attachment id.</summary>
    public async Task<AttachedFile?> FindAsync(string attachmentId, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("select f.name, f.media_type, f.sha256 from pybase.attachments a join pybase.files f on f.id = a.file where a.id = $1");
        command.Parameters.Add(new() { Value = attachmentId });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new AttachedFile(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>
    /// The stored form of cells of one field of a plan: ids of attachments of this base, and addresses, whose files a worker fetches after the commit.
    /// </summary>
    internal static async Task<Result<IReadOnlyList<string?>>> CellsAsync(BaseTransaction transaction, RecordPlan plan, int column, CancellationToken cancellation)
    {
        string[]?[] cells = [.. plan.Records.Select(record => (string[]?)record.Values[column])];
        if (!AttachmentFetches.Begin(transaction, plan.Table.Id, plan.Fields[column].Id, plan.Records, cells).TryGet(out _, out var tooMany))
            return tooMany;
        var known = (await transaction.ListAsync("""
            select a.id, case when f.id is null then json_build_object('id', a.id, 'filename', a.name)
                else json_strip_nulls(json_build_object('id', a.id, 'filename', f.name, 'size', f.size, 'type', f.media_type, 'width', f.width, 'height', f.height)) end::text
            from pybase.attachments a left join pybase.files f on f.id = a.file where a.base = $1 and a.id = any($2)
            """, row => (Id: row.GetString(0), Cell: row.GetString(1)), cancellation, transaction.Schema.Id, cells.SelectMany(ids => ids ?? []).Distinct().ToArray())).ToDictionary(a => a.Id, a => a.Cell);
        return cells.SelectMany(ids => ids ?? []).Any(id => !known.ContainsKey(id))
            ? CellErrors.UnknownAttachment
            : cells.Select(ids => ids is null ? null : $"[{string.Join(',', ids.Select(id => known[id]))}]").ToArray();
    }

    internal static NpgsqlParameter Pixels(int? count) => new() { Value = (object?)count ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer };

    internal static IEnumerable<string> IdsOf(string json)
    {
        using var cell = JsonDocument.Parse(json);
        return [.. cell.RootElement.EnumerateArray().Select(item => item.GetText("id")!)];
    }
}
