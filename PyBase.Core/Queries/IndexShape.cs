using PyBase.Core.Schema;

namespace PyBase.Core.Queries;

/// <summary>What an index could do for queries: serve an order, a condition on single values, or one on lists.</summary>
public enum IndexUse
{
    /// <summary>An order by some keys.</summary>
    Order,
    /// <summary>Comparison of a field's cells.</summary>
    Compare,
    /// <summary>What a list contains.</summary>
    List,
}

/// <summary>An index that would serve a query, told by what it is over: <c>s+fld…,-fld…</c>, <c>f+fld…</c>, <c>g+fld…</c>.</summary>
/// <param name="Use">What for.</param>
/// <param name="Keys">Fields with their directions; the first ascends, since an index reads backwards as well.</param>
public sealed record IndexShape(IndexUse Use, IReadOnlyList<Sort> Keys)
{
    /// <summary>More keys than this make an index nobody else can use.</summary>
    const int MaxKeys = 3;

    /// <summary>Its name in the counters.</summary>
    public string Text => "sfg"[(int)Use] + string.Join(',', Keys.Select(k => (k.Descending ? "-" : "+") + k.Field.Id));

    /// <summary>The indexes that a query would use if they were there; the order first.</summary>
    public static IReadOnlyList<IndexShape> Of(RecordQuery query)
    {
        var shapes = new List<IndexShape>();
        // What a linked record is called is in another table, where no index of this one reaches.
        if (query.Sorts is { Count: > 0 and <= MaxKeys } sorts && sorts.All(s => s.Kind is not SortKind.RecordText))
            shapes.Add(new IndexShape(IndexUse.Order, [.. sorts.Select(s => s with { Descending = s.Descending != sorts[0].Descending })]));
        foreach (var condition in Conditions(query.Filter))
        {
            var use = condition switch
            {
                // An index is over the value, not over its parts.
                { Part: not null } => (IndexUse?)null,
                { Kind: FilterKind.Notation, Operator: FilterOperator.Is or FilterOperator.IsAnyOf or FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater
                    or FilterOperator.GreaterOrEqual or FilterOperator.Between } => IndexUse.Compare,
                { Kind: FilterKind.Text, Operator: FilterOperator.Is or FilterOperator.IsAnyOf } => IndexUse.Compare,
                { Kind: FilterKind.Number or FilterKind.Date or FilterKind.Instant, Operator: FilterOperator.Is or FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater
                    or FilterOperator.GreaterOrEqual or FilterOperator.Between or FilterOperator.IsAnyOf } => IndexUse.Compare,
                { Kind: FilterKind.Choice or FilterKind.Person, Operator: FilterOperator.Is or FilterOperator.IsAnyOf or FilterOperator.Contains } => IndexUse.Compare,
                { Kind: FilterKind.Choices or FilterKind.People or FilterKind.Records, Operator: FilterOperator.HasAnyOf or FilterOperator.HasAllOf or FilterOperator.IsExactly } => IndexUse.List,
                _ => null,
            };
            if (use is { } known)
                shapes.Add(new IndexShape(known, [new Sort(condition.Field, false)]));
        }
        return [.. shapes.DistinctBy(s => s.Text)];
    }

    /// <summary>As <see cref="Text"/> names it; null when a field is gone or has another type.</summary>
    public static IndexShape? Read(Table table, string text)
    {
        var keys = new List<Sort>();
        foreach (var key in text[1..].Split(','))
        {
            if (table.Fields.FirstOrDefault(f => f.Id == key[1..]) is not { } field || Sort.KindOf(field.Type) is null)
                return null;
            keys.Add(new Sort(field, key[0] == '-'));
        }
        return new IndexShape((IndexUse)"sfg".IndexOf(text[0], StringComparison.Ordinal), keys);
    }

    /// <summary>Conditions that all rows of the query fulfil.</summary>
    static IEnumerable<Filter.Compare> Conditions(Filter? filter) => filter switch
    {
        Filter.Compare compare => [compare],
        Filter.Group { IsAll: true } group => group.Parts.SelectMany(Conditions),
        _ => [],
    };
}
