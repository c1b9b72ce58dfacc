using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Schema;

namespace PyBase.Storage.Schema;

/// <summary>Takes views away.</summary>
public static class ViewRemoval
{
    /// <summary>Inside a change of definitions; a table's last view stays.</summary>
    public static async Task<Result<View>> RemoveAsync(SchemaEditor editor, string viewId, CancellationToken cancellation)
    {
        var transaction = editor.Transaction;
        if (editor.Schema.Tables.FirstOrDefault(t => t.Views.Any(v => v.Id == viewId)) is not { } table)
            return SchemaErrors.ViewNotFound;
        if (table.Views.Count == 1)
            return SchemaErrors.LastView;
        await transaction.ExecuteAsync("delete from pybase.views where id = $1", cancellation, viewId);
        var rest = table with { Views = [.. table.Views.Where(v => v.Id != viewId)] };
        transaction.Schema = editor.Schema with { Tables = [.. editor.Schema.Tables.Select(t => t.Id == table.Id ? rest : t)] };
        transaction.MarkSchemaChanged();
        await transaction.TellTableAsync(table.Id, ChangeKinds.ViewRemoved, viewId, cancellation);
        return table.Views.First(v => v.Id == viewId);
    }
}
