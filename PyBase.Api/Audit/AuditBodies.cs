using System.Text.Json;
using PyBase.Core.Audit;

namespace PyBase.Api.Audit;

sealed record AuditActor(string Id, string? Name);

sealed record AuditBody(long Number, DateTimeOffset Time, string Act, AuditActor? Actor, string? Workspace, string? Base, string? Subject, string? Address, JsonElement Details)
{
    public static AuditBody Of(AuditEntry entry) => new(entry.Number, entry.Time, entry.Act, entry.Actor is { } actor ? new(actor, entry.ActorName) : null,
        entry.Workspace, entry.Base, entry.Subject, entry.Address, JsonElement.Parse(entry.Details));
}

/// <param name="Entries">Newest first.</param>
/// <param name="Offset">Where the next page begins; null at the end.</param>
sealed record AuditPage(IReadOnlyList<AuditBody> Entries, string? Offset);
