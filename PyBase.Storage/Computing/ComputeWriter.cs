using System.Globalization;
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

    /// <summary>These fields of these rows, whatever is stored, and what follows from them.</summary>
    public Task<Error?> RecomputeAsync(IEnumerable<string> fieldIds, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var forced = fieldIds.ToHashSet();
        return FollowAsync(Graph.Reach(forced).Concat(forced).ToHashSet(), new Touched(), forced, ids, cancellation);
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
        if (ids.Count is >= OldVersions.ManyRows and <= MaxRows)
            transaction.NoteRewritten(table.Id);
        if (ids.Count is > 0 and <= MaxRows)
            return await RecomputeAsync(fieldIds, ids, cancellation);
        if (trees.Count > 0 && ids.Count <= MaxTreeRows && await RecomputeAsync(trees, ids, cancellation) is { } ring)
            return ring;
        if (ids.Count > 0 && fieldIds.Where(id => ids.Count > MaxTreeRows || !trees.Contains(id)).ToArray() is { Length: > 0 } rest)
            transaction.NoteStale(table.Id, rest, null, null);
        return null;
    }

    /// <summary>The computed fields of a table that have a column of their own and are valid.</summary>
    public static IEnumerable<string> OwnFields(Table table) => table.Fields.Where(f => f.Type is Computed { Fault: null, SystemColumn: null }).Select(f => f.Id);

    /// <summary>Computes the fields of a stage in these rows with one statement; what it changes is known when its answer comes.</summary>
    public void Update(Stage stage, Func<Statement, string> ids, Touched touched)
    {
        transaction.Ask(StageSql.Compile(transaction, stage, ids, Now), touched.Await([.. stage.Fields]));
        if (stage.Fields.Any(SearchTable.Holds))
            SearchWriter.Refresh(transaction, stage.Table, ids);
    }

    /// <summary>The moment of this transaction, for NOW().</summary>
    public string Now => $"'{transaction.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}'::timestamptz";

    /// <summary>Everything of <paramref name="reached"/> that follows from the touched cells, and of some rows the <paramref name="forced"/> fields whatever was touched.</summary>
    public async Task<Error?> FollowAsync(IReadOnlySet<string> reached, Touched touched, IReadOnlySet<string> forced, IReadOnlyList<string> forcedIds, CancellationToken cancellation)
    {
        foreach (var stage in Graph.Stages(reached))
        {
            if (stage.Fields.SelectMany(f => ((Computed)f.Type).Dependencies).Any(d => touched.Awaits(d.FieldId)))
                await transaction.FlushAsync(cancellation);
            var ids = new HashSet<string>();
            if (stage.Fields.Any(f => forced.Contains(f.Id)))
                ids.UnionWith(forcedIds);
            var links = new Dictionary<string, HashSet<string>>();
            foreach (var dependency in stage.Fields.SelectMany(f => ((Computed)f.Type).Dependencies))
                if (dependency.LinkFieldId is null)
                    ids.UnionWith(touched.Of(dependency.FieldId));
                else if (touched.Of(dependency.FieldId) is { Count: > 0 } sources)
                {
                    if (!links.TryGetValue(dependency.LinkFieldId, out var known))
                        links[dependency.LinkFieldId] = known = [];
                    known.UnionWith(dependency.FarLinkFieldId is null ? sources : await LeadingAsync(stage.Table, dependency, sources, cancellation));
                }
            foreach (var (linkId, sources) in links)
            {
                var link = (MultipleRecordLinks)stage.Table.Find(linkId)!.Type;
                var (near, far) = Sql.Ends(link);
                var found = await IdsAsync($"select distinct {near}_id from {Sql.LinkTable(Schema.Id, link)} where {far}_id = any($1) limit {MaxRows + 1}", cancellation, [sources.ToArray()]);
                if (found.Count <= MaxRows)
                    ids.UnionWith(found);
                else
                    transaction.NoteStale(stage.Table.Id, [.. stage.Fields.Select(f => f.Id)], linkId, [.. sources]);
            }
            if (ids.Count == 0)
                continue;
            if (stage.Tree is not { } tree)
                Update(stage, statement => $"any({statement.Value(ids.ToArray())})", touched);
            else if (await new TreeWriter(transaction).UpdateAsync(stage.Table, tree, [.. ids], touched, cancellation) is { } ring)
                return ring;
        }
        return null;
    }

    /// <summary>The linked records that show the names of these.</summary>
    async Task<IReadOnlyCollection<string>> LeadingAsync(Table table, Dependency dependency, IReadOnlySet<string> named, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)table.Find(dependency.LinkFieldId!)!.Type;
        var shown = (MultipleRecordLinks)Schema.Find(link.LinkedTableId)!.Find(dependency.FarLinkFieldId!)!.Type;
        var (near, far) = Sql.Ends(shown);
        return await IdsAsync($"select distinct {near}_id from {Sql.LinkTable(Schema.Id, shown)} where {far}_id = any($1)", cancellation, [named.ToArray()]);
    }

    Task<List<string>> IdsAsync(string sql, CancellationToken cancellation, params object?[] parameters) => transaction.ListAsync(sql, row => row.GetString(0), cancellation, parameters);
}
