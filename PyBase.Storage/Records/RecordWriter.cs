using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Files;
using PyBase.Storage.Notifications;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Releases;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

namespace PyBase.Storage.Records;

/// <summary>
/// Rows inside a transaction, always as sets: one statement writes any number of records, what is computed in them, and their entry in the change log.
/// </summary>
public sealed class RecordWriter(BaseTransaction transaction)
{
    readonly ComputeWriter compute = new(transaction);

    string BaseId => transaction.Schema.Id;

    /// <summary>New rows in the plan's order.</summary>
    public async Task<Result<IReadOnlyList<string>>> CreateAsync(RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.Records.Count == 0)
            return Array.Empty<string>();
        if (RuleLock.Refusal(transaction, plan, isNew: true) is { } mayNotCreate)
            return mayNotCreate;
        if (RequiredCells.Missing(plan) is { } missing)
            return missing;
        if (ReleaseLock.Refusal(transaction, plan) is { } mayNot)
            return mayNot;
        if (await PrepareAsync(plan, cancellation) is { } refused)
            return refused;
        var (ids, table, touched) = (plan.Records.Select(r => r.Id).ToArray(), Current(plan.Table), new Touched());
        transaction.Created(table.Id).UnionWith(ids);
        NotificationWriter.Assign(transaction, plan, areNew: true);
        var links = Links(plan).Where(f => Cells(plan, f.Index).Any(cell => cell.Targets.Length > 0)).ToList();
        var own = ComputeWriter.OwnFields(table).ToHashSet();
        // Nothing leads to a row that nobody linked.
        if (links.Count > 0)
            foreach (var field in table.Fields)
                touched.Add(Dependency.KeyOf(table, field), ids);
        var (affected, reached) = Reach(touched, links, own);
        var writer = new LinkWriter(transaction, compute, touched, affected, reached);
        foreach (var (field, index) in links)
            writer.Set(table, field, Cells(plan, index), areNew: true, plan.IsStored);
        var stage = DependencyGraph.Of(transaction.Schema).Ready(table, reached, affected);
        transaction.Do(new WriteSql(transaction, plan with { Table = table }, stage, compute.Now).Insert());
        var rest = Rest(reached, stage, writer);
        if (await compute.FollowAsync(rest, touched, own.Where(rest.Contains).ToHashSet(), ids, cancellation) is { } untrue)
            return untrue;
        Searchable(plan, stage, ids);
        RuleLock.Keep(transaction, table, ids);
        return ids;
    }

    /// <summary>Cells of existing rows; a record that is not there fails the whole plan.</summary>
    public async Task<Result<IReadOnlyList<string>>> UpdateAsync(RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.Records.GroupBy(r => r.Id).FirstOrDefault(g => g.Count() > 1) is { } repeated)
            return RecordErrors.RepeatedRecord(repeated.Key);
        if (RuleLock.Refusal(transaction, plan, isNew: false) is { } mayNotWrite)
            return mayNotWrite;
        if (ReleaseLock.Refusal(transaction, plan) is { } mayNot)
            return mayNot;
        if (await PrepareAsync(plan, cancellation) is { } refused)
            return refused;
        var (ids, table, touched, links) = (plan.Records.Select(r => r.Id).ToArray(), Current(plan.Table), new Touched(), Links(plan).ToList());
        NotificationWriter.Assign(transaction, plan, areNew: false);
        for (var n = 0; n < plan.Fields.Count; n++)
            touched.Add(plan.Fields[n].Id, plan.Records.Where(r => r.IsSet[n]).Select(r => r.Id));
        foreach (var column in Modified)
            touched.Add(Dependency.KeyOf(table, column), ids);
        var (affected, reached) = Reach(touched, links, None);
        var writer = new LinkWriter(transaction, compute, touched, affected, reached);
        foreach (var (field, index) in links)
            writer.Set(table, field, Cells(plan, index), areNew: false, plan.IsStored);
        var stage = DependencyGraph.Of(transaction.Schema).Ready(table, reached, affected);
        transaction.Ask(new WriteSql(transaction, plan with { Table = table }, stage, compute.Now).Update(SchemaErrors.RecordNotFound), touched.Await([.. stage.Fields], first: 1));
        if (await compute.FollowAsync(Rest(reached, stage, writer), touched, None, [], cancellation) is { } untrue)
            return untrue;
        Searchable(plan, stage, ids);
        RuleLock.Keep(transaction, table, ids);
        return ids;
    }

    /// <summary>Takes rows away; they stay in the change log whole.</summary>
    public async Task<Result<IReadOnlyList<string>>> DeleteAsync(Table table, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var (touched, links, gone) = (new Touched(), table.Fields.Where(f => f.Type is MultipleRecordLinks).Select((f, n) => (f, n)).ToList(), ids.ToArray());
        var (affected, reached) = Reach(touched, links, None);
        var writer = new LinkWriter(transaction, compute, touched, affected, reached);
        // The log first, as it keeps the links that go with the rows.
        var statement = new Statement();
        var named = statement.Value(gone);
        statement.Text = $"""
            with gone as (select * from {Sql.Table(BaseId, table.Id)} t where _id = any({named}){ReleaseLock.Condition(table, "t")}{RuleLock.Condition(transaction, table, "t._id")}),
            logged as ({transaction.LogInto(statement, table.Id, ChangeKinds.RecordsDeleted, $"select 0, count(*), jsonb_build_object('ids', jsonb_agg(_id), 'rows', jsonb_agg(to_jsonb(gone)){LinksOf(table, links.Select(l => l.f), named)}) from gone")})
            select {ReleaseLock.Must(transaction, statement, table, gone, SchemaErrors.RecordNotFound)} from gone
            """;
        transaction.Ask(statement, _ => Task.CompletedTask);
        foreach (var (field, _) in links)
            writer.Unlink(table, field, gone);
        transaction.Do($"delete from {Sql.Table(BaseId, table.Id)} where _id = any($1)", [gone]);
        if (await compute.FollowAsync(Rest(reached, null, writer), touched, None, [], cancellation) is { } untrue)
            return untrue;
        SearchWriter.Forget(transaction, table, gone);
        return gone;
    }

    /// <summary>The links that go with the rows, each once: those between two of them stand with the field that made the link.</summary>
    string LinksOf(Table table, IEnumerable<Field> linked, string ids)
    {
        var all = string.Join(" || ", linked.Select(field =>
        {
            var link = (MultipleRecordLinks)field.Type;
            var (near, far) = Sql.Ends(link);
            var once = link.IsInverse && link.LinkedTableId == table.Id ? $" and not {far}_id = any({ids})" : "";
            return $"""
                jsonb_build_object('{field.Id}', (select jsonb_build_object('was', coalesce(jsonb_agg(jsonb_build_array({near}_id, {far}_id, {near}_order, {far}_order)), '[]'))
                    from {Sql.LinkTable(BaseId, link)} where {near}_id = any({ids}){once}))
                """;
        }));
        return all.Length == 0 ? "" : $", 'links', {all}";
    }

    /// <summary>The fields that are written, at the far end of links too, and what is computed from them.</summary>
    internal (IReadOnlySet<string> Affected, IReadOnlySet<string> Reached) Reach(Touched touched, IEnumerable<(Field Field, int)> links, IReadOnlySet<string> forced)
    {
        var affected = touched.Fields.Concat(links.Select(l => ((MultipleRecordLinks)l.Field.Type).InverseFieldId).OfType<string>()).ToHashSet();
        var graph = DependencyGraph.Of(transaction.Schema);
        return (affected, graph.Reach(affected.Concat(forced)).Concat(forced).ToHashSet());
    }

    /// <summary>What no statement has computed on its way.</summary>
    /// <param name="reached">All that follows from what is written.</param>
    /// <param name="stage">Computed by the statement that writes the rows.</param>
    /// <param name="links">Computed at the far ends of links.</param>
    /// <param name="returning">The table of rows that were written without what follows from them: where it links to itself, far ends alone are computed.</param>
    internal static HashSet<string> Rest(IReadOnlySet<string> reached, Stage? stage, LinkWriter links, Table? returning = null)
    {
        var rest = reached.ToHashSet();
        rest.ExceptWith(links.Computed.Where(id => returning?.Find(id) is null));
        rest.ExceptWith(stage?.Fields.Select(f => f.Id) ?? []);
        return rest;
    }

    static readonly HashSet<string> None = [];

    /// <summary>The written records' text is found from now on.</summary>
    void Searchable(RecordPlan plan, Stage stage, string[] ids)
    {
        if (plan.Fields.Concat(stage.Fields).Any(SearchTable.Holds))
            SearchWriter.Refresh(transaction, Current(plan.Table), statement => $"any({statement.Value(ids)})");
    }

    /// <summary>The table as this transaction has it by now: typecast may have added choices.</summary>
    Table Current(Table table) => transaction.Schema.Find(table.Id)!;

    /// <summary>Columns that every update writes.</summary>
    internal static readonly string[] Modified = [Dependency.Modified, "_modified_by"];

    /// <summary>What must be there before the rows: choices that typecast adds, and what attachment ids stand for.</summary>
    async Task<Error?> PrepareAsync(RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.IsStored)
            return null;
        foreach (var (fieldId, choices) in plan.NewChoices)
            new SchemaEditor(transaction).AddChoices(plan.Table.Id, fieldId, choices);
        for (var i = 0; i < plan.Fields.Count; i++)
        {
            if (plan.Fields[i].Type is MultipleRecordLinks && await new NamedLinkWriter(transaction).ResolveAsync(plan, i, cancellation) is { } unknown)
                return unknown;
            if (plan.Fields[i].Type is not MultipleAttachments)
                continue;
            if (!(await Attachments.CellsAsync(transaction, plan, i, cancellation)).TryGet(out var cells, out var error))
                return error;
            foreach (var (record, cell) in plan.Records.Zip(cells))
                record.Values[i] = cell;
        }
        return null;
    }

    static IEnumerable<(Field Field, int Index)> Links(RecordPlan plan) =>
        plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is MultipleRecordLinks);

    static IReadOnlyList<LinkCell> Cells(RecordPlan plan, int index) =>
        [.. plan.Records.Where(r => r.IsSet[index]).Select(r => new LinkCell(r.Id, (string[]?)r.Values[index] ?? []))];
}
