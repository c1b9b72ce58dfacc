using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Releases;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Releases;

/// <summary>Released rows are out of reach of the statements that write: the condition is part of each, and who meets fewer rows than he meant asks here why.</summary>
static class ReleaseLock
{
    /// <summary>What to add to the condition of a statement over the rows <paramref name="alias"/>; nothing for a table without a rule.</summary>
    public static string Condition(Table table, string alias) => table.Release is { } rule ? $" and {Open(table, rule, alias)}" : "";

    /// <summary>True for released rows.</summary>
    public static string IsReleased(Table table, string alias) => table.Release is { } rule ? $"not {Open(table, rule, alias)}" : "false";

    static string Open(Table table, ReleaseRule rule, string alias)
    {
        var state = $"{alias}.{Sql.Column(table.Find(rule.StateFieldId)!)}";
        return $"({state} is null or {state} <> all (array[{string.Join(", ", rule.ReleasedChoiceIds.Select(id => $"'{id}'"))}]))";
    }

    /// <summary>May this plan release what it releases?</summary>
    public static Error? Refusal(BaseTransaction transaction, RecordPlan plan) => plan.Table.Release is { } rule && rule.Releases(plan) ? Refusal(transaction, rule) : null;

    /// <summary>May the writer release at all?</summary>
    public static Error? Refusal(BaseTransaction transaction, ReleaseRule rule) => (transaction.Role ?? Role.Editor) < rule.LeastRole ? ReleaseErrors.MayNotRelease(rule.LeastRole) : null;

    /// <summary>The condition for a plan: who may withdraw a release reaches released rows, if the state is all that the plan sets.</summary>
    public static string Condition(BaseTransaction transaction, RecordPlan plan, string alias) =>
        plan.Table.Release is { } rule && rule.IsWithdrawal(plan) && transaction.Role >= Role.Admin ? "" : Condition(plan.Table, alias);

    /// <summary>SQL over as many rows as were named, which refuses everything when there are fewer: because one is released, or not there.</summary>
    public static string Must(BaseTransaction transaction, Statement statement, Table table, string[] ids, Error notThere) => table.Release is null
        ? transaction.Must($"count(*) = {ids.Length}", notThere)
        : transaction.Must($"count(*) = {ids.Length}",
            $"coalesce((select min(_id) from {Sql.Table(transaction.Schema.Id, table.Id)} t where _id = any({statement.Value(ids)}) and {IsReleased(table, "t")}{RuleLock.Condition(transaction, table, "t._id")}), '')",
            released => released.Length == 0 ? notThere : ReleaseErrors.Released(released));

    /// <summary>Those that are released.</summary>
    public static async Task<IReadOnlySet<string>> ReleasedAsync(BaseTransaction transaction, Table table, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (table.Release is null || ids.Count == 0)
            return new HashSet<string>();
        return (await transaction.ListAsync($"select _id from {Sql.Table(transaction.Schema.Id, table.Id)} t where _id = any($1) and {IsReleased(table, "t")}",
            row => row.GetString(0), cancellation, [ids.ToArray()])).ToHashSet();
    }

    /// <summary>A link cell of a released row does not change from its other end either, but for the one that shows its successors.</summary>
    public static bool Locks(Table table, string fieldId) => table.Release is { } rule
        && !(rule.PredecessorFieldId is { } predecessor && table.Find(predecessor)?.Type is MultipleRecordLinks { InverseFieldId: { } successors } && successors == fieldId);
}
