using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.Imports;
using PyBase.Core.Schema;
using PyBase.Notation.PartNumbers;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Imports;

/// <summary>
/// The records of a table by part number as people compare them, which only this side can fold: read once for an import, and added to as it makes records.
/// </summary>
public sealed class FoldedKeys
{
    /// <summary>Most records of a table that is merged by folded numbers: some 60 MB.</summary>
    public const int MaxRecords = 500_000;

    readonly Dictionary<string, List<string>> ids = new(StringComparer.Ordinal);

    /// <summary>Reads a table's numbers.</summary>
    public static async Task<Result<FoldedKeys>> ReadAsync(NpgsqlDataSource data, string baseId, Table table, Field field, CancellationToken cancellation)
    {
        var keys = new FoldedKeys();
        var count = 0;
        await using var command = data.CreateCommand($"select _id, {Sql.Column(field)}::text from {Sql.Table(baseId, table.Id)} where {Sql.Column(field)} is not null limit {MaxRecords + 1}");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (++count > MaxRecords)
                return ImportErrors.InvalidMapping($"a table of more than {MaxRecords:N0} records is merged by exact keys only");
            keys.Add(row.GetString(1), row.GetString(0));
        }
        return keys;
    }

    /// <summary>A record that is there from now on.</summary>
    public void Add(string number, string id)
    {
        var key = PartNumber.Fold(number);
        if (!ids.TryGetValue(key, out var known))
            ids[key] = known = [];
        known.Add(id);
    }

    /// <summary>The records with this number.</summary>
    public IReadOnlyList<string> Find(string number) => ids.TryGetValue(PartNumber.Fold(number), out var known) ? known : [];
}
