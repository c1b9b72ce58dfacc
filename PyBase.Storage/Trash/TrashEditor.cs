using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.History;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Constraints;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

namespace PyBase.Storage.Trash;

/// <summary>
/// Fields and tables that go to the trash and come from it, inside a transaction that changes definitions. What goes keeps its column, its rows and its links, unseen;
/// only what is computed is dropped, as it is computed again.
/// </summary>
public sealed class TrashEditor(SchemaEditor editor)
{
    /// <summary>Columns of a table that nobody sees: PostgreSQL has room for 1,600 in all.</summary>
    public const int MaxFields = 100;

    /// <summary>Tables of a base that nobody sees.</summary>
    public const int MaxTables = 100;

    BaseTransaction Transaction => editor.Transaction;

    string BaseId => editor.Schema.Id;

    /// <summary>Takes a field out of sight; a link goes at both ends.</summary>
    public async Task<Result<Field>> RemoveFieldAsync(string tableId, string fieldId, CancellationToken cancellation)
    {
        var (before, table) = (editor.Schema, editor.Schema.Find(tableId)!);
        if (table.Find(fieldId) is not { } field)
            return SchemaErrors.ModelNotFound;
        if (field.Id == table.PrimaryFieldId)
            return FieldErrors.PrimaryStays(field.Name);
        var gone = new List<string> { field.Id };
        await HideAsync(tableId, field, cancellation);
        if (field.Type is MultipleRecordLinks { InverseFieldId: { } inverseId } link && editor.Schema.Find(link.LinkedTableId) is { } far && far.Find(inverseId) is { } inverse)
        {
            gone.Add(inverseId);
            await HideAsync(far.Id, inverse, cancellation);
            await BoundAsync(far.Id, cancellation);
        }
        await BoundAsync(tableId, cancellation);
        if (SearchTable.Holds(field))
            SearchWriter.Rebuild(Transaction, editor.Schema.Find(tableId)!);
        return await editor.SettleAsync(before, gone, cancellation) is { } refused ? refused : field;
    }

    /// <summary>Takes a table out of sight with everything in it; other tables lose the far ends of its links.</summary>
    public async Task<Error?> RemoveTableAsync(string tableId, CancellationToken cancellation)
    {
        var (before, table) = (editor.Schema, editor.Schema.Find(tableId)!);
        var gone = table.Fields.Select(f => f.Id).ToList();
        foreach (var link in table.Fields.Select(f => f.Type).OfType<MultipleRecordLinks>().Where(l => l.LinkedTableId != tableId))
            if (editor.Schema.Find(link.LinkedTableId) is { } far && far.Find(link.InverseFieldId ?? "") is { } inverse)
            {
                gone.Add(inverse.Id);
                await HideAsync(far.Id, inverse, cancellation);
            }
        foreach (var rows in (string[])["stale", "clocks", "index_uses"])
            Transaction.Do($"delete from pybase.{rows} where table_id = $1", tableId);
        Transaction.Do("update pybase.tables set removed = $2, removed_by = $3 where id = $1", tableId, Transaction.Time, Text(Transaction.Actor));
        Transaction.TellBase(ChangeKinds.TableRemoved, tableId);
        await ReloadAsync(cancellation);
        foreach (var old in await IdsAsync($"select id from pybase.tables where base = $1 and removed is not null order by removed desc offset {MaxTables}", cancellation, BaseId))
            await PurgeTableAsync(old, cancellation);
        return await editor.SettleAsync(before, gone, cancellation);
    }

