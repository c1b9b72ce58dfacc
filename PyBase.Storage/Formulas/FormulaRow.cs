using PyBase.Core.Computing;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Formulas;

/// <summary>How the row that a formula reads is spelled.</summary>
/// <param name="Alias">The row's name in the statement.</param>
/// <param name="BaseId">The base, for links.</param>
/// <param name="Schema">Its definitions.</param>
/// <param name="Table">The row's table.</param>
/// <param name="Column">A field's stored column; by default that of <paramref name="Alias"/>.</param>
/// <param name="ErrorOf">The error of a field in this row as text, null when it cannot fail; by default what <c>errors</c> holds of a computed field.</param>
/// <param name="Values">The array that <c>values</c> means.</param>
/// <param name="Now">The moment of NOW().</param>
/// <param name="Modified">When the row was last changed; by default what is stored.</param>
/// <param name="Times">When single cells of it were; by default what is stored.</param>
/// <param name="Id">The record's id; by default what is stored.</param>
sealed record FormulaRow(string Alias, string BaseId, BaseSchema Schema, Table Table, Func<Field, string>? Column = null, Func<Field, string?>? ErrorOf = null,
    string? Values = null, string Now = "now()", string? Modified = null, string? Times = null, string? Id = null)
{
    public string RecordId => Id ?? $"{Alias}._id";

    public string ColumnOf(Field field) => Column?.Invoke(field) ?? $"{Alias}.{Sql.Column(field)}";

    /// <summary>When one of these fields was last changed. What nobody asked for before is not known of single fields, only of the row.</summary>
    public string ModifiedOf(IReadOnlyCollection<string> fieldIds)
    {
        var modified = Modified ?? $"{Alias}._modified";
        if (fieldIds.Count == 0)
            return modified;
        var known = DependencyGraph.Of(Schema).Watched;
        return fieldIds.All(known.Contains)
            ? $"coalesce(greatest({string.Join(", ", fieldIds.Select(id => $"({Times ?? $"{Alias}._times"} ->> '{id}')::timestamptz"))}), {Alias}._created)"
            : modified;
    }

    public string? ErrorIn(Field field) => ErrorOf is not null ? ErrorOf(field) : field.Type.CanFail ? $"({Alias}.errors ->> '{field.Id}')" : null;
}
