using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Constraints;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Schema;

/// <summary>Changes definitions inside a transaction: rows of schema <c>pybase</c> and the physical tables, together or not at all.</summary>
public sealed class SchemaEditor(BaseTransaction transaction)
{
    /// <summary>The transaction that it all happens in.</summary>
    public BaseTransaction Transaction => transaction;

    /// <summary>The definitions as changed so far.</summary>
    public BaseSchema Schema => transaction.Schema;

    /// <summary>A new table with its fields and a grid view.</summary>
    public async Task<Result<Table>> AddTableAsync(TableSpec spec, CancellationToken cancellation)
    {
        if (Schema.Tables.Any(t => t.Name == spec.Name))
            return SchemaErrors.TableNameTaken(spec.Name);
        if (Schema.Tables.Count >= TableSpec.MaxTables)
            return SchemaErrors.TooManyTables;
        var id = Id.New("tbl");
        var table = new Table(id, spec.Name, spec.Description, "", [], [new View(Id.New("viw"), "Grid view", "grid")]);
        await transaction.ExecuteAsync($"""
            create table {Sql.Table(Schema.Id, id)} ({Sql.SystemColumns}) with (fillfactor = 85, toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.05)
            """, cancellation);
        await transaction.ExecuteAsync("""
            insert into pybase.tables (id, base, name, description, primary_field, position)
            select $1, $2, $3, $4, '', coalesce(max(position), 0) + 1 from pybase.tables where base = $2
            """, cancellation, id, Schema.Id, spec.Name, Text(spec.Description));
        await transaction.ExecuteAsync("insert into pybase.table_versions (table_id, base) values ($1, $2)", cancellation, id, Schema.Id);
        await transaction.ExecuteAsync("insert into pybase.views (id, base, table_id, name, type, position) values ($1, $2, $3, $4, $5, 1)",
            cancellation, table.Views[0].Id, Schema.Id, id, table.Views[0].Name, table.Views[0].Type);
        Replace(table, isNew: true);
        foreach (var fieldSpec in spec.Fields)
            if (!(await AddFieldAsync(id, fieldSpec, tell: false, cancellation)).TryGet(out _, out var error))
                return error;
        transaction.TellBase(ChangeKinds.TableAdded, id);
        return Schema.Find(id)!;
    }

    /// <summary>A new field; a link gets its other end in the linked table too.</summary>
    public Task<Result<Field>> AddFieldAsync(string tableId, FieldSpec spec, CancellationToken cancellation) => AddFieldAsync(tableId, spec, tell: true, cancellation);

    async Task<Result<Field>> AddFieldAsync(string tableId, FieldSpec spec, bool tell, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (table.Fields.Any(f => f.Name == spec.Name))
            return FieldErrors.NameTaken(spec.Name);
        if (table.Fields.Count >= TableSpec.MaxFields)
            return FieldErrors.TooMany;
        var id = Id.New("fld");
        if (!FieldTypes.Read(spec.Type, spec.Options, new FieldScope(id, linked => Schema.Tables.Any(t => t.Id == linked))).TryGet(out var type, out var error))
            return error;
        if (!FieldConstraints.Read(spec.Constraints, type).TryGet(out var constraints, out error))
            return error;
        if (table.Fields.Count == 0 && !type.CanBePrimary)
            return FieldErrors.NotPrimary(spec.Type);
        if (type is not MultipleRecordLinks link)
            return await ConstrainAsync(table, await InsertFieldAsync(table, new Field(id, spec.Name, spec.Description, type), tell, cancellation), constraints, cancellation);

        if (Schema.Find(link.LinkedTableId)!.Fields.Count + (link.LinkedTableId == tableId ? 1 : 0) >= TableSpec.MaxFields)
            return FieldErrors.TooMany;
        var inverseId = Id.New("fld");
        await AddLinkTableAsync(id, cancellation);
        var near = await InsertFieldAsync(table, new Field(id, spec.Name, spec.Description,
            new MultipleRecordLinks(link.LinkedTableId, inverseId, link.IsSingle, id, isInverse: false)), tell, cancellation);
        await AddInverseAsync(table, link.LinkedTableId, id, inverseId, spec.InverseName, tell, cancellation);
        return await ConstrainAsync(table, near, constraints, cancellation);
    }

