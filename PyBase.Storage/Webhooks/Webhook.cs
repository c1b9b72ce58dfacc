using System.Text.Json;

namespace PyBase.Storage.Webhooks;

/// <summary>Who wants to be told of a base's changes.</summary>
/// <param name="Id"><c>ach…</c></param>
/// <param name="NotificationUrl">Where to ring; null for one that only asks.</param>
/// <param name="Specification">As it was given.</param>
/// <param name="ExpirationTime">When it ends, unless it is used.</param>
/// <param name="AreNotificationsEnabled">Ringing is wanted.</param>
/// <param name="IsHookEnabled">False once ringing failed for good.</param>
/// <param name="NextCursor">The cursor of the next payload there will be.</param>
/// <param name="LastNotification">How the last ring went.</param>
/// <param name="LastSuccess">When one last went well.</param>
public sealed record Webhook(string Id, string? NotificationUrl, JsonElement Specification, DateTimeOffset ExpirationTime, bool AreNotificationsEnabled, bool IsHookEnabled,
    long NextCursor, JsonElement? LastNotification, DateTimeOffset? LastSuccess);

/// <summary>A webhook just made, with the secret that its notifications are signed with; it is shown only now.</summary>
public sealed record NewWebhook(string Id, string MacSecretBase64, DateTimeOffset ExpirationTime);
