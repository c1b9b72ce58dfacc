using PyBase.Core.Errors;

namespace PyBase.Core.Permissions;

/// <summary>Refusals about rules of fields and rows.</summary>
public static class PermissionErrors
{
    /// <summary>Rules that cannot be read.</summary>
    public static Error Invalid(string why) => new("invalid-rules", ErrorKind.Invalid, why,
        "{\"fields\":[{\"field\":\"Cost\",\"to\":\"editor\",\"access\":\"none\"}],\"rows\":[{\"to\":\"viewer\",\"formula\":\"{Owner} = CURRENT_USER()\"}]}");

    /// <summary>Whoever writes rules stays able to change them.</summary>
    public static readonly Error LocksOut = new("rule-locks-out", ErrorKind.Invalid, "A rule does not bind owners and admins, nor the person who writes it.",
        "Rules are for editors, commenters, viewers and single persons; give somebody a lesser role first.");

    /// <summary>A record has a name wherever it is seen.</summary>
    public static Error PrimaryIsRead(string field) => new("primary-field-is-read", ErrorKind.Invalid, $"Field \"{field}\" names the records, so whoever sees a record reads it.",
        "Hide the records by a rule of rows, or make another field the one that names them.");

    /// <summary>The rules let the person read it, not write it.</summary>
    public static Error FieldNotWritable(string field) => new("field-not-writable", ErrorKind.Forbidden, $"You may not write field \"{field}\".", "Ask an owner or admin of the base.");

    /// <summary>A required cell is out of reach.</summary>
    public static readonly Error CannotCreate = new("create-not-permitted", ErrorKind.Forbidden, "Records of this table need cells that you may not write.", "Ask somebody who may, or an admin to change the rules.");

    /// <summary>Nobody writes what they would not find again.</summary>
    public static readonly Error OutsideRows = new("record-outside-rows", ErrorKind.Forbidden, "The record would not be among those that you may see.",
        "The rules of the table say which rows you may write, before and after the change.");

    /// <summary>What writes rows in bulk takes the whole table.</summary>
    public static readonly Error NotWhole = new("table-not-whole", ErrorKind.Forbidden, "This reads or writes whole tables, and the rules leave you a part of this one.", "Write the records one request at a time, or ask an admin.");

    /// <summary>To look is not to act.</summary>
    public static readonly Error ViewAsReads = new("view-as-reads-only", ErrorKind.Forbidden, "With viewAs a base is read, not written.", "Leave viewAs out to act as yourself.");
}
