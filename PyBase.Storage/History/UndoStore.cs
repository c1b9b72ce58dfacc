using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.History;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;

namespace PyBase.Storage.History;

/// <summary>What is to be taken back: the newest that can be, or a group, a mutation or a transaction of one's own.</summary>
public sealed record UndoSpec(bool IsRedo, string? Group = null, string? Mutation = null, long? Transaction = null)
{
    /// <summary>The word for it.</summary>
    public string Word => IsRedo ? "redo" : "undo";
}

/// <summary>One transaction that was taken back.</summary>
public sealed record Undone(long Transaction, string Command, DateTimeOffset Time, Reverted Effect);

/// <summary>What an undo did: a bulk action is many transactions. <paramref name="HasMore"/>: a part of the group is left for the next request.</summary>
public sealed record UndoAnswer(IReadOnlyList<Undone> Undone, bool HasMore, IReadOnlyDictionary<string, long> Versions);

/// <summary>
/// Undo and redo for each person: the stacks are the list of transactions itself. An undo is a transaction that says which one it takes back; a redo takes back an
/// undo. Whatever somebody does anew cuts what could be redone.
/// </summary>
public sealed class UndoStore(NpgsqlDataSource data, BaseWriter writer)
{
    /// <summary>Transactions of a base that may lie between an action and its undo.</summary>
    const long MaxLater = 50_000;

    /// <summary>Transactions of a group that one request takes back.</summary>
    const int MaxTransactions = 50;

    /// <summary>Commands that are no action of a person's on the content of a base.</summary>
    const string NoAction = "('Undo', 'AddComment', 'ChangeComment', 'DeleteComment', 'FetchAttachment', 'UndoExtraction', 'UndoImport', 'CreateBase', 'LoadSampleBase',"
        + " 'PurgeTrash', 'RestoreSnapshot', 'SetRelease', 'RemoveRelease', 'SetConstraints', 'AddConstraint', 'RemoveConstraint')";

    /// <summary>A base that was put back to a snapshot begins anew.</summary>
    const string SinceSnapshot = "not exists (select from pybase.transactions s where s.base = t.base and s.number > t.number and s.command = 'RestoreSnapshot')";

    const string CanUndo = $"t.command not in {NoAction} and {SinceSnapshot} and not exists (select from pybase.transactions u where u.base = t.base and u.reverts = t.number and u.command = 'Undo')";

    /// <summary>An undo, behind which its author has done nothing anew.</summary>
    const string CanRedo = $"""
        t.command = 'Undo' and {SinceSnapshot} and not exists (select from pybase.transactions u where u.base = t.base and u.reverts = t.number and u.command = 'Redo')
        and not exists (select from pybase.transactions a where a.base = t.base and a.actor = t.actor and a.number > t.number and a.command not in {NoAction} and a.command <> 'Redo')
        """;

    /// <summary>Takes the caller's last action back, or the one that is asked for.</summary>
    public async Task<Result<UndoAnswer>> RunAsync(string baseId, UndoSpec spec, bool maySchema, Origin origin, CancellationToken cancellation)
    {
        var (undone, versions, taken) = (new List<Undone>(), new Dictionary<string, long>(), 0);
        for (var tries = 0; tries < 3 && taken == 0; tries++)
        {
            if (!(await PickAsync(baseId, spec, origin.Actor!, cancellation)).TryGet(out var actions, out var error))
                return error;
            var group = origin.UndoGroup ?? Core.Ids.Id.New("und");
            foreach (var action in actions.Take(MaxTransactions))
            {
                var done = await RevertAsync(baseId, action, spec, maySchema, origin with { UndoGroup = group }, versions, cancellation);
                if (!done.TryGet(out var effect, out error))
                    return undone.Count > 0 ? new UndoAnswer(undone, true, versions) : error;
                taken++;
                // Somebody's other window was quicker.
                if (effect is null)
                    taken--;
                else
                    undone.Add(new Undone(action.Number, action.Command, action.Time, effect));
            }
            if (taken > 0 || spec.Transaction is not null)
                return new UndoAnswer(undone, actions.Count > MaxTransactions, versions);
        }
        return HistoryErrors.Nothing(spec.Word);
    }

