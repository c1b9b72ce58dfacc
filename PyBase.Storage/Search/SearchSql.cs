using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Search;

/// <summary>
/// Words as conditions: each stands in the record's own text, is part of the name of a choice it has, or of a record it links to. All words in the own text are
/// one question to the trigram index, which then looks at the few texts that have every part of every word; one by one, a word that half of the records contain
/// would be compared with all of those.
/// </summary>
sealed class SearchSql
{
    /// <summary>A word: how a text has it, and the conditions under which the record <c>t</c> has it elsewhere.</summary>
    sealed record Asked(string InText, string? Elsewhere);

    readonly BaseSchema schema;
    readonly Table table;
    readonly Func<object, string> parameter;
    readonly string texts;

    public SearchSql(BaseSchema schema, Table table, Core.Queries.Search search, Func<object, string> parameter)
    {
        (this.schema, this.table, this.parameter, texts) = (schema, table, parameter, SearchTable.Of(schema.Id, table.Id));
        var words = search.Words.Select(Ask).ToArray();
        var all = string.Join(" and ", words.Select(word => word.InText));
        if (SearchTable.TellsTooMuch(table))
        {
            // The index says where the words may be; the cells that the reader sees say whether they are.
            var seen = SearchTable.Text(schema, table, "t");
            Condition = string.Join(" and ", words.Select(word => $"(({InText(word.InText)} and exists (select from (select {seen} as text) seen where {word.InText})){(word.Elsewhere is null ? "" : $" or {word.Elsewhere}")})"));
            Ways = [Condition];
            return;
        }
        string[] elsewhere = [.. Elsewhere(words, all)];
        Ways = [$"t._id in (select record from {texts} where {all})", .. elsewhere];
        Condition = elsewhere.Length == 0 ? Ways[0]
            : $"t._id in (select record from {texts} where {all}{string.Concat(elsewhere.Select(way => $" union all select t._id from {Sql.Table(schema.Id, table.Id)} t where {way}"))})";
    }

    /// <summary>What holds for the records, as one condition: each way is gone to its end.</summary>
    public string Condition { get; }

    /// <summary>The same in parts that have no record in common, so that each can be read in the order of a page and as far as the page goes.</summary>
    public IReadOnlyList<string> Ways { get; }

    /// <summary>Not all words are in the text, and this is the first that is elsewhere; each of the others is here or there.</summary>
    IEnumerable<string> Elsewhere(Asked[] words, string all)
    {
        for (var n = 0; n < words.Length; n++)
            if (words[n].Elsewhere is { } there)
                yield return string.Join(" and ",
                [
                    there, $"not {InText(all)}",
                    .. words.Take(n).Where(word => word.Elsewhere is not null).Select(word => $"{word.Elsewhere} is not true"),
                    .. words.Where((_, other) => other != n).Select(word => word.Elsewhere is null ? InText(word.InText) : $"({InText(word.InText)} or {word.Elsewhere})"),
                ]);
    }

    string InText(string condition) => $"exists (select from {texts} where record = t._id and {condition})";

    Asked Ask(string word)
    {
        var pattern = parameter(CellText.Anywhere(word));
        string[] conditions = [.. table.Fields.Select(field => HasElsewhere(field, word, pattern)).OfType<string>()];
        // Also as a notation would have it: a quantity or a thread in another spelling.
        string[] here = [$"text ilike {pattern}", .. table.Fields.Select(field => field.Type).OfType<Notated>().Select(type => type.Fold(word)).Where(folded => folded.Length > 0 && folded != word)
            .Distinct().Select(folded => $"text ilike {parameter(CellText.Anywhere(folded))}")];
        return new Asked(here is [var only] ? only : $"({string.Join(" or ", here)})", conditions.Length == 0 ? null : $"({string.Join(" or ", conditions)})");
    }

    string? HasElsewhere(Field field, string word, string pattern)
    {
        if (field.Type is ISelect select)
        {
            string[] named = [.. select.Choices.List.Where(c => c.Name.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(c => c.Id)];
            return named.Length == 0 ? null : field.Type.Column is ColumnType.Ids ? $"t.{Sql.Column(field)} && {parameter(named)}" : $"t.{Sql.Column(field)} = any({parameter(named)})";
        }
        if (field.Type is not MultipleRecordLinks link || CellText.Linked(schema, link) is not { } linked || !SearchTable.Holds(linked.Primary))
            return null;
        var (near, far) = link.IsInverse ? ("to_id", "from_id") : ("from_id", "to_id");
        return $"""
            t._id in (select link.{near} from {SearchTable.Of(schema.Id, linked.Id)} found join {Sql.LinkTable(schema.Id, link)} link on link.{far} = found.record
            join {ReadableRows.Of(schema, linked)} named on named._id = found.record
            where found.text ilike {pattern} and {CellText.Of(schema, linked.Primary, "named", parameter)} ilike {pattern})
            """;
    }
}
