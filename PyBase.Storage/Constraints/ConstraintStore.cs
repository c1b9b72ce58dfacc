using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Constraints;

/// <summary>Whole requests on constraints: an index that is needed is built first, then the definition changes in one short transaction.</summary>
public sealed class ConstraintStore(SchemaStore schemas, BaseStore bases, UniqueIndexes indexes)
{
    /// <summary>Makes these the constraints of the field, together with a <paramref name="change"/> of what else it is.</summary>
    public async Task<Result<Field>> SetAsync(
        string baseId, string tableName, string fieldName, JsonElement json, Origin origin, CancellationToken cancellation, Func<SchemaEditor, Task<Result<Field>>>? change = null)
    {
        if (!(await FindAsync(baseId, tableName, cancellation)).TryGet(out var table, out var error))
            return error;
        if (table.Find(fieldName) is not { } field)
            return SchemaErrors.ModelNotFound;
        if (!FieldConstraints.Read(json, field.Type).TryGet(out var constraints, out error))
            return error;
        var index = constraints.Unique is Uniqueness.None || constraints.Unique == field.Constraints.Unique ? null : ConstraintEditor.Index(field, constraints.Unique);
        return await WithIndexAsync(baseId, table, index, origin, async editor =>
        {
            if (editor.Schema.Find(table.Id)?.Find(field.Id) is not { } now || now.Type.Name != field.Type.Name || now.Constraints != field.Constraints)
                return SchemaErrors.BaseBusy;
            if (change is not null && !(await change(editor)).TryGet(out now, out var refused))
                return refused;
            return await new ConstraintEditor(editor.Transaction).SetAsync(table.Id, now, constraints, isNew: false, cancellation);
        }, cancellation);
    }

    /// <summary>A constraint over several fields of a table.</summary>
    public async Task<Result<UniqueConstraint>> AddAsync(string baseId, string tableName, JsonElement json, Origin origin, CancellationToken cancellation)
    {
        if (!(await FindAsync(baseId, tableName, cancellation)).TryGet(out var table, out var error))
            return error;
        if (!UniqueConstraint.Read(json, table).TryGet(out var constraint, out error))
            return error;
        if (table.Unique.Count >= UniqueConstraint.MaxCount)
            return ConstraintErrors.TooMany;
        return await WithIndexAsync(baseId, table, ConstraintEditor.Index(table, constraint), origin, editor =>
            editor.Schema.Find(table.Id) is { } now && constraint.FieldIds.All(id => now.Find(id)?.Type.Name == table.Find(id)!.Type.Name)
                ? new ConstraintEditor(editor.Transaction).AddAsync(now, constraint, cancellation)
                : Task.FromResult<Result<UniqueConstraint>>(SchemaErrors.BaseBusy), cancellation);
    }

    /// <summary>Takes such a constraint away.</summary>
    public Task<Result<UniqueConstraint>> RemoveAsync(string baseId, string table, string id, Origin origin, CancellationToken cancellation) =>
        bases.EditAsync(baseId, origin, schema => schema.Get(table).Then<bool>(_ => true),
            editor => new ConstraintEditor(editor.Transaction).RemoveAsync(editor.Schema.Find(table)!, id, cancellation), cancellation);

    async Task<Result<T>> WithIndexAsync<T>(string baseId, Table table, UniqueIndex? index, Origin origin, Func<SchemaEditor, Task<Result<T>>> edit, CancellationToken cancellation)
    {
        if (index is not null && await indexes.BuildAsync(baseId, table, index, cancellation) is { } refused)
            return refused;
        var isKept = index is null;
        try
        {
            var done = await bases.EditAsync(baseId, origin, schema => schema.Get(table.Id).Then<bool>(_ => true), edit, cancellation);
            isKept |= done.IsOk;
            return done;
        }
        finally
        {
            if (!isKept)
                await indexes.DropAsync(baseId, index!);
        }
    }

    async Task<Result<Table>> FindAsync(string baseId, string table, CancellationToken cancellation) =>
        await schemas.FindAsync(baseId, cancellation) is { } schema ? schema.Get(table) : SchemaErrors.ModelNotFound;
}
