using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Records;

namespace PyBase.Storage.History;

/// <summary>
/// What stands on top of an action: everything that happened since to what it touched, less what was taken back again. Each thing (a cell, whether a record is there, a
/// link, a definition) is a stack of transactions; an undo takes the topmost away. Only what lies on top can be taken back, so nobody's later work is ever lost. A
/// record as a whole is free when all its things are.
/// </summary>
sealed class Standing
{
    readonly Dictionary<string, Pile> piles = [];
    readonly Dictionary<string, HashSet<string>> wholes = [];

    /// <summary>What came on top, and what was taken from below, last at the end. Something that comes again to where it was taken from is as if nothing had been.</summary>
    sealed class Pile
    {
        public List<(long Root, string? Actor)> Above { get; } = [];

        public List<(long Root, string? Actor)> Taken { get; } = [];

        public long Last { get; set; }

        public bool IsFree => Above.Count == 0 && Taken.Count == 0;
    }

    readonly record struct Later(long Number, long Root, bool TakesBack, string? Actor);

    /// <summary>Nothing stands on it.</summary>
    public bool IsFree(string thing) => wholes.TryGetValue(thing, out var parts) ? parts.All(IsFreeItself) : IsFreeItself(thing);

    bool IsFreeItself(string thing) => !piles.TryGetValue(thing, out var pile) || pile.IsFree;

    /// <summary>Who built on it last.</summary>
    public string? By(string thing) => wholes.TryGetValue(thing, out var parts) && parts.FirstOrDefault(part => !IsFreeItself(part)) is { } blocked ? By(blocked)
        : piles.TryGetValue(thing, out var pile) ? (pile.Above.Count > 0 ? pile.Above : pile.Taken).LastOrDefault().Actor : null;

    public static string Record(string id) => $"r {id}";

    public static string Anything(string recordId) => $"* {recordId}";

    public static string Cell(string recordId, string fieldId) => $"c {recordId} {fieldId}";

    /// <summary>A link is one thing, whichever side it is seen from.</summary>
    public static string Link(MultipleRecordLinks link, StoredLink pair) => link.IsInverse ? $"l {link.LinkTable} {pair.Far} {pair.Near}" : $"l {link.LinkTable} {pair.Near} {pair.Far}";

    public static string Definition(string id) => $"d {id}";

    /// <summary>Reads what happened after <paramref name="number"/> to these records of these tables, and to definitions; records that are not there need not be asked about.</summary>
    public static async Task<Standing> ReadAsync(NpgsqlConnection connection, BaseSchema schema, long number, string[] tables, string[]? records, CancellationToken cancellation)
    {
        var standing = new Standing();
        await using var command = new NpgsqlCommand("""
            select t.number, coalesce(t.root, t.number), t.takes_back, t.actor, c.kind, c.body ->> 'id', c.body ? 'far',
                (select array_agg(id) from jsonb_array_elements_text(case jsonb_typeof(c.body -> 'ids') when 'array' then c.body -> 'ids' else '[]' end) id where id = any($4)),
                (select array_agg(field) from jsonb_object_keys(case jsonb_typeof(c.body -> 'old') when 'object' then c.body -> 'old' else '{}' end) field), c.body -> 'links',
                (select jsonb_object_agg(field, (select jsonb_agg(id) from jsonb_array_elements_text(c.body -> 'ids') with ordinality as x(id, place) where flags -> (place - 1)::int = 'true' and id = any($4)))
                    from jsonb_each(c.body -> 'kept') as k(field, flags)), c.body ? 'was'
            from pybase.transactions t cross join lateral jsonb_each_text(t.versions) v join pybase.changes c on c.table_id = v.key and c.version = v.value::bigint and c.time = t.time
            where t.base = $1 and t.number > $2 and v.key = any($3) and t.command <> 'FetchAttachment'
              -- The kind first: a body holds whole rows, and those of records nobody asks about are not unpacked.
              and case when $4::text[] is null and c.kind in ('recordsCreated', 'recordsDeleted', 'cellsChanged') then false else not c.body ? 'computed' end
            order by t.number, c.table_id, c.position
            """, connection)
        {
            Parameters = { new() { Value = schema.Id }, new() { Value = number }, new() { Value = tables }, new() { Value = (object?)records ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } },
        };
        var links = schema.Tables.SelectMany(t => t.Fields).Where(f => f.Type is MultipleRecordLinks).ToDictionary(f => f.Id, f => (MultipleRecordLinks)f.Type);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var later = new Later(row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetString(3));
            var (kind, ids, fields) = (row.GetString(4), row.IsDBNull(7) ? [] : row.GetFieldValue<string[]>(7), row.IsDBNull(8) ? [] : row.GetFieldValue<string[]>(8));
            var kept = row.IsDBNull(10) ? null : JsonSerializer.Deserialize<Dictionary<string, HashSet<string>?>>(row.GetString(10));
            // A field that only follows another one's change has no past of its own.
            if (!row.IsDBNull(5) && (kind != ChangeKinds.FieldChanged || row.GetBoolean(11)))
                standing.Add(Definition(row.GetString(5)), later);
            foreach (var id in ids)
            {
                if (kind is ChangeKinds.RecordsCreated or ChangeKinds.RecordsDeleted)
                    standing.Add(Record(id), later, Anything(id));
                else if (!row.GetBoolean(6))
                    // A link is a thing itself, whatever cell was set.
                    foreach (var field in fields.Where(f => !links.ContainsKey(f) && kept?.GetValueOrDefault(f)?.Contains(id) is not true))
                        standing.Add(Cell(id, field), later, Anything(id));
            }
            if (row.IsDBNull(9))
                continue;
            using var logged = JsonDocument.Parse(row.GetString(9));
            foreach (var of in logged.RootElement.EnumerateObject())
                if (links.TryGetValue(of.Name, out var link))
                    foreach (var pair in LoggedLinks.Read(of.Value, "was").Concat(LoggedLinks.Read(of.Value, "made")))
                        standing.Add(Link(link, pair), later, Anything(pair.Near), Anything(pair.Far));
        }
        await row.DisposeAsync();
        await standing.ReadTablesAsync(connection, schema.Id, number, cancellation);
        return standing;
    }

    async Task ReadTablesAsync(NpgsqlConnection connection, string baseId, long number, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select number, coalesce(root, number), takes_back, actor, changes from pybase.transactions where base = $1 and number > $2 and changes is not null order by number", connection)
        {
            Parameters = { new() { Value = baseId }, new() { Value = number } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            foreach (var change in ActionLog.BaseChanges(row.GetString(4)))
                Add(Definition(change.Id), new Later(row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetString(3)));
    }

    void Add(string thing, Later later, params ReadOnlySpan<string> within)
    {
        foreach (var whole in within)
        {
            if (!wholes.TryGetValue(whole, out var parts))
                wholes[whole] = parts = [];
            parts.Add(thing);
        }
        if (!piles.TryGetValue(thing, out var pile))
            piles[thing] = pile = new Pile();
        // A transaction lies on a thing once, however often it touched it.
        if (pile.Last == later.Number)
            return;
        pile.Last = later.Number;
        var (from, to) = later.TakesBack ? (pile.Above, pile.Taken) : (pile.Taken, pile.Above);
        if (from.Count > 0 && from[^1].Root == later.Root)
            from.RemoveAt(from.Count - 1);
        else
            to.Add((later.Root, later.Actor));
    }
}
