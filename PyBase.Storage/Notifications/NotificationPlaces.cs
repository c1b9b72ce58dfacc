using Npgsql;
using PyBase.Core.Notifications;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Notifications;

/// <summary>Where notifications lead, as far as their readers may go there now, whatever they might when they were told.</summary>
public sealed class NotificationPlaces(NpgsqlDataSource data, SchemaStore schemas, BaseAccess access)
{
    /// <summary>Ids of those whose table, field and record their readers see.</summary>
    public async Task<IReadOnlySet<string>> SeenAsync(IEnumerable<Notification> told, CancellationToken cancellation)
    {
        var seen = new HashSet<string>();
        foreach (var inBase in told.GroupBy(one => (one.UserId, one.Base.Id)))
            seen.UnionWith(await SeenAsync(inBase.Key.UserId, inBase.Key.Id, [.. inBase], cancellation));
        return seen;
    }

    /// <summary>The same ones; those of places that are hidden say no more than the base.</summary>
    internal async Task<IReadOnlyList<Notification>> HideAsync(IReadOnlyList<Notification> told, CancellationToken cancellation)
    {
        var seen = await SeenAsync(told, cancellation);
        return [.. told.Select(one => seen.Contains(one.Id) ? one : one with { Table = null, Record = null, Field = null, Comment = null })];
    }

    async Task<IEnumerable<string>> SeenAsync(string userId, string baseId, IReadOnlyList<Notification> told, CancellationToken cancellation)
    {
        if (await access.FindReaderAsync(userId, baseId, cancellation) is not { } reader || await schemas.FindAsync(baseId, cancellation) is not { } whole)
            return [];
        var schema = whole.For(reader);
        var seen = told.Where(one => one.Table is null && one.Record is null).Select(one => one.Id).ToList();
        foreach (var inTable in told.Where(one => one.Table is not null).GroupBy(one => one.Table!.Id))
        {
            if (schema.Find(inTable.Key) is not { } table)
                continue;
            var shown = inTable.Where(one => one.Field is null || table.Find(one.Field) is not null).ToList();
            var records = await RecordsAsync(schema, table, [.. shown.Select(one => one.Record).OfType<string>().Distinct()], cancellation);
            seen.AddRange(shown.Where(one => one.Record is null || records.Contains(one.Record)).Select(one => one.Id));
        }
        return seen;
    }

    async Task<HashSet<string>> RecordsAsync(BaseSchema schema, Table table, string[] ids, CancellationToken cancellation)
    {
        var found = new HashSet<string>();
        if (ids.Length == 0)
            return found;
        await using var command = data.Command($"select _id from {Sql.Table(schema.Id, table.Id)} about where _id = any($1){ReadableRows.And(schema, table, "about._id")}", (object)ids);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            found.Add(row.GetString(0));
        return found;
    }
}
