namespace PyBase.Core.Changes;

/// <summary>Where a writing transaction comes from; kept with it for history, audit and undo.</summary>
/// <param name="Actor">The user (<c>usr…</c>), null for the system.</param>
/// <param name="Command">What was asked for, imperative: <c>UpdateRecords</c>.</param>
/// <param name="Mutation">The client's own mark (<c>PyBase-Mutation</c>), which comes back in the change.</param>
/// <param name="UndoGroup">Binds the transactions of one bulk action.</param>
/// <param name="IsDryRun">Everything is done and answered, and nothing is kept.</param>
/// <param name="Source">Through what, in Airtable's words (<c>publicApi</c>, <c>client</c>); null for the system itself.</param>
public sealed record Origin(string? Actor, string Command, string? Mutation = null, string? UndoGroup = null, bool IsDryRun = false, string? Source = null);
