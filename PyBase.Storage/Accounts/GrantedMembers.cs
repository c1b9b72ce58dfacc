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
    /// <summary>What a source grants these users from now on, all of it; workspaces that do not exist are passed over.</summary>
    public static void Replace(NpgsqlBatch batch, string source, string[] users, IEnumerable<(string User, string Workspace, Role Role)> granted, DateTimeOffset now)
    {
        var wanted = granted.Where(one => one.Role < Role.Owner).GroupBy(one => (one.User, one.Workspace)).Select(group => (group.Key.User, group.Key.Workspace, Role: group.Max(one => one.Role))).ToList();
        var (whom, where, what) = (wanted.Select(one => one.User).ToArray(), wanted.Select(one => one.Workspace).ToArray(), wanted.Select(one => one.Role.Name()).ToArray());
        batch.Add("""
            with gone as (
                delete from catalog.granted_members g where g.source = $1 and g.user_id = any($2)
                  and not exists (select from unnest($3, $4) as wanted(user_id, workspace_id) where wanted.user_id = g.user_id and wanted.workspace_id = g.workspace_id)
                returning g.user_id, g.workspace_id
            )
            delete from catalog.members m using gone
            where m.user_id = gone.user_id and m.workspace_id = gone.workspace_id and m.role <> 'owner'
              and not exists (select from catalog.granted_members g where g.user_id = m.user_id and g.workspace_id = m.workspace_id and g.source <> $1)
            """, source, users, whom, where);
        batch.Add("""
            insert into catalog.granted_members (source, workspace_id, user_id, role)
            select $1, w.id, wanted.user_id, wanted.role
            from unnest($2, $3, $4) as wanted(user_id, workspace_id, role) join catalog.workspaces w on w.id = wanted.workspace_id
            where not exists (select from catalog.members m where m.workspace_id = w.id and m.user_id = wanted.user_id)
               or exists (select from catalog.granted_members g where g.workspace_id = w.id and g.user_id = wanted.user_id)
            on conflict (source, workspace_id, user_id) do update set role = excluded.role
            """, source, whom, where, what);
        batch.Add("""
            insert into catalog.members (workspace_id, user_id, role, created_time)
            select workspace_id, user_id, (array_agg(role order by array_position(array['admin', 'editor', 'commenter', 'viewer'], role::text)))[1], $2
            from catalog.granted_members where user_id = any($1) group by workspace_id, user_id
            on conflict (workspace_id, user_id) do update set role = excluded.role where members.role <> 'owner'
            """, users, now);
    }
}
