using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Refusals of cell values, with the texts that Airtable's clients know.</summary>
public static class CellErrors
{
    /// <summary>The value has the wrong shape.</summary>
    public static Error InvalidValue(string field) =>
        new("invalid-value-for-column", ErrorKind.Invalid, $"Field \"{field}\" cannot accept the provided value");

    /// <summary>A text that is not the notation of the field, or a value that its options do not allow.</summary>
    public static Error InvalidNotation(string field, string text, string reason) =>
        new("invalid-value-for-column", ErrorKind.Invalid, $"Field \"{field}\" cannot accept the provided value", $"\"{text.Excerpt()}\": {reason}");

    /// <summary>Nobody writes a computed cell.</summary>
    public static Error Computed(string field) =>
        new("invalid-value-for-column", ErrorKind.Invalid, $"Field \"{field}\" cannot accept a value because the field is computed");

    /// <summary>No such choice, and no typecast that would make it.</summary>
    public static Error UnknownChoice(string name) =>
        new("invalid-multiple-choice-options", ErrorKind.Invalid, $"Insufficient permissions to create new select option \"\\\"{name.Excerpt()}\\\"\"", "Send typecast: true to add the choice.");

    /// <summary>No such choice, and the field takes no new ones.</summary>
    public static Error ChoicesAreFixed(string name) =>
        new("invalid-multiple-choice-options", ErrorKind.Invalid, $"Insufficient permissions to create new select option \"\\\"{name.Excerpt()}\\\"\"", "This field takes no new choices; add the choice to the field first.");

    /// <summary>Nobody of that id or address is a member of the base's workspace.</summary>
    public static Error UnknownCollaborator(string field, string who) => new UnknownCollaborator(field, who);

    /// <summary>A link names a record that is not in the linked table.</summary>
    public static Error UnknownRecord(string id) =>
        new("row-does-not-exist", ErrorKind.Invalid, $"Record ID {id.Excerpt()} does not exist in this table");

    /// <summary>An attachment that is neither in the cell already nor an uploaded file.</summary>
    public static readonly Error UnknownAttachment =
        new("attachments-failed-uploading", ErrorKind.Invalid, "There is no attachment with this id in this base.", "Send {url}, or the id of an attachment that you have read.");

    /// <summary>An attachment that nobody could fetch.</summary>
    public static readonly Error AttachmentAddress =
        new("attachments-failed-uploading", ErrorKind.Invalid, $"An attachment's url is an http or https address of at most {Fields.AttachmentAddress.MaxLength} characters.", "Or upload the file with uploadAttachment.");

    /// <summary>Every address is a job.</summary>
    public static readonly Error TooManyAddresses =
        new("attachments-failed-uploading", ErrorKind.Invalid, $"A request gives at most {Fields.AttachmentAddress.MaxCount} attachments by url.", "Send fewer records at a time.");
}

/// <summary>
/// A cell names somebody who is not among the people known here. A kind of its own, since a member may have come a moment ago: who keeps the people loads them
/// anew before believing it.
/// </summary>
public sealed record UnknownCollaborator(string Field, string Who) : Error("invalid-value-for-column", ErrorKind.Invalid,
    $"Field \"{Field}\" cannot accept the provided value", $"\"{Who.Excerpt()}\" is not a member of the base's workspace; name a member by {{\"id\"}} or {{\"email\"}}.");
