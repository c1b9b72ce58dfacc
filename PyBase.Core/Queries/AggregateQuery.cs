using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Queries;

/// <summary>What is told of a group of records.</summary>
public enum AggregateFunction
{
    /// <summary>Numbers added, exactly and in no order.</summary>
    Sum,
    /// <summary>Their mean.</summary>
    Average,
    /// <summary>The least number.</summary>
    Min,
    /// <summary>The greatest.</summary>
    Max,
    /// <summary>The one in the middle.</summary>
    Median,
    /// <summary>Greatest less least; of dates, in days.</summary>
    Range,
    /// <summary>The standard deviation of the numbers.</summary>
    Deviation,
    /// <summary>The first day or moment.</summary>
    Earliest,
    /// <summary>The last.</summary>
    Latest,
    /// <summary>Records.</summary>
    Count,
    /// <summary>Empty cells.</summary>
    CountEmpty,
    /// <summary>Others.</summary>
    CountFilled,
    /// <summary>Different values.</summary>
    CountUnique,
    /// <summary>Empty cells, as a part of all (0.25).</summary>
    PercentEmpty,
    /// <summary>Filled cells, likewise.</summary>
    PercentFilled,
    /// <summary>Different values, likewise.</summary>
    PercentUnique,
    /// <summary>Ticked boxes.</summary>
    CountChecked,
    /// <summary>Others.</summary>
    CountUnchecked,
    /// <summary>Ticked boxes, as a part of all.</summary>
    PercentChecked,
    /// <summary>The bytes of all files.</summary>
    TotalSize,
}

/// <summary>A function of one field's cells.</summary>
public sealed record Aggregate(Field Field, AggregateFunction Function)
{
    static readonly Dictionary<string, AggregateFunction> ByName = new(
        Enum.GetValues<AggregateFunction>().Select(f => KeyValuePair.Create(NameOf(f), f)).Append(new("avg", AggregateFunction.Average)).Append(new("distinctCount", AggregateFunction.CountUnique)));

    /// <summary>Its name on the wire: <c>countEmpty</c>.</summary>
    public string Name => NameOf(Function);

    /// <summary>As a client asks for it: <c>{field, function}</c>.</summary>
    public static Result<Aggregate> Plan(Table table, string? field, string? function)
    {
        if (table.Find(field ?? "") is not { } found)
            return QueryErrors.InvalidAggregate($"there is no field \"{(field ?? "").Excerpt()}\"");
        if (function is null || !ByName.TryGetValue(function, out var known))
            return QueryErrors.InvalidAggregate($"function is one of {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}");
        return Takes(found.Type, known) ? new Aggregate(found, known) : QueryErrors.InvalidAggregate($"{function} makes no sense of field \"{found.Name}\" of type {found.Type.Name}");
    }

    static bool Takes(FieldType type, AggregateFunction function) => function switch
    {
        AggregateFunction.Sum or AggregateFunction.Average or AggregateFunction.Min or AggregateFunction.Max or AggregateFunction.Median or AggregateFunction.Deviation =>
            IsNumber(type),
        AggregateFunction.Range => IsNumber(type) || type.Column is ColumnType.Date or ColumnType.Instant,
        AggregateFunction.Earliest or AggregateFunction.Latest => type.Column is ColumnType.Date or ColumnType.Instant,
        AggregateFunction.CountChecked or AggregateFunction.CountUnchecked or AggregateFunction.PercentChecked => type.Column is ColumnType.Boolean,
        AggregateFunction.TotalSize => type is MultipleAttachments,
        _ => true,
    };

    /// <summary>Quantities are numbers in the unit of their field.</summary>
    internal static bool IsNumber(FieldType type) => type.Column is ColumnType.Number || type is Notated { Order.Kind: ValueKind.Number };

    static string NameOf(AggregateFunction function) => char.ToLowerInvariant(function.ToString()[0]) + function.ToString()[1..];
}

/// <summary>Groups of records within groups, and what is told of each; without groups, of all records.</summary>
/// <param name="Table">The table.</param>
/// <param name="Filter">Which rows; null for all.</param>
/// <param name="Search">Words the rows contain; null when nothing is searched.</param>
/// <param name="Groups">What records of one group have in common, outermost first; sorted as records are.</param>
/// <param name="Aggregates">What is told.</param>
public sealed record AggregateQuery(Table Table, Filter? Filter, Search? Search, IReadOnlyList<Sort> Groups, IReadOnlyList<Aggregate> Aggregates)
{
    /// <summary>Most levels of groups.</summary>
    public const int MaxLevels = 3;

    /// <summary>Most functions of a request.</summary>
    public const int MaxAggregates = 100;

    /// <summary>Most groups of an answer, those of all levels together.</summary>
    public const int MaxGroups = 10_000;
}
