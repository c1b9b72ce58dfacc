using System.Text.Json;
using System.Text.Json.Serialization;
using PyBase.Core.Jobs;

namespace PyBase.Core.Mails;

/// <summary>A mail that is wanted: which one, for whom, and what stands in it.</summary>
/// <param name="Template">One of <see cref="MailTemplates"/>.</param>
/// <param name="To">The address.</param>
/// <param name="Expires">When it is of no use any more; null is never.</param>
public sealed record MailRequest(string Template, string To, DateTimeOffset? Expires = null)
{
    /// <summary>Who invites.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Inviter { get; init; }

    /// <summary>Where to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Workspace { get; init; }

    /// <summary>What an automation says it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subject { get; init; }

    /// <summary>What an automation says, a paragraph after each empty line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }

    /// <summary>Why somebody gets it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>As JSON the way jobs keep it.</summary>
    public static MailRequest? Read(JsonElement input) => input.Deserialize<MailRequest>(JobJson.Options);
}
