using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Queries;

/// <summary>What a sort compares, as SQL, and how it is read back.</summary>
static class SortSql
{
    /// <summary>An expression over the row <paramref name="alias"/>; null for an empty cell.</summary>
    public static string Key(BaseSchema schema, Sort sort, string alias, Func<object, string> parameter) =>
        KeyOf(schema, sort, $"{alias}.{Sql.Column(sort.Field)}", parameter);

    /// <summary>The same over a cell that has a name of its own.</summary>
    public static string KeyOf(BaseSchema schema, Sort sort, string column, Func<object, string> parameter) => sort.Kind switch
    {
        SortKind.Text => $"({column} collate pybase.natural_order)",
        SortKind.BarcodeText => $"(({column} ->> 'text') collate pybase.natural_order)",
        SortKind.NotatedKey or SortKind.NotatedNumber => NotatedSql.Order(column, sort.Field.Type),
        SortKind.FirstText => $"({column}[1] collate pybase.natural_order)",
        SortKind.FileText => $"(({column} -> 0 ->> 'filename') collate pybase.natural_order)",
        SortKind.RecordText => CellText.Linked(schema, (MultipleRecordLinks)sort.Field.Type) is { } named
            ? $"((select {CellText.Of(schema, named.Primary, "first", parameter)} from {ReadableRows.Of(schema, named)} first where first._id = {column}[1]) collate pybase.natural_order)"
            : "null::text",
        SortKind.Choice => $"array_position({CellText.Ids((ISelect)sort.Field.Type)}, {column}{(sort.Field.Type.Column is ColumnType.Ids ? "[1]" : "")})",
        SortKind.FirstId or SortKind.FirstNumber or SortKind.FirstBoolean or SortKind.FirstDate or SortKind.FirstInstant => $"({column}[1])",
        _ => column,
    };

    /// <summary>A key that comes as <see cref="Position.Text"/>, of the type and the collation that <see cref="Key"/> has.</summary>
    public static string Written(SortKind kind, string text) => kind switch
    {
        SortKind.Number or SortKind.FirstNumber or SortKind.NotatedNumber => $"{text}::float8",
        SortKind.Boolean or SortKind.FirstBoolean => $"{text}::boolean",
        SortKind.Date or SortKind.FirstDate => $"{text}::date",
        SortKind.Instant or SortKind.FirstInstant => $"{text}::timestamptz",
        SortKind.Choice => $"{text}::int",
        SortKind.Id or SortKind.FirstId or SortKind.NotatedKey => $"({text} collate \"C\")",
        _ => $"({text} collate pybase.natural_order)",
    };

    /// <summary>The value of a key that is not null.</summary>
    public static object Read(NpgsqlDataReader row, int column, SortKind kind) => kind switch
    {
        SortKind.Number or SortKind.FirstNumber or SortKind.NotatedNumber => row.GetDouble(column),
        SortKind.Boolean or SortKind.FirstBoolean => row.GetBoolean(column),
        SortKind.Date or SortKind.FirstDate => row.GetFieldValue<DateOnly>(column),
        SortKind.Instant or SortKind.FirstInstant => row.GetDateTime(column),
        SortKind.Choice => row.GetInt32(column),
        _ => row.GetString(column),
    };
}
