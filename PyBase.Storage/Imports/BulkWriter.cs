using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Imports;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;
using PyBase.Storage.Releases;
using PyBase.Storage.Search;

namespace PyBase.Storage.Imports;

/// <summary>New rows from a staging table, inside a transaction: one statement writes them and their entry in the change log.</summary>
public sealed class BulkWriter(BaseTransaction transaction)
{
    /// <summary>Makes the rows of a slot, in their order.</summary>
    /// <param name="table">Where to.</param>
    /// <param name="fields">By the staging table's columns; null for one that nobody wants any more.</param>
    /// <param name="staging">Where from.</param>
    /// <param name="slot">Which of them.</param>
    /// <param name="ids">The rows in it.</param>
    /// <param name="areGiven">The file says the ids, so that they may be there already. Looking for each first makes an insert twice as dear.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Error?> CreateAsync(Table table, IReadOnlyList<Field?> fields, StagingTables staging, int slot, IReadOnlyList<string> ids, bool areGiven, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return null;
        if (transaction.Seen.Find(table.Id) is { Scope: not null })
            return PermissionErrors.NotWhole;
        var columns = fields.Index().Where(field => field.Item is not null).ToArray();
        if (table.Release is { } rule && columns.FirstOrDefault(c => c.Item!.Id == rule.StateFieldId) is { Item: not null } state && ReleaseLock.Refusal(transaction, rule) is { } mayNot)
            transaction.Ask(new($"select {transaction.Refuse("''", _ => mayNot)} from {staging.Name(slot)} where c{state.Index} = any($1) having count(*) > 0", [rule.ReleasedChoiceIds.ToArray()]), _ => Task.CompletedTask);
        var statement = new Statement();
        var (time, actor) = (statement.Value(transaction.Time), statement.Value(transaction.Actor, NpgsqlDbType.Text));
        var search = SearchWriter.With(transaction.Schema, table, "made");
        statement.Text = $"""
            with made as (insert into {Sql.Table(transaction.Schema.Id, table.Id)} as t (_id, _created, _created_by, _modified, _modified_by{string.Concat(columns.Select(c => $", {Sql.Column(c.Item!)}"))})
                select id, {time}, {actor}, {time}, {actor}{string.Concat(columns.Select(c => $", c{c.Index}"))} from {staging.Name(slot)} order by place{(areGiven ? " on conflict (_id) do nothing" : "")} returning t._id{search?.Text}),{search?.Insert}
            logged as ({transaction.LogInto(statement, table.Id, ChangeKinds.RecordsCreated, "select 0, count(*), jsonb_build_object('ids', jsonb_agg(_id)) from made")})
            select count(*) from made
            """;
        var made = 0L;
        transaction.Ask(statement, async row => made = await row.ReadAsync(cancellation) ? row.GetInt64(0) : 0);
        await transaction.FlushAsync(cancellation);
        if (made != ids.Count)
            return ImportErrors.RecordsExist(ids.Count - (int)made);
        transaction.Created(table.Id).UnionWith(ids);
        if (await new ComputeWriter(transaction).RecomputeAsync(ComputeWriter.OwnFields(table), ids, cancellation) is { } untrue)
            return untrue;
        if (search is null)
            SearchWriter.Add(transaction, table, ids);
        return null;
    }

    /// <summary>Takes away those of these rows that are there.</summary>
    public async Task<Error?> DeleteAsync(Table table, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var found = await transaction.ListAsync($"select _id from {Sql.Table(transaction.Schema.Id, table.Id)} where _id = any($1)", row => row.GetString(0), cancellation, [ids.ToArray()]);
        return found.Count == 0 || (await new RecordWriter(transaction).DeleteAsync(table, found, cancellation)).TryGet(out _, out var error) ? null : error;
    }
}
