using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Records;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Constraints;
using PyBase.Storage.History;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Storage.Views;

namespace PyBase.Storage.Snapshots;

/// <summary>
/// Copies a table beside itself: fields that name each other name the copies, links go to the same records (between records of the table, to their copies), views are taken
/// over. Rows follow in chunks, all of one undo group.
/// </summary>
public sealed partial class TableCopies(BaseStore bases, BaseWriter writer, SchemaStore schemas)
{
    const int Chunk = 1_000;

    /// <summary>The new table; its records are there when this returns.</summary>
    public async Task<Result<Table>> DuplicateAsync(string baseId, string tableName, string? name, bool withRecords, Origin origin, CancellationToken cancellation)
    {
        origin = origin with { Command = "DuplicateTable", UndoGroup = origin.UndoGroup ?? Id.New("und") };
        var (source, map) = ("", new Dictionary<string, string>());
        var made = await bases.EditAsync<Table>(baseId, origin, schema => schema.Get(tableName).Then<bool>(found => (source = found.Id) is not null),
            editor => DefineAsync(editor, editor.Schema.Find(source)!, name, map, cancellation), cancellation);
        if (!made.TryGet(out var copy, out var error) || !withRecords)
            return made;
        // Rows first, then the links between them, which may lead to rows that come later.
        for (var pass = 0; pass < 2; pass++)
            for (long? after = long.MinValue; after is { } place;)
            {
                if (!(await CopyAsync(baseId, source, copy.Id, map, place, linksOnly: pass == 1, origin, cancellation)).TryGet(out after, out error) && error is not null)
                    return error;
            }
        return (await schemas.FindAsync(baseId, cancellation))?.Find(copy.Id) ?? copy;
    }

    static async Task<Result<Table>> DefineAsync(SchemaEditor editor, Table source, string? name, Dictionary<string, string> map, CancellationToken cancellation)
    {
        var free = FreeName.Among(editor.Schema.Tables.Select(t => t.Name), name ?? $"{source.Name} copy");
        var primary = new FieldSpec(source.Primary.Name, source.Primary.Type.IsComputed ? "singleLineText" : source.Primary.Type.Name, default, source.Primary.Description);
        if (source.Primary.Type is not Computed && source.Primary.Type.StoredOptions() is { } stored)
            primary = primary with { Options = JsonSerializer.Deserialize<JsonElement>(stored) };
        if (!(await editor.AddTableAsync(new TableSpec(free, source.Description, [primary]), cancellation)).TryGet(out var copy, out var error))
            return error;
        map[source.Id] = copy.Id;
        map[source.PrimaryFieldId] = copy.PrimaryFieldId;
        var waiting = source.Fields.Where(f => f.Id != source.PrimaryFieldId || f.Type.IsComputed).ToList();
        for (var isMoving = true; waiting.Count > 0; isMoving = waiting.RemoveAll(f => map.ContainsKey(f.Id) && f.Id != source.PrimaryFieldId) > 0)
            foreach (var field in waiting.Where(f => f.Id == source.PrimaryFieldId || !map.ContainsKey(f.Id)).ToArray())
            {
                // The other end of a link within the table came with it.
                if (field.Id != source.PrimaryFieldId && map.ContainsKey(field.Id))
                    continue;
                if (await DefineAsync(editor, copy.Id, source, field, map, isLast: !isMoving, cancellation) is { } refused)
                    return refused;
                if (field.Id == source.PrimaryFieldId)
                    waiting.Remove(field);
            }
        foreach (var field in source.Fields)
            if (editor.Schema.Find(copy.Id)!.Find(map[field.Id]) is { } own && own.Type is not Computed
                && (await new ConstraintEditor(editor.Transaction).SetAsync(copy.Id, own, field.Constraints, isNew: true, cancellation)).Error is { } broken)
                return broken;
        foreach (var (place, view) in source.SeenBy(null).Views.Index())
        {
            var settings = view.Settings.Json is { } json ? JsonSerializer.Deserialize<JsonElement>(Mapped(json, map)) : (JsonElement?)null;
            var put = await new ViewEditor(editor.Transaction).PutAsync(copy.Id, place == 0 ? copy.Views[0].Id : Id.New("viw"), JsonSerializer.SerializeToElement(new { name = view.Name, type = view.Type, place, settings }), cancellation);
            if (put.Error is { } refused)
                return refused;
        }
        // What was hidden of the table is hidden of its copy.
        if (source.Rules is { } rules)
            editor.SetRules(editor.Schema.Find(copy.Id)!, TableRules.Open(JsonSerializer.Deserialize<JsonElement>(Mapped(rules.Text(), map))));
        return editor.Schema.Find(copy.Id)!;
    }

