using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Search;

/// <summary>
/// Words as conditions: each stands in the record's own text (a trigram index finds it), is part of the name of a choice it has, or of a record it links to.
/// The ways are united inside one IN, since conditions joined by OR would be asked of every row.
/// </summary>
sealed class SearchSql(BaseSchema schema, Table table, Func<object, string> parameter)
{
    public IReadOnlyList<string> Compile(Core.Queries.Search search) => [.. search.Words.Select(word => $"t._id in ({string.Join(" union all ", Ways(word))})")];

    IEnumerable<string> Ways(string word)
    {
        var pattern = parameter(CellText.Anywhere(word));
        yield return $"select record from {SearchTable.Of(schema.Id, table.Id)} where text ilike {pattern}";
        foreach (var folded in table.Fields.Select(field => field.Type).OfType<Notated>().Select(type => type.Fold(word)).Where(folded => folded.Length > 0 && folded != word).Distinct())
            yield return $"select record from {SearchTable.Of(schema.Id, table.Id)} where text ilike {parameter(CellText.Anywhere(folded))}";
        foreach (var field in table.Fields)
        {
            if (field.Type is ISelect select)
            {
                string[] named = [.. select.Choices.List.Where(c => c.Name.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(c => c.Id)];
                if (named.Length > 0)
                    yield return $"select _id from {Sql.Table(schema.Id, table.Id)} where {Sql.Column(field)} {(field.Type.Column is ColumnType.Ids ? "&&" : "=")} {(field.Type.Column is ColumnType.Ids ? parameter(named) : $"any({parameter(named)})")}";
            }
            else if (field.Type is MultipleRecordLinks link && CellText.Linked(schema, link) is { } linked && SearchTable.Holds(linked.Primary))
            {
                var (near, far) = link.IsInverse ? ("to_id", "from_id") : ("from_id", "to_id");
                yield return $"""
                    select link.{near} from {SearchTable.Of(schema.Id, linked.Id)} found join {Sql.LinkTable(schema.Id, link)} link on link.{far} = found.record
                    join {Sql.Table(schema.Id, linked.Id)} named on named._id = found.record
                    where found.text ilike {pattern} and {CellText.Of(schema, linked.Primary, "named", parameter)} ilike {pattern}
                    """;
            }
        }
    }
}
