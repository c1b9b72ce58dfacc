using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Fields;
using PyBase.Core.Notifications;
using PyBase.Core.Records;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Notifications;

/// <summary>
/// Notifications are written by the statement batch that is their reason, so there is none of what did not happen, and none is lost. Only members are told, and
/// nobody of what they did themselves.
/// </summary>
static class NotificationWriter
{
    const string Members = "join catalog.bases b on b.id = $1 join catalog.members m on m.workspace_id = b.workspace_id and m.user_id";

    /// <summary>Whom a comment names; those who were told of this comment before are not told again.</summary>
    public static void Mention(BaseTransaction transaction, string tableId, string recordId, string commentId, string[] mentioned)
    {
        if (mentioned.Length == 0)
            return;
        transaction.Do($"""
            insert into pybase.notifications (user_id, base, kind, source, actor, table_id, record_id, comment_id, created)
            select v.person, $1, '{NotificationKind.Mention}', 'comment:' || $6, $2, $4, $5, $6, $3 from unnest($7) v (person) {Members} = v.person
            where v.person is distinct from $2 on conflict (user_id, source) do nothing
            """, transaction.Schema.Id, Text(transaction.Actor), transaction.Time, tableId, recordId, commentId, mentioned);
        transaction.MarkNotified();
    }

    /// <summary>
    /// Who is put into cells that they were not in: one notification for each person and field, however many records. Stands before the statement that
    /// writes the cells, as it looks at what they held.
    /// </summary>
    public static void Assign(BaseTransaction transaction, RecordPlan plan, bool areNew)
    {
        // Neither a job nor what is put back assigns anything to anybody.
        if (plan.IsStored || transaction.Actor is null)
            return;
        foreach (var (index, field) in plan.Fields.Index().Where(f => f.Item.Type is SingleCollaborator or MultipleCollaborators))
        {
            var pairs = plan.Records.Where(r => r.IsSet[index])
                .SelectMany(r => (r.Values[index] switch { string one => [one], string[] many => many, _ => [] }).Select(person => (Record: r.Id, Person: person)))
                .Where(pair => pair.Person != transaction.Actor).ToList();
            if (pairs.Count == 0)
                continue;
            var was = field.Type is SingleCollaborator ? $"array[t.{Sql.Column(field)}]" : $"coalesce(t.{Sql.Column(field)}, '{{}}')";
            transaction.Do($"""
                insert into pybase.notifications (user_id, base, kind, source, actor, table_id, record_id, field_id, count, created)
                select v.person, $1, '{NotificationKind.Assignment}', 'assignment:' || $5 || ':' || case when count(*) = 1 then min(v.record) else $3::text end, $2, $4,
                    case when count(*) = 1 then min(v.record) end, $5, count(*), $3
                from unnest($6, $7) v (record, person) {Members} = v.person
                {(areNew ? "" : $"join {Sql.Table(transaction.Schema.Id, plan.Table.Id)} t on t._id = v.record where (v.person = any({was})) is not true")}
                group by v.person
                on conflict (user_id, source) do update set actor = excluded.actor, created = excluded.created, read = null, mail = null
                """, transaction.Schema.Id, transaction.Actor, transaction.Time, plan.Table.Id, field.Id, pairs.Select(p => p.Record).ToArray(), pairs.Select(p => p.Person).ToArray());
            transaction.MarkNotified();
        }
    }

    /// <summary>Who asked for a job that has come to its end without their doing; of several files in one drop, when the last is read.</summary>
    public static NpgsqlBatchCommand End(string jobId) => new($"""
        insert into pybase.notifications (user_id, base, kind, source, job, created)
        select u.id, j.base, '{NotificationKind.Job}', 'job:' || j.id, j.id, j.finished from pybase.jobs j join catalog.users u on u.id = j.created_by
        where (j.id = $1 and j.parent is null or j.id = (select parent from pybase.jobs where id = $1)) and j.base is not null
          and j.kind in ('extraction', 'import', 'airtable-import', 'export', 'comparison', 'bulk') and j.state in ('succeeded', 'failed', 'parked')
        on conflict (user_id, source) do update set created = excluded.created, read = null, mail = null
        """) { Parameters = { new() { Value = jobId } } };

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
