using Npgsql;
using PyBase.Core.Conversions;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Schema;

/// <summary>Equal cells of a field, and what becomes of them.</summary>
/// <param name="Old">As the column holds them.</param>
/// <param name="New">As the new column will; null for an empty cell.</param>
/// <param name="IsWhole">Nothing of the value is lost.</param>
/// <param name="Count">How many records hold it.</param>
/// <param name="RecordId">The first of them.</param>
/// <param name="From">The old value as text.</param>
sealed record FieldConversionCell(object Old, object? New, bool IsWhole, int Count, string RecordId, string From);

/// <summary>All cells of a field converted: read as distinct values, so that a thousand equal ones are one.</summary>
/// <param name="From">The field as it is.</param>
/// <param name="To">Its new type, with the choices that its cells asked for.</param>
/// <param name="Rows">Records of the table.</param>
/// <param name="Cells">Those that hold something.</param>
sealed record FieldConversionCells(Field From, FieldType To, int Rows, IReadOnlyList<FieldConversionCell> Cells)
{
    const long MaxBytes = 32 << 20;

    /// <summary>Reads and converts; writes nothing.</summary>
    public static async Task<Result<FieldConversionCells>> ReadAsync(
        NpgsqlConnection connection, BaseSchema schema, Table table, Field from, FieldType to, People? people, CancellationToken cancellation)
    {
        var (column, source) = (Sql.Column(from), Sql.Table(schema.Id, table.Id));
        // The length of a text is known without unpacking it.
        var size = from.Type.Column is ColumnType.Text or ColumnType.Id ? $"octet_length({column})" : $"pg_column_size({column})";
        var rows = 0;
        await using (var measure = new NpgsqlCommand($"select count(*)::int, coalesce(sum(size), 0)::bigint from (select {size} as size from {source} limit {ConversionErrors.MaxRows + 1}) sizes", connection))
        await using (var row = await measure.ExecuteReaderAsync(cancellation))
        {
            await row.ReadAsync(cancellation);
            rows = row.GetInt32(0);
            if (rows > ConversionErrors.MaxRows || row.GetInt64(1) > MaxBytes)
                return ConversionErrors.TooLarge;
        }

        var distinct = new List<(object Old, int Count, string RecordId)>();
        await using (var read = new NpgsqlCommand($"""
            select {column}, count(*)::int, (array_agg(_id order by _number))[1] from {source} where {column} is not null group by {column} order by min(_number)
            """, connection))
        await using (var row = await read.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                distinct.Add((Value(row, from.Type.Column), row.GetInt32(1), row.GetString(2)));

        var text = new CellText(people, from.Type is MultipleRecordLinks link ? await NamesAsync(connection, schema, link, distinct.SelectMany(d => (string[])d.Old), cancellation) : NoNames);
        var byName = to is MultipleRecordLinks target
            ? await RecordsAsync(connection, schema, target, distinct.SelectMany(d => text.Items(from.Type, d.Old)).SelectMany(CellConversion.Names), cancellation)
            : NoNames;
        var conversion = new CellConversion(from, to, text, people, byName);
        var cells = distinct.Select(d =>
        {
            var converted = conversion.Convert(d.Old);
            return new FieldConversionCell(d.Old, converted.Value, converted.IsWhole, d.Count, d.RecordId, text.Of(from.Type, d.Old));
        }).ToArray();
        return new FieldConversionCells(from, conversion.To, rows, cells);
    }

    static readonly Dictionary<string, string> NoNames = [];

    static object Value(NpgsqlDataReader row, ColumnType type) => type switch
    {
        ColumnType.Date => row.GetFieldValue<DateOnly>(0),
        ColumnType.Ids => row.GetFieldValue<string[]>(0),
        _ => row.GetValue(0),
    };

    /// <summary>What the linked records are called; one without a name by its id.</summary>
    static async Task<Dictionary<string, string>> NamesAsync(NpgsqlConnection connection, BaseSchema schema, MultipleRecordLinks link, IEnumerable<string> ids, CancellationToken cancellation)
    {
        var far = schema.Find(link.LinkedTableId)!;
        var text = new CellText(null, NoNames);
        var names = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand(
            $"select {Sql.Column(far.Primary)}, _id from {Sql.Table(schema.Id, far.Id)} where _id = any($1) and {Sql.Column(far.Primary)} is not null", connection);
        command.Parameters.Add(new() { Value = ids.Distinct().ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            names[row.GetString(1)] = text.Of(far.Primary.Type, Value(row, far.Primary.Type.Column));
        return names;
    }

    /// <summary>The records of these names in the table that is to be linked; of several the oldest.</summary>
    static async Task<Dictionary<string, string>> RecordsAsync(NpgsqlConnection connection, BaseSchema schema, MultipleRecordLinks link, IEnumerable<string> names, CancellationToken cancellation)
    {
        var far = schema.Find(link.LinkedTableId)!;
        var primary = $"{Sql.Column(far.Primary)}::text";
        var records = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand(
            $"select distinct on (name) name, _id from (select trim({primary}) as name, _id, _number from {Sql.Table(schema.Id, far.Id)} where trim({primary}) = any($1)) named order by name, _number", connection);
        command.Parameters.Add(new() { Value = names.Distinct().ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            records[row.GetString(0)] = row.GetString(1);
        return records;
    }
}
