using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Ids;
using PyBase.Core.Permissions;
using PyBase.Core.Releases;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Constraints;
using PyBase.Storage.Postgres;
using PyBase.Storage.Search;
using PyBase.Storage.Trash;

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
        if (Schema.Tables.Any(t => t.Id == spec.Id))
            return SchemaErrors.InvalidId;
        var id = spec.Id ?? Id.New("tbl");
        var views = spec.Views.Count == 0 ? [new View(Id.New("viw"), "Grid view", "grid")] : spec.Views.Select(v => new View(v.Id ?? Id.New("viw"), v.Name, v.Type)).ToArray();
        var table = new Table(id, spec.Name, spec.Description, "", [], views);
        transaction.Do($"""
            create table {Sql.Table(Schema.Id, id)} ({Sql.SystemColumns}) with ({Sql.StorageOptions})
            """);
        SearchWriter.Create(transaction, id);
        transaction.Do("""
            insert into pybase.tables (id, base, name, description, primary_field, position)
            select $1, $2, $3, $4, '', coalesce(max(position), 0) + 1 from pybase.tables where base = $2
            """, id, Schema.Id, spec.Name, Text(spec.Description));
        transaction.Do("insert into pybase.table_versions (table_id, base) values ($1, $2)", id, Schema.Id);
        transaction.Do("insert into pybase.views (id, base, table_id, name, type, position) select v.id, $1, $2, v.name, v.type, v.n from unnest($3, $4, $5) with ordinality as v(id, name, type, n)",
            Schema.Id, id, views.Select(v => v.Id).ToArray(), views.Select(v => v.Name).ToArray(), views.Select(v => v.Type).ToArray());
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
        if (Schema.Tables.SelectMany(t => t.Fields).Any(f => f.Id == spec.Id))
            return SchemaErrors.InvalidId;
        var id = spec.Id ?? Id.New("fld");
        if (!FieldTypes.Read(spec.Type, spec.Options, new FieldScope(id, linked => Schema.Tables.Any(t => t.Id == linked))).TryGet(out var type, out var error))
            return error;
        if (type is Computed computed && (type = computed.Resolve(Schema, table)) is Computed { Fault: { } fault })
            return fault;
        if (!FieldConstraints.Read(spec.Constraints, type).TryGet(out var constraints, out error))
            return error;
        if (table.Fields.Count == 0 && !type.CanBePrimary)
            return FieldErrors.NotPrimary(spec.Type);
        if (type is not MultipleRecordLinks link)
        {
            var made = await InsertFieldAsync(table, new Field(id, spec.Name, spec.Description, type), tell, cancellation);
            if (tell && type is Computed { SystemColumn: null } && await new ComputeWriter(transaction).RecomputeAllAsync(Schema.Find(tableId)!, [id], cancellation) is { } untrue)
                return untrue;
            return await ConstrainAsync(table, made, constraints, cancellation);
        }

        if (Schema.Find(link.LinkedTableId)!.Fields.Count + (link.LinkedTableId == tableId ? 1 : 0) >= TableSpec.MaxFields)
            return FieldErrors.TooMany;
        var inverseId = Id.New("fld");
        AddLinkTable(id);
        var near = await InsertFieldAsync(table, new Field(id, spec.Name, spec.Description,
            new MultipleRecordLinks(link.LinkedTableId, inverseId, link.IsSingle, id, isInverse: false)), tell, cancellation);
        await AddInverseAsync(table, link.LinkedTableId, id, inverseId, spec.InverseName, tell, cancellation);
        return await ConstrainAsync(table, near, constraints, cancellation);
    }

    internal void AddLinkTable(string fieldId)
    {
        transaction.Do($"""
            create table {Sql.LinkTable(Schema.Id, fieldId)} (
                from_id text collate "C" not null, to_id text collate "C" not null,
                from_order double precision not null, to_order double precision not null default nextval('{Sql.Quote(Schema.Id)}.link_order'),
                primary key (from_id, to_id))
            """);
        transaction.Do($"create index on {Sql.LinkTable(Schema.Id, fieldId)} (to_id)");
    }

    /// <summary>The field that shows a link of <paramref name="table"/> from its far end.</summary>
    internal async Task AddInverseAsync(Table table, string linkedTableId, string fieldId, string inverseId, string? name, bool tell, CancellationToken cancellation)
    {
        var far = Schema.Find(linkedTableId)!;
        await InsertFieldAsync(far, new Field(inverseId, FreeName.Among(far.Fields.Select(f => f.Name), name ?? table.Name), null,
            new MultipleRecordLinks(table.Id, fieldId, single: false, fieldId, isInverse: true)), tell: tell || far.Id != table.Id, cancellation);
    }

    /// <summary>Another type for a field whose cells have been converted.</summary>
    internal Field Retype(string tableId, Field field, FieldType type)
    {
        var changed = field with { Type = type };
        transaction.Do("update pybase.fields set type = $2, options = $3 where id = $1", field.Id, type.Name, Options(type));
        ReplaceField(Schema.Find(tableId)!, changed);
        return changed;
    }

    Task<Result<Field>> ConstrainAsync(Table table, Field field, FieldConstraints constraints, CancellationToken cancellation) =>
        new ConstraintEditor(transaction).SetAsync(table.Id, field, constraints, isNew: true, cancellation);

    internal async Task<Field> InsertFieldAsync(Table table, Field field, bool tell, CancellationToken cancellation)
    {
        if (field.Type.SystemColumn is null)
            await AddColumnAsync(table, field, cancellation);
        transaction.Do("""
            insert into pybase.fields (id, base, table_id, name, description, type, options, position)
            select $1, $2, $3, $4, $5, $6, $7, coalesce(max(position), 0) + 1 from pybase.fields where table_id = $3
            """, field.Id, Schema.Id, table.Id, field.Name, Text(field.Description), field.Type.Name, Options(field.Type));
        var isFirst = table.Fields.Count == 0;
        if (isFirst)
            transaction.Do("update pybase.tables set primary_field = $2 where id = $1", table.Id, field.Id);
        Replace(table with { Fields = [.. table.Fields, field], PrimaryFieldId = isFirst ? field.Id : table.PrimaryFieldId });
        if (tell)
            transaction.TellTable(table.Id, ChangeKinds.FieldAdded, field.Id);
        if (field.Type is Computed)
            SetClock(table.Id, field);
        return field;
    }

    /// <summary>Notes when a field that follows the clock is to be looked at, or that it follows it no more.</summary>
    internal void SetClock(string tableId, Field field)
    {
        if (field.Type is Computed { Clock: not FormulaClock.None and var clock })
            transaction.Do("""
                insert into pybase.clocks (field, base, table_id, clock, due)
                values ($1, $2, $3, $4, case $4 when 'today' then date_trunc('day', now(), 'utc') + interval '1 day' else now() + interval '5 minutes' end)
                on conflict (field) do update set clock = excluded.clock, due = excluded.due
                """, field.Id, Schema.Id, tableId, clock is FormulaClock.Today ? "today" : "now");
        else
            transaction.Do("delete from pybase.clocks where field = $1", field.Id);
    }

    /// <summary>
    /// PostgreSQL counts a dropped column for ever, and ends at 1,600: a table that has used most of them is written anew first.
    /// </summary>
    internal async Task AddColumnAsync(Table table, Field field, CancellationToken cancellation)
    {
        var name = Sql.Table(Schema.Id, table.Id);
        if ((await transaction.ListAsync($"select max(attnum)::int from pg_attribute where attrelid = '{name}'::regclass", row => row.GetInt32(0), cancellation))[0] >= RebuildAt)
            await transaction.ExecuteAsync("select pybase.rebuild_table($1, $2, $3)", cancellation, Schema.Id, table.Id, Sql.StorageOptions);
        transaction.Do($"alter table {name} add column {Sql.Column(field)} {Sql.Type(field.Type.Column)}{Sql.Default(field.Type)}");
    }

    const int RebuildAt = 1_200;

    /// <summary>
    /// After a change of definitions: columns of computed fields whose type is another one now are made anew, and everything that reads the changed fields is
    /// computed again.
    /// </summary>
    internal async Task<Error?> SettleAsync(BaseSchema before, IEnumerable<string> changed, CancellationToken cancellation)
    {
        var old = before.Tables.SelectMany(t => t.Fields).Where(f => f.Type is Computed).ToDictionary(f => f.Id);
        var stale = DependencyGraph.Of(before).Reach(changed).Concat(DependencyGraph.Of(Schema).Reach(changed)).ToHashSet();
        foreach (var table in Schema.Tables)
        {
            var again = new HashSet<string>();
            foreach (var field in table.Fields)
            {
                if (field.Type is not Computed { SystemColumn: null } type || !old.TryGetValue(field.Id, out var was))
                    continue;
                var (retyped, revalued) = (was.Type.Column != type.Column, (((Computed)was.Type).Fault is null) != (type.Fault is null));
                if (retyped || (revalued && type.Fault is not null))
                {
                    transaction.Do($"alter table {Sql.Table(Schema.Id, table.Id)} drop column {Sql.Column(field)}");
                    transaction.Do($"alter table {Sql.Table(Schema.Id, table.Id)} add column {Sql.Column(field)} {Sql.Type(type.Column)}{Sql.Default(type)}");
                }
                if (retyped || revalued)
                {
                    transaction.TellTable(table.Id, ChangeKinds.FieldChanged, field.Id);
                    SetClock(table.Id, field);
                }
                if (type.Fault is null && (retyped || revalued || stale.Contains(field.Id)))
                    again.Add(field.Id);
            }
            if (await new ComputeWriter(transaction).RecomputeAllAsync(table, again, cancellation) is { } refused)
                return refused;
        }
        return null;
    }

    /// <summary>Takes a field away, into the trash; a link goes at both ends. What was computed from it stays, empty, and says that it is not valid.</summary>
    public Task<Result<Field>> RemoveFieldAsync(string tableId, string fieldId, CancellationToken cancellation) => new TrashEditor(this).RemoveFieldAsync(tableId, fieldId, cancellation);

    /// <summary>The definitions do without the field.</summary>
    internal void Forget(string tableId, string fieldId)
    {
        var table = Schema.Find(tableId)!;
        Replace(table with { Fields = [.. table.Fields.Where(f => f.Id != fieldId)] });
    }

    void Drop(Table table, Field field)
    {
        if (field.Type.SystemColumn is null)
            transaction.Do($"alter table {Sql.Table(Schema.Id, table.Id)} drop column {Sql.Column(field)}");
        if (field.Type.CanFail)
            transaction.Do($"update {Sql.Table(Schema.Id, table.Id)} set errors = nullif(errors - $1, '{{}}') where errors ? $1", field.Id);
        transaction.Do("delete from pybase.fields where id = $1", field.Id);
        Forget(table.Id, field.Id);
        transaction.TellTable(table.Id, ChangeKinds.FieldRemoved, field.Id);
    }

    /// <summary>Another name or description, for a computed field other options, for a select other choices; null leaves as it is.</summary>
    public async Task<Result<Field>> ChangeFieldAsync(string tableId, string fieldId, string? name, string? description, JsonElement options, CancellationToken cancellation)
    {
        var (before, table) = (Schema, Schema.Find(tableId)!);
        if (table.Find(fieldId) is not { } field)
            return SchemaErrors.ModelNotFound;
        if (name is not null && table.Fields.Any(f => f.Name == name && f.Id != field.Id))
            return FieldErrors.NameTaken(name);
        var changed = field with { Name = name ?? field.Name, Description = description is "" ? null : description ?? field.Description };
        if (options.ValueKind is JsonValueKind.Object)
        {
            if (field.Type is not (Computed or ISelect))
                return FieldErrors.OptionsStay(field.Type.Name);
            if (!FieldTypes.Read(field.Type.Name, options, new FieldScope(field.Id, _ => true, Known: (field.Type as ISelect)?.Choices)).TryGet(out var type, out var error))
                return error;
            if (type is ISelect select && await LostChoiceAsync(tableId, field, select, cancellation) is { } lost)
                return lost;
            if (type is Computed computed && (type = computed.Resolve(Schema, table)) is Computed { Fault: { } fault })
                return fault;
            changed = changed with { Type = type };
        }
        transaction.Do("update pybase.fields set name = $2, description = $3, options = $4 where id = $1", field.Id, changed.Name, Text(changed.Description), Options(changed.Type));
        ReplaceField(table, changed);
        if (DependencyGraph.Of(Schema).Cycle is { } ring)
            return FieldErrors.Ring(string.Join(" → ", ring));
        // Formulas read choices by name.
        if (changed.Type is ISelect now && ((ISelect)field.Type).Choices.List.Any(c => now.Choices.NameOf(c.Id) != c.Name) && await SettleAsync(before, [field.Id], cancellation) is { } failed)
            return failed;
        if (changed.Type is Computed { SystemColumn: null } && changed.Type != field.Type)
        {
            SetClock(tableId, changed);
            if (await SettleAsync(before, [field.Id], cancellation) is { } untrue)
                return untrue;
            if (changed.Type.Column == field.Type.Column && await new ComputeWriter(transaction).RecomputeAllAsync(Schema.Find(tableId)!, [field.Id], cancellation) is { } refused)
                return refused;
        }
        return Schema.Find(tableId)!.Find(field.Id)!;
    }

    /// <summary>A choice that is not to be there any more, though some cell has it.</summary>
    async Task<Error?> LostChoiceAsync(string tableId, Field field, ISelect select, CancellationToken cancellation)
    {
        var gone = ((ISelect)field.Type).Choices.List.ExceptBy(select.Choices.List.Select(c => c.Id), c => c.Id).ToDictionary(c => c.Id, c => c.Name);
        if (gone.Count == 0)
            return null;
        var held = field.Type.Column is ColumnType.Ids ? $"unnest({Sql.Column(field)})" : Sql.Column(field);
        var found = await transaction.ListAsync($"select held from (select {held} as held from {Sql.Table(Schema.Id, tableId)}) cells where held = any($1) limit 1", row => row.GetString(0), cancellation, [gone.Keys.ToArray()]);
        return found is [var id] ? FieldErrors.ChoiceInUse(gone[id]) : null;
    }

    /// <summary>More choices for a select.</summary>
    public void AddChoices(string tableId, string fieldId, IReadOnlyList<Choice> choices)
    {
        var table = Schema.Find(tableId)!;
        var field = table.Find(fieldId)!;
        var changed = field with { Type = ((ISelect)field.Type).With(choices) };
        transaction.Do("update pybase.fields set options = $2 where id = $1", field.Id, Options(changed.Type));
        ReplaceField(table, changed);
    }

    /// <summary>Another name or description; null leaves as it is.</summary>
    public Result<Table> ChangeTable(string tableId, string? name, string? description)
    {
        var table = Schema.Find(tableId)!;
        if (name is not null && Schema.Tables.Any(t => t.Name == name && t.Id != tableId))
            return SchemaErrors.TableNameTaken(name);
        var changed = table with { Name = name ?? table.Name, Description = description is "" ? null : description ?? table.Description };
        transaction.Do("update pybase.tables set name = $2, description = $3 where id = $1", tableId, changed.Name, Text(changed.Description));
        Replace(changed);
        transaction.TellBase(ChangeKinds.TableChanged, tableId, new { name = table.Name, description = table.Description });
        return changed;
    }

    /// <summary>Takes a table away for good, with its rows, its log and the far ends of its links. For tables that a job made and could not finish.</summary>
    public async Task RemoveTableAsync(string tableId, CancellationToken cancellation)
    {
        var (before, table) = (Schema, Schema.Find(tableId)!);
        var gone = table.Fields.Select(f => f.Id).ToList();
        foreach (var link in table.Fields.Select(f => f.Type).OfType<MultipleRecordLinks>())
        {
            if (link.LinkedTableId != tableId && Schema.Find(link.LinkedTableId) is { } far && far.Find(link.InverseFieldId ?? "") is { } inverse)
            {
                gone.Add(inverse.Id);
                Drop(far, inverse);
            }
            transaction.Do($"drop table if exists {Sql.LinkTable(Schema.Id, link)}");
        }
        foreach (var removed in await new TrashEditor(this).LinkedToAsync(tableId, cancellation))
            await new TrashEditor(this).PurgeFieldAsync(removed, cancellation);
        SearchWriter.Drop(transaction, tableId);
        transaction.Do($"drop table {Sql.Table(Schema.Id, tableId)}");
        foreach (var rows in (string[])["changes", "table_versions"])
            transaction.Do($"delete from pybase.{rows} where table_id = $1", tableId);
        transaction.Do("delete from pybase.tables where id = $1", tableId);
        transaction.Schema = (Schema with { Tables = [.. Schema.Tables.Where(t => t.Id != tableId)] }).Resolved();
        transaction.MarkSchemaChanged();
        await SettleAsync(before, gone, cancellation);
        transaction.TellBase(ChangeKinds.TableRemoved, tableId);
    }

    /// <summary>When the table's records are released from now on; null: never.</summary>
    internal void SetRelease(Table table, ReleaseRule? rule)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            rule?.Write(json);
        transaction.Do("update pybase.tables set release = $2 where id = $1 and pybase.acts($3)", table.Id,
            new NpgsqlParameter { Value = rule is null ? DBNull.Value : System.Text.Encoding.UTF8.GetString(buffer.ToArray()), NpgsqlDbType = NpgsqlDbType.Jsonb }, transaction.Actor);
        Replace(table with { Release = rule });
        transaction.TellBase(ChangeKinds.TableChanged, table.Id);
    }

    /// <summary>Who may read and write what of the table from now on; whoever has it open loads again.</summary>
    internal void SetRules(Table table, TableRules? rules)
    {
        transaction.Do("update pybase.tables set rules = $2, rules_set = $3 where id = $1 and pybase.acts($4)", table.Id,
            new NpgsqlParameter { Value = (object?)rules?.Text() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb }, transaction.Time, transaction.Actor);
        Replace(table with { Rules = rules });
        transaction.TellTable(table.Id, ChangeKinds.ManyChanged, table.Id);
        transaction.TellBase(ChangeKinds.TableChanged, table.Id);
    }

    void ReplaceField(Table table, Field field)
    {
        var was = table.Fields.First(f => f.Id == field.Id);
        Replace(table with { Fields = [.. table.Fields.Select(f => f.Id == field.Id ? field : f)] });
        var before = JsonSerializer.Serialize(new
        {
            name = was.Name, description = was.Description, type = was.Type.Name, options = was.Type.StoredOptions() is { } options ? JsonSerializer.Deserialize<JsonElement>(options) : (JsonElement?)null,
        });
        transaction.Log(table.Id, ChangeKinds.FieldChanged, statement => $"""
            select 0, 0, jsonb_build_object('id', {statement.Value(field.Id)}, 'old', jsonb_build_object('name', {statement.Value(was.Name)}, 'type', {statement.Value(was.Type.Name)}),
                'was', {statement.Value(before, NpgsqlDbType.Jsonb)})
            """);
    }

    void Replace(Table table, bool isNew = false)
    {
        transaction.Schema = (Schema with { Tables = isNew ? [.. Schema.Tables, table] : [.. Schema.Tables.Select(t => t.Id == table.Id ? table : t)] }).Resolved();
        transaction.MarkSchemaChanged();
    }

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Options(FieldType type) => new() { Value = (object?)type.StoredOptions() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };
}
