using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Core.Mails;
using PyBase.Core.Notifications;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Automations;

/// <summary>What automations tell people. The step is part of each id, so that a step that is done again tells nobody twice.</summary>
public sealed class AutomationMessages(NpgsqlDataSource data, ChangeSignals signals)
{
    /// <summary>A mail to each address; returns the ids that stand in their <c>Message-Id</c>.</summary>
    public async Task<IReadOnlyList<string>> MailAsync(string step, IReadOnlyList<string> to, string subject, string body, string reason, CancellationToken cancellation)
    {
        string[] ids = [.. to.Select(address => Id.From("job", $"{step} to {address}"))];
        string[] inputs = [.. to.Select(address => JsonSerializer.Serialize(new MailRequest(MailTemplates.Automation, address) { Subject = subject, Body = body, Reason = reason }, JobJson.Options))];
        await using var command = data.Command("""
            with mails as (
                insert into pybase.jobs (id, kind, queue, state, input, created) select v.id, 'email', 'email', 'queued', v.input, now() from unnest($1, $2) v (id, input)
                on conflict (id) do nothing returning id)
            insert into pybase.outbox (job, queue, due) select id, 'email', now() from mails
            """, ids, new NpgsqlParameter { Value = inputs, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellation);
        signals.PublishWork();
        return ids;
    }

    /// <summary>A notification to each who is a member; returns how many are.</summary>
    public async Task<long> NotifyAsync(string baseId, string step, IReadOnlyList<string> people, string text, string? tableId, string? recordId, CancellationToken cancellation)
    {
        await using var command = data.Command($"""
            with told as (select distinct m.user_id from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id join catalog.users u on u.id = m.user_id
                where b.id = $1 and (u.id = any($2) or u.email = any($2))),
            written as (insert into pybase.notifications (user_id, base, kind, source, table_id, record_id, text, created)
                select user_id, $1, '{NotificationKind.Automation}', 'automation:' || $3, $4, $5, $6, now() from told on conflict (user_id, source) do nothing)
            select count(*) from told
            """, baseId, people.ToArray(), step, Text(tableId), Text(recordId), text);
        var told = (long)(await command.ExecuteScalarAsync(cancellation))!;
        signals.PublishNotified();
        return told;
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
