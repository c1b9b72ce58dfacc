using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.Schema;

/// <summary>
/// Makes a conversion real inside a transaction that changes definitions. Where the column's type stays, only cells that differ are written; otherwise a new
/// column is filled beside the old one and takes its name, which is the field's id.
/// </summary>
sealed class FieldConversionColumns(SchemaEditor editor)
{
    BaseTransaction Transaction => editor.Transaction;

    string BaseId => editor.Schema.Id;

    /// <summary>The field with its new type. A link that goes leaves names at its far end; one that comes gets a far end.</summary>
    public async Task<Result<Field>> ConvertAsync(string tableId, FieldConversionCells cells, string? inverseName, CancellationToken cancellation)
    {
        if (cells.From.Type is MultipleRecordLinks old)
        {
            if (editor.Schema.Find(old.LinkedTableId)!.Find(old.InverseFieldId ?? "") is { } inverse && inverse.Id != cells.From.Id)
            {
                var far = editor.Schema.Find(old.LinkedTableId)!;
                var names = await FieldConversionCells.ReadAsync(Transaction.Connection, editor.Schema, far, inverse, new SingleLineText(), null, cancellation);
                if (!names.TryGet(out var farCells, out var error))
                    return error;
                await SwapAsync(far.Id, farCells, cancellation);
            }
            var swapped = cells.To is MultipleRecordLinks ? null : await SwapAsync(tableId, cells, cancellation);
            await Transaction.ExecuteAsync($"drop table {Sql.LinkTable(BaseId, old)}", cancellation);
            if (swapped is not null)
                return swapped;
        }
        return cells.To is MultipleRecordLinks link ? await LinkAsync(tableId, cells, link, inverseName, cancellation) : await SwapAsync(tableId, cells, cancellation);
    }

    async Task<Field> SwapAsync(string tableId, FieldConversionCells cells, CancellationToken cancellation)
    {
        var (from, to) = (cells.From, cells.To);
        var (table, column) = (Sql.Table(BaseId, tableId), Sql.Column(from));
        var isInPlace = from.Type.Column == to.Column;
        var written = isInPlace ? cells.Cells.Where(cell => !IsSame(cell.Old, cell.New)).ToArray() : cells.Cells;
        if (written.Count > 0)
            await LogOldAsync(tableId, from, cancellation);
        var target = isInPlace ? column : Sql.Quote($"{from.Id}_new");
        if (!isInPlace)
            await Transaction.ExecuteAsync($"alter table {table} add column {target} {Sql.Type(to.Column)}", cancellation);
        var filled = isInPlace ? written : [.. written.Where(cell => cell.New is not null)];
        if (filled.Count > 0)
            await Transaction.ExecuteAsync($"""
                update {table} t set {target} = {Sql.FromArray(to.Column, "v.new")} from unnest($1, $2) as v(old, new)
                where {(from.Type.Column is ColumnType.Ids ? $"array_to_string(t.{column}, ',')" : $"t.{column}")} = v.old
                """, cancellation, Values(from.Type.Column, filled.Select(cell => (object?)cell.Old)), Values(to.Column, filled.Select(cell => cell.New)));
        if (!isInPlace)
            await Transaction.ExecuteAsync($"alter table {table} drop column {column}; alter table {table} rename column {target} to {column}", cancellation);
        return await editor.RetypeAsync(tableId, from, to, cancellation);
    }

