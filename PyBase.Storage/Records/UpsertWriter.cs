using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Records;

/// <summary>What an upsert did, by record id.</summary>
sealed record Upserted(IReadOnlyList<string> Ids, IReadOnlyList<string> Created, IReadOnlyList<string> Updated);

/// <summary>Finds the records that an upsert means with one statement, then creates and updates as two sets.</summary>
sealed class UpsertWriter(BaseTransaction transaction)
{
    public async Task<Result<Upserted>> WriteAsync(RecordPlan plan, Upsert upsert, IReadOnlySet<string> named, CancellationToken cancellation)
    {
        var keys = plan.Records.Select(record => named.Contains(record.Id) ? null : upsert.KeyOf(record)).ToArray();
        if (!(await MatchAsync(plan, upsert, keys, cancellation)).TryGet(out var matches, out var several))
            return several;
        PlannedRecord[] records = [.. plan.Records.Select((record, n) => matches.TryGetValue(n, out var id) ? record with { Id = id } : record)];
        var existing = plan.Records.Select((record, n) => matches.ContainsKey(n) || named.Contains(record.Id)).ToArray();
        var (updates, news) = (records.Where((_, n) => existing[n]).ToArray(), records.Where((_, n) => !existing[n]).ToArray());
        // A new choice is added once, with the set that comes first.
        if (updates.Length > 0 && !(await new RecordWriter(transaction).UpdateAsync(plan with { Records = updates }, cancellation)).TryGet(out _, out var error))
            return error;
        var rest = updates.Length > 0 ? plan with { Records = news, NewChoices = NoChoices } : plan with { Records = news };
        return news.Length > 0 && !(await new RecordWriter(transaction).CreateAsync(rest, cancellation)).TryGet(out _, out error)
            ? error
            : new Upserted([.. records.Select(r => r.Id)], [.. news.Select(r => r.Id)], [.. updates.Select(r => r.Id)]);
    }

    static readonly Dictionary<string, IReadOnlyList<Core.Fields.Choice>> NoChoices = [];

    /// <summary>Place in the plan → id of the one record with that key.</summary>
    async Task<Result<Dictionary<int, string>>> MatchAsync(RecordPlan plan, Upsert upsert, IReadOnlyList<object>?[] keys, CancellationToken cancellation)
    {
        var matches = new Dictionary<int, string>();
        foreach (var (place, id) in await FindAsync(transaction, plan, upsert, keys, cancellation))
            if (!matches.TryAdd(place, id))
                return RecordErrors.MergeMatchesSeveral(id);
        return matches;
    }

    /// <summary>The records with these keys, by place in the plan; a key may have several, and a null key has none.</summary>
    internal static async Task<List<(int Place, string Id)>> FindAsync(
        BaseTransaction transaction, RecordPlan plan, Upsert upsert, IReadOnlyList<object>?[] keys, CancellationToken cancellation)
    {
        var places = keys.Select((key, n) => (key, n)).Where(k => k.key is not null).ToArray();
        if (places.Length == 0)
            return [];
        Field[] fields = [.. upsert.Columns.Select(column => plan.Fields[column])];
        var names = string.Concat(fields.Select((_, n) => $", k{n}"));
        // Equal quantities may have different units: they have one key.
        var equal = string.Join(" and ", fields.Select((field, n) => field.Type is Notated
            ? $"{NotatedSql.Key($"t.{Sql.Column(field)}")} = {NotatedSql.Key($"v.k{n}")}"
            : $"t.{Sql.Column(field)} = {Sql.FromArray(field.Type.Column, $"v.k{n}")}"));
        return await transaction.ListAsync($"""
            select v.place, t._id from unnest(@places{string.Concat(fields.Select((_, n) => $", @k{n}"))}) as v(place{names})
            join {Sql.Table(transaction.Schema.Id, plan.Table.Id)} t on {equal}{RuleLock.Condition(transaction, plan.Table, "t._id")}
            """, row => (Place: row.GetInt32(0), Id: row.GetString(1)), cancellation,
            [
                new NpgsqlParameter<int[]>("places", [.. places.Select(p => p.n)]),
                .. fields.Select((field, n) => new NpgsqlParameter($"k{n}", Sql.ArrayType(field.Type.Column)) { Value = Sql.Values(field.Type.Column, places.Select(p => p.key![n])) }),
            ]);
    }
}
