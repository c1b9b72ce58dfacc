using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Postgres;
using PyBase.Storage.Search;

namespace PyBase.Storage.Records;

/// <summary>Links of one field that come again.</summary>
readonly record struct ReturningLinks(Field Field, IReadOnlyList<StoredLink> Links);

/// <summary>Puts deleted rows and links back as they were: the rows go from the log to the table without leaving the database.</summary>
sealed class RowRestorer(BaseTransaction transaction)
{
    /// <summary>Rows of one entry of the log, with the same ids, numbers and cells; cells of fields that are not in <paramref name="columns"/> stay empty. How many came: those that were deleted for good do not.</summary>
    public async Task<Result<int>> RestoreAsync(
        Table table, (long Version, int Position) entry, string[] ids, IReadOnlyList<Field> columns, IReadOnlyList<ReturningLinks> links, CancellationToken cancellation)
    {
        var (names, types) = (string.Concat(columns.Select(f => $", {Sql.Quote(f.Id)}")), string.Concat(columns.Select(f => $", {Sql.Quote(f.Id)} {Sql.Type(f.Type.Column)}")));
        var made = links.ToDictionary(l => l.Field.Id, l => JsonSerializer.Deserialize<JsonElement>(LoggedLinks.Write([], [.. l.Links])));
        var count = await transaction.LogAsync(table.Id, ChangeKinds.RecordsCreated, $"""
            with logged as (select body -> 'rows' as rows from pybase.changes where table_id = @table and version = @from and position = @place),
            made as (insert into {Sql.Table(transaction.Schema.Id, table.Id)} (_id, _number, _created, _created_by, _modified, _modified_by{names})
                select _id, _number, _created, _created_by, _modified, _modified_by{names} from logged, jsonb_to_recordset(rows)
                as r(_id text, _number bigint, _created timestamptz, _created_by text, _modified timestamptz, _modified_by text{types}) where _id = any(@ids) order by _number returning _id)
            """, "select count(*), jsonb_build_object('ids', jsonb_agg(_id), 'links', @links) from made", cancellation,
            new NpgsqlParameter<long>("from", entry.Version), new NpgsqlParameter<int>("place", entry.Position), new NpgsqlParameter<string[]>("ids", ids),
            new NpgsqlParameter("links", NpgsqlDbType.Jsonb) { Value = JsonSerializer.Serialize(made) });
        var touched = new Touched();
        transaction.Created(table.Id).UnionWith(ids);
        foreach (var (field, some) in links)
            if (await new LinkWriter(transaction, touched).ReturnAsync(table, field, some, cancellation) is { } locked)
                return locked;
        if (await new ComputeWriter(transaction).CreatedAsync(table, ids, touched, cancellation) is { } untrue)
            return untrue;
        await SearchWriter.RefreshAsync(transaction, table, ids, cancellation);
        return count;
    }

    /// <summary>Takes a change of the links of a field back, as a write of the rows that hold them.</summary>
    public async Task<Error?> RelinkAsync(Table table, Field field, IReadOnlyList<StoredLink> made, IReadOnlyList<StoredLink> was, CancellationToken cancellation)
    {
        var touched = new Touched();
        string[] records = [.. made.Concat(was).Select(l => l.Near).Distinct()];
        if (await new LinkWriter(transaction, touched).RevertAsync(table, field, made, was, cancellation) is { } locked)
            return locked;
        await new RecordWriter(transaction).MarkAsync(table, records, cancellation);
        foreach (var column in RecordWriter.Modified)
            touched.Add(Dependency.KeyOf(table, column), records);
        return await new ComputeWriter(transaction).FollowAsync(touched, cancellation);
    }
}