    /// <summary>The transactions to be taken back, newest first.</summary>
    async Task<Result<IReadOnlyList<LoggedAction>>> PickAsync(string baseId, UndoSpec spec, string actor, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        var can = spec.IsRedo ? CanRedo : CanUndo;
        if (spec.Transaction is { } number)
        {
            // Asked for by number it is tried again, whatever became of it before.
            var one = await ActionLog.FindAsync(connection, $"t.base = $1 and t.actor = $2 and t.number = $3 and t.command {(spec.IsRedo ? "= 'Undo'" : $"not in {NoAction}")}", cancellation, baseId, actor, number);
            return one.Count > 0 ? Result(one) : HistoryErrors.Nothing(spec.Word);
        }
        if (spec.Group is not null || spec.Mutation is not null)
        {
            var asked = await ActionLog.FindAsync(connection, $"t.base = $1 and t.actor = $2 and {(spec.Group is null ? "t.mutation" : "t.undo_group")} = $3 and {can} order by t.number desc limit {MaxTransactions + 1}",
                cancellation, baseId, actor, spec.Group ?? spec.Mutation!);
            return asked.Count > 0 ? Result(asked) : HistoryErrors.Nothing(spec.Word);
        }
        // What an automation did with somebody's rights is not what they did last.
        var last = await ActionLog.FindAsync(connection, $"t.base = $1 and t.actor = $2 and t.source is distinct from 'automation' and {can} order by t.number desc limit 1", cancellation, baseId, actor);
        if (last.Count == 0)
            return HistoryErrors.Nothing(spec.Word);
        return last[0].Group is { } group
            ? Result(await ActionLog.FindAsync(connection, $"t.base = $1 and t.actor = $2 and t.undo_group = $3 and {can} order by t.number desc limit {MaxTransactions + 1}", cancellation, baseId, actor, group))
            : Result(last);

        static Result<IReadOnlyList<LoggedAction>> Result(IReadOnlyList<LoggedAction> actions) => new List<LoggedAction>(actions);
    }

    /// <summary>Null when it has been taken back meanwhile.</summary>
    async Task<Result<Reverted?>> RevertAsync(string baseId, LoggedAction action, UndoSpec spec, bool maySchema, Origin origin, Dictionary<string, long> versions, CancellationToken cancellation)
    {
        IReadOnlyList<LoggedChange> changes;
        await using (var connection = await data.OpenConnectionAsync(cancellation))
            changes = await ActionLog.ChangesAsync(connection, action, cancellation);
        var command = spec.IsRedo ? "Redo" : "Undo";
        var own = origin with { Command = command, Reverts = new Reversal(action.Number, !action.TakesBack, action.Root) };
        var definitions = maySchema && DefinitionReverter.Has(action, changes);
        IReadOnlyDictionary<string, long> made = versions;
        var done = await writer.WriteAsync<Reverted?>(baseId, own, schema => definitions ? WriteScope.Schema : ScopeOf(schema, action), async transaction =>
        {
            made = transaction.Versions;
            var (now, isTaken) = (await transaction.ListAsync("""
                select (select number from pybase.transaction_numbers where base = $1), exists (select from pybase.transactions where base = $1 and reverts = $2 and command = $3)
                """, row => (row.GetInt64(0), row.GetBoolean(1)), cancellation, baseId, action.Number, command))[0];
            if (now - action.Number > MaxLater)
                return HistoryErrors.TooLongAgo;
            if (spec.Transaction is null && isTaken)
                return (Reverted?)null;
            return (await new Reverter(transaction, action, changes, withDefinitions: definitions).RunAsync(cancellation)).Then<Reverted?>(effect => effect);
        }, cancellation);
        if (done.IsOk)
            foreach (var (table, version) in made)
                versions[table] = version;
        return done;
    }

    /// <summary>Rows of its tables come and go, and what follows from them.</summary>
    internal static Result<WriteScope> ScopeOf(BaseSchema schema, LoggedAction action)
    {
        var tables = schema.Tables.Where(t => action.Versions.ContainsKey(t.Id)).SelectMany(t => WriteScope.Rows(schema, t).Tables);
        return new WriteScope([.. tables.Distinct()]);
    }
}
