using PyBase.Core.Accounts;
using PyBase.Core.Permissions;

namespace PyBase.Core.Changes;

/// <summary>Where a writing transaction comes from; kept with it for history, audit and undo.</summary>
/// <param name="Actor">The user (<c>usr…</c>), null for the system.</param>
/// <param name="Command">What was asked for, imperative: <c>UpdateRecords</c>.</param>
/// <param name="Mutation">The client's own mark (<c>PyBase-Mutation</c>), which comes back in the change.</param>
/// <param name="UndoGroup">Binds the transactions of one bulk action.</param>
/// <param name="IsDryRun">Everything is done and answered, and nothing is kept.</param>
/// <param name="Source">Through what, in Airtable's words (<c>publicApi</c>, <c>client</c>); null for the system itself.</param>
/// <param name="Reverts">The transaction of the base that this one takes back.</param>
/// <param name="Role">What the actor is in the base; null for jobs and the system.</param>
/// <param name="Reader">Whose rules bind the write; null for the system.</param>
public sealed record Origin(string? Actor, string Command, string? Mutation = null, string? UndoGroup = null, bool IsDryRun = false, string? Source = null, Reversal? Reverts = null,
    Role? Role = null, Reader? Reader = null);

/// <summary>A transaction that is taken back by another.</summary>
/// <param name="Number">Its number in the base.</param>
/// <param name="TakesBack">True where the effect goes (undo, restore), false where it comes again (redo).</param>
/// <param name="Root">Whose effect it is that goes or comes: the action at the beginning of undo, redo, undo, ….</param>
public sealed record Reversal(long Number, bool TakesBack, long Root);
