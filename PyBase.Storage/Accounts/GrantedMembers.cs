using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Accounts;

/// <summary>
/// Places in workspaces that a directory gives and takes. Somebody whom several directories grant a place has the highest of their roles; who was added by
/// hand stays what they are, and an owner is never made or unmade here.
/// </summary>
static class GrantedMembers
{
    /// <summary>What a source grants somebody from now on, all of it; workspaces that do not exist are passed over.</summary>
    public static void Replace(NpgsqlBatch batch, string source, string userId, IEnumerable<(string Workspace, Role Role)> granted, DateTimeOffset now)
    {
        var wanted = granted.Where(one => one.Role < Role.Owner).GroupBy(one => one.Workspace).ToDictionary(group => group.Key, group => group.Max(one => one.Role));
        var workspaces = wanted.Keys.ToArray();
        batch.Add("""
            with gone as (
                delete from catalog.granted_members where source = $1 and user_id = $2 and workspace_id <> all($3) returning workspace_id
            )
            delete from catalog.members m using gone
            where m.user_id = $2 and m.workspace_id = gone.workspace_id and m.role <> 'owner'
              and not exists (select from catalog.granted_members g where g.user_id = $2 and g.workspace_id = gone.workspace_id and g.source <> $1)
            """, source, userId, workspaces);
        batch.Add("""
            insert into catalog.granted_members (source, workspace_id, user_id, role)
            select $1, w.id, $2, wanted.role from unnest($3, $4) as wanted(id, role) join catalog.workspaces w on w.id = wanted.id
            where not exists (select from catalog.members m where m.workspace_id = w.id and m.user_id = $2)
               or exists (select from catalog.granted_members g where g.workspace_id = w.id and g.user_id = $2)
            on conflict (source, workspace_id, user_id) do update set role = excluded.role
            """, source, userId, workspaces, workspaces.Select(id => wanted[id].Name()).ToArray());
        batch.Add("""
            insert into catalog.members (workspace_id, user_id, role, created_time)
            select workspace_id, user_id, (array_agg(role order by array_position(array['admin', 'editor', 'commenter', 'viewer'], role::text)))[1], $2
            from catalog.granted_members where user_id = $1 group by workspace_id, user_id
            on conflict (workspace_id, user_id) do update set role = excluded.role where members.role <> 'owner'
            """, userId, now);
    }
}
