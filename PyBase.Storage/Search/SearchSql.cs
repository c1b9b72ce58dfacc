using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Search;

/// <summary>
/// Words as conditions: each stands in the record's own text (a trigram index finds it), is part of the name of a choice it has, or of a record it links to.
/// All words in the own text are one question to the index, which then looks at the few texts that have every part of every word: a word that half of the
/// records contain would be compared with all of those. The ways are united inside one IN, since conditions joined by OR would be asked of every row.
/// </summary>
sealed class SearchSql(BaseSchema schema, Table table, Func<object, string> parameter)
{
    /// <summary>A word: how its text is found, and the records that have it elsewhere.</summary>
    sealed record Asked(string Pattern, IReadOnlyList<string> Elsewhere);

    string Texts => SearchTable.Of(schema.Id, table.Id);

    public string Compile(Core.Queries.Search search)
    {
        Asked[] words = [.. search.Words.Select(word => parameter(CellText.Anywhere(word)) is var pattern ? new Asked(pattern, [.. Elsewhere(word, pattern)]) : null!)];
        return $"t._id in ({string.Join(" union all ", Ways(words))})";
    }

    /// <summary>All in the text; or one of them elsewhere, and each of the others here or there.</summary>
    IEnumerable<string> Ways(Asked[] words)
    {
        yield return $"select record from {Texts} where {string.Join(" and ", words.Select(word => $"text ilike {word.Pattern}"))}";
        foreach (var word in words)
            foreach (var elsewhere in word.Elsewhere)
                yield return words.Length == 1 ? elsewhere
                    : $"select way.id from ({elsewhere}) way(id) where {string.Join(" and ", words.Where(other => other != word).Select(other => Anywhere(other, "way.id")))}";
    }

    string Anywhere(Asked word, string id) =>
        $"(exists (select from {Texts} own where own.record = {id} and own.text ilike {word.Pattern}){string.Concat(word.Elsewhere.Select(way => $" or {id} in ({way})"))})";

    IEnumerable<string> Elsewhere(string word, string pattern)
    {
        foreach (var folded in table.Fields.Select(field => field.Type).OfType<Notated>().Select(type => type.Fold(word)).Where(folded => folded.Length > 0 && folded != word).Distinct())
            yield return $"select record from {Texts} where text ilike {parameter(CellText.Anywhere(folded))}";
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