    /// <summary>Brings a field back with its cells; a link with its other end, less what was deleted meanwhile. A name that is taken gets a number.</summary>
    public async Task<Result<Field>> RestoreFieldAsync(string fieldId, bool withConstraints, CancellationToken cancellation)
    {
        var before = editor.Schema;
        if (await FindAsync(fieldId, cancellation) is not { } removed || editor.Schema.Tables.All(t => t.Id != removed.TableId))
            return HistoryErrors.NotInTrash;
        var (tableId, name) = removed;
        if (editor.Schema.Find(tableId)!.Fields.Count >= TableSpec.MaxFields)
            return FieldErrors.TooMany;
        var back = new List<string> { fieldId };
        foreach (var inverse in await IdsAsync("select id from pybase.removed_fields where base = $1 and type = 'multipleRecordLinks' and options ->> 'inverseLinkFieldId' = $2 and id <> $2", cancellation, BaseId, fieldId))
            back.Add(inverse);
        var linked = await IdsAsync("select options ->> 'linkedTableId' from pybase.removed_fields where id = $1 and type = 'multipleRecordLinks'", cancellation, fieldId);
        if (linked.Count > 0 && editor.Schema.Tables.All(t => t.Id != linked[0]))
            return HistoryErrors.LinkedTableRemoved(name);
        if (linked.Count > 0 && back.Count == 1 && editor.Schema.Tables.SelectMany(t => t.Fields).All(f => f.Type is not MultipleRecordLinks other || other.InverseFieldId != fieldId))
            return HistoryErrors.NotInTrash;
        var rules = await ConstraintsAsync(fieldId, cancellation);
        foreach (var id in back)
            if (await ShowAsync(id, cancellation) is { } full)
                return full;
        await ReloadAsync(cancellation);
        if (await FillAsync(before, back, cancellation) is { } untrue)
            return untrue;
        var field = editor.Schema.Find(tableId)!.Find(fieldId)!;
        if (!withConstraints || rules is null)
            return field;
        using var json = JsonDocument.Parse(rules);
        return FieldConstraints.Read(json.RootElement, field.Type).TryGet(out var read, out _)
            ? await new ConstraintEditor(Transaction).SetAsync(tableId, field, read, isNew: true, cancellation)
            : field;
    }

    /// <summary>Brings a table back with everything in it, and the far ends of its links where the tables are still there.</summary>
    public async Task<Result<Table>> RestoreTableAsync(string tableId, CancellationToken cancellation)
    {
        var before = editor.Schema;
        var names = await IdsAsync("select name from pybase.tables where base = $1 and id = $2 and removed is not null", cancellation, BaseId, tableId);
        if (names.Count == 0)
            return HistoryErrors.NotInTrash;
        if (editor.Schema.Tables.Count >= TableSpec.MaxTables)
            return SchemaErrors.TooManyTables;
        Transaction.Do("update pybase.tables set removed = null, removed_by = null, name = $2 where id = $1",
            tableId, FreeName.Among(editor.Schema.Tables.Select(t => t.Name), names[0]));
        await ReloadAsync(cancellation);
        var back = new List<string>();
        foreach (var field in editor.Schema.Find(tableId)!.Fields)
        {
            if (field.Type is Computed { SystemColumn: null })
                Transaction.Do($"alter table {Sql.Table(BaseId, tableId)} drop column if exists {Sql.Quote(field.Id)}, add column {Sql.Quote(field.Id)} {Sql.Type(field.Type.Column)}");
            back.Add(field.Id);
            if (field.Type is not MultipleRecordLinks { InverseFieldId: { } inverse } link || link.LinkedTableId == tableId)
                continue;
            var isThere = editor.Schema.Tables.Any(t => t.Id == link.LinkedTableId) && await FindAsync(inverse, cancellation) is not null;
            if (isThere && await ShowAsync(inverse, cancellation) is null)
                back.Add(inverse);
            else
                Strike(tableId, field);
        }
        await ReloadAsync(cancellation);
        if (await FillAsync(before, [.. back.Where(id => editor.Schema.Tables.Any(t => t.Find(id) is not null))], cancellation) is { } untrue)
            return untrue;
        Transaction.TellBase(ChangeKinds.TableAdded, tableId);
        return editor.Schema.Find(tableId)!;
    }

    /// <summary>Takes a field out of the trash for good: column, link table and other end.</summary>
    public async Task<bool> PurgeFieldAsync(string fieldId, CancellationToken cancellation)
    {
        var removed = await Transaction.ListAsync("select table_id, options ->> 'linkTable', options ->> 'inverseLinkFieldId' from pybase.removed_fields where id = $1 and base = $2",
            row => (TableId: row.GetString(0), Link: row.IsDBNull(1) ? null : row.GetString(1), Inverse: row.IsDBNull(2) ? null : row.GetString(2)), cancellation, fieldId, BaseId);
        if (removed is not [var (tableId, link, inverse)])
            return false;
        if (inverse is not null)
            foreach (var place in await IdsAsync("select table_id from pybase.removed_fields where id = $1 union all select table_id from pybase.fields f join pybase.tables t on t.id = f.table_id where f.id = $1 and t.removed is not null", cancellation, inverse))
                Drop(place, inverse);
        Drop(tableId, fieldId);
        if (link is not null)
            Transaction.Do($"drop table if exists {Sql.LinkTable(BaseId, link)}");
        return true;
    }