    /// <summary>One field of the copy; one that names fields which are not there yet waits for them.</summary>
    static async Task<Error?> DefineAsync(SchemaEditor editor, string copyId, Table source, Field field, Dictionary<string, string> map, bool isLast, CancellationToken cancellation)
    {
        var copy = editor.Schema.Find(copyId)!;
        if (field.Type is MultipleRecordLinks link)
        {
            var options = JsonSerializer.SerializeToElement(new { linkedTableId = map.GetValueOrDefault(link.LinkedTableId, link.LinkedTableId), prefersSingleRecordLink = link.IsSingle });
            var inverse = link.LinkedTableId == source.Id ? source.Fields.FirstOrDefault(f => f.Id == link.InverseFieldId) : null;
            if (!(await editor.AddFieldAsync(copyId, new FieldSpec(field.Name, field.Type.Name, options, field.Description, inverse?.Name), cancellation)).TryGet(out var added, out var error))
                return error;
            map[field.Id] = added.Id;
            if (inverse is not null)
                map[inverse.Id] = ((MultipleRecordLinks)added.Type).InverseFieldId!;
            return null;
        }
        var id = field.Id == source.PrimaryFieldId ? copy.PrimaryFieldId : Id.New("fld");
        using var stored = JsonDocument.Parse(Mapped(field.Type.StoredOptions() ?? "null", map));
        if (!FieldTypes.Read(field.Type.Name, stored.RootElement, new FieldScope(id, _ => true, IsStored: true)).TryGet(out var type, out var unread))
            return unread;
        if (type is Computed computed && (type = computed.Resolve(editor.Schema, copy)) is Computed { Fault: not null } && !isLast && field.Type is Computed { Fault: null })
            return null;
        if (field.Id == source.PrimaryFieldId)
        {
            RetypePrimary(editor, copy, type);
            return null;
        }
        await editor.InsertFieldAsync(copy, new Field(id, field.Name, field.Description, type), tell: false, cancellation);
        map[field.Id] = id;
        return null;
    }

    /// <summary>A computed primary field starts as a text, since what it is computed from is made after it.</summary>
    static void RetypePrimary(SchemaEditor editor, Table copy, FieldType type)
    {
        if (type.SystemColumn is null)
        {
            editor.Transaction.Do($"alter table {Sql.Table(editor.Schema.Id, copy.Id)} drop column {Sql.Quote(copy.PrimaryFieldId)}");
            editor.Transaction.Do($"alter table {Sql.Table(editor.Schema.Id, copy.Id)} add column {Sql.Quote(copy.PrimaryFieldId)} {Sql.Type(type.Column)}");
        }
        var field = editor.Retype(copy.Id, copy.Primary, type);
        editor.SetClock(copy.Id, field);
    }

    /// <summary>One chunk; the place of its last row, null at the end.</summary>
    async Task<Result<long?>> CopyAsync(string baseId, string sourceId, string copyId, Dictionary<string, string> map, long after, bool linksOnly, Origin origin, CancellationToken cancellation)
    {
        Table source = null!, copy = null!;
        return await writer.WriteAsync<long?>(baseId, origin, schema => schema.Get(sourceId).Then(found => schema.Get((source = found) is null ? "" : copyId)).Then<WriteScope>(found => WriteScope.Rows(schema, copy = found)), async transaction =>
        {
            var rows = await transaction.ListAsync($"select to_jsonb(t) from {Sql.Table(baseId, sourceId)} t where _number > $1 order by _number limit {Chunk}",
                row => JsonSerializer.Deserialize<StoredRow>(row.GetString(0))!, cancellation, after);
            if (rows.Count == 0)
                return (long?)null;
            var fields = source.Fields.Where(f => !f.Type.IsComputed && f.Type.SystemColumn is null && map.ContainsKey(f.Id) && f.Type is MultipleRecordLinks == linksOnly
                && !(f.Type is MultipleRecordLinks { IsInverse: true } link && link.LinkedTableId == sourceId)).ToList();
            if (fields.Count > 0 || !linksOnly)
            {
                Field[] targets = [.. fields.Select(f => copy.Find(map[f.Id])!)];
                var plan = new RecordPlan(copy, targets, [.. rows.Select(row => new PlannedRecord(IdOf(copyId, row["_id"].GetString()!),
                    [.. fields.Select(f => Value(f, sourceId, copyId, row.GetValueOrDefault(f.Id)))], [.. fields.Select(_ => true)]))], new Dictionary<string, IReadOnlyList<Choice>>()) { IsStored = true };
                var written = linksOnly ? await new RecordWriter(transaction).UpdateAsync(plan, cancellation) : await new RecordWriter(transaction).CreateAsync(plan, cancellation);
                if (!written.TryGet(out _, out var error))
                    return error;
            }
            return rows.Count == Chunk ? rows[^1]["_number"].GetInt64() : (long?)null;
        }, cancellation);
    }

    static object? Value(Field field, string sourceId, string copyId, JsonElement cell) => StoredCells.Read(field.Type.Column, cell) switch
    {
        string[] ids when field.Type is MultipleRecordLinks link => link.LinkedTableId == sourceId ? [.. ids.Select(id => IdOf(copyId, id))] : ids,
        var value => value,
    };

    /// <summary>The same copy of the same record, whichever chunk asks.</summary>
    static string IdOf(string copyId, string record) => Id.From("rec", $"{copyId} {record}");

    static string Mapped(string json, Dictionary<string, string> map) => DefinitionId().Replace(json, id => map.GetValueOrDefault(id.Value, id.Value));

    [GeneratedRegex("(?<![A-Za-z0-9])(?:tbl|fld)[A-Za-z0-9]{14}(?![A-Za-z0-9])")]
    private static partial Regex DefinitionId();
}
