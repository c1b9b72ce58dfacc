using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Formulas;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Queries;

/// <summary>
/// A filter as a condition of SQL. A negation is "the affirmation is not true", which an empty cell passes; an affirmation compares the bare column, so that an
/// index on it serves. What a stranger typed is a parameter.
/// </summary>
sealed class FilterSql(BaseSchema schema, Table table, DateTimeOffset now, string alias, Func<object, string> parameter)
{
    /// <summary>What formulas among the conditions share; goes behind the row's source in FROM.</summary>
    public string Laterals { get; private set; } = "";

    public string Compile(Filter filter) => filter switch
    {
        Filter.Group { Parts.Count: 0 } => "true",
        Filter.Group group => $"({string.Join(group.IsAll ? " and " : " or ", group.Parts.Select(Compile))})",
        Filter.Compare compare => $"({Compile(compare)})",
        Filter.Where where => Formula(where),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    string Formula(Filter.Where where)
    {
        var condition = FormulaSql.CompileCondition(where.Formula, new FormulaRow(alias, schema.Id, schema, table));
        Laterals += condition.Laterals;
        return $"({condition.Condition})";
    }

    string Compile(Filter.Compare asked)
    {
        var column = Cell(asked);
        return asked.Operator switch
        {
            FilterOperator.IsEmpty => Filled(asked.Kind, column) is var filled && IsList(asked.Kind) ? $"({filled}) is not true" : Empty(asked.Kind, column),
            FilterOperator.IsNotEmpty => Filled(asked.Kind, column),
            FilterOperator.DoesNotContain => Not(asked, FilterOperator.Contains),
            FilterOperator.IsNot => Not(asked, FilterOperator.Is),
            FilterOperator.IsNoneOf => Not(asked, FilterOperator.IsAnyOf),
            FilterOperator.HasNoneOf => Not(asked, FilterOperator.HasAnyOf),
            _ => Affirm(asked, column),
        };
    }

    /// <summary>The column; of an engineering notation what is asked of it.</summary>
    string Cell(Filter.Compare asked)
    {
        var column = $"{alias}.{Sql.Column(asked.Field)}";
        return asked.Part is { } part ? NotatedSql.Of(column, asked.Field.Type, part) : NotatedSql.Seen(column, asked.Field.Type);
    }

    string Not(Filter.Compare asked, FilterOperator affirmation) => $"({Compile(asked with { Operator = affirmation })}) is not true";

    string Affirm(Filter.Compare asked, string column) => asked.Kind switch
    {
        FilterKind.Text => Text(asked, column),
        FilterKind.Barcode => Text(asked, $"({column} ->> 'text')"),
        FilterKind.Notation => Notation(asked, (Notated)asked.Field.Type, column),
        FilterKind.Texts when asked.Operator is FilterOperator.HasAnyOf or FilterOperator.HasAllOf or FilterOperator.IsExactly => Set(asked, column),
        FilterKind.Texts => Text(asked, $"array_to_string({column}, ', ')"),
        FilterKind.Number => Number(asked, column),
        FilterKind.Numbers => Any(column, item => Number(asked, item)),
        FilterKind.Boolean => (bool)asked.Operand! ? column : $"{column} is not true",
        FilterKind.Booleans => Any(column, item => (bool)asked.Operand! ? item : $"{item} is not true"),
        FilterKind.Date => Day(asked, column),
        FilterKind.Dates => Any(column, item => Day(asked, item)),
        FilterKind.Instant => Moment(asked, column),
        FilterKind.Instants => Any(column, item => Moment(asked, item)),
        FilterKind.Choice or FilterKind.Person => asked.Operand is string one ? $"{column} = {parameter(one)}" : $"{column} = any({parameter(asked.Operand!)})",
        FilterKind.Choices when asked.Operator is FilterOperator.Contains => $"{column} && {parameter(asked.Operand!)}",
        FilterKind.Records when asked.Operator is FilterOperator.Contains => Records(asked),
        FilterKind.Choices or FilterKind.People or FilterKind.Records => Set(asked, column),
        _ => Files(asked, column),
    };

    string Text(Filter.Compare asked, string text) => asked.Operator switch
    {
        FilterOperator.Contains => $"{text} ilike {parameter(CellText.Anywhere((string)asked.Operand!))}",
        FilterOperator.StartsWith => $"{text} ilike {parameter(CellText.Literally((string)asked.Operand!) + "%")}",
        FilterOperator.EndsWith => $"{text} ilike {parameter("%" + CellText.Literally((string)asked.Operand!))}",
        // In the collation of the order, whose index then serves: equal it is only by bytes.
        FilterOperator.IsAnyOf => $"({text} collate pybase.natural_order) = any({parameter(asked.Operand!)})",
        _ => $"({text} collate pybase.natural_order) = {parameter(asked.Operand!)}",
    };

    /// <summary>A key begins with its place in the order and a blank; all keys of that place are less than it with a sign behind the blank.</summary>
    string Notation(Filter.Compare asked, Notated type, string key)
    {
        return asked.Operator switch
        {
            FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.EndsWith =>
                Text(asked with { Operand = type.Fold((string)asked.Operand!) }, NotatedSql.Of($"{alias}.{Sql.Column(asked.Field)}", type, type.Searched)),
            FilterOperator.Less => $"{key} < {parameter(Read(asked.Operand!).Order)}",
            FilterOperator.LessOrEqual => $"{key} <= {parameter(Read(asked.Operand!).Order + "!")}",
            FilterOperator.Greater => $"{key} > {parameter(Read(asked.Operand!).Order + "!")}",
            FilterOperator.GreaterOrEqual => $"{key} >= {parameter(Read(asked.Operand!).Order)}",
            FilterOperator.Between => (string[])asked.Operand! is var range ? $"{key} >= {parameter(Read(range[0]).Order)} and {key} <= {parameter(Read(range[1]).Order + "!")}" : "",
            FilterOperator.IsAnyOf => $"{key} = any({parameter(((string[])asked.Operand!).Select(text => Read(text).Key).ToArray())})",
            _ => $"{key} = {parameter(Read(asked.Operand!).Key)}",
        };

        // It was read before, when the filter was.
        NotatedCell Read(object text) => type.TryRead((string)text, out var cell, out var fault) ? cell : throw new InvalidOperationException(fault);
    }

    string Number(Filter.Compare asked, string number) => asked.Operator switch
    {
        FilterOperator.Less => $"{number} < {parameter(asked.Operand!)}",
        FilterOperator.LessOrEqual => $"{number} <= {parameter(asked.Operand!)}",
        // PostgreSQL's NaN is greater than all numbers; it is none.
        FilterOperator.Greater => $"{number} > {parameter(asked.Operand!)} and {number} < 'NaN'",
        FilterOperator.GreaterOrEqual => $"{number} >= {parameter(asked.Operand!)} and {number} < 'NaN'",
        FilterOperator.Between => (double[])asked.Operand! is var range ? $"{number} >= {parameter(range[0])} and {number} <= {parameter(range[1])}" : "",
        FilterOperator.IsAnyOf => $"{number} = any({parameter(asked.Operand!)})",
        _ => $"{number} = {parameter(asked.Operand!)}",
    };

    string Day(Filter.Compare asked, string day)
    {
        var (first, last) = ((DaySpan)asked.Operand!).At(now);
        return asked.Operator switch
        {
            FilterOperator.Less => $"{day} < {parameter(first)}",
            FilterOperator.LessOrEqual => $"{day} <= {parameter(last)}",
            FilterOperator.Greater => $"{day} > {parameter(last)}",
            FilterOperator.GreaterOrEqual => $"{day} >= {parameter(first)}",
            _ => $"{day} >= {parameter(first)} and {day} <= {parameter(last)}",
        };
    }

    string Moment(Filter.Compare asked, string moment)
    {
        var (from, before) = ((DaySpan)asked.Operand!).Moments(now);
        return asked.Operator switch
        {
            FilterOperator.Less => $"{moment} < {parameter(from)}",
            FilterOperator.LessOrEqual => before is { } end ? $"{moment} < {parameter(end)}" : $"{moment} is not null",
            FilterOperator.Greater => before is { } end ? $"{moment} >= {parameter(end)}" : "false",
            FilterOperator.GreaterOrEqual => $"{moment} >= {parameter(from)}",
            _ => $"{moment} >= {parameter(from)}{(before is { } end ? $" and {moment} < {parameter(end)}" : "")}",
        };
    }

    string Set(Filter.Compare asked, string column) => asked.Operator switch
    {
        FilterOperator.HasAllOf => $"{column} @> {parameter(asked.Operand!)}",
        FilterOperator.IsExactly => parameter(asked.Operand!) is var all ? $"{column} @> {all} and {column} <@ {all}" : "",
        _ => $"{column} && {parameter(asked.Operand!)}",
    };

    /// <summary>By the names of linked records: found once, from the link table, however many rows there are to ask.</summary>
    string Records(Filter.Compare asked)
    {
        var link = (MultipleRecordLinks)asked.Field.Type;
        if (CellText.Linked(schema, link) is not { } named)
            return "false";
        var (near, far) = link.IsInverse ? ("to_id", "from_id") : ("from_id", "to_id");
        return $"""
            {alias}._id in (select link.{near} from {Sql.LinkTable(schema.Id, link)} link join {ReadableRows.Of(schema, named)} named on named._id = link.{far}
            where {CellText.Of(schema, named.Primary, "named", parameter)} ilike {parameter(CellText.Anywhere((string)asked.Operand!))})
            """;
    }

    string Files(Filter.Compare asked, string column)
    {
        var text = (string)asked.Operand!;
        var condition = asked.Operator is not FilterOperator.FileType
            ? $"item ->> 'filename' ilike {parameter(CellText.Anywhere(text))}"
            : text switch
            {
                "image" or "video" or "audio" or "text" => $"item ->> 'type' like '{text}/%'",
                "pdf" => "item ->> 'type' = 'application/pdf'",
                "other" => "coalesce(item ->> 'type', '') !~ '^(image|video|audio|text)/' and item ->> 'type' is distinct from 'application/pdf'",
                _ => $"item ->> 'type' = {parameter(text)}",
            };
        return $"exists (select from jsonb_array_elements({column}) item where {condition})";
    }

    static string Any(string column, Func<string, string> condition) => $"exists (select from unnest({column}) item where {condition("item")})";

    static bool IsList(FilterKind kind) => kind is FilterKind.Texts or FilterKind.Numbers or FilterKind.Booleans or FilterKind.Dates or FilterKind.Instants
        or FilterKind.Choices or FilterKind.People or FilterKind.Records or FilterKind.Files;

    static string Empty(FilterKind kind, string column) => kind is FilterKind.Boolean ? $"{column} is not true" : $"{column} is null";

    /// <summary>Something is in the cell.</summary>
    public static string Filled(FilterKind kind, string column) => kind switch
    {
        FilterKind.Boolean => column,
        FilterKind.Files => $"jsonb_array_length({column}) > 0",
        _ when IsList(kind) => $"cardinality({column}) > 0",
        _ => $"{column} is not null",
    };
}