    internal Task AddLinkTableAsync(string fieldId, CancellationToken cancellation) => transaction.ExecuteAsync($"""
        create table {Sql.LinkTable(Schema.Id, fieldId)} (
            from_id text collate "C" not null, to_id text collate "C" not null,
            from_order double precision not null, to_order double precision not null default nextval('{Sql.Quote(Schema.Id)}.link_order'),
            primary key (from_id, to_id));
        create index on {Sql.LinkTable(Schema.Id, fieldId)} (to_id);
        """, cancellation);

    /// <summary>The field that shows a link of <paramref name="table"/> from its far end.</summary>
    internal async Task AddInverseAsync(Table table, string linkedTableId, string fieldId, string inverseId, string? name, bool tell, CancellationToken cancellation)
    {
        var far = Schema.Find(linkedTableId)!;
        await InsertFieldAsync(far, new Field(inverseId, FreeName(far, name ?? table.Name), null,
            new MultipleRecordLinks(table.Id, fieldId, single: false, fieldId, isInverse: true)), tell: tell || far.Id != table.Id, cancellation);
    }

    /// <summary>Another type for a field whose cells have been converted.</summary>
    internal async Task<Field> RetypeAsync(string tableId, Field field, FieldType type, CancellationToken cancellation)
    {
        var changed = field with { Type = type };
        await transaction.ExecuteAsync("update pybase.fields set type = $2, options = $3 where id = $1", cancellation, field.Id, type.Name, Options(type));
        await ReplaceFieldAsync(Schema.Find(tableId)!, changed, cancellation);
        return changed;
    }

    Task<Result<Field>> ConstrainAsync(Table table, Field field, FieldConstraints constraints, CancellationToken cancellation) =>
        new ConstraintEditor(transaction).SetAsync(table.Id, field, constraints, isNew: true, cancellation);

    internal async Task<Field> InsertFieldAsync(Table table, Field field, bool tell, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync($"alter table {Sql.Table(Schema.Id, table.Id)} add column {Sql.Column(field)} {Sql.Type(field.Type.Column)}{Sql.Default(field.Type)}", cancellation);
        await transaction.ExecuteAsync("""
            insert into pybase.fields (id, base, table_id, name, description, type, options, position)
            select $1, $2, $3, $4, $5, $6, $7, coalesce(max(position), 0) + 1 from pybase.fields where table_id = $3
            """, cancellation, field.Id, Schema.Id, table.Id, field.Name, Text(field.Description), field.Type.Name, Options(field.Type));
        var isFirst = table.Fields.Count == 0;
        if (isFirst)
            await transaction.ExecuteAsync("update pybase.tables set primary_field = $2 where id = $1", cancellation, table.Id, field.Id);
        Replace(table with { Fields = [.. table.Fields, field], PrimaryFieldId = isFirst ? field.Id : table.PrimaryFieldId });
        if (tell)
            await transaction.TellTableAsync(table.Id, ChangeKinds.FieldAdded, field.Id, cancellation);
        return field;
    }

    /// <summary>Another name or description; null leaves as it is.</summary>
    public async Task<Result<Field>> ChangeFieldAsync(string tableId, string fieldId, string? name, string? description, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (table.Find(fieldId) is not { } field)
            return SchemaErrors.ModelNotFound;
        if (name is not null && table.Fields.Any(f => f.Name == name && f.Id != field.Id))
            return FieldErrors.NameTaken(name);
        var changed = field with { Name = name ?? field.Name, Description = description is "" ? null : description ?? field.Description };
        await transaction.ExecuteAsync("update pybase.fields set name = $2, description = $3 where id = $1", cancellation, field.Id, changed.Name, Text(changed.Description));
        await ReplaceFieldAsync(table, changed, cancellation);
        return changed;
    }

