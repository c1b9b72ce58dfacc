using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

namespace PyBase.Storage.Computing;

/// <summary>
/// Works off what writers noted as stale, in chunks through the same door as every write, so that nobody waits longer than for one chunk. Any number of workers
/// may do it: a chunk locks its entry. It is never given up, since computed cells would stay untrue: what fails comes again later.
/// </summary>
public sealed class StaleWork(NpgsqlDataSource data, BaseWriter writer, SchemaStore schemas, ChangeSignals signals, TimeProvider clock, ILogger<StaleWork> logger) : Pulse(clock, logger)
{
    static readonly Error Taken = new("stale-entry-taken", ErrorKind.Conflict, "Another worker has it.");

    sealed record Entry(long Id, string Base, string Table);

    /// <inheritdoc/>
    protected override async Task<IAsyncDisposable?> ListenAsync(Action wake) => await signals.ListenForWorkAsync(wake);

    /// <summary>One chunk of each entry that is due; true when one was done.</summary>
    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        await StrikeAsync(cancellation);
        var due = new List<Entry>();
        await using (var command = data.CreateCommand("select id, base, table_id from pybase.stale where due <= now() order by due, id limit 50"))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                due.Add(new Entry(row.GetInt64(0), row.GetString(1), row.GetString(2)));
        var done = false;
        foreach (var entry in due)
        {
            try
            {
                done |= await ChunkAsync(entry, cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                Logger.LogError(problem, "Computed cells of {Table} cannot be made true; trying again later", entry.Table);
                await using var later = data.CreateCommand("""
                    update pybase.stale set attempts = attempts + 1, due = now() + least(interval '1 hour', interval '1 second' * power(2, least(attempts, 12))), trouble = $2 where id = $1
                    """);
                later.Parameters.Add(new() { Value = entry.Id });
                later.Parameters.Add(new() { Value = problem.Message });
                await later.ExecuteNonQueryAsync(cancellation);
            }
        }
        return done;
    }

    /// <summary>
    /// Fields that follow the clock become stale when their time has come: TODAY() at midnight (UTC), NOW() every five minutes while somebody reads the table,
    /// hourly otherwise.
    /// </summary>
    async Task StrikeAsync(CancellationToken cancellation)
    {
        if (struck != 0 && Clock.GetElapsedTime(struck) < TimeSpan.FromSeconds(5))
            return;
        struck = Clock.GetTimestamp();
        await using var strike = data.CreateCommand("""
            with due as (update pybase.clocks set due = case
                    when clock = 'today' then date_trunc('day', now(), 'utc') + interval '1 day'
                    when read > now() - interval '5 minutes' then now() + interval '5 minutes' else now() + interval '1 hour' end
                where field in (select field from pybase.clocks where due <= now() order by due limit 500 for update skip locked)
                returning base, table_id, field)
            insert into pybase.stale (base, table_id, fields) select base, table_id, array_agg(field) from due group by base, table_id
            """);
        await strike.ExecuteNonQueryAsync(cancellation);
    }

    long struck;

    async Task<bool> ChunkAsync(Entry entry, CancellationToken cancellation)
    {
        string[] fields;
        var (isWhole, isLast) = (false, false);
        // What follows the clock is written too often for its index to be made anew each time.
        await using (var command = data.CreateCommand("""
            select fields, link is null and after = '' and not exists (select from pybase.clocks c where c.field = any(s.fields)), link is null and after <> '' from pybase.stale s where id = $1
            """))
        {
            command.Parameters.Add(new() { Value = entry.Id });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            if (!await row.ReadAsync(cancellation))
                return false;
            (fields, isWhole, isLast) = (row.GetFieldValue<string[]>(0), row.GetBoolean(1), row.GetBoolean(2));
        }
        if (isWhole && (await schemas.FindAsync(entry.Base, cancellation))?.Find(entry.Table) is { } all && all.Fields.Any(f => fields.Contains(f.Id) && SearchTable.Holds(f)))
            await SearchIndex.SuspendAsync(data, entry.Base, entry.Table, long.MaxValue, cancellation);
        var isDone = false;
        var written = await writer.WriteAsync<bool>(entry.Base, new Origin(null, "Recompute"),
            schema => schema.Get(entry.Table).Then<WriteScope>(table => WriteScope.Of(schema, [table.Id], fields)),
            async transaction =>
            {
                var claims = await transaction.ListAsync("select fields, link, sources, after from pybase.stale where id = $1 for update skip locked",
                    row => (row.GetFieldValue<string[]>(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<string[]>(2), row.GetString(3)), cancellation, entry.Id);
                if (claims is not [var (claimed, link, sources, after)])
                    return Taken;
                var table = transaction.Schema.Find(entry.Table)!;
                var own = ComputeWriter.OwnFields(table).Intersect(claimed).ToArray();
                var (ids, last) = await NextAsync(transaction, table, link, sources, after, cancellation);
                if (own.Length > 0 && ids.Count > 0 && await new ComputeWriter(transaction).RecomputeAsync(own, ids, cancellation) is { } refused)
                    return refused;
                isDone = own.Length == 0 || ids.Count < ComputeWriter.MaxRows;
                if (!isDone)
                    transaction.Do("update pybase.stale set after = $2, attempts = 0, trouble = null where id = $1", entry.Id, last);
                else
                    transaction.Do("delete from pybase.stale where id = $1", entry.Id);
                return true;
            }, cancellation);
        if (written.IsOk && isDone && isLast)
            await OldVersions.ClearAsync(data, entry.Base, entry.Table, cancellation);
        if (written.TryGet(out _, out var error) || error == Taken)
            return written.IsOk;
        throw new InvalidOperationException($"{error.Code}: {error.Message}");
    }

    /// <summary>The next records of an entry, and where they end.</summary>
    static async Task<(IReadOnlyList<string> Ids, string Last)> NextAsync(
        BaseTransaction transaction, Core.Schema.Table table, string? linkId, string[]? sources, string after, CancellationToken cancellation)
    {
        (string Sql, object?[] Values) next;
        if (linkId is null)
            next = ($"select _id, _number::text as place from {Sql.Table(transaction.Schema.Id, table.Id)} where _number > $1 order by _number limit {ComputeWriter.MaxRows}",
                [after.Length == 0 ? 0L : long.Parse(after, System.Globalization.CultureInfo.InvariantCulture)]);
        else if (table.Find(linkId) is { Type: MultipleRecordLinks link } && Sql.Ends(link) is var (near, far))
            next = ($"select distinct {near}_id, {near}_id from {Sql.LinkTable(transaction.Schema.Id, link)} where {far}_id = any($1) and {near}_id > $2 order by 1 limit {ComputeWriter.MaxRows}", [sources, after]);
        else
            return ([], after);
        var rows = await transaction.ListAsync(next.Sql, row => (Id: row.GetString(0), Place: row.GetString(1)), cancellation, next.Values);
        return ([.. rows.Select(row => row.Id)], rows is [.., var end] ? end.Place : after);
    }
}
