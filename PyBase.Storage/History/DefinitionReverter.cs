using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Core.Views;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;
using PyBase.Storage.Trash;
using PyBase.Storage.Views;

namespace PyBase.Storage.History;

/// <summary>
/// Takes changes of definitions back: what was added goes to the trash, what was removed comes from it, what was changed is called and set as before. What others have
/// changed or filled since is left.
/// </summary>
sealed class DefinitionReverter(BaseTransaction transaction, LoggedAction action, IReadOnlyList<LoggedChange> changes, Standing standing, List<Left> left)
{
    readonly SchemaEditor editor = new(transaction);

    BaseSchema Schema => transaction.Schema;

    /// <summary>How many it took back.</summary>
    public int Count { get; private set; }

    /// <summary>Is there a definition among what a transaction did?</summary>
    public static bool Has(LoggedAction action, IReadOnlyList<LoggedChange> changes) => action.BaseChanges.Count > 0 || changes.Any(c => IsDefinition(c.Kind));

    public static bool IsDefinition(string kind) => kind is ChangeKinds.FieldAdded or ChangeKinds.FieldChanged or ChangeKinds.FieldRemoved or ChangeKinds.ViewAdded or ChangeKinds.ViewChanged or ChangeKinds.ViewRemoved;

    public async Task<Error?> RunAsync(CancellationToken cancellation)
    {
        var made = action.BaseChanges.Where(c => c.Kind is ChangeKinds.TableAdded).Select(c => c.Id).ToHashSet();
        foreach (var change in action.BaseChanges.Reverse())
            if (await TableAsync(change, cancellation) is { } refused)
                return refused;
        foreach (var change in changes.Where(c => IsDefinition(c.Kind) && !made.Contains(c.TableId)))
            if (await ChangeAsync(change, change.Body.GetText("id")!, cancellation) is { } refused)
                return refused;
        return null;
    }

    async Task<Error?> TableAsync(LoggedBaseChange change, CancellationToken cancellation)
    {
        var table = Schema.Tables.FirstOrDefault(t => t.Id == change.Id);
        switch (change.Kind)
        {
            case ChangeKinds.TableAdded when table is not null && Free(change.Id, change.Id):
                if (!action.TakesBack && await AnyAsync($"select exists (select from {Sql.Table(Schema.Id, table.Id)})", cancellation))
                    Leave(change.Id, change.Id, "changed", null);
                else if (await new TrashEditor(editor).RemoveTableAsync(change.Id, cancellation) is { } refused)
                    return refused;
                else
                    Count++;
                return null;
            case ChangeKinds.TableRemoved when table is null && Free(change.Id, change.Id):
                return Took(change.Id, change.Id, (await new TrashEditor(editor).RestoreTableAsync(change.Id, cancellation)).Error);
            case ChangeKinds.TableChanged when table is not null && change.Was is { } was && Free(change.Id, change.Id):
                return Took(change.Id, change.Id, editor.ChangeTable(change.Id, was.GetText("name"), was.GetText("description") ?? "").Error);
            default:
                return null;
        }
    }

    async Task<Error?> ChangeAsync(LoggedChange change, string id, CancellationToken cancellation)
    {
        if (Schema.Tables.FirstOrDefault(t => t.Id == change.TableId) is not { } table)
        {
            Leave(change.TableId, id, "deleted", standing.By(Standing.Definition(change.TableId)));
            return null;
        }
        var (field, view, was) = (table.Fields.FirstOrDefault(f => f.Id == id), table.Views.FirstOrDefault(v => v.Id == id), change.Body.TryGet("was", out var logged) ? logged : (JsonElement?)null);
        switch (change.Kind)
        {
            case ChangeKinds.FieldAdded when field is not null && Free(table.Id, id):
                if (await IsFilledAsync(table, field, cancellation))
                    Leave(table.Id, id, "changed", null);
                else
                    return Took(table.Id, id, (await new TrashEditor(editor).RemoveFieldAsync(table.Id, id, cancellation)).Error);
                return null;
            case ChangeKinds.FieldRemoved when field is null && Free(table.Id, id):
                return Took(table.Id, id, (await new TrashEditor(editor).RestoreFieldAsync(id, withConstraints: true, cancellation)).Error);
            case ChangeKinds.FieldChanged when field is not null && was is { } before && Free(table.Id, id):
                return before.GetText("type") == field.Type.Name ? await RenameAsync(table, field, before, cancellation) : await ConvertBackAsync(table, field, before, cancellation);
            case ChangeKinds.ViewAdded when view is not null && Free(table.Id, id):
                return Took(table.Id, id, (await new ViewEditor(transaction).RemoveAsync(table.Id, id, cancellation)).Error);
            case ChangeKinds.ViewChanged when view is not null && was is { } before && Free(table.Id, id):
                return Took(table.Id, id, (await new ViewEditor(transaction).PutAsync(table.Id, id, before, cancellation)).Error);
            case ChangeKinds.ViewRemoved when view is null && was is { } before && Free(table.Id, id):
                return Took(table.Id, id, (await new ViewEditor(transaction).PutAsync(table.Id, id, before, cancellation)).Error);
            default:
                return null;
        }
    }

