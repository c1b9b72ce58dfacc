using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Constraints;

/// <summary>Sets constraints inside a transaction that changes definitions.</summary>
sealed class ConstraintEditor(BaseTransaction transaction)
{
    string BaseId => transaction.Schema.Id;

    /// <summary>Other constraints for a field.</summary>
    /// <param name="tableId">Its table.</param>
    /// <param name="field">The field as it is.</param>
    /// <param name="constraints">What it is to ask of its cells.</param>
    /// <param name="isNew">The field was added by this transaction: its cells are empty, and it has been told of already.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<Field>> SetAsync(string tableId, Field field, FieldConstraints constraints, bool isNew, CancellationToken cancellation)
    {
        if (constraints == field.Constraints)
            return field;
        var table = transaction.Schema.Find(tableId)!;
        if (await ExistingCells.BrokenAsync(transaction, table, field, constraints, cancellation) is { } broken)
            return broken;
        if (constraints.Unique != field.Constraints.Unique)
        {
            if (field.Constraints.Unique is not Uniqueness.None)
                Drop(Index(field, field.Constraints.Unique), tableId);
            var index = Index(field, constraints.Unique);
            if (constraints.Unique is not Uniqueness.None && (isNew ? index.Create(BaseId, tableId) : index.Attach(BaseId, tableId)) is { } statement)
                transaction.Do(statement);
        }
        transaction.Do("update pybase.fields set constraints = $2 where id = $1",
            field.Id, new NpgsqlParameter { Value = (object?)constraints.Stored() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
        var changed = field with { Constraints = constraints };
        Replace(table with { Fields = [.. table.Fields.Select(f => f.Id == field.Id ? changed : f)] });
        if (!isNew)
            transaction.TellTable(tableId, ChangeKinds.FieldChanged, field.Id);
        return changed;
    }

    /// <summary>Enters a constraint whose index is built.</summary>
    public async Task<Result<UniqueConstraint>> AddAsync(Table table, UniqueConstraint constraint, CancellationToken cancellation)
    {
        if (table.Unique.Count >= UniqueConstraint.MaxCount)
            return ConstraintErrors.TooMany;
        if (Index(table, constraint).Attach(BaseId, table.Id) is { } statement)
            transaction.Do(statement);
        transaction.Do("insert into pybase.unique_constraints (id, base, table_id, fields, ignores_case) values ($1, $2, $3, $4, $5)", constraint.Id, BaseId, table.Id, constraint.FieldIds.ToArray(), constraint.Uniqueness is Uniqueness.IgnoringCase);
        Replace(table with { Unique = [.. table.Unique, constraint] });
        transaction.TellBase(ChangeKinds.TableChanged, table.Id);
        return constraint;
    }

    /// <summary>Takes a constraint away.</summary>
    public async Task<Result<UniqueConstraint>> RemoveAsync(Table table, string constraintId, CancellationToken cancellation)
    {
        if (table.Unique.FirstOrDefault(c => c.Id == constraintId) is not { } constraint)
            return ConstraintErrors.NotFound;
        Drop(Index(table, constraint), table.Id);
        transaction.Do("delete from pybase.unique_constraints where id = $1", constraintId);
        Replace(table with { Unique = [.. table.Unique.Where(c => c.Id != constraintId)] });
        transaction.TellBase(ChangeKinds.TableChanged, table.Id);
        return constraint;
    }

    public static UniqueIndex Index(Field field, Uniqueness uniqueness) => new(field.Id, [field], uniqueness);

    public static UniqueIndex Index(Table table, UniqueConstraint constraint) =>
        new(constraint.Id, [.. constraint.FieldIds.Select(id => table.Find(id)!)], constraint.Uniqueness);

    void Drop(UniqueIndex index, string tableId)
    {
        foreach (var statement in index.Drop(BaseId, tableId))
            transaction.Do(statement);
    }

    void Replace(Table table)
    {
        transaction.Schema = transaction.Schema with { Tables = [.. transaction.Schema.Tables.Select(t => t.Id == table.Id ? table : t)] };
        transaction.MarkSchemaChanged();
    }
}
