namespace PyBase.Core.Accounts;

/// <summary>Something a role allows or forbids in a workspace and its bases.</summary>
public enum Permission
{
    /// <summary>See bases, tables, records, comments and members.</summary>
    ReadRecords,
    /// <summary>Write and resolve comments.</summary>
    Comment,
    /// <summary>Create, change and delete records.</summary>
    WriteRecords,
    /// <summary>Drop drawings and sheets on a base; tables they bring are made although the role could not add one by hand.</summary>
    ImportFiles,
    /// <summary>Create, change and delete bases, tables, fields and shared views.</summary>
    EditSchema,
    /// <summary>Invite, change roles and remove; only owners do so to owners.</summary>
    ManageMembers,
}
