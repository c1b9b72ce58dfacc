using System.Text.Json;

namespace PyBase.Realtime.Tables;

/// <summary>What <see cref="TablesHub.Subscribe"/> answers.</summary>
/// <param name="Version">The version that the caller has after applying <paramref name="Changes"/>, or after loading again.</param>
/// <param name="Reload">Too much has happened: load again.</param>
/// <param name="Changes">What was missed.</param>
sealed record Subscribed(long Version, bool Reload, IReadOnlyList<JsonElement> Changes);

/// <summary>The listener was too slow: load again what you show, the feed goes on behind <paramref name="Version"/>.</summary>
sealed record Reload(string Id, long Version);

/// <summary>No more of it. <paramref name="Reason"/> is <c>access</c>, <c>deleted</c>, or, of those who subscribe again by another connection, <c>draining</c> (the node is about to stop) and <c>moved</c> (the base lives in another shard now).</summary>
sealed record Ended(string Id, string Reason);
