using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Queries;

/// <summary>A cell as the text that stands for it where a person reads one: links by the names of their records, choices by name, files by file name.</summary>
static class CellText
{
    /// <summary>An SQL expression of type text over the row <paramref name="alias"/>; null for an empty cell.</summary>
    /// <param name="schema">Where linked tables are found.</param>
    /// <param name="field">Whose cell.</param>
    /// <param name="alias">The row.</param>
    /// <param name="parameter">Adds a parameter, gives its placeholder: names of choices are strangers' words.</param>
    public static string Of(BaseSchema schema, Field field, string alias, Func<object, string> parameter)
    {
        var column = $"{alias}.{Sql.Column(field)}";
        return field.Type switch
        {
            Barcode or Notated => $"({column} ->> 'text')",
            MultipleAttachments => $"(select string_agg(item ->> 'filename', ', ' order by place) from jsonb_array_elements({column}) with ordinality as files(item, place))",
            MultipleRecordLinks link => Linked(schema, link) is { } named
                ? $"(select string_agg({Of(schema, named.Primary, "named", parameter)}, ', ' order by place) from unnest({column}) with ordinality as links(id, place) join {ReadableRows.Of(schema, named)} named on named._id = links.id)"
                : "null::text",
            ISelect select when field.Type.Column is ColumnType.Ids =>
                $"(select string_agg({NameOf(select, "chosen.id", parameter)}, ', ' order by place) from unnest({column}) with ordinality as chosen(id, place))",
            ISelect select => NameOf(select, column, parameter),
            _ => field.Type.Column switch
            {
                ColumnType.Text => column,
                ColumnType.Number => $"{column}::text",
                ColumnType.Boolean => $"case when {column} then 'checked' end",
                ColumnType.Date => $"to_char({column}, 'YYYY-MM-DD')",
                ColumnType.Instant => $"to_char({column} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
                ColumnType.Texts or ColumnType.Numbers or ColumnType.Dates or ColumnType.Booleans => $"array_to_string({column}, ', ')",
                _ => "null::text",
            },
        };
    }

    /// <summary>The table that a link leads to; null in the moment in which it is gone.</summary>
    public static Table? Linked(BaseSchema schema, MultipleRecordLinks link) => schema.Tables.FirstOrDefault(t => t.Id == link.LinkedTableId);

    /// <summary>What a pattern with <c>ilike</c> finds: the text somewhere, nothing in it being a wildcard.</summary>
    public static string Anywhere(string text) => $"%{Literally(text)}%";

    /// <summary>The text in a pattern.</summary>
    public static string Literally(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    static string NameOf(ISelect select, string id, Func<object, string> parameter) => select.Choices.List.Count == 0 ? "null::text"
        : $"({parameter(select.Choices.List.Select(c => c.Name).ToArray())}::text[])[array_position({Ids(select)}, {id})]";

    /// <summary>The ids of choices in their order; ids are letters and digits, made here.</summary>
    public static string Ids(ISelect select) => $"'{{{string.Join(',', select.Choices.List.Select(c => c.Id))}}}'::text[]";
}
