using Npgsql;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Imports;

/// <summary>Which of some records are there.</summary>
public sealed class RecordIds(NpgsqlDataSource data)
{
    /// <summary>Those of the ids that stand in their tables; one statement a table.</summary>
    public async Task<HashSet<string>> AmongAsync(BaseSchema schema, IEnumerable<(string Table, string Id)> wanted, CancellationToken cancellation)
    {
        var found = new HashSet<string>();
        foreach (var table in wanted.Distinct().GroupBy(one => one.Table).Where(table => schema.Find(table.Key) is not null))
        {
            await using var command = data.CreateCommand($"select _id from {Sql.Table(schema.Id, table.Key)} where _id = any($1)");
            command.Parameters.Add(new() { Value = table.Select(one => one.Id).ToArray() });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                found.Add(row.GetString(0));
        }
        return found;
    }
}
