using System.Buffers;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Records;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Records;

/// <summary>A client's mark on a request that it may send again, and what tells the request from another one under the same mark.</summary>
/// <param name="Key">The header <c>Idempotency-Key</c>.</param>
/// <param name="Request">A hash of method, path and body.</param>
/// <param name="Sender">Whose mark it is; null for the actor's of the write.</param>
public sealed record IdempotencyKey(string Key, byte[] Request, string? Sender = null);

/// <summary>Keeps the answer of a write in the transaction that it tells of, so that the same request again gets it again and writes nothing.</summary>
public sealed class Answers(NpgsqlDataSource data)
{
    /// <summary>Writes, unless the same request was answered within the last day: then gives that answer.</summary>
    internal async Task<Result<WrittenRecords>> OnceAsync(string baseId, Origin origin, IdempotencyKey? key, Func<Task<Result<WrittenRecords>>> write, CancellationToken cancellation)
    {
        if (key is null || (key.Sender ?? origin.Actor) is not { } sender)
            return await write();
        if (await FindAsync(baseId, sender, key, cancellation) is { } known)
            return known;
        try
        {
            return await write();
        }
        catch (PostgresException twin) when (twin is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "answers" })
        {
            // Two at once: the other was first, and this one wrote nothing.
            return await FindAsync(baseId, sender, key, cancellation) ?? RecordErrors.InvalidRequest();
        }
    }

    /// <summary>Keeps the answer inside the transaction.</summary>
    internal static void Keep(BaseTransaction transaction, IdempotencyKey key, WrittenRecords written)
    {
        if ((key.Sender ?? transaction.Actor) is not { } sender)
            return;
        transaction.Do("""
            insert into pybase.answers (actor, key, base, request, body, created_ids, updated_ids, versions, time) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, sender, key.Key, transaction.Schema.Id, key.Request, written.Json.ToArray(), List(written.Created), List(written.Updated),
            new NpgsqlParameter { Value = JsonSerializer.Serialize(written.Versions), NpgsqlDbType = NpgsqlDbType.Jsonb }, transaction.Time);

        static NpgsqlParameter List(IReadOnlyList<string>? ids) => new() { Value = (object?)ids?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }

    async Task<Result<WrittenRecords>?> FindAsync(string baseId, string actor, IdempotencyKey key, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand(
            "select base, request, body, created_ids, updated_ids, versions from pybase.answers where actor = $1 and key = $2 and time > now() - interval '24 hours'");
        command.Parameters.Add(new() { Value = actor });
        command.Parameters.Add(new() { Value = key.Key });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        if (row.GetString(0) != baseId || !row.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(key.Request))
            return (Result<WrittenRecords>)RecordErrors.KeyReused;
        var json = new ArrayBufferWriter<byte>();
        json.Write(row.GetFieldValue<byte[]>(2));
        return new WrittenRecords(json, JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(5))!,
            row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3), row.IsDBNull(4) ? null : row.GetFieldValue<string[]>(4));
    }
}