    /// <summary>More choices for a select.</summary>
    internal async Task AddChoicesAsync(string tableId, string fieldId, IReadOnlyList<Choice> choices, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        var field = table.Find(fieldId)!;
        var changed = field with { Type = ((ISelect)field.Type).With(choices) };
        await transaction.ExecuteAsync("update pybase.fields set options = $2 where id = $1", cancellation, field.Id, Options(changed.Type));
        await ReplaceFieldAsync(table, changed, cancellation);
    }

    /// <summary>Another name or description; null leaves as it is.</summary>
    public async Task<Result<Table>> ChangeTableAsync(string tableId, string? name, string? description, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        if (name is not null && Schema.Tables.Any(t => t.Name == name && t.Id != tableId))
            return SchemaErrors.TableNameTaken(name);
        var changed = table with { Name = name ?? table.Name, Description = description is "" ? null : description ?? table.Description };
        await transaction.ExecuteAsync("update pybase.tables set name = $2, description = $3 where id = $1", cancellation, tableId, changed.Name, Text(changed.Description));
        Replace(changed);
        transaction.TellBase(ChangeKinds.TableChanged, tableId);
        return changed;
    }

    /// <summary>Takes a table away with its rows, its log and the far ends of its links. For tables that a job made and could not finish.</summary>
    public async Task RemoveTableAsync(string tableId, CancellationToken cancellation)
    {
        var table = Schema.Find(tableId)!;
        foreach (var link in table.Fields.Select(f => f.Type).OfType<MultipleRecordLinks>())
        {
            if (link.LinkedTableId != tableId && Schema.Find(link.LinkedTableId) is { } far && far.Find(link.InverseFieldId ?? "") is { } inverse)
            {
                await transaction.ExecuteAsync($"alter table {Sql.Table(Schema.Id, far.Id)} drop column {Sql.Column(inverse)}", cancellation);
                await transaction.ExecuteAsync("delete from pybase.fields where id = $1", cancellation, inverse.Id);
                await transaction.TellTableAsync(far.Id, ChangeKinds.FieldRemoved, inverse.Id, cancellation);
                Replace(far with { Fields = [.. far.Fields.Where(f => f.Id != inverse.Id)] });
            }
            await transaction.ExecuteAsync($"drop table if exists {Sql.LinkTable(Schema.Id, link)}", cancellation);
        }
        await transaction.ExecuteAsync($"drop table {Sql.Table(Schema.Id, tableId)}", cancellation);
        foreach (var rows in (string[])["changes", "table_versions"])
            await transaction.ExecuteAsync($"delete from pybase.{rows} where table_id = $1", cancellation, tableId);
        await transaction.ExecuteAsync("delete from pybase.tables where id = $1", cancellation, tableId);
        transaction.Schema = Schema with { Tables = [.. Schema.Tables.Where(t => t.Id != tableId)] };
        transaction.MarkSchemaChanged();
        transaction.TellBase(ChangeKinds.TableRemoved, tableId);
    }

    async Task ReplaceFieldAsync(Table table, Field field, CancellationToken cancellation)
    {
        Replace(table with { Fields = [.. table.Fields.Select(f => f.Id == field.Id ? field : f)] });
        await transaction.TellTableAsync(table.Id, ChangeKinds.FieldChanged, field.Id, cancellation);
    }

    void Replace(Table table, bool isNew = false)
    {
        transaction.Schema = Schema with { Tables = isNew ? [.. Schema.Tables, table] : [.. Schema.Tables.Select(t => t.Id == table.Id ? table : t)] };
        transaction.MarkSchemaChanged();
    }

    static string FreeName(Table table, string wanted)
    {
        for (var n = 1; ; n++)
        {
            var name = n == 1 ? wanted : $"{wanted} {n}";
            if (table.Fields.All(f => f.Name != name))
                return name;
        }
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Options(FieldType type) => new() { Value = (object?)type.StoredOptions() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };
}