    async Task<Error?> RenameAsync(Table table, Field field, JsonElement was, CancellationToken cancellation)
    {
        var options = field.Type is Computed && was.TryGet("options", out var before) && before.GetRawText() != field.Type.StoredOptions() ? before : default;
        return Took(table.Id, field.Id, (await editor.ChangeFieldAsync(table.Id, field.Id, was.GetText("name"), was.GetText("description") ?? "", options, cancellation)).Error);
    }

    async Task<Error?> ConvertBackAsync(Table table, Field field, JsonElement was, CancellationToken cancellation)
    {
        var cells = changes.FirstOrDefault(c => c.Kind is ChangeKinds.CellsChanged && c.TableId == table.Id && c.Body.TryGet("was", out _) && c.Old.Any(o => o.Name == field.Id));
        if (cells is { Ids.Length: 0 })
            cells = null;
        var isRead = FieldTypes.Read(was.GetText("type") ?? "", was.TryGet("options", out var options) ? options : default, new FieldScope(field.Id, _ => true, IsStored: true)).TryGet(out var type, out _);
        if (!isRead || type is MultipleRecordLinks || field.Type is MultipleRecordLinks)
            Leave(table.Id, field.Id, "notUndoable", null);
        else if (await IsWrittenAsync(table, field, cells?.Ids ?? [], cancellation))
            Leave(table.Id, field.Id, "changed", null);
        else
        {
            var before = Schema;
            new FieldConversionColumns(editor).Revert(table.Id, field, type!, cells is null ? null : (cells.Version, cells.Position));
            if (await editor.SettleAsync(before, [field.Id], cancellation) is { } refused)
                return refused;
            Search.SearchWriter.Rebuild(transaction, Schema.Find(table.Id)!);
            Count++;
        }
        return null;
    }

    /// <summary>Has anybody written cells of a field that this action made? What it brought back itself does not count.</summary>
    Task<bool> IsFilledAsync(Table table, Field field, CancellationToken cancellation) =>
        field.Type.IsComputed || field.Type.SystemColumn is not null ? Task.FromResult(false)
        : action.TakesBack ? LaterAsync(table, field, cancellation)
        : AnyAsync($"select exists (select from {Sql.Table(Schema.Id, table.Id)} where {Sql.Column(field)} is not null)", cancellation);

    /// <summary>Has anybody written cells since, of rows old or new?</summary>
    async Task<bool> IsWrittenAsync(Table table, Field field, string[] ids, CancellationToken cancellation) => await LaterAsync(table, field, cancellation)
        || (!action.TakesBack && await AnyAsync($"select exists (select from {Sql.Table(Schema.Id, table.Id)} where {Sql.Column(field)} is not null and not _id = any($1))", cancellation, [ids]));

    /// <summary>A later write that was not taken back.</summary>
    Task<bool> LaterAsync(Table table, Field field, CancellationToken cancellation) => AnyAsync("""
        select exists (select from pybase.changes c join pybase.transactions t on t.base = c.base and t.time = c.time and t.versions ->> c.table_id = c.version::text
            where c.table_id = $1 and c.version > $2 and c.body -> 'old' ? $3 and not t.takes_back and not exists (select from pybase.transactions u where u.base = t.base and u.reverts = t.number))
        """, cancellation, table.Id, action.Versions.GetValueOrDefault(table.Id), field.Id);

    async Task<bool> AnyAsync(string sql, CancellationToken cancellation, params object?[] values) => (await transaction.ListAsync(sql, row => row.GetBoolean(0), cancellation, values))[0];

    bool Free(string tableId, string id)
    {
        if (standing.IsFree(Standing.Definition(id)))
            return true;
        Leave(tableId, id, "changed", standing.By(Standing.Definition(id)));
        return false;
    }

    /// <summary>A definition that cannot be taken back, as its name is taken, say, is left; nothing of it has been written then.</summary>
    Error? Took(string tableId, string id, Error? refused)
    {
        if (refused is null)
            Count++;
        else
            Leave(tableId, id, refused.Code, null);
        return null;
    }

    void Leave(string tableId, string id, string reason, string? by) => left.Add(new Left(tableId, null, id, reason, by));
}
