using System.Data;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.History;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.History;

/// <summary>A record as it was; cells as JSON in the form of <c>/v0</c>, by field.</summary>
public sealed record PastRecord(string Id, DateTimeOffset Created, IReadOnlyList<(Field Field, string Json)> Cells);

/// <summary>Some records of a table as they were at a version, and after which place to go on.</summary>
public sealed record PastPage(long Version, IReadOnlyList<PastRecord> Records, IReadOnlyList<Field> LeftOut, long? After);

/// <summary>
/// A table as it was: rows of now with the log applied backwards, and those that were deleted since. Stored cells are exact; computed ones are not in the log and are
/// left out, since the value of today beside the cells of then would be a wrong one.
/// </summary>
public sealed class AsOfReader(NpgsqlDataSource data, Collaborators people)
{
    /// <summary>Most records of a page.</summary>
    public const int MaxPage = 100;

    /// <summary>Readings of rows that one request makes; a page may end early, and says where to go on.</summary>
    const int MaxRounds = 10;

    /// <summary>A page of the table at a version or time, in the order in which records were made.</summary>
    public async Task<Result<PastPage>> ReadAsync(BaseSchema schema, Table table, string asOf, long after, int size, CellFormat format, CancellationToken cancellation)
    {
        Field[] shown = [.. table.Fields.Where(f => !f.Type.IsComputed || f.Type is AutoNumber or CreatedTime or CreatedBy).Where(f => table.Scope?.FilteredLinks.Contains(f) is not true)];
        format = await people.FormatAsync(schema.Id, shown, format, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if (await VersionAsync(connection, table.Id, asOf, cancellation) is not { } version)
            return HistoryErrors.OutOfReach;
        var rows = new List<StoredRow>();
        long? next = after;
        for (var round = 0; round < MaxRounds && next is not null && rows.Count <= size; round++)
        {
            var (ids, upTo) = await CandidatesAsync(connection, schema, table, version, next.Value, size, cancellation);
            if (ids.Count > 0)
            {
                var then = await TableHistory.ReadAsync(connection, schema.Id, table.Id, new Dictionary<long, IReadOnlyCollection<string>> { [version] = ids }, cancellation);
                if (!then.TryGetValue(version, out var known))
                    return HistoryErrors.OutOfReach;
                rows.AddRange(known.Values.OrderBy(Number));
            }
            next = upTo;
        }
        var page = rows.Take(size).ToList();
        var cells = page.SelectMany(row => shown.Select(field => new LoggedCell(field.Type, row.GetValueOrDefault(field.Type.SystemColumn ?? field.Id)))).ToList();
        var forms = await new CellForms(connection, format).RenderAsync(cells, cancellation);
        return new PastPage(version, [.. page.Select((row, n) => new PastRecord(row["_id"].GetString()!, row["_created"].GetDateTimeOffset(),
            [.. shown.Select((field, c) => (field, forms[n * shown.Length + c])).Where(c => c.Item2 is not null).Select(c => (c.field, c.Item2!))]))],
            [.. table.Fields.Except(shown)], rows.Count > size ? Number(page[^1]) : next);

        static long Number(StoredRow row) => row["_number"].GetInt64();
    }

    /// <summary>The table's version then; null when it was none, or is still to come.</summary>
    static async Task<long?> VersionAsync(NpgsqlConnection connection, string tableId, string asOf, CancellationToken cancellation)
    {
        var isVersion = long.TryParse(asOf, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        var time = DateTimeOffset.MinValue;
        if (!isVersion && !DateTimeOffset.TryParse(asOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
            return null;
        await using var command = new NpgsqlCommand(isVersion
            ? "select version from (select $2::bigint as version) asked where version <= (select version from pybase.table_versions where table_id = $1)"
            : "select max(version) from pybase.changes where table_id = $1 and time <= $2", connection)
        {
            Parameters = { new() { Value = tableId }, isVersion ? new() { Value = version } : new() { Value = time.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz } },
        };
        return await command.ExecuteScalarAsync(cancellation) is long found ? found : null;
    }

    /// <summary>Rows of now, and rows deleted since, behind a place; and up to which place these are all, null when to the end.</summary>
    static async Task<(List<string> Ids, long? UpTo)> CandidatesAsync(NpgsqlConnection connection, BaseSchema schema, Table table, long version, long after, int size, CancellationToken cancellation)
    {
        var (ids, take, last) = (new HashSet<string>(), 2 * size, after);
        await using (var now = new NpgsqlCommand($"select _id, _number from {ReadableRows.Of(schema, table)} t where _number > $1 order by _number limit $2", connection) { Parameters = { new() { Value = after }, new() { Value = take } } })
        await using (var row = await now.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
            {
                ids.Add(row.GetString(0));
                last = row.GetInt64(1);
            }
        long? upTo = ids.Count == take ? last : null;
        // Whether somebody would see a row that is gone cannot be asked of it.
        if (table.Scope?.Rows is not null)
            return ([.. ids], upTo);
        await using var deleted = new NpgsqlCommand("""
            select distinct r ->> '_id' from pybase.changes c cross join lateral jsonb_array_elements(c.body -> 'rows') r
            where c.table_id = $1 and c.version > $2 and c.kind = 'recordsDeleted' and (r ->> '_number')::bigint > $3 and ($4::bigint is null or (r ->> '_number')::bigint <= $4)
            """, connection)
        {
            Parameters = { new() { Value = table.Id }, new() { Value = version }, new() { Value = after }, new() { Value = (object?)upTo ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint } },
        };
        await using (var row = await deleted.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                ids.Add(row.GetString(0));
        return ([.. ids], upTo);
    }
}
