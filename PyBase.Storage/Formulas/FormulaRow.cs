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
sealed record FormulaRow(string Alias, string BaseId, BaseSchema Schema, Table Table, Func<Field, string>? Column = null, Func<Field, string?>? ErrorOf = null,
    string? Values = null, string Now = "now()")
{
    public string ColumnOf(Field field) => Column?.Invoke(field) ?? $"{Alias}.{Sql.Column(field)}";

    public string? ErrorIn(Field field) => ErrorOf is not null ? ErrorOf(field) : field.Type.IsComputed ? $"({Alias}.errors ->> '{field.Id}')" : null;
}
