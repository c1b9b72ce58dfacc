using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Refusals of cell values, with the texts that Airtable's clients know.</summary>
public static class CellErrors
{
    /// <summary>The value has the wrong shape.</summary>
    public static Error InvalidValue(string field) =>
        new("invalid-value-for-column", ErrorKind.Invalid, $"Field \"{field}\" cannot accept the provided value");

    /// <summary>Nobody writes a computed cell.</summary>
    public static Error Computed(string field) =>
        new("invalid-value-for-column", ErrorKind.Invalid, $"Field \"{field}\" cannot accept a value because the field is computed");

    /// <summary>No such choice, and no typecast that would make it.</summary>
    public static Error UnknownChoice(string name) =>
        new("invalid-multiple-choice-options", ErrorKind.Invalid, $"Insufficient permissions to create new select option \"\\\"{name.Excerpt()}\\\"\"", "Send typecast: true to add the choice.");

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
