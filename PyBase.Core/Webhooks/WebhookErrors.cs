using PyBase.Core.Errors;

namespace PyBase.Core.Webhooks;

/// <summary>Refusals about webhooks.</summary>
public static class WebhookErrors
{
    /// <summary>Most webhooks of a base.</summary>
    public const int MaxPerBase = 10;

    /// <summary>No such webhook, or one that has expired.</summary>
    public static readonly Error NotFound = new("webhook-not-found", ErrorKind.NotFound, "Webhook not found");

    /// <summary>The base has its ten.</summary>
    public static readonly Error TooMany = new("too-many-webhooks-in-base", ErrorKind.Invalid, $"A base has at most {MaxPerBase} webhooks.", "Delete one that is not needed any more.");

    /// <summary>The specification cannot be understood, or names what is not there.</summary>
    public static Error InvalidSpecification(string why) => new("invalid-webhook-specification", ErrorKind.Invalid, $"The webhook's specification is not acceptable: {why}.");

    /// <summary>Where notifications go.</summary>
    public static readonly Error InvalidUrl = new("invalid-notification-url", ErrorKind.Invalid, "notificationUrl is an http or https address of at most 2,000 characters.");

    /// <summary>Cursors count from 1.</summary>
    public static readonly Error InvalidCursor = new("invalid-cursor", ErrorKind.Invalid, "cursor is a whole number from 1, limit one from 1 to 50.");
}
