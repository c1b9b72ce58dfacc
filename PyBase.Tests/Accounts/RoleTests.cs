using PyBase.Core.Accounts;

namespace PyBase.Tests.Accounts;

public sealed class RoleTests
{
    [Theory]
    [InlineData(Role.Owner, "owner", "create", true, true, true, true, true, true)]
    [InlineData(Role.Admin, "admin", "create", true, true, true, true, true, true)]
    [InlineData(Role.Editor, "editor", "edit", true, true, true, true, false, false)]
    [InlineData(Role.Commenter, "commenter", "comment", true, true, false, false, false, false)]
    [InlineData(Role.Viewer, "viewer", "read", true, false, false, false, false, false)]
    public void What_each_role_is_called_and_may(
        Role role, string name, string level, bool read, bool comment, bool write, bool import, bool schema, bool members)
    {
        Assert.Equal((name, level, role), (role.Name(), role.PermissionLevel(), Roles.Parse(name)));
        Assert.Equal([read, comment, write, import, schema, members], Enum.GetValues<Permission>().Select(permission => role.May(permission)));
    }

    [Fact]
    public void Names_are_what_the_statements_compare_with() => Assert.Equal(["owner", "admin"], Permission.ManageMembers.Names());
}
