using System.Text.Json;

namespace PyBase.Storage.Changes;

/// <summary>What a listener of a table or a base is told: the hub's message <c>Changes</c>, property for property.</summary>
/// <param name="Id">The table or the base.</param>
/// <param name="From">First version told.</param>
/// <param name="Version">Last version told.</param>
/// <param name="Actor">Who wrote, when it was one.</param>
/// <param name="Mutation">The writer's own mark, when it was one write.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Changes">List of changes by <c>kind</c>; cells in the form of <c>/v0</c>, keyed by field id.</param>
public sealed record FeedMessage(string Id, long From, long Version, string? Actor, string? Mutation, DateTimeOffset? Time, JsonElement Changes);
