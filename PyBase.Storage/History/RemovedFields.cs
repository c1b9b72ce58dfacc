using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Storage.History;

/// <summary>Fields that are in the trash: history names them.</summary>
static class RemovedFields
{
    /// <summary>Those of a table, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, Field>> ReadAsync(NpgsqlConnection connection, string tableId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id, name, description, type, options from pybase.removed_fields where table_id = $1", connection) { Parameters = { new() { Value = tableId } } };
        var fields = new Dictionary<string, Field>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            using var options = row.IsDBNull(4) ? null : JsonDocument.Parse(row.GetString(4));
            if (FieldTypes.Read(row.GetString(3), options?.RootElement ?? default, new FieldScope(row.GetString(0), _ => true, IsStored: true)).TryGet(out var type, out _))
                fields[row.GetString(0)] = new Field(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), type);
        }
        return fields;
    }
}
