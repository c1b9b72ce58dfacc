using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Permissions;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.History;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.Permissions;

/// <summary>Rows and fields that the writer may not write are out of reach of the statements that write: the condition is part of each.</summary>
static class RuleLock
{
    /// <summary>What to add to the condition of a statement over rows whose id is <paramref name="id"/>: a row that is not seen is not there.</summary>
    public static string Condition(BaseTransaction transaction, Table table, string id) => Condition(transaction, table.Id, id);

    /// <summary>The same.</summary>
    public static string Condition(BaseTransaction transaction, string tableId, string id) => transaction.Seen is var seen && seen.Find(tableId) is { } table ? ReadableRows.And(seen, table, id) : "";

    /// <summary>Why the plan may not be written; null when it may.</summary>
    public static Error? Refusal(BaseTransaction transaction, RecordPlan plan, bool isNew)
    {
        // What is copied from a row as it stands is copied whole.
        if (plan.IsStored || transaction.Seen.Find(plan.Table.Id) is not { Scope: not null } seen)
            return null;
        foreach (var field in plan.Fields)
            if (seen.Fields.All(f => f.Id != field.Id))
                return SchemaErrors.NotPermitted;
            else if (!seen.MayWrite(field))
                return PermissionErrors.FieldNotWritable(field.Name);
        return isNew && plan.Table.Fields.Any(f => f.Constraints.Required && (seen.Fields.All(s => s.Id != f.Id) || !seen.MayWrite(f))) ? PermissionErrors.CannotCreate : null;
    }

    /// <summary>Why an action may not be taken back: it changed what the writer may not write now. Rows that he does not see refuse with the statements that follow.</summary>
    public static Error? Refusal(BaseTransaction transaction, IReadOnlyList<LoggedChange> changes)
    {
        var whole = transaction.Seen;
        if (ReferenceEquals(whole, transaction.Schema))
            return null;
        foreach (var change in changes.Where(c => !c.IsFar && c.Kind is ChangeKinds.CellsChanged))
            if (whole.Find(change.TableId) is { Scope: not null } seen)
            {
                foreach (var fieldId in change.Old.Select(o => o.Name).Concat(change.Links.Select(l => l.Name)))
                    if (transaction.Schema.Find(seen.Id)!.Find(fieldId) is not null && (seen.Find(fieldId) is not { } field || !seen.MayWrite(field)))
                        return SchemaErrors.NotPermitted;
                Reach(transaction, seen, change.Ids);
                foreach (var link in change.Links)
                    Reach(transaction, seen, [.. LoggedLinks.Read(link.Value, "was").Concat(LoggedLinks.Read(link.Value, "made")).Select(l => l.Near).Distinct()]);
            }
        return null;
    }

    /// <summary>Refuses everything when one of these rows is there and not seen.</summary>
    static void Reach(BaseTransaction transaction, Table seen, string[] ids)
    {
        if (ids.Length > 0 && seen.Scope?.Rows is not null)
            transaction.Ask(new($"select {transaction.Must("count(*) = 0", SchemaErrors.RecordNotFound)} from {Sql.Table(transaction.Schema.Id, seen.Id)} t where _id = any($1) and not (true{ReadableRows.And(transaction.Seen, seen, "t._id")})", [ids]), _ => Task.CompletedTask);
    }

    /// <summary>Refuses everything when one of these rows would not be seen after what was written; comes last.</summary>
    public static void Keep(BaseTransaction transaction, Table table, string[] ids)
    {
        var seen = transaction.Seen;
        if (ids.Length == 0 || seen.Find(table.Id) is not { Scope.Rows: not null } scoped)
            return;
        transaction.Ask(new($"select {transaction.Must($"count(*) = {ids.Length}", PermissionErrors.OutsideRows)} from unnest($1) as w(id) where true{ReadableRows.And(seen, scoped, "w.id")}", [ids]), _ => Task.CompletedTask);
    }
}
