using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Releases;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Postgres;
using PyBase.Storage.Releases;

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
        var touched = new HashSet<string>(targets);
        if (areNew)
            await PutAsync(link, near, far, [.. pairs.Select(p => new StoredLink(p.RecordId, p.target, p.order, null))], cancellation);
        else
            touched.UnionWith(await ReplaceAsync(table, field, records, pairs, cancellation));
        await CopyAsync(table.Id, field.Id, link, near, far, records, cancellation);
        written.Add(field.Id, records);
        return await CopyFarEndAsync(link, near, far, touched, cancellation);
    }

    /// <summary>Makes cells of existing rows hold these pairs, and notes what was there: the cells for history, the links themselves for undo. Returns the records that lost one.</summary>
    async Task<IEnumerable<string>> ReplaceAsync(Table table, Field field, string[] records, (string RecordId, string Target, int Order)[] pairs, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var was = await ReadAsync(link, near, far, records, cancellation);
        var wanted = pairs.ToDictionary(p => (p.RecordId, p.Target), p => (double)p.Order);
        StoredLink[] gone = [.. was.Values.Where(l => !wanted.ContainsKey((l.Near, l.Far)))];
        StoredLink[] moved = [.. was.Values.Where(l => wanted.TryGetValue((l.Near, l.Far), out var order) && order != l.NearOrder)];
        StoredLink[] made = [.. pairs.Where(p => !was.ContainsKey((p.RecordId, p.Target))).Select(p => new StoredLink(p.RecordId, p.Target, p.Order, null))];
        await LogOldAsync(table, field, records, [.. gone, .. moved], made, cancellation);
        await RemoveAsync(link, near, far, gone, cancellation);
        await PutAsync(link, near, far, [.. moved.Select(l => l with { NearOrder = wanted[(l.Near, l.Far)] }), .. made], cancellation);
        return gone.Select(l => l.Far);
    }

    /// <summary>
    /// Takes a change of links back: these were made by it and go, those were there before and come again, each in its old place at both ends. Only links between rows
    /// that are there can come.
    /// </summary>
    public async Task<Error?> RevertAsync(Table table, Field field, IReadOnlyList<StoredLink> made, IReadOnlyList<StoredLink> was, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        string[] records = [.. made.Concat(was).Select(l => l.Near).Distinct()];
        var now = await ReadAsync(link, near, far, records, cancellation);
        StoredLink[] gone = [.. made.Where(l => now.ContainsKey((l.Near, l.Far))).Select(l => now[(l.Near, l.Far)])];
        StoredLink[] moved = [.. was.Where(l => now.ContainsKey((l.Near, l.Far))).Select(l => now[(l.Near, l.Far)])];
        await LogOldAsync(table, field, records, [.. gone, .. moved], [.. was.Where(l => !now.ContainsKey((l.Near, l.Far)))], cancellation);
        await RemoveAsync(link, near, far, gone, cancellation);
        await PutAsync(link, near, far, was, cancellation);
        await CopyAsync(table.Id, field.Id, link, near, far, records, cancellation);
        written.Add(field.Id, records);
        return await CopyFarEndAsync(link, near, far, [.. made.Concat(was).Select(l => l.Far)], cancellation);
    }

    /// <summary>Links of rows that have come again, each in its old place at both ends.</summary>
    public async Task<Error?> ReturnAsync(Table table, Field field, IReadOnlyList<StoredLink> links, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        string[] records = [.. links.Select(l => l.Near).Distinct()];
        await PutAsync(link, near, far, links, cancellation);
        await CopyAsync(table.Id, field.Id, link, near, far, records, cancellation);
        written.Add(field.Id, records);
        return await CopyFarEndAsync(link, near, far, [.. links.Select(l => l.Far)], cancellation);
    }

    /// <summary>Removes every link of rows that have gone.</summary>
    public async Task<Error?> UnlinkAsync(Table table, Field field, IReadOnlyList<string> records, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var touched = new HashSet<string>();
        await using (var command = transaction.Command($"delete from {Sql.LinkTable(BaseId, link)} where {near}_id = any($1) returning {far}_id", [records.ToArray()]))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                touched.Add(row.GetString(0));
        if (link.LinkedTableId == table.Id)
            touched.ExceptWith(records);
        return await CopyFarEndAsync(link, near, far, touched, cancellation);
    }

    async Task<OrderedDictionary<(string, string), StoredLink>> ReadAsync(MultipleRecordLinks link, string near, string far, string[] records, CancellationToken cancellation)
    {
        var links = new OrderedDictionary<(string, string), StoredLink>();
        await using var command = transaction.Command(
            $"select {near}_id, {far}_id, {near}_order, {far}_order from {Sql.LinkTable(BaseId, link)} where {near}_id = any($1) order by {near}_id, {near}_order, {far}_id", [records]);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            links.Add((row.GetString(0), row.GetString(1)), new StoredLink(row.GetString(0), row.GetString(1), row.GetDouble(2), row.GetDouble(3)));
        return links;
    }

    Task RemoveAsync(MultipleRecordLinks link, string near, string far, StoredLink[] links, CancellationToken cancellation) => links.Length == 0 ? Task.CompletedTask
        : transaction.ExecuteAsync($"delete from {Sql.LinkTable(BaseId, link)} l using unnest($1, $2) as v(r, t) where l.{near}_id = v.r and l.{far}_id = v.t",
            cancellation, links.Select(l => l.Near).ToArray(), links.Select(l => l.Far).ToArray());

    /// <summary>A link that does not say its place at the far end is the last there, or stays where it is.</summary>
    Task PutAsync(MultipleRecordLinks link, string near, string far, IReadOnlyList<StoredLink> links, CancellationToken cancellation) => links.Count == 0 ? Task.CompletedTask
        : transaction.ExecuteAsync($"""
            insert into {Sql.LinkTable(BaseId, link)} as l ({near}_id, {far}_id, {near}_order, {far}_order)
            select r, t, o, coalesce(p, nextval('{Sql.Quote(BaseId)}.link_order')) from unnest($1, $2, $3, $4) as v(r, t, o, p)
            on conflict (from_id, to_id) do update set {near}_order = excluded.{near}_order, {far}_order = excluded.{far}_order
            """, cancellation, links.Select(l => l.Near).ToArray(), links.Select(l => l.Far).ToArray(), links.Select(l => l.NearOrder).ToArray(), links.Select(l => l.FarOrder).ToArray());

    async Task<string?> MissingAsync(string tableId, string[] targets, CancellationToken cancellation)
    {
        if (targets.Length == 0)
            return null;
        await using var command = transaction.Command(
            $"select t from unnest($1) as v(t) where not exists (select from {Sql.Table(BaseId, tableId)} where _id = t) limit 1", [targets]);
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    Task LogOldAsync(Table table, Field field, string[] records, StoredLink[] was, StoredLink[] made, CancellationToken cancellation) =>
        transaction.LogAsync(table.Id, ChangeKinds.CellsChanged, "", $"""
            select count(*), jsonb_build_object('ids', jsonb_agg(_id), 'old', jsonb_build_object(@field, jsonb_agg({Sql.Column(field)})), 'links', jsonb_build_object(@field, @links))
            from {Sql.Table(BaseId, table.Id)} where _id = any(@records)
            """, cancellation, new NpgsqlParameter<string>("field", field.Id), new NpgsqlParameter<string[]>("records", records),
            new NpgsqlParameter("links", NpgsqlDbType.Jsonb) { Value = LoggedLinks.Write(was, made) });

    /// <summary>The cells that show these links from the other side; noted with what they held, since they are as good as stored.</summary>
    async Task<Error?> CopyFarEndAsync(MultipleRecordLinks link, string near, string far, HashSet<string> touched, CancellationToken cancellation)
    {
        if (touched.Count == 0 || link.InverseFieldId is not { } inverse || transaction.Schema.Find(link.LinkedTableId) is not { } table || table.Find(inverse) is null)
            return null;
        var changed = new List<string>();
        var isLocked = ReleaseLock.Locks(table, inverse) ? ReleaseLock.IsReleased(table, "t") : "false";
        await using (var command = transaction.Command($"select t._id, {isLocked} {FromLinks(link.LinkedTableId, inverse, link, far, near)}", [touched.ToArray()]))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
            {
                if (row.GetBoolean(1))
                    return ReleaseErrors.Released(row.GetString(0));
                changed.Add(row.GetString(0));
            }
        if (changed.Count == 0)
            return null;
        string[] records = [.. changed];
        written.Add(inverse, records);
        await transaction.LogAsync(link.LinkedTableId, ChangeKinds.CellsChanged, "", $"""
            select count(*), jsonb_build_object('ids', jsonb_agg(_id), 'old', jsonb_build_object(@field, jsonb_agg({Sql.Quote(inverse)})), 'far', true)
            from {Sql.Table(BaseId, link.LinkedTableId)} where _id = any(@records)
            """, cancellation, new NpgsqlParameter<string[]>("records", records), new NpgsqlParameter<string>("field", inverse));
        await CopyAsync(link.LinkedTableId, inverse, link, far, near, records, cancellation);
        return null;
    }

    /// <summary>The cells of one end, from the link table; only rows that differ are written.</summary>
    Task<int> CopyAsync(string tableId, string fieldId, MultipleRecordLinks link, string near, string far, string[] records, CancellationToken cancellation) =>
        transaction.ExecuteAsync($"""
            update {Sql.Table(BaseId, tableId)} t set {Sql.Quote(fieldId)} = links.ids from {LinksOf(link, near, far)}
            where t._id = links.r and t.{Sql.Quote(fieldId)} is distinct from links.ids
            """, cancellation, [records]);

    string FromLinks(string tableId, string fieldId, MultipleRecordLinks link, string near, string far) =>
        $"from {Sql.Table(BaseId, tableId)} t join {LinksOf(link, near, far)} on t._id = links.r where t.{Sql.Quote(fieldId)} is distinct from links.ids";

    string LinksOf(MultipleRecordLinks link, string near, string far) => $"""
        (select r, array_agg(l.{far}_id order by l.{near}_order, l.{far}_id) filter (where l.{far}_id is not null) as ids
         from unnest($1) as v(r) left join {Sql.LinkTable(BaseId, link)} l on l.{near}_id = r group by r) links
        """;
}
