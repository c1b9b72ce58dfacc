using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Audit;

namespace PyBase.Storage.Audit;

/// <summary>
/// Who did what to accounts, permissions, tokens, exports and links. What is done in the database is noted there, in the same transaction; here is what is not, and how the log is read.
/// </summary>
public sealed class AuditLog(NpgsqlDataSource data)
{
    /// <summary>Notes an act that leaves nothing else behind.</summary>
    public Task NoteAsync(string act, string? actor, string? baseId, string? subject, string? address, object details, CancellationToken cancellation) =>
        ExecuteAsync("select pybase.note($1, $2, null, $3, $4, $5, $6)", cancellation, act, actor, baseId, subject, address, Json(details));

    /// <summary>Somebody was not let in: wrong, or <paramref name="isLocked"/>, which is noted once a minute. What they typed is nowhere: it may be a password.</summary>
    public Task NoteRefusalAsync(string? email, string? userId, string address, object details, bool isLocked, CancellationToken cancellation) => ExecuteAsync("""
        with who as (select coalesce($2, (select id from catalog.users where normalised_email = $1)) as id)
        select pybase.note($3, null, null, null, who.id, $4, $5) from who
        where not $6 or not exists (select from pybase.audit a where a.act = $3 and a.time > now() - interval '1 minute' and a.address = $4 and a.subject is not distinct from who.id)
        """, cancellation, email, userId, isLocked ? AuditActs.SignInLocked : AuditActs.SignInRefused, address, Json(details), isLocked);

    /// <summary>Somebody came by a link; noted once an hour for each address.</summary>
    public Task NoteVisitAsync(string baseId, string shareId, string address, CancellationToken cancellation) => ExecuteAsync("""
        select pybase.note($1, null, null, $2, $3, $4, '{}')
        where not exists (select from pybase.audit a where a.subject = $3 and a.act = $1 and a.address = $4 and a.time > now() - interval '1 hour')
        """, cancellation, AuditActs.ShareOpened, baseId, shareId, address);

    /// <summary>The latest that are asked for, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, int count, CancellationToken cancellation)
    {
        await using var command = Command("""
            select a.number, a.time, a.act, a.actor, u.name, a.workspace, a.base, a.subject, a.address, a.details::text from pybase.audit a left join catalog.users u on u.id = a.actor
            where ($1::text is null or a.workspace = $1) and ($2::text is null or a.base = $2) and ($3::text is null or a.act = $3) and ($4::text is null or a.actor = $4)
              and ($5::text is null or a.subject = $5) and ($6::timestamptz is null or a.time >= $6) and ($7::timestamptz is null or a.time < $7) and ($8::bigint is null or a.number < $8)
            order by a.number desc limit $9
            """, query.Workspace, query.Base, query.Act, query.Actor, query.Subject, query.From?.ToUniversalTime(), query.To?.ToUniversalTime(), query.Before, count);
        var entries = new List<AuditEntry>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            entries.Add(new AuditEntry(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), Text(row, 3), Text(row, 4), Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8), row.GetString(9)));
        return entries;
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static NpgsqlParameter Json(object details) => new() { Value = JsonSerializer.Serialize(details), NpgsqlDbType = NpgsqlDbType.Jsonb };

    async Task ExecuteAsync(string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = data.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
