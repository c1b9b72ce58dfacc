using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Releases;
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
        var made = LoggedLinks.Write(links.Select(l => (l.Field.Id, l.Links)));
        var statement = new Statement();
        var (from, place, wanted) = (statement.Value(entry.Version), statement.Value(entry.Position), statement.Value(ids));
        var search = SearchWriter.With(transaction.Schema, table, "made");
        const string System = "_id, _number, _created, _created_by, _modified, _modified_by, _times";
        statement.Text = $"""
            with was as (select body -> 'rows' as rows from pybase.changes where table_id = '{table.Id}' and version = {from} and position = {place}),
            made as (insert into {Sql.Table(transaction.Schema.Id, table.Id)} as t ({System}{names})
                select {System}{names} from was, jsonb_to_recordset(rows)
                as r(_id text, _number bigint, _created timestamptz, _created_by text, _modified timestamptz, _modified_by text, _times jsonb{types}) where _id = any({wanted}) order by _number returning t._id{search?.Text}),{search?.Insert}
            told as ({transaction.LogInto(statement, table.Id, ChangeKinds.RecordsCreated, $"select 0, count(*), jsonb_build_object('ids', jsonb_agg(_id), 'links', {statement.Value(made, NpgsqlDbType.Jsonb)}) from made")})
            select count(*)::int from made
            """;
        var count = 0;
        transaction.Ask(statement, async row => count = await row.ReadAsync(cancellation) ? row.GetInt32(0) : 0);
        transaction.Created(table.Id).UnionWith(ids);
        var (touched, compute, own) = (new Touched(), new ComputeWriter(transaction), ComputeWriter.OwnFields(table).ToHashSet());
        foreach (var field in table.Fields)
            touched.Add(Dependency.KeyOf(table, field), ids);
        var (affected, reached) = new RecordWriter(transaction).Reach(touched, links.Select((l, n) => (l.Field, n)), own);
        var writer = new LinkWriter(transaction, compute, touched, affected, reached);
        foreach (var (field, some) in links)
            writer.Return(table, field, some);
        var rest = RecordWriter.Rest(reached, null, writer, table);
        if (await compute.FollowAsync(rest, touched, own.Where(rest.Contains).ToHashSet(), ids, cancellation) is { } untrue)
            return untrue;
        if (search is null)
            SearchWriter.Refresh(transaction, table, refreshed => $"any({refreshed.Value(ids)})");
        RuleLock.Keep(transaction, table, ids);
        await transaction.FlushAsync(cancellation);
        return count;
    }

    /// <summary>Takes a change of the links of a field back, as a write of the rows that hold them.</summary>
    public Task<Error?> RelinkAsync(Table table, Field field, IReadOnlyList<StoredLink> made, IReadOnlyList<StoredLink> was, CancellationToken cancellation)
    {
        var (touched, compute, records) = (new Touched(), new ComputeWriter(transaction), made.Concat(was).Select(l => l.Near).Distinct().ToArray());
        touched.Add(field.Id, records);
        foreach (var column in RecordWriter.Modified)
            touched.Add(Dependency.KeyOf(table, column), records);
        var statement = new Statement();
        statement.Text = $"""
            update {Sql.Table(transaction.Schema.Id, table.Id)} t set _modified = {statement.Value(transaction.Time)}, _modified_by = {statement.Value(transaction.Actor, NpgsqlDbType.Text)}
            where _id = any({statement.Value(records)}){ReleaseLock.Condition(table, "t")}
            """;
        transaction.Do(statement);
        var (affected, reached) = new RecordWriter(transaction).Reach(touched, [(field, 0)], new HashSet<string>());
        var writer = new LinkWriter(transaction, compute, touched, affected, reached);
        writer.Revert(table, field, made, was);
        return compute.FollowAsync(RecordWriter.Rest(reached, null, writer, table), touched, new HashSet<string>(), [], cancellation);
    }
}
