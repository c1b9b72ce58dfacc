using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Comments;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Notifications;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Comments;

/// <summary>The record that a comment is about.</summary>
public sealed record CommentPlace(string BaseId, string Table, string RecordId);

/// <summary>Writes comments through the base's one door: each is a version of its table, so that whoever shows the record hears of it.</summary>
public sealed class CommentStore(BaseWriter writer, CommentReader reader, BasePeople people)
{
    /// <summary>Says something, in the thread of <paramref name="parentId"/> if that is given. Members whom the text names are mentioned.</summary>
    public async Task<Result<Comment>> AddAsync(CommentPlace place, string text, string? parentId, Origin origin, CancellationToken cancellation)
    {
        var id = Id.New("com");
        var mentioned = await MentionedAsync(place.BaseId, text, cancellation);
        return await WriteAsync(place, id, ChangeKinds.CommentAdded, origin, async (transaction, table) =>
        {
            if (!await ExistsAsync(transaction, table, place.RecordId, cancellation))
                return SchemaErrors.RecordNotFound;
            // An answer to an answer goes on with the thread that it stands in.
            var added = await transaction.ExecuteAsync($"""
                insert into pybase.comments (id, base, table_id, record_id, author, text, mentioned, created, parent)
                select $1, $2, $3, $4, $5, $6, $7, $8, {(parentId is null ? "null" : "coalesce(parent, id) from pybase.comments where id = $9 and table_id = $3 and record_id = $4")}
                """, cancellation, [id, place.BaseId, table.Id, place.RecordId, transaction.Actor, text, mentioned, transaction.Time, .. parentId is null ? (object?[])[] : [parentId]]);
            if (added == 0)
                return CommentErrors.UnknownParent;
            NotificationWriter.Mention(transaction, table.Id, place.RecordId, id, mentioned);
            return null;
        }, cancellation);
    }

    /// <summary>Other words, by the author only; who is not named any more is not mentioned any more.</summary>
    public async Task<Result<Comment>> ChangeAsync(CommentPlace place, string id, string text, Origin origin, CancellationToken cancellation)
    {
        var mentioned = await MentionedAsync(place.BaseId, text, cancellation);
        return await WriteAsync(place, id, ChangeKinds.CommentChanged, origin, async (transaction, table) =>
        {
            var changed = await transaction.ExecuteAsync($"""
                update pybase.comments set text = $4, mentioned = $5, updated = $6 where id = $1 and table_id = $2 and record_id = $3 and author = $7
                and exists (select from {Sql.Table(place.BaseId, table.Id)} about where _id = $3{RuleLock.Condition(transaction, table, "about._id")})
                """, cancellation, id, table.Id, place.RecordId, text, mentioned, transaction.Time, transaction.Actor);
            if (changed == 0)
                return await WhyNotAsync(transaction, table, place.RecordId, id, cancellation);
            NotificationWriter.Mention(transaction, table.Id, place.RecordId, id, mentioned);
            return null;
        }, cancellation);
    }

    /// <summary>Takes a comment away with the answers to it: the author's right, and that of <paramref name="anybodys"/> deleters.</summary>
    public Task<Result<IReadOnlyDictionary<string, long>>> RemoveAsync(CommentPlace place, string id, bool anybodys, Origin origin, CancellationToken cancellation)
    {
        Table table = null!;
        return writer.WriteAsync<IReadOnlyDictionary<string, long>>(place.BaseId, origin, schema => schema.Get(place.Table).Then<WriteScope>(found => new WriteScope([(table = found).Id])), async transaction =>
        {
            var removed = await transaction.ExecuteAsync($"""
                delete from pybase.comments where id = $1 and table_id = $2 and record_id = $3 and ($4 or author = $5)
                and exists (select from {Sql.Table(place.BaseId, table.Id)} about where _id = $3{RuleLock.Condition(transaction, table, "about._id")})
                """, cancellation, id, table.Id, place.RecordId, anybodys, transaction.Actor);
            if (removed == 0)
                return await WhyNotAsync(transaction, table, place.RecordId, id, cancellation);
            transaction.TellTable(table.Id, ChangeKinds.CommentRemoved, id);
            return (Result<IReadOnlyDictionary<string, long>>)(Dictionary<string, long>)transaction.Versions;
        }, cancellation);
    }

    async Task<Result<Comment>> WriteAsync(CommentPlace place, string id, string kind, Origin origin, Func<BaseTransaction, Table, Task<Error?>> write, CancellationToken cancellation)
    {
        Table table = null!;
        var written = await writer.WriteAsync<bool>(place.BaseId, origin, schema => schema.Get(place.Table).Then<WriteScope>(found => new WriteScope([(table = found).Id])), async transaction =>
        {
            if (await write(transaction, table) is { } error)
                return error;
            transaction.TellTable(table.Id, kind, id);
            return true;
        }, cancellation);
        if (!written.TryGet(out _, out var refused))
            return refused;
        return (await reader.FindAsync(place.BaseId, [id], cancellation)).TryGetValue(id, out var comment) ? comment : CommentErrors.NotFound;
    }

    async Task<string[]> MentionedAsync(string baseId, string text, CancellationToken cancellation) =>
        [.. (await people.FindAsync(baseId, Mentions.In(text), cancellation)).Values.Where(person => person.Role is not null).Select(person => person.Id)];

    static async Task<bool> ExistsAsync(BaseTransaction transaction, Table table, string recordId, CancellationToken cancellation) =>
        (await transaction.ListAsync($"select 1 from {Sql.Table(transaction.Schema.Id, table.Id)} about where _id = $1{RuleLock.Condition(transaction, table, "about._id")}", _ => true, cancellation, recordId)).Count > 0;

    /// <summary>Somebody else's, or not there.</summary>
    static async Task<Error> WhyNotAsync(BaseTransaction transaction, Table table, string recordId, string id, CancellationToken cancellation)
    {
        if (!await ExistsAsync(transaction, table, recordId, cancellation))
            return SchemaErrors.RecordNotFound;
        var known = await transaction.ListAsync("select 1 from pybase.comments where id = $1 and table_id = $2 and record_id = $3", _ => true, cancellation, id, table.Id, recordId);
        return known.Count == 0 ? CommentErrors.NotFound : CommentErrors.NotYours;
    }
}
