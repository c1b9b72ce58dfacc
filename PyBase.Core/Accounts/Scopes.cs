using System.Collections.Frozen;

namespace PyBase.Core.Accounts;

/// <summary>What a token may be restricted to, in Airtable's words. A token that names none may everything its user may.</summary>
public static class Scopes
{
    /// <summary>Read records.</summary>
    public const string ReadRecords = "data.records:read";
    /// <summary>Create, change and delete records.</summary>
    public const string WriteRecords = "data.records:write";
    /// <summary>Read comments.</summary>
    public const string ReadComments = "data.recordComments:read";
    /// <summary>Write comments.</summary>
    public const string WriteComments = "data.recordComments:write";
    /// <summary>Read bases, tables, fields and views.</summary>
    public const string ReadSchema = "schema.bases:read";
    /// <summary>Create and change bases, tables, fields and views.</summary>
    public const string WriteSchema = "schema.bases:write";
    /// <summary>Create, list and delete webhooks.</summary>
    public const string ManageWebhooks = "webhook:manage";
    /// <summary>See the user's own e-mail address.</summary>
    public const string ReadEmail = "user.email:read";
    /// <summary>Accepted as scripts ask for it; nothing here needs it.</summary>
    public const string ManageBlocks = "block:manage";

    /// <summary>All there are.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.Create(StringComparer.Ordinal,
        ReadRecords, WriteRecords, ReadComments, WriteComments, ReadSchema, WriteSchema, ManageWebhooks, ReadEmail, ManageBlocks);
}
