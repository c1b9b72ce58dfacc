using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Records;

/// <summary>The records that one link cell is to hold, in order.</summary>
readonly record struct LinkCell(string RecordId, string[] Targets);

/// <summary>
/// Keeps the link table and its two copies (the cells at both ends) in step. Seen from a field, <c>near</c> is its own end: <c>from</c> for the field that
/// made the link, <c>to</c> for the inverse.
/// </summary>
sealed class LinkWriter(BaseTransaction transaction, Touched written)
{
    string BaseId => transaction.Schema.Id;

    /// <summary>Makes these cells hold exactly these records; an error when a target is not in the linked table.</summary>
    public async Task<Error?> SetAsync(Table table, Field field, IReadOnlyList<LinkCell> cells, bool areNew, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var pairs = cells.SelectMany(cell => cell.Targets.Select((target, order) => (cell.RecordId, target, order))).ToArray();
        if (areNew && pairs.Length == 0)
            return null;
        var targets = pairs.Select(p => p.target).Distinct().ToArray();
        if (await MissingAsync(link.LinkedTableId, targets, cancellation) is { } missing)
            return CellErrors.UnknownRecord(missing);

        var records = cells.Select(c => c.RecordId).ToArray();
        if (!areNew)
            await LogOldAsync(table, field, records, cancellation);
        var touched = new HashSet<string>(targets);
        if (!areNew)
            await foreach (var gone in RemoveAsync(link, near, far, records, pairs, cancellation))
                touched.Add(gone);
        await transaction.ExecuteAsync($"""
            insert into {Sql.LinkTable(BaseId, link)} ({near}_id, {far}_id, {near}_order, {far}_order)
            select r, t, o, nextval('{Sql.Quote(BaseId)}.link_order') from unnest($1, $2, $3) as v(r, t, o)
            on conflict (from_id, to_id) do update set {near}_order = excluded.{near}_order
            """, cancellation, pairs.Select(p => p.RecordId).ToArray(), pairs.Select(p => p.target).ToArray(), pairs.Select(p => (double)p.order).ToArray());
        await CopyAsync(table.Id, field.Id, link, near, far, records, cancellation);
        written.Add(field.Id, records);
        await CopyFarEndAsync(link, near, far, touched, cancellation);
        return null;
    }

    /// <summary>Removes every link of rows that are about to go.</summary>
    public async Task UnlinkAsync(Table table, Field field, IReadOnlyList<string> records, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var touched = new HashSet<string>();
        await foreach (var gone in RemoveAsync(link, near, far, [.. records], [], cancellation))
            touched.Add(gone);
        if (link.LinkedTableId == table.Id)
            touched.ExceptWith(records);
        await CopyFarEndAsync(link, near, far, touched, cancellation);
    }

    async IAsyncEnumerable<string> RemoveAsync(MultipleRecordLinks link, string near, string far, string[] records, (string, string, int)[] kept,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = transaction.Command($"""
            delete from {Sql.LinkTable(BaseId, link)} l where l.{near}_id = any($1)
            and not exists (select from unnest($2, $3) as kept(r, t) where kept.r = l.{near}_id and kept.t = l.{far}_id)
            returning l.{far}_id
            """, records, kept.Select(k => k.Item1).ToArray(), kept.Select(k => k.Item2).ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            yield return row.GetString(0);
    }

    async Task<string?> MissingAsync(string tableId, string[] targets, CancellationToken cancellation)
    {
        if (targets.Length == 0)
            return null;
        await using var command = transaction.Command(
            $"select t from unnest($1) as v(t) where not exists (select from {Sql.Table(BaseId, tableId)} where _id = t) limit 1", [targets]);
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    Task LogOldAsync(Table table, Field field, string[] records, CancellationToken cancellation) =>
        transaction.LogAsync(table.Id, ChangeKinds.CellsChanged, "", $"""
            select count(*), jsonb_build_object('ids', jsonb_agg(_id), 'old', jsonb_build_object(@field, jsonb_agg({Sql.Column(field)})))
            from {Sql.Table(BaseId, table.Id)} where _id = any(@records)
            """, cancellation, new NpgsqlParameter<string>("field", field.Id), new NpgsqlParameter<string[]>("records", records));

    async Task CopyFarEndAsync(MultipleRecordLinks link, string near, string far, HashSet<string> touched, CancellationToken cancellation)
    {
        if (touched.Count == 0 || link.InverseFieldId is not { } inverse || transaction.Schema.Find(link.LinkedTableId)?.Find(inverse) is null)
            return;
        var records = touched.ToArray();
        if (await CopyAsync(link.LinkedTableId, inverse, link, far, near, records, cancellation) == 0)
            return;
        written.Add(inverse, records);
        await transaction.LogAsync(link.LinkedTableId, ChangeKinds.CellsChanged, "",
            "select cardinality(@records), jsonb_build_object('ids', to_jsonb(@records), 'computed', jsonb_build_array(@field))",
            cancellation, new NpgsqlParameter<string[]>("records", records), new NpgsqlParameter<string>("field", inverse));
    }

    /// <summary>The cells of one end, from the link table; only rows that differ are written.</summary>
    Task<int> CopyAsync(string tableId, string fieldId, MultipleRecordLinks link, string near, string far, string[] records, CancellationToken cancellation) =>
        transaction.ExecuteAsync($"""
            update {Sql.Table(BaseId, tableId)} t set {Sql.Quote(fieldId)} = links.ids
            from (select r, array_agg(l.{far}_id order by l.{near}_order, l.{far}_id) filter (where l.{far}_id is not null) as ids
                  from unnest($1) as v(r) left join {Sql.LinkTable(BaseId, link)} l on l.{near}_id = r group by r) links
            where t._id = links.r and t.{Sql.Quote(fieldId)} is distinct from links.ids
            """, cancellation, [records]);
}
