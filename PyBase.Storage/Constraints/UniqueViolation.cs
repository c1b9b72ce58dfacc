using System.Text.RegularExpressions;
using Npgsql;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Storage.Constraints;

/// <summary>What the database says when two records would hold the same, in words: which fields, which value.</summary>
static partial class UniqueViolation
{
    /// <summary>Null when the exception is about something else.</summary>
    public static Error? ErrorOf(PostgresException exception, BaseSchema schema)
    {
        // An entry that fits no page at all is refused before it is known for which index.
        if (exception is { SqlState: PostgresErrorCodes.ProgramLimitExceeded, Routine: "index_form_tuple" or "index_form_tuple_context" })
            return ConstraintErrors.TooLongToBeUnique("a field");
        // Ids are made here and never meet, so one that is taken was asked for: of a record in its own table, of the rest in one for all.
        if (exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "tables_pkey" or "fields_pkey" or "views_pkey" } || exception.ConstraintName is { } key && key.StartsWith("tbl", StringComparison.Ordinal) && key.EndsWith("_pkey", StringComparison.Ordinal))
            return SchemaErrors.InvalidId;
        if (exception.ConstraintName is not { } index || !index.StartsWith(UniqueIndex.Prefix, StringComparison.Ordinal))
            return null;
        var id = index[UniqueIndex.Prefix.Length..].Split('_')[0];
        var fields = schema.Tables.SelectMany(table => FieldsOf(table, id)).ToArray();
        var names = fields.Length == 0 ? "a field" : string.Join(", ", fields.Select(f => $"\"{f.Name}\""));
        return exception.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => ConstraintErrors.NotUnique(names, Shown(exception.Detail ?? "", fields)),
            PostgresErrorCodes.ProgramLimitExceeded => ConstraintErrors.TooLongToBeUnique(names),
            _ => null,
        };
    }

    static IEnumerable<Field> FieldsOf(Table table, string id) =>
        table.Unique.FirstOrDefault(c => c.Id == id) is { } constraint
            ? constraint.FieldIds.Select(table.Find).OfType<Field>()
            : table.Fields.Where(f => f.Id == id);

    /// <summary><c>Key ("fld…")=(A-1) already exists.</c> → <c>"A-1"</c>, choices by name.</summary>
    static string Shown(string detail, IReadOnlyList<Field> fields)
    {
        var value = Value().Match(detail).Groups["value"].Value;
        foreach (var choice in fields.Select(f => f.Type).OfType<ISelect>().SelectMany(select => select.Choices.List))
            value = value.Replace(choice.Id, choice.Name, StringComparison.Ordinal);
        return $"\"{value.Excerpt()}\"";
    }

    [GeneratedRegex(@"=\((?<value>.*)\)", RegexOptions.Singleline)]
    private static partial Regex Value();
}
