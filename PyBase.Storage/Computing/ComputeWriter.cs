using System.Globalization;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Search;

namespace PyBase.Storage.Computing;

/// <summary>
/// Keeps computed cells true inside the transaction that changed what they are made of, over all tables of the base. A stage that reaches too many rows for
/// one transaction is noted as stale and worked off behind it (<see cref="StaleWork"/>).
/// </summary>
sealed class ComputeWriter(BaseTransaction transaction)
{
    /// <summary>Most rows that one stage writes in a transaction.</summary>
    public const int MaxRows = 2_000;

    /// <summary>Most rows of a tree that is rolled up in the transaction that asks for it.</summary>
    const int MaxTreeRows = 50_000;

    BaseSchema Schema => transaction.Schema;

    DependencyGraph Graph => DependencyGraph.Of(transaction.Schema);

    /// <summary>Everything that follows from the touched cells.</summary>
    public Task<Error?> FollowAsync(Touched touched, CancellationToken cancellation) => RunAsync([.. Graph.Reach(touched.Fields)], touched, [], [], cancellation);

    /// <summary>All computed cells of new rows, and what follows from them elsewhere.</summary>
    public Task<Error?> CreatedAsync(Table table, IReadOnlyList<string> ids, Touched touched, CancellationToken cancellation)
    {
        var own = OwnFields(table).ToHashSet();
        // Nothing leads to a row that nobody linked.
        if (touched.Fields.Count == 0 && own.Count == 0)
            return Task.FromResult<Error?>(null);
        if (touched.Fields.Count == 0)
            return RunAsync(own, touched, own, ids, cancellation);
        foreach (var field in table.Fields.Where(f => !own.Contains(f.Id)))
            touched.Add(Dependency.KeyOf(table, field), ids);
        return RunAsync([.. Graph.Reach(touched.Fields.Concat(own)), .. own], touched, own, ids, cancellation);
    }

    /// <summary>These fields of these rows, whatever is stored, and what follows from them.</summary>
    public Task<Error?> RecomputeAsync(IEnumerable<string> fieldIds, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var forced = fieldIds.ToHashSet();
        return RunAsync([.. Graph.Reach(forced), .. forced], new Touched(), forced, ids, cancellation);
    }

    /// <summary>These computed fields in all rows: at once in a small table, else behind the transaction.</summary>
    public async Task<Error?> RecomputeAllAsync(Table table, IReadOnlyCollection<string> fieldIds, CancellationToken cancellation)
    {
        if (fieldIds.Count == 0)
            return null;
        // A tree is rolled up whole: it is quick, its chunks would wait for each other, and a ring in it is to be refused now.
        var trees = fieldIds.Where(id => table.Find(id)?.Type is RecursiveRollup).ToHashSet();
        var most = trees.Count > 0 ? MaxTreeRows : MaxRows;
        var ids = await IdsAsync($"select _id from {Sql.Table(Schema.Id, table.Id)} limit {most + 1}", cancellation);
        if (ids.Count is > 0 and <= MaxRows)
            return await RecomputeAsync(fieldIds, ids, cancellation);
        if (trees.Count > 0 && ids.Count <= MaxTreeRows && await RecomputeAsync(trees, ids, cancellation) is { } ring)
            return ring;
        if (ids.Count > 0 && fieldIds.Where(id => ids.Count > MaxTreeRows || !trees.Contains(id)).ToArray() is { Length: > 0 } rest)
            await transaction.NoteStaleAsync(table.Id, rest, null, null, cancellation);
        return null;
    }

    /// <summary>The computed fields of a table that have a column of their own and are valid.</summary>
    public static IEnumerable<string> OwnFields(Table table) => table.Fields.Where(f => f.Type is Computed { Fault: null, SystemColumn: null }).Select(f => f.Id);

    async Task<Error?> RunAsync(HashSet<string> reached, Touched touched, HashSet<string> forced, IReadOnlyList<string> forcedIds, CancellationToken cancellation)
    {
        foreach (var stage in Graph.Stages(reached))
        {
            var ids = new HashSet<string>();
            var isForced = stage.Fields.Any(f => forced.Contains(f.Id));
            if (isForced)
                ids.UnionWith(forcedIds);
            var links = new Dictionary<string, HashSet<string>>();
            foreach (var dependency in stage.Fields.SelectMany(f => ((Computed)f.Type).Dependencies))
                if (dependency.LinkFieldId is null)
                    ids.UnionWith(touched.Of(dependency.FieldId));
                else if (touched.Of(dependency.FieldId) is { Count: > 0 } sources)
                {
                    if (!links.TryGetValue(dependency.LinkFieldId, out var known))
                        links[dependency.LinkFieldId] = known = [];
                    known.UnionWith(sources);
                }
            foreach (var (linkId, sources) in links)
            {
                var link = (MultipleRecordLinks)stage.Table.Find(linkId)!.Type;
                var (near, far) = Sql.Ends(link);
                var found = await IdsAsync($"select distinct {near}_id from {Sql.LinkTable(Schema.Id, link)} where {far}_id = any($1) limit {MaxRows + 1}", cancellation, [sources.ToArray()]);
                if (found.Count <= MaxRows)
                    ids.UnionWith(found);
                else
                    await transaction.NoteStaleAsync(stage.Table.Id, [.. stage.Fields.Select(f => f.Id)], linkId, [.. sources], cancellation);
            }
            if (ids.Count > 0 && await UpdateAsync(stage, [.. ids], touched, cancellation) is { } refused)
                return refused;
        }
        return null;
    }

    async Task<Error?> UpdateAsync(Stage stage, string[] ids, Touched touched, CancellationToken cancellation)
    {
        Field[] fields = [.. stage.Fields];
        var changed = new HashSet<string>();
        var changedFields = new List<string>();
        if (stage.Tree is { } tree)
        {
            if (!(await new TreeWriter(transaction).UpdateAsync(stage.Table, tree, ids, cancellation)).TryGet(out var some, out var ring))
                return ring;
            touched.Add(tree.Id, some);
            changed.UnionWith(some);
            changedFields.Add(tree.Id);
        }
        else await using (var command = transaction.Command(StageSql.Compile(Schema, stage, Now), [ids]))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            for (var n = 0; n < fields.Length; n++)
                if (!row.IsDBNull(n) && row.GetFieldValue<string[]>(n) is { Length: > 0 } some)
                {
                    touched.Add(fields[n].Id, some);
                    changed.UnionWith(some);
                    changedFields.Add(fields[n].Id);
                }
        }
        // Rows that this transaction made are told of whole.
        changed.ExceptWith(transaction.Created(stage.Table.Id));
        if (changed.Count > 0 && stage.Fields.Any(f => SearchTable.Holds(f) && changedFields.Contains(f.Id)))
            await SearchWriter.RefreshAsync(transaction, stage.Table, changed, cancellation);
        if (changed.Count > 0)
            await transaction.LogAsync(stage.Table.Id, ChangeKinds.CellsChanged, "",
                "select cardinality(@records), jsonb_build_object('ids', to_jsonb(@records), 'computed', to_jsonb(@fields))",
                cancellation, new NpgsqlParameter<string[]>("records", [.. changed]), new NpgsqlParameter<string[]>("fields", [.. changedFields]));
        return null;
    }

    string Now => $"'{transaction.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}'::timestamptz";

    async Task<List<string>> IdsAsync(string sql, CancellationToken cancellation, params object?[] parameters)
    {
        await using var command = transaction.Command(sql, parameters);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetString(0));
        return ids;
    }
}
