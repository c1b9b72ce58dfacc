using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
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
                var names = await FieldConversionCells.ReadAsync(await Transaction.ConnectionAsync(cancellation), editor.Schema, far, inverse, new SingleLineText(), null, cancellation);
                if (!names.TryGet(out var farCells, out var error))
                    return error;
                await SwapAsync(far.Id, farCells, cancellation);
            }
            var swapped = cells.To is MultipleRecordLinks ? null : await SwapAsync(tableId, cells, cancellation);
            Transaction.Do($"drop table {Sql.LinkTable(BaseId, old)}");
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
            LogOld(tableId, from);
        var target = isInPlace ? column : Sql.Quote($"{from.Id}_new");
        if (!isInPlace)
            Transaction.Do($"alter table {table} add column {target} {Sql.Type(to.Column)}");
        var filled = isInPlace ? written : [.. written.Where(cell => cell.New is not null)];
        if (filled.Count > 0)
            Transaction.Do($"""
                update {table} t set {target} = {Sql.FromArray(to.Column, "v.new")} from unnest($1, $2) as v(old, new)
                where {(from.Type.Column is ColumnType.Ids ? $"array_to_string(t.{column}, ',')" : $"t.{column}")} = v.old
                """, Values(from.Type.Column, filled.Select(cell => (object?)cell.Old)), Values(to.Column, filled.Select(cell => cell.New)));
        if (!isInPlace)
            {
            Transaction.Do($"alter table {table} drop column {column}");
            Transaction.Do($"alter table {table} rename column {target} to {column}");
        }
        return editor.Retype(tableId, from, to);
    }

    async Task<Result<Field>> LinkAsync(string tableId, FieldConversionCells cells, MultipleRecordLinks link, string? inverseName, CancellationToken cancellation)
    {
        var (from, column) = (cells.From, Sql.Column(cells.From));
        if (editor.Schema.Find(link.LinkedTableId)!.Fields.Count >= TableSpec.MaxFields)
            return FieldErrors.TooMany;
        var targets = cells.Cells.Where(cell => cell.New is not null).ToDictionary(cell => Key(cell.Old), cell => (string[])cell.New!);
        var links = new List<LinkCell>();
        await Transaction.ListAsync($"select _id, {(from.Type.Column is ColumnType.Ids ? $"array_to_string({column}, ',')" : column)} from {Sql.Table(BaseId, tableId)} where {column} is not null", row =>
        {
            if (targets.TryGetValue(Key(from.Type.Column is ColumnType.Date ? row.GetFieldValue<DateOnly>(1) : row.GetValue(1)), out var ids))
                links.Add(new LinkCell(row.GetString(0), ids));
            return true;
        }, cancellation);
        if (cells.Cells.Count > 0)
            LogOld(tableId, from);
        Transaction.Do($"alter table {Sql.Table(BaseId, tableId)} drop column {column}, add column {Sql.Quote($"{from.Id}_new")} {Sql.Type(ColumnType.Ids)}");
        Transaction.Do($"alter table {Sql.Table(BaseId, tableId)} rename column {Sql.Quote($"{from.Id}_new")} to {column}");
        var inverseId = Id.New("fld");
        editor.AddLinkTable(from.Id);
        var made = editor.Retype(tableId, from, new MultipleRecordLinks(link.LinkedTableId, inverseId, link.IsSingle, from.Id, isInverse: false));
        await editor.AddInverseAsync(editor.Schema.Find(tableId)!, link.LinkedTableId, from.Id, inverseId, inverseName, tell: true, cancellation);
        // What is computed from the cells of either end follows when the definitions are settled.
        var (touched, compute, none, now) = (new Touched(), new ComputeWriter(Transaction), new HashSet<string>(), editor.Schema.Find(tableId)!);
        new LinkWriter(Transaction, compute, touched, none, none).Set(now, made, links, areNew: true);
        compute.Update(new Stage(now, [[made]]), statement => $"any({statement.Value(links.Select(l => l.RecordId).ToArray())})", touched);
        return made;
    }

    /// <summary>Takes a conversion back: the type that the field was of, and the cells that the log has of it.</summary>
    public Field Revert(string tableId, Field field, FieldType type, (long Version, int Position)? cells)
    {
        var (table, column) = (Sql.Table(BaseId, tableId), Sql.Column(field));
        LogOld(tableId, field);
        Transaction.Do($"alter table {table} drop column {column}, add column {Sql.Quote($"{field.Id}_new")} {Sql.Type(type.Column)}{Sql.Default(type)}");
        Transaction.Do($"alter table {table} rename column {Sql.Quote($"{field.Id}_new")} to {column}");
        if (cells is { } logged)
            Transaction.Do($"""
                update {table} t set {column} = r.v from pybase.changes c
                cross join lateral (select jsonb_agg(jsonb_build_object('id', c.body -> 'ids' -> n, 'v', c.body -> 'old' -> $4 -> n)) as rows from generate_series(0, jsonb_array_length(c.body -> 'ids') - 1) n) was
                cross join lateral jsonb_to_recordset(was.rows) as r(id text, v {Sql.Type(type.Column)})
                where c.table_id = $1 and c.version = $2 and c.position = $3 and t._id = r.id
                """, tableId, logged.Version, logged.Position, field.Id);
        return editor.Retype(tableId, field, type);
    }

    /// <summary>As an update is logged, so that history and undo read it alike; and what the field was, since the old cells are of that type.</summary>
    void LogOld(string tableId, Field field) => Transaction.Log(tableId, ChangeKinds.CellsChanged, statement => $"""
        select 0, count(*), jsonb_build_object('ids', jsonb_agg(_id), 'old', jsonb_build_object('{field.Id}', jsonb_agg({Sql.Column(field)})),
            'was', jsonb_build_object('type', {statement.Value(field.Type.Name)}, 'options', {statement.Value(field.Type.StoredOptions(), NpgsqlDbType.Jsonb)}))
        from {Sql.Table(BaseId, tableId)} where {Sql.Column(field)} is not null
        """);

    static NpgsqlParameter Values(ColumnType type, IEnumerable<object?> values) => new() { Value = Sql.Values(type, values), NpgsqlDbType = Sql.ArrayType(type) };

    static object Key(object value) => value is string[] ids ? string.Join(',', ids) : value;

    static bool IsSame(object old, object? next) => next is not null && (old is string[] ids ? next is string[] others && ids.SequenceEqual(others) : old.Equals(next));
}
