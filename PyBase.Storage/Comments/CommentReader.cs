using Npgsql;
using PyBase.Core.Comments;
using PyBase.Core.Errors;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Comments;

/// <summary>Some comments of a record, and where to go on.</summary>
public sealed record CommentPage(IReadOnlyList<Comment> Comments, string? Offset);

/// <summary>Comments as they are shown, newest first.</summary>
public sealed class CommentReader(NpgsqlDataSource data, BasePeople people)
{
    const string Columns = "id, record_id, parent, author, text, mentioned, created, updated";

    /// <summary>A page of a record's comments; null when there is no such record.</summary>
    public async Task<Result<CommentPage?>> PageAsync(BaseSchema schema, Table table, string recordId, int size, string? offset, CancellationToken cancellation)
    {
        if (!TimeCursor.TryOpen(offset, "com", out var before))
            return RecordErrors.InvalidOffset;
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select 1 from {ReadableRows.Of(schema, table)} t where _id = $1") { Parameters = { new() { Value = recordId } } },
                new($"""
                    select {Columns} from pybase.comments where table_id = $1 and record_id = $2 {(before is null ? "" : "and (created, id) < ($4, $5)")}
                    order by created desc, id desc limit $3
                    """) { Parameters = { new() { Value = table.Id }, new() { Value = recordId }, new() { Value = size + 1 } } },
            },
        };
        if (before is { } last)
        {
            batch.BatchCommands[1].Parameters.Add(new() { Value = last.Created });
            batch.BatchCommands[1].Parameters.Add(new() { Value = last.Id });
        }
        var rows = new List<Row>();
        await using (var row = await batch.ExecuteReaderAsync(cancellation))
        {
            if (!await row.ReadAsync(cancellation))
                return (CommentPage?)null;
            await row.NextResultAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                rows.Add(Read(row));
        }
        var shown = rows.Take(size).ToList();
        return new CommentPage(await ShowAsync(schema.Id, shown, cancellation), rows.Count > size ? TimeCursor.Seal(shown[^1].Created, shown[^1].Id) : null);
    }

    /// <summary>These comments, by id; those that are gone are missing.</summary>
    public async Task<IReadOnlyDictionary<string, Comment>> FindAsync(string baseId, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return new Dictionary<string, Comment>();
        var rows = new List<Row>();
        await using (var command = data.CreateCommand($"select {Columns} from pybase.comments where base = $1 and id = any($2)"))
        {
            command.Parameters.Add(new() { Value = baseId });
            command.Parameters.Add(new() { Value = ids.ToArray() });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                rows.Add(Read(row));
        }
        return (await ShowAsync(baseId, rows, cancellation)).ToDictionary(comment => comment.Id);
    }

    /// <summary>How many comments these records have, in one statement; a record without any is missing. For <c>recordMetadata=commentCount</c>.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountsAsync(NpgsqlConnection connection, string tableId, IReadOnlyCollection<string> recordIds, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select record_id, count(*)::int from pybase.comments where table_id = $1 and record_id = any($2) group by record_id", connection);
        command.Parameters.Add(new() { Value = tableId });
        command.Parameters.Add(new() { Value = recordIds.ToArray() });
        var counts = new Dictionary<string, int>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            counts[row.GetString(0)] = row.GetInt32(1);
        return counts;
    }

    sealed record Row(string Id, string RecordId, string? Parent, string? Author, string Text, string[] Mentioned, DateTimeOffset Created, DateTimeOffset? Updated);

    static Row Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4),
        row.GetFieldValue<string[]>(5), row.GetFieldValue<DateTimeOffset>(6), row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7));

    async Task<IReadOnlyList<Comment>> ShowAsync(string baseId, List<Row> rows, CancellationToken cancellation)
    {
        var known = await people.FindAsync(baseId, rows.SelectMany(row => row.Mentioned.Append(row.Author ?? "")), cancellation);
        return [.. rows.Select(row => new Comment(row.Id, row.RecordId, row.Parent, Show(row.Author ?? ""), row.Text,
            [.. row.Mentioned.Where(known.ContainsKey).Select(Show)], row.Created, row.Updated))];

        Commentator Show(string id) => known.TryGetValue(id, out var person) ? new(id, person.Email, person.Name) : new(id, "", "");
    }
}
