using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using PyBase.Core.Computing;
using PyBase.Core.Constraints;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Releases;
using PyBase.Core.Schema;
using PyBase.Core.Views;
using PyBase.Storage.Operations;

namespace PyBase.Storage.Schema;

/// <summary>
/// Definitions of bases, kept in memory and compared with the base's schema version (one primary-key read) at each use, so that any process may
/// change them at any moment.
/// </summary>
public sealed class SchemaStore(NpgsqlDataSource data)
{
    readonly ConcurrentDictionary<string, BaseSchema> cache = new();

    /// <summary>The definitions as they were when they were last asked for here; for who then compares <see cref="BaseSchema.Version"/> with that of now.</summary>
    public BaseSchema? Known(string baseId) => cache.GetValueOrDefault(baseId);

    /// <summary>The base's definitions as of now; null when this database does not hold it.</summary>
    public async Task<BaseSchema?> FindAsync(string baseId, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        return await FindAsync(connection, baseId, cancellation);
    }

    internal async Task<BaseSchema?> FindAsync(NpgsqlConnection connection, string baseId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select epoch, schema_version from pybase.bases where id = $1 and state = 'open'", connection);
        command.Parameters.Add(new() { Value = baseId });
        string epoch;
        long version;
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            if (!await row.ReadAsync(cancellation))
                return await NoneAsync(row, connection, baseId, cancellation);
            (epoch, version) = (row.GetString(0), row.GetInt64(1));
        }
        var known = Known(baseId, epoch, version);
        CacheMetrics.Asked("schema", known is not null);
        return known ?? (cache[baseId] = await LoadAsync(connection, baseId, epoch, version, cancellation));
    }

    /// <summary>There is no such base, or it is between two databases: then whoever asks is told to come again.</summary>
    static async Task<BaseSchema?> NoneAsync(NpgsqlDataReader row, NpgsqlConnection connection, string baseId, CancellationToken cancellation)
    {
        await row.DisposeAsync();
        await using var command = new NpgsqlCommand("select pybase.must_not_move($1)", connection) { Parameters = { new() { Value = baseId } } };
        await command.ExecuteNonQueryAsync(cancellation);
        return null;
    }

    /// <summary>The definitions, when they are here already and of this very version.</summary>
    internal BaseSchema? Known(string baseId, string epoch, long version) =>
        cache.TryGetValue(baseId, out var known) && known.Version == version && known.Epoch == epoch ? known : null;

    /// <summary>Reads the definitions; the caller holds the base's row, or accepts that a change may come between.</summary>
    internal static async Task<BaseSchema> LoadAsync(NpgsqlConnection connection, string baseId, string epoch, long version, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select id, name, description, primary_field, release, rules from pybase.tables where base = $1 and removed is null order by position, id") { Parameters = { new() { Value = baseId } } },
                new("select table_id, id, name, description, type, options, constraints from pybase.fields where base = $1 order by position, id") { Parameters = { new() { Value = baseId } } },
                new("select table_id, id, fields, ignores_case from pybase.unique_constraints where base = $1 order by position") { Parameters = { new() { Value = baseId } } },
                new("select table_id, id, name, type, settings, owner, locked from pybase.views where base = $1 order by position, id") { Parameters = { new() { Value = baseId } } },
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var tables = new List<Table>();
        var releases = new Dictionary<string, string>();
        while (await row.ReadAsync(cancellation))
        {
            tables.Add(new Table(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), [], []));
            if (!row.IsDBNull(4))
                releases[row.GetString(0)] = row.GetString(4);
            if (!row.IsDBNull(5))
                tables[^1] = tables[^1] with { Rules = TableRules.Open(JsonSerializer.Deserialize<JsonElement>(row.GetString(5))) };
        }

        await row.NextResultAsync(cancellation);
        var fields = new List<(string Table, Field Field)>();
        while (await row.ReadAsync(cancellation))
        {
            using var options = row.IsDBNull(5) ? null : JsonDocument.Parse(row.GetString(5));
            var id = row.GetString(1);
            var type = FieldTypes.Read(row.GetString(4), options?.RootElement ?? default, new FieldScope(id, _ => true, IsStored: true));
            using var constraints = row.IsDBNull(6) ? null : JsonDocument.Parse(row.GetString(6));
            var rules = FieldConstraints.Read(constraints?.RootElement ?? default, type.Value);
            fields.Add((row.GetString(0), new Field(id, row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), type.Value) { Constraints = rules.Value }));
        }

        await row.NextResultAsync(cancellation);
        var unique = new List<(string Table, UniqueConstraint Constraint)>();
        while (await row.ReadAsync(cancellation))
            unique.Add((row.GetString(0), new UniqueConstraint(row.GetString(1), row.GetFieldValue<string[]>(2), row.GetBoolean(3) ? Uniqueness.IgnoringCase : Uniqueness.Exact)));

        await row.NextResultAsync(cancellation);
        var views = new List<(string Table, View View)>();
        while (await row.ReadAsync(cancellation))
            views.Add((row.GetString(0), new View(row.GetString(1), row.GetString(2), row.GetString(3))
            {
                Settings = row.IsDBNull(4) ? ViewSettings.None : new ViewSettings(row.GetString(4)), OwnerId = row.IsDBNull(5) ? null : row.GetString(5), IsLocked = row.GetBoolean(6),
            }));

        // The index of a constraint goes with the first of its columns that goes, and so does the constraint.
        var ids = fields.Select(f => f.Field.Id).ToHashSet();
        var uniqueByTable = unique.Where(u => u.Constraint.FieldIds.All(ids.Contains)).ToLookup(u => u.Table, u => u.Constraint);
        var fieldsByTable = fields.ToLookup(f => f.Table, f => f.Field);
        var viewsByTable = views.ToLookup(v => v.Table, v => v.View);
        return new BaseSchema(baseId, epoch, version,
            [.. tables.Select(t => t with { Fields = [.. fieldsByTable[t.Id]], Views = [.. viewsByTable[t.Id]], Unique = [.. uniqueByTable[t.Id]] }).Select(t => t with { Release = ReleaseOf(t) })]).Resolved();

        // A rule whose fields are gone or have become something else is none.
        ReleaseRule? ReleaseOf(Table table)
        {
            if (!releases.TryGetValue(table.Id, out var stored))
                return null;
            using var rule = JsonDocument.Parse(stored);
            return ReleaseRule.Read(rule.RootElement, table).TryGet(out var read, out _) ? read : null;
        }
    }
}