    /// <summary>Takes a table out of the trash for good.</summary>
    public async Task<bool> PurgeTableAsync(string tableId, CancellationToken cancellation)
    {
        if ((await IdsAsync("select id from pybase.tables where base = $1 and id = $2 and removed is not null", cancellation, BaseId, tableId)).Count == 0)
            return false;
        foreach (var field in await LinkedToAsync(tableId, cancellation))
            await PurgeFieldAsync(field, cancellation);
        foreach (var link in await IdsAsync("select options ->> 'linkTable' from pybase.fields where table_id = $1 and type = 'multipleRecordLinks'", cancellation, tableId))
            Transaction.Do($"drop table if exists {Sql.LinkTable(BaseId, link)}");
        SearchWriter.Drop(Transaction, tableId);
        Transaction.Do($"drop table if exists {Sql.Table(BaseId, tableId)}");
        foreach (var rows in (string[])["changes", "table_versions"])
            Transaction.Do($"delete from pybase.{rows} where table_id = $1", tableId);
        Transaction.Do("delete from pybase.tables where id = $1", tableId);
        return true;
    }

    /// <summary>Fields in the trash that are of a table, or link to it: they go for good when it does.</summary>
    internal Task<List<string>> LinkedToAsync(string tableId, CancellationToken cancellation) =>
        IdsAsync("select id from pybase.removed_fields where base = $1 and (table_id = $2 or options ->> 'linkedTableId' = $2)", cancellation, BaseId, tableId);

    async Task HideAsync(string tableId, Field field, CancellationToken cancellation)
    {
        var table = editor.Schema.Find(tableId)!;
        foreach (var unique in table.Unique.Where(c => c.FieldIds.Contains(field.Id)).ToArray())
            await new ConstraintEditor(Transaction).RemoveAsync(editor.Schema.Find(tableId)!, unique.Id, cancellation);
        if (field.Constraints.Unique is not Uniqueness.None)
            foreach (var drop in ConstraintEditor.Index(field, field.Constraints.Unique).Drop(BaseId, tableId))
                Transaction.Do(drop);
        if (field.Type is Computed { SystemColumn: null })
            Transaction.Do($"alter table {Sql.Table(BaseId, tableId)} drop column {Sql.Column(field)}");
        if (field.Type.CanFail)
            Transaction.Do($"update {Sql.Table(BaseId, tableId)} set errors = nullif(errors - $1, '{{}}') where errors ? $1", field.Id);
        Strike(tableId, field);
        editor.Forget(tableId, field.Id);
        Transaction.TellTable(tableId, ChangeKinds.FieldRemoved, field.Id);
    }

    void Strike(string tableId, Field field)
    {
        Transaction.Do("""
            insert into pybase.removed_fields (id, base, table_id, name, description, type, options, constraints, position, removed, removed_by)
            select id, base, table_id, name, description, type, options, constraints, position, $2, $3 from pybase.fields where id = $1
            """, field.Id, Transaction.Time, Text(Transaction.Actor));
        Transaction.Do("delete from pybase.fields where id = $1", field.Id);
    }

    /// <summary>The definition is one of the table's again; null when there was room for it.</summary>
    async Task<Error?> ShowAsync(string fieldId, CancellationToken cancellation)
    {
        var (tableId, name) = (await FindAsync(fieldId, cancellation))!.Value;
        var table = editor.Schema.Find(tableId)!;
        if (table.Fields.Count >= TableSpec.MaxFields)
            return FieldErrors.TooMany;
        Transaction.Do("""
            insert into pybase.fields (id, base, table_id, name, description, type, options, position)
            select id, base, table_id, $2, description, type, options, position from pybase.removed_fields where id = $1
            """, fieldId, FreeName.Among(table.Fields.Select(f => f.Name), name));
        Transaction.Do("delete from pybase.removed_fields where id = $1", fieldId);
        Transaction.TellTable(tableId, ChangeKinds.FieldAdded, fieldId);
        return null;
    }

