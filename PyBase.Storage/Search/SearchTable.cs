using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Search;

/// <summary>
/// The narrow table beside each table that text search reads: one row a record, all its text in it, with a trigram index once it is large. Not in the table
/// itself, where the index would make every write of a number dearer.
/// </summary>
static class SearchTable
{
    /// <summary>Of a cell's text so much is found.</summary>
    const int MaxText = 10_000;

    /// <summary>PostgreSQL passes at most 100 arguments to a function.</summary>
    const int MaxArguments = 90;

    public static string Of(string baseId, string tableId) => $"\"{baseId}\".\"src_{tableId}\"";

    /// <summary>Is the field's text in it? Names of choices and of linked records are not: they change without the record.</summary>
    public static bool Holds(Field field) => field.Type is Barcode or Notated or MultipleAttachments || (field.Type is not ISelect && field.Type.Column is ColumnType.Text or ColumnType.Texts);

    /// <summary>Fields whose text is in it are not there for the reader: what it says is to be looked up again in the cells that are.</summary>
    public static bool TellsTooMuch(Table table) => table.Scope is { Hidden.Count: > 0 };

    /// <summary>The text of the row <paramref name="alias"/>, a cell a line.</summary>
    public static string Text(BaseSchema schema, Table table, string alias) => !table.Fields.Any(Holds) ? "''" : string.Join(" || E'\\n' || ", table.Fields.Where(Holds).SelectMany(field => Texts(schema, field, alias)).Chunk(MaxArguments).Select(some =>
        $"concat_ws(E'\\n', {string.Join(", ", some.Select(text => $"left({text}, {MaxText})"))})"));

    /// <summary>What a cell shows; of part numbers also without what makes no difference, so that the Cyrillic РТ is found as PT.</summary>
    static IEnumerable<string> Texts(BaseSchema schema, Field field, string alias)
    {
        yield return CellText.Of(schema, field, alias, _ => throw new InvalidOperationException("Text needs no parameter."));
        if (field.Type is Notated notated && notated.Searched != Part.Text)
            yield return NotatedSql.Of($"{alias}.{Sql.Column(field)}", notated, notated.Searched);
    }
}
