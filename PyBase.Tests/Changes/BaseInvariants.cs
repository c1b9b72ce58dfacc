using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace PyBase.Tests.Changes;

/// <summary>What must hold of a base, looked up where it is stored.</summary>
public sealed class BaseInvariants(NpgsqlDataSource data, string baseId)
{
    /// <summary>A table's stored rows as they were at a version.</summary>
    public sealed record Snapshot(long Version, SortedDictionary<string, JsonNode> Rows, IReadOnlyCollection<string> Columns);

    /// <summary>No version of a table and no number of the base is missing, and each transaction goes one further.</summary>
    public async Task DenseAsync() => Assert.Empty(await StringsAsync($"""
        select 'versions of ' || t.table_id from pybase.table_versions t left join pybase.changes c using (table_id)
        where t.base = '{baseId}' group by t.table_id, t.version having count(distinct c.version) <> t.version or max(c.version) <> t.version
        union all select 'numbers' from pybase.transactions where base = '{baseId}' group by base having count(*) <> max(number) or max(number) <> (select number from pybase.transaction_numbers where base = '{baseId}')
        union all select 'versions in transactions' from (select key, value::bigint as version, lag(value::bigint, 1, 0::bigint) over (partition by key order by number) as before
            from pybase.transactions, jsonb_each_text(versions) where base = '{baseId}') v where version <> before + 1
        """));

    /// <summary>Each link cell, computed again from its link table, is what it is.</summary>
    public async Task LinksAgreeAsync()
    {
        foreach (var field in await StringsAsync($"select table_id || ' ' || id || ' ' || (options->>'linkTable') || ' ' || (options->>'isReversed') from pybase.fields where base = '{baseId}' and type = 'multipleRecordLinks'"))
        {
            var (table, id, link, near, far) = field.Split(' ') is [var t, var f, var l, var reversed] ? (t, f, l, reversed == "true" ? "to" : "from", reversed == "true" ? "from" : "to") : default;
            Assert.Empty(await StringsAsync($"""
                select t._id from "{baseId}"."{table}" t where t."{id}" is distinct from
                    (select array_agg(l.{far}_id order by l.{near}_order, l.{far}_id) from "{baseId}"."lnk_{link}" l where l.{near}_id = t._id)
                union all select l.{near}_id from "{baseId}"."lnk_{link}" l where not exists (select from "{baseId}"."{table}" t where t._id = l.{near}_id)
                """));
        }
    }

    /// <summary>The rows of a table, at a moment when nobody writes, with the columns that somebody writes: links and computed cells follow from others.</summary>
    public async Task<Snapshot> SnapshotAsync(string table)
    {
        var version = long.Parse(Assert.Single(await StringsAsync($"select version::text from pybase.table_versions where table_id = '{table}'")), CultureInfo.InvariantCulture);
        var rows = (await StringsAsync($"select to_jsonb(t)::text from \"{baseId}\".\"{table}\" t")).Select(row => JsonNode.Parse(row)!).ToDictionary(row => (string)row["_id"]!);
        var columns = await StringsAsync($"select id from pybase.fields where table_id = '{table}' and type in ('singleLineText', 'number', 'singleSelect', 'multipleSelects')");
        return new Snapshot(version, new(rows, StringComparer.Ordinal), [.. columns, "_id", "_created", "_created_by"]);
    }

    /// <summary>The change log applied backwards from the rows of now gives those of the snapshot.</summary>
    public async Task LeadsBackAsync(string table, Snapshot then)
    {
        var now = await SnapshotAsync(table);
        foreach (var entry in await StringsAsync($"select kind || ' ' || body::text from pybase.changes where table_id = '{table}' and version > {then.Version} order by version desc, position desc"))
            Undo(now.Rows, entry[..entry.IndexOf(' ', StringComparison.Ordinal)], JsonNode.Parse(entry[(entry.IndexOf(' ', StringComparison.Ordinal) + 1)..])!);
        Assert.Equal(Show(then.Rows, then.Columns), Show(now.Rows, then.Columns));
    }

    static void Undo(SortedDictionary<string, JsonNode> rows, string kind, JsonNode body)
    {
        var ids = body["ids"]?.AsArray().Select(id => (string)id!).ToArray() ?? [];
        for (var i = 0; i < ids.Length; i++)
            if (kind is "recordsCreated")
                rows.Remove(ids[i]);
            else if (kind is "recordsDeleted")
                rows[ids[i]] = body["rows"]![i]!.DeepClone();
            else if (kind is "cellsChanged" && body["old"] is JsonObject old)
                foreach (var (field, values) in old)
                    rows[ids[i]][field] = values![i]?.DeepClone();
    }

    static IEnumerable<string> Show(SortedDictionary<string, JsonNode> rows, IReadOnlyCollection<string> columns) =>
        rows.Values.Select(row => string.Join(", ", columns.Order(StringComparer.Ordinal).Select(c => $"{c}={row[c]?.ToJsonString()}")));

    public async Task<List<string>> StringsAsync(string sql)
    {
        await using var command = data.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await row.ReadAsync())
            found.Add(row.GetString(0));
        return found;
    }
}
