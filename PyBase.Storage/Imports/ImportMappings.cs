using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Fields;
using PyBase.Core.Imports;

namespace PyBase.Storage.Imports;

/// <summary>What people made of the columns of their files, by base.</summary>
public sealed class ImportMappings(NpgsqlDataSource data)
{
    /// <summary>What a base has learned of columns with these names, the most used first.</summary>
    public async Task<IReadOnlyList<LearnedColumn>> FindAsync(string baseId, IEnumerable<string>? columns, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("""
            select table_id, column_name, field, form, uses from pybase.import_mappings where base = $1 and ($2 is null or column_key = any($2)) order by uses desc, last_used desc limit 2000
            """);
        command.Parameters.Add(new() { Value = baseId });
        command.Parameters.Add(new() { Value = (object?)columns?.Select(LearnedColumn.KeyOf).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var learned = new List<LearnedColumn>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            using var form = JsonDocument.Parse(row.GetString(3));
            learned.Add(new LearnedColumn(row.GetString(0), row.GetString(1), row.GetString(2), Form(form.RootElement), row.GetInt32(4)));
        }
        return learned;
    }

    /// <summary>Remembers where these columns went; a column that goes elsewhere now is remembered anew.</summary>
    public async Task LearnAsync(string baseId, string table, IReadOnlyList<(string Column, string Field, CellForm Form)> columns, CancellationToken cancellation)
    {
        var once = columns.DistinctBy(column => LearnedColumn.KeyOf(column.Column)).ToArray();
        // A field that is gone by now is not learned.
        await using var command = data.CreateCommand("""
            insert into pybase.import_mappings as m (base, table_id, column_key, column_name, field, form, last_used)
            select $1, $2, v.key, v.name, v.field, v.form, now() from unnest($3, $4, $5, $6) as v(key, name, field, form) join pybase.fields f on f.id = v.field and f.table_id = $2
            on conflict (table_id, column_key) do update set column_name = excluded.column_name, field = excluded.field, form = excluded.form, last_used = now(),
                uses = case when m.field = excluded.field then m.uses + 1 else 1 end
            """);
        foreach (var value in (object[])[baseId, table, once.Select(c => LearnedColumn.KeyOf(c.Column)).ToArray(), once.Select(c => c.Column).ToArray(), once.Select(c => c.Field).ToArray()])
            command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = once.Select(c => JsonSerializer.Serialize(new { numbers = c.Form.Numbers.ToString(), dates = c.Form.Dates.ToString() })).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Forgets what a table has learned of a column; false when there was nothing.</summary>
    public async Task<bool> ForgetAsync(string baseId, string table, string column, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand("delete from pybase.import_mappings where base = $1 and table_id = $2 and column_key = $3");
        foreach (var value in (string[])[baseId, table, LearnedColumn.KeyOf(column)])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    static CellForm Form(JsonElement json) => new(
        Enum.TryParse<NumberForm>(json.GetText("numbers"), out var numbers) ? numbers : NumberForm.Point, Enum.TryParse<DateForm>(json.GetText("dates"), out var dates) ? dates : DateForm.YearFirst);
}
