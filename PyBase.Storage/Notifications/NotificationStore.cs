using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Errors;
using PyBase.Core.Notifications;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Notifications;

/// <summary>A page of somebody's notifications.</summary>
/// <param name="Unread">All that they have not read, counted to <see cref="NotificationStore.MaxCount"/>.</param>
/// <param name="Cursor">Where the next page begins; null at the end.</param>
public sealed record NotificationPage(IReadOnlyList<Notification> Notifications, long Unread, string? Cursor)
{
    /// <summary>One page of what several shards have, each beginning at the same place.</summary>
    public NotificationPage With(IReadOnlyList<NotificationPage> others)
    {
        if (others.Count == 0)
            return this;
        var all = others.Prepend(this).SelectMany(page => page.Notifications).OrderByDescending(told => told.CreatedTime).ThenByDescending(told => told.Id, StringComparer.Ordinal).ToList();
        Notification[] shown = [.. all.Take(NotificationStore.Page)];
        var ends = all.Count <= NotificationStore.Page && Cursor is null && others.All(page => page.Cursor is null);
        return new(shown, Math.Min(Unread + others.Sum(page => page.Unread), NotificationStore.MaxCount), ends ? null : TimeCursor.Seal(shown[^1].CreatedTime, shown[^1].Id));
    }
}

/// <summary>What people were told. Whoever left a workspace does not see what happened in it, also of the time before.</summary>
public sealed class NotificationStore(NpgsqlDataSource data, NotificationPlaces places)
{
    /// <summary>Where counting stops: a badge says no more.</summary>
    public const int MaxCount = 1_000;

    internal const int Page = 50;

    const string Visible = """
        pybase.notifications n join catalog.bases b on b.id = n.base join catalog.members m on m.workspace_id = b.workspace_id and m.user_id = n.user_id
        left join pybase.notification_preferences p on p.user_id = n.user_id and p.kind = n.kind
        """;

    /// <summary>Not of a kind that they do not want in their list.</summary>
    const string Wanted = "p.in_app is not false";

    /// <summary>What <see cref="ReadAsync"/> reads: <c>n</c> is the notification, <c>p</c> what its reader prefers.</summary>
    internal const string Select = $"""
        select n.id, n.kind, n.base, b.name, n.table_id, t.name, n.record_id, n.field_id, n.comment_id, n.job, j.kind, j.state, n.count, u.id, u.name, n.created, n.read, n.user_id, n.text
        from {Visible} left join pybase.tables t on t.id = n.table_id left join pybase.jobs j on j.id = n.job left join catalog.users u on u.id = n.actor
        """;

    static readonly string CountUnread = $"select count(*) from (select from {Visible} where n.user_id = $1 and n.read is null and {Wanted} limit {MaxCount}) unread";

    /// <summary>Newest first.</summary>
    public async Task<Result<NotificationPage>> ListAsync(string userId, bool onlyUnread, string? cursor, CancellationToken cancellation)
    {
        if (!TimeCursor.TryOpen(cursor, "ntf", out var last))
            return NotificationErrors.InvalidCursor;
        await using var batch = data.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CountUnread) { Parameters = { new() { Value = userId } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            {Select} where n.user_id = $1 and {Wanted} {(onlyUnread ? "and n.read is null" : "")} and ($2::timestamptz is null or (n.created, n.id) < ($2, $3))
            order by n.created desc, n.id desc limit {Page + 1}
            """)
        {
            Parameters =
            {
                new() { Value = userId }, new() { Value = (object?)last?.Created ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = (object?)last?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        });
        long unread;
        List<Notification> found;
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            unread = row.GetInt64(0);
            await row.NextResultAsync(cancellation);
            found = await ReadAsync(row, cancellation);
        }
        var shown = await places.HideAsync([.. found.Take(Page)], cancellation);
        return new NotificationPage(shown, unread, found.Count > Page ? TimeCursor.Seal(shown[^1].CreatedTime, shown[^1].Id) : null);
    }

    /// <summary>Marks some as read, or all; returns how many are left.</summary>
    public async Task<long> MarkReadAsync(string userId, string[]? ids, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("update pybase.notifications set read = $2 where user_id = $1 and read is null and ($3::text[] is null or id = any($3))")
        {
            Parameters = { new() { Value = userId }, new() { Value = now }, new() { Value = (object?)ids ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CountUnread) { Parameters = { new() { Value = userId } } });
        return (long)(await batch.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>What these people were told in the last while.</summary>
    public async Task<IReadOnlyList<Notification>> RecentAsync(string[] userIds, DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand($"{Select} where n.user_id = any($1) and n.created > $2 and {Wanted} order by n.created, n.id");
        command.Parameters.Add(new() { Value = userIds });
        command.Parameters.Add(new() { Value = since });
        List<Notification> recent;
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            recent = await ReadAsync(row, cancellation);
        return await places.HideAsync(recent, cancellation);
    }

    internal static async Task<List<Notification>> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var found = new List<Notification>();
        while (await row.ReadAsync(cancellation))
            found.Add(new Notification
            {
                Id = row.GetString(0), Kind = row.GetString(1), Base = new(row.GetString(2), row.GetString(3)), Table = Place(row, 4), Record = Text(row, 6), Field = Text(row, 7),
                Comment = Text(row, 8), Job = row.IsDBNull(9) ? null : new(row.GetString(9), row.GetString(10), row.GetString(11)), Count = row.GetInt64(12), Actor = Place(row, 13),
                CreatedTime = row.GetFieldValue<DateTimeOffset>(15), ReadTime = row.IsDBNull(16) ? null : row.GetFieldValue<DateTimeOffset>(16), UserId = row.GetString(17), Text = Text(row, 18),
            });
        return found;
    }

    static NotificationPlace? Place(NpgsqlDataReader row, int column) => row.IsDBNull(column) || row.IsDBNull(column + 1) ? null : new(row.GetString(column), row.GetString(column + 1));

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
