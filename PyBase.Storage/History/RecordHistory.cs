using System.Data;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.History;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.History;

/// <summary>A cell that came to hold something else; both as JSON in the form of <c>/v0</c>, null for an empty cell.</summary>
public sealed record CellChange(string FieldId, string? FieldName, bool IsRemoved, string? From, string? To);

/// <summary>What one transaction did to a record.</summary>
/// <param name="Version">The table's version that it made.</param>
/// <param name="Time">When.</param>
/// <param name="ActorId">Who; null for the system.</param>
/// <param name="Actor">Their account, if there still is one.</param>
/// <param name="Through">Through what: <see cref="Core.History.Through"/>.</param>
/// <param name="Kind">A word of <see cref="ChangeKinds"/>.</param>
/// <param name="Changes">The cells, in the order of the table.</param>
public sealed record HistoryEntry(long Version, DateTimeOffset Time, string? ActorId, BasePerson? Actor, string Through, string Kind, IReadOnlyList<CellChange> Changes);

/// <summary>Some entries, newest first, and the version before which to go on.</summary>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, long? Before);

/// <summary>
/// What happened to a record, read from the log backwards: what a cell held before a change stands there, what it held after is what the next one found, or what it
/// holds now. Only stored cells; computed ones are not in the log.
/// </summary>
public sealed class RecordHistory(NpgsqlDataSource data, Collaborators collaborators, BasePeople people)
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 50;

    sealed record Logged(long Version, string Kind, DateTimeOffset Time, string? Actor, string? Command, string? Source, JsonElement? Old, JsonElement? Was);

    sealed record Step(Logged Entry, List<(string FieldId, FieldType Type, JsonElement From, JsonElement To)> Cells);

    /// <summary>The record's past, of one field or of all; an error when there never was such a record as far as the log reaches.</summary>
    public async Task<Result<HistoryPage>> ReadAsync(BaseSchema schema, Table table, string recordId, Field? only, long? before, CellFormat format, CancellationToken cancellation)
    {
        format = await collaborators.FormatAsync(schema.Id, table.Fields, format, cancellation);
        await using var connection = await data.OpenConnectionAsync(cancellation);
        // One snapshot, so that the row of now and the log of how it came about belong together.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if (table.Scope?.Rows is not null && !await IsSeenAsync(connection, schema, table, recordId, cancellation))
            return SchemaErrors.RecordNotFound;
        if (await StateAsync(connection, schema.Id, table.Id, recordId, before, cancellation) is not { } then)
            return HistoryErrors.InvalidCursor;
        var removed = await RemovedFields.ReadAsync(connection, table.Id, cancellation);
        var log = await ReadAsync(connection, table.Id, recordId, only?.Id, before ?? long.MaxValue, cancellation);
        if (log.Count == 0 && before is null && then.Row is null)
            return SchemaErrors.RecordNotFound;
        // Where a cell led then cannot be asked of rows that are seen now.
        var types = table.Fields.Concat(removed.Values).Where(f => table.Scope is not { } scope || !(scope.Hidden.Contains(f.Id) || scope.FilteredLinks.Contains(f))).ToDictionary(f => f.Id, f => f.Type);
        // The last version read may go on behind the limit: it is the next page's.
        var isCut = log.Count > MaxEntries;
        if (isCut)
            {
            var last = log[^1].Version;
            log.RemoveAll(entry => entry.Version == last);
        }
        var steps = new List<Step>();
        foreach (var entry in log)
            Walk(entry, then, types, steps);
        var versions = steps.Select(s => s.Entry.Version).Distinct().Take(PageSize + 1).ToArray();
        long? next = versions.Length > PageSize ? versions[PageSize - 1] : isCut ? log[^1].Version : null;
        var shown = steps.Where(s => next is null || s.Entry.Version >= next).ToList();
        var forms = await new CellForms(connection, format).RenderAsync([.. shown.SelectMany(s => s.Cells).SelectMany(c => new[] { new LoggedCell(c.Type, c.From), new LoggedCell(c.Type, c.To) })], cancellation);
        var actors = await people.FindAsync(schema.Id, shown.Select(s => s.Entry.Actor).OfType<string>(), cancellation);
        return new HistoryPage(Merge(shown, forms, table, removed, actors, only), next);
    }

    static async Task<bool> IsSeenAsync(NpgsqlConnection connection, BaseSchema schema, Table table, string recordId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select exists (select from {ReadableRows.Of(schema, table)} t where _id = $1)", connection) { Parameters = { new() { Value = recordId } } };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    sealed class Then(StoredRow? row)
    {
        public StoredRow? Row { get; set; } = row;
    }

    /// <summary>The record as it was right before the version at which the page ends; null when the log does not reach there.</summary>
    static async Task<Then?> StateAsync(NpgsqlConnection connection, string baseId, string tableId, string recordId, long? before, CancellationToken cancellation)
    {
        if (before is not null)
        {
            var then = await TableHistory.ReadAsync(connection, baseId, tableId, new Dictionary<long, IReadOnlyCollection<string>> { [before.Value - 1] = [recordId] }, cancellation);
            return then.TryGetValue(before.Value - 1, out var rows) ? new Then(rows.GetValueOrDefault(recordId)) : null;
        }
        await using var command = new NpgsqlCommand($"select to_jsonb(t) from {Sql.Table(baseId, tableId)} t where _id = $1", connection) { Parameters = { new() { Value = recordId } } };
        return new Then(await command.ExecuteScalarAsync(cancellation) is string row ? JsonSerializer.Deserialize<StoredRow>(row) : null);
    }

    /// <summary>Rows of the log that a page looks at.</summary>
    const int MaxEntries = 500;

    static async Task<List<Logged>> ReadAsync(NpgsqlConnection connection, string tableId, string recordId, string? fieldId, long before, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select c.version, c.kind, c.time, c.actor, t.command, t.source, case c.kind when 'recordsDeleted' then c.body -> 'rows' -> e.n
                when 'cellsChanged' then (select jsonb_object_agg(key, value -> e.n) from jsonb_each(c.body -> 'old')) end, c.body -> 'was'
            from pybase.changes c
            cross join lateral (select (place - 1)::int as n from jsonb_array_elements_text(c.body -> 'ids') with ordinality as x(id, place) where id = $2 limit 1) e
            left join lateral (select command, source from pybase.transactions t where t.base = c.base and t.time = c.time and t.versions ->> c.table_id = c.version::text limit 1) t on true
            where c.table_id = $1 and c.version < $4 and c.version > (select version - $5 from pybase.table_versions where table_id = $1)
              and c.kind in ('recordsCreated', 'recordsDeleted', 'cellsChanged') and c.body -> 'ids' ? $2 and (c.kind <> 'cellsChanged' or jsonb_typeof(c.body -> 'old') = 'object')
              and ($3::text is null or c.kind <> 'cellsChanged' or c.body -> 'old' ? $3)
            order by c.version desc, c.position desc limit {MaxEntries + 1}
            """, connection)
        {
            Parameters =
            {
                new() { Value = tableId }, new() { Value = recordId }, new() { Value = (object?)fieldId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = before }, new() { Value = TableHistory.MaxVersions },
            },
        };
        var log = new List<Logged>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            log.Add(new Logged(row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), Text(3), Text(4), Text(5), Json(6), Json(7)));
        return log;

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        JsonElement? Json(int column) => row.IsDBNull(column) ? null : JsonSerializer.Deserialize<JsonElement>(row.GetString(column));
    }

    /// <summary>One entry further back: notes what it changed, and leaves the row as it was before.</summary>
    static void Walk(Logged entry, Then then, Dictionary<string, FieldType> types, List<Step> steps)
    {
        var step = new Step(entry, []);
        switch (entry.Kind)
        {
            case ChangeKinds.RecordsCreated:
                step.Cells.AddRange(Cells(then.Row ?? []).Select(c => (c.FieldId, c.Type, default(JsonElement), c.Value)));
                then.Row = null;
                break;
            case ChangeKinds.RecordsDeleted:
                then.Row = entry.Old is { } row ? row.Deserialize<StoredRow>() : null;
                step.Cells.AddRange(Cells(then.Row ?? []).Select(c => (c.FieldId, c.Type, c.Value, default(JsonElement))));
                break;
            default:
                foreach (var old in entry.Old?.EnumerateObject() ?? default)
                {
                    var now = then.Row?.GetValueOrDefault(old.Name) ?? default;
                    if (types.TryGetValue(old.Name, out var type) && (entry.Was is not null || old.Value.GetRawText() != (now.ValueKind is JsonValueKind.Undefined ? "null" : now.GetRawText())))
                        step.Cells.Add((old.Name, type, old.Value, now));
                    if (entry.Was is { } was && FieldTypes.Read(was.GetText("type") ?? "", was.TryGet("options", out var options) ? options : default, new FieldScope(old.Name, _ => true, IsStored: true)).TryGet(out var former, out _))
                        types[old.Name] = former;
                    if (then.Row is not null)
                        then.Row[old.Name] = old.Value;
                }
                if (step.Cells.Count == 0)
                    return;
                break;
        }
        steps.Add(step);

        IEnumerable<(string FieldId, FieldType Type, JsonElement Value)> Cells(StoredRow row) =>
            row.Where(c => c.Value.ValueKind is not JsonValueKind.Null && types.TryGetValue(c.Key, out var type) && !type.IsComputed).Select(c => (c.Key, types[c.Key], c.Value));
    }

    /// <summary>What one transaction did is one entry, however many rows of the log it took.</summary>
    static List<HistoryEntry> Merge(List<Step> steps, string?[] forms, Table table, IReadOnlyDictionary<string, Field> removed, IReadOnlyDictionary<string, BasePerson> actors, Field? only)
    {
        var (entries, at) = (new List<HistoryEntry>(), 0);
        foreach (var version in steps.GroupBy(s => s.Entry.Version))
        {
            var cells = new OrderedDictionary<string, CellChange>();
            foreach (var step in version)
                foreach (var cell in step.Cells)
                {
                    var (from, to) = (forms[at++], forms[at++]);
                    if (only is not null && only.Id != cell.FieldId)
                        continue;
                    var (field, gone) = (table.Fields.FirstOrDefault(f => f.Id == cell.FieldId), removed.GetValueOrDefault(cell.FieldId));
                    // Backwards: the later of two changes came first, and its outcome is what the cell held in the end.
                    cells[cell.FieldId] = new CellChange(cell.FieldId, field?.Name ?? gone?.Name, field is null, from, cells.TryGetValue(cell.FieldId, out var later) ? later.To : to);
                }
            var first = version.First().Entry;
            var kind = version.Select(s => s.Entry.Kind).OrderBy(k => k == ChangeKinds.CellsChanged).First();
            if (cells.Count > 0 || only is null)
                entries.Add(new HistoryEntry(first.Version, first.Time, first.Actor, first.Actor is { } actor ? actors.GetValueOrDefault(actor) : null,
                    Core.History.Through.Of(first.Command ?? "", first.Source), kind, [.. cells.Values.OrderBy(c => IndexOf(table, c.FieldId))]));
        }
        return entries;
    }

    static int IndexOf(Table table, string fieldId)
    {
        for (var n = 0; n < table.Fields.Count; n++)
            if (table.Fields[n].Id == fieldId)
                return n;
        return int.MaxValue;
    }
}