    async Task<Result<Field>> LinkAsync(string tableId, FieldConversionCells cells, MultipleRecordLinks link, string? inverseName, CancellationToken cancellation)
    {
        var (from, column) = (cells.From, Sql.Column(cells.From));
        if (editor.Schema.Find(link.LinkedTableId)!.Fields.Count >= TableSpec.MaxFields)
            return FieldErrors.TooMany;
        var targets = cells.Cells.Where(cell => cell.New is not null).ToDictionary(cell => Key(cell.Old), cell => (string[])cell.New!);
        var links = new List<LinkCell>();
        await using (var command = Transaction.Command($"select _id, {(from.Type.Column is ColumnType.Ids ? $"array_to_string({column}, ',')" : column)} from {Sql.Table(BaseId, tableId)} where {column} is not null"))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
            while (await row.ReadAsync(cancellation))
                if (targets.TryGetValue(Key(from.Type.Column is ColumnType.Date ? row.GetFieldValue<DateOnly>(1) : row.GetValue(1)), out var ids))
                    links.Add(new LinkCell(row.GetString(0), ids));
        if (cells.Cells.Count > 0)
            await LogOldAsync(tableId, from, cancellation);
        await Transaction.ExecuteAsync($"alter table {Sql.Table(BaseId, tableId)} drop column {column}, add column {Sql.Quote($"{from.Id}_new")} {Sql.Type(ColumnType.Ids)}", cancellation);
        await Transaction.ExecuteAsync($"alter table {Sql.Table(BaseId, tableId)} rename column {Sql.Quote($"{from.Id}_new")} to {column}", cancellation);
        var inverseId = Id.New("fld");
        await editor.AddLinkTableAsync(from.Id, cancellation);
        var made = await editor.RetypeAsync(tableId, from, new MultipleRecordLinks(link.LinkedTableId, inverseId, link.IsSingle, from.Id, isInverse: false), cancellation);
        await editor.AddInverseAsync(editor.Schema.Find(tableId)!, link.LinkedTableId, from.Id, inverseId, inverseName, tell: true, cancellation);
        return await new LinkWriter(Transaction, new Touched()).SetAsync(editor.Schema.Find(tableId)!, made, links, areNew: true, cancellation) is { } error ? error : made;
    }

    /// <summary>Takes a conversion back: the type that the field was of, and the cells that the log has of it.</summary>
    public async Task<Field> RevertAsync(string tableId, Field field, FieldType type, (long Version, int Position)? cells, CancellationToken cancellation)
    {
        var (table, column) = (Sql.Table(BaseId, tableId), Sql.Column(field));
        await LogOldAsync(tableId, field, cancellation);
        await Transaction.ExecuteAsync($"alter table {table} drop column {column}, add column {Sql.Quote($"{field.Id}_new")} {Sql.Type(type.Column)}{Sql.Default(type)}", cancellation);
        await Transaction.ExecuteAsync($"alter table {table} rename column {Sql.Quote($"{field.Id}_new")} to {column}", cancellation);
        if (cells is { } logged)
            await Transaction.ExecuteAsync($"""
                update {table} t set {column} = r.v from pybase.changes c
                cross join lateral (select jsonb_agg(jsonb_build_object('id', c.body -> 'ids' -> n, 'v', c.body -> 'old' -> $4 -> n)) as rows from generate_series(0, jsonb_array_length(c.body -> 'ids') - 1) n) was
                cross join lateral jsonb_to_recordset(was.rows) as r(id text, v {Sql.Type(type.Column)})
                where c.table_id = $1 and c.version = $2 and c.position = $3 and t._id = r.id
                """, cancellation, tableId, logged.Version, logged.Position, field.Id);
        return await editor.RetypeAsync(tableId, field, type, cancellation);
    }

    /// <summary>As an update is logged, so that history and undo read it alike; and what the field was, since the old cells are of that type.</summary>
    Task LogOldAsync(string tableId, Field field, CancellationToken cancellation) =>
        Transaction.LogAsync(tableId, ChangeKinds.CellsChanged, "", $"""
            select count(*), jsonb_build_object('ids', jsonb_agg(_id), 'old', jsonb_build_object(@field, jsonb_agg({Sql.Column(field)})),
                'was', jsonb_build_object('type', @type, 'options', @options))
            from {Sql.Table(BaseId, tableId)} where {Sql.Column(field)} is not null
            """, cancellation, new NpgsqlParameter<string>("field", field.Id), new NpgsqlParameter<string>("type", field.Type.Name),
            new NpgsqlParameter("options", NpgsqlDbType.Jsonb) { Value = (object?)field.Type.StoredOptions() ?? DBNull.Value });

    static NpgsqlParameter Values(ColumnType type, IEnumerable<object?> values) => new() { Value = Sql.Values(type, values), NpgsqlDbType = Sql.ArrayType(type) };

    static object Key(object value) => value is string[] ids ? string.Join(',', ids) : value;

    static bool IsSame(object old, object? next) => next is not null && (old is string[] ids ? next is string[] others && ids.SequenceEqual(others) : old.Equals(next));
}