    /// <summary>Makes the cells of fields that came back true: links less those that lead nowhere now, computed cells and text search.</summary>
    async Task<Error?> FillAsync(BaseSchema before, IReadOnlyList<string> back, CancellationToken cancellation)
    {
        var found = editor.Schema.Tables.SelectMany(t => t.Fields.Where(f => back.Contains(f.Id)).Select(f => (Table: t, Field: f))).ToArray();
        foreach (var (table, field) in found)
            if (field.Type is MultipleRecordLinks link)
            {
                var (near, far) = Sql.Ends(link);
                Transaction.Do($"""
                    delete from {Sql.LinkTable(BaseId, link)} l where not exists (select from {Sql.Table(BaseId, table.Id)} where _id = l.{near}_id)
                    or not exists (select from {Sql.Table(BaseId, link.LinkedTableId)} where _id = l.{far}_id)
                    """);
            }
        foreach (var (table, field) in found)
        {
            if (field.Type is MultipleRecordLinks link)
            {
                var (near, far) = Sql.Ends(link);
                Transaction.Do($"""
                    update {Sql.Table(BaseId, table.Id)} t set {Sql.Quote(field.Id)} = links.ids
                    from (select r._id, (select array_agg(l.{far}_id order by l.{near}_order, l.{far}_id) from {Sql.LinkTable(BaseId, link)} l where l.{near}_id = r._id) as ids from {Sql.Table(BaseId, table.Id)} r) links
                    where t._id = links._id and t.{Sql.Quote(field.Id)} is distinct from links.ids
                    """);
            }
            if (field.Type is Computed { SystemColumn: null } computed)
            {
                if (before.Tables.Any(t => t.Id == table.Id))
                    await editor.AddColumnAsync(table, field, cancellation);
                editor.SetClock(table.Id, field);
                if (computed.Fault is null && await new ComputeWriter(Transaction).RecomputeAllAsync(table, [field.Id], cancellation) is { } untrue)
                    return untrue;
            }
        }
        foreach (var table in found.Where(f => SearchTable.Holds(f.Field)).Select(f => f.Table).DistinctBy(t => t.Id))
            SearchWriter.Rebuild(Transaction, table);
        return await editor.SettleAsync(before, back, cancellation);
    }

    /// <summary>PostgreSQL's columns end at 1,600, so of many unseen ones the oldest go.</summary>
    async Task BoundAsync(string tableId, CancellationToken cancellation)
    {
        foreach (var old in await IdsAsync($"select id from pybase.removed_fields where table_id = $1 order by removed desc, id offset {MaxFields}", cancellation, tableId))
            await PurgeFieldAsync(old, cancellation);
    }

    void Drop(string tableId, string fieldId)
    {
        Transaction.Do($"alter table if exists {Sql.Table(BaseId, tableId)} drop column if exists {Sql.Quote(fieldId)}");
        foreach (var rows in (string[])["removed_fields", "fields"])
            Transaction.Do($"delete from pybase.{rows} where id = $1", fieldId);
    }

    async Task<(string TableId, string Name)?> FindAsync(string fieldId, CancellationToken cancellation) =>
        await Transaction.ListAsync("select table_id, name from pybase.removed_fields where id = $1 and base = $2", row => (row.GetString(0), row.GetString(1)), cancellation, fieldId, BaseId)
            is [var found] ? found : null;

    async Task<string?> ConstraintsAsync(string fieldId, CancellationToken cancellation) =>
        await IdsAsync("select constraints from pybase.removed_fields where id = $1 and constraints is not null", cancellation, fieldId) is [var rules] ? rules : null;

    /// <summary>The definitions as the database has them by now, in their order.</summary>
    async Task ReloadAsync(CancellationToken cancellation)
    {
        Transaction.Schema = await SchemaStore.LoadAsync(await Transaction.ConnectionAsync(cancellation), BaseId, editor.Schema.Epoch, editor.Schema.Version, cancellation);
        Transaction.MarkSchemaChanged();
    }

    Task<List<string>> IdsAsync(string sql, CancellationToken cancellation, params object?[] values) => Transaction.ListAsync(sql, row => row.GetString(0), cancellation, values);

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
