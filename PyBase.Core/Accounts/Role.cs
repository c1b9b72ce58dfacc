using System.Text.Json.Serialization;

namespace PyBase.Core.Accounts;

/// <summary>What somebody is in a workspace, and so in each of its bases; each role may what the ones before it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Reads.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer = 1,
    /// <summary>Reads and comments.</summary>
    [JsonStringEnumMemberName("commenter")]
    Commenter,
    /// <summary>The everyday role: writes records and drops files, whose tables come into being with them.</summary>
    [JsonStringEnumMemberName("editor")]
    Editor,
    /// <summary>Shapes bases, tables and fields, and decides who else is here, owners excepted.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
    /// <summary>Everything; a workspace always has one.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner,
}
