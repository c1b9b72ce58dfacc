using PyBase.Core.Errors;

namespace PyBase.Core.Automations;

/// <summary>Refusals about automations.</summary>
public static class AutomationErrors
{
    /// <summary>No such automation in the base.</summary>
    public static readonly Error NotFound = new("automation-not-found", ErrorKind.NotFound, "There is no such automation.");

    /// <summary>No such run of the automation.</summary>
    public static readonly Error RunNotFound = new("automation-run-not-found", ErrorKind.NotFound, "There is no such run of this automation.", "Runs are kept for 30 days.");

    /// <summary>The base is full.</summary>
    public static readonly Error TooMany = new("too-many-automations", ErrorKind.Invalid, $"A base has at most {Automation.MaxPerBase} automations.");

    /// <summary>Something about it cannot be understood, or names what is not there.</summary>
    public static Error Invalid(string why) => new("invalid-automation", ErrorKind.Invalid, $"The automation is not acceptable: {why}.", "docs/automations.md says what triggers and actions take.");

    /// <summary>The address was never given out, or there is another since.</summary>
    public static readonly Error HookNotFound = new("automation-hook-not-found", ErrorKind.NotFound, "Nothing listens at this address.");

    /// <summary>What another system sent.</summary>
    public static Error HookTooLarge(long limit) => new("automation-hook-too-large", ErrorKind.TooLarge, $"What is sent here has at most {limit:N0} characters.");

    /// <summary>Too many runs within an hour.</summary>
    public static readonly Error TooManyRuns = new("automation-limit-reached", ErrorKind.TooMany, "The automation has run as often as it may within an hour.", "Its maxRunsPerHour can be raised.");

    /// <summary>An action uses a field that was removed since.</summary>
    public static Error FieldGone(string field) => new("automation-field-gone", ErrorKind.Invalid, $"The action uses a field that is gone: {field}.", "Change the action, or restore the field from the trash.");

    /// <summary>Only what failed is done again.</summary>
    public static readonly Error NotRetryable = new("automation-run-not-retryable", ErrorKind.Conflict, "Only a failed run can be retried.");

    /// <summary>A test of an automation about records needs one.</summary>
    public static readonly Error RecordNeeded = new("automation-record-needed", ErrorKind.Invalid, "The automation is about a record, and none is named.", "Send {\"record\": \"rec…\"}.");

    /// <summary>Not made here.</summary>
    public static readonly Error InvalidCursor = new("automation-cursor-invalid", ErrorKind.Invalid, "This cursor is none of a list of runs.", "Take the cursor of the answer before, or none to begin.");
}
