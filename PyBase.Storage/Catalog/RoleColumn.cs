using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PyBase.Core.Accounts;

namespace PyBase.Storage.Catalog;

/// <summary>Roles are stored by name: a dump can be read, and a role added between two others moves none.</summary>
static class RoleColumn
{
    public const string Check = "role in ('owner', 'admin', 'editor', 'commenter', 'viewer')";

    public static readonly ValueConverter<Role, string> Conversion = new(role => role.Name(), name => Roles.Parse(name)!.Value);
}
