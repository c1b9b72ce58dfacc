using System.Text.Json;
using PyBase.Core.Ids;

namespace PyBase.Realtime.Presence;

/// <summary>Where somebody is in a table, as their client says.</summary>
sealed record Place(string? ViewId, string? RecordId, string? FieldId, bool Editing)
{
    /// <summary>Ids, and nothing longer than ids: what is said here is kept and sent to many.</summary>
    public bool IsValid => IsIdOrNull(ViewId, "viw") && IsIdOrNull(RecordId, "rec") && IsIdOrNull(FieldId, "fld");

    static bool IsIdOrNull(string? text, string prefix) => text is null || Id.Is(text, prefix);
}

/// <summary>What others see of a user.</summary>
sealed record PresentUser(string Id, string Name);

/// <summary>Somebody in a table; a person with two windows is there twice.</summary>
sealed record Present(string Connection, PresentUser User, string Colour, string? ViewId, string? RecordId, string? FieldId, bool Editing)
{
    static readonly string[] Colours = ["#2d7ff9", "#18a3c9", "#11af79", "#63a71c", "#c98a00", "#e0641d", "#d9363e", "#d93bb0", "#8b46ff", "#5a6acf", "#8a6d3b", "#5f6b7a"];

    /// <summary>The same colour for the same person on every node.</summary>
    public static string ColourOf(string userId) => Colours[userId.Aggregate(17u, (hash, c) => hash * 31 + c) % Colours.Length];
}

/// <summary>Everybody in a table, the listener itself included.</summary>
sealed record PresenceMessage(string Id, IReadOnlyList<JsonElement> People);
