using PyBase.Core.Errors;

namespace PyBase.Core.Notifications;

/// <summary>Refusals about notifications.</summary>
public static class NotificationErrors
{
    /// <summary>Which are read?</summary>
    public static readonly Error NothingNamed = new("notifications-not-named", ErrorKind.Invalid,
        "Which notifications were read?", "Send {\"ids\": [\"ntf…\"]} with at most 1,000 of them, or {\"all\": true}.");

    /// <summary>Not made here.</summary>
    public static readonly Error InvalidCursor = new("notifications-cursor-invalid", ErrorKind.Invalid,
        "This cursor is none of a list of notifications.", "Take the cursor of the answer before, or none to begin.");

    /// <summary>What is asked for cannot be kept to.</summary>
    public static Error InvalidPreference(string why) => new("notification-preference-invalid", ErrorKind.Invalid,
        $"The preference is not acceptable: {why}.", "GET /api/notifications/preferences shows the form.");
}
