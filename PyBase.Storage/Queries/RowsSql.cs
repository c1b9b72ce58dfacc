using Npgsql;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Search;

namespace PyBase.Storage.Queries;

/// <summary>The rows that a query is about, as FROM and WHERE of any statement over them; the row is called <c>t</c>.</summary>
sealed class RowsSql
{
    readonly NpgsqlParameterCollection parameters;

    /// <summary>Of the table, or of <paramref name="source"/>, which has the table's columns.</summary>
    public RowsSql(BaseSchema schema, Table table, Filter? filter, Core.Queries.Search? search, DateTimeOffset now, NpgsqlParameterCollection parameters, string? source = null)
    {
        this.parameters = parameters;
        Schema = schema;
        var conditions = new FilterSql(schema, table, now, "t", Parameter);
        string[] filtered = filter is null ? [] : [conditions.Compile(filter)];
        Source = $"{ReadableRows.Of(schema, table, source)} t{conditions.Laterals}";
        var words = search is null ? null : new SearchSql(schema, table, search, Parameter);
        Conditions = [.. filtered, .. words is null ? [] : (string[])[words.Condition]];
        Parts = words is not { Ways.Count: > 1 } ? [Conditions] : [.. words.Ways.Select(way => (IReadOnlyList<string>)[.. filtered, way])];
    }

    public BaseSchema Schema { get; }

    /// <summary>The table, as <c>t</c>.</summary>
    public string Source { get; }

    /// <summary>All of these hold for the rows.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>The same in parts that have no row in common, each with conditions of its own.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Parts { get; }

    /// <summary><c> where …</c>, or nothing; <paramref name="range"/> first.</summary>
    public string Where(string? range = null) => Where(range, Conditions);

    /// <summary>The same for one of the <see cref="Parts"/>.</summary>
    public static string Where(string? range, IReadOnlyList<string> conditions) =>
        (range is null ? conditions : [range, .. conditions]) is { Count: > 0 } all ? $" where {string.Join(" and ", all)}" : "";

    public string Parameter(object value)
    {
        parameters.Add(new NpgsqlParameter { Value = value });
        return $"${parameters.Count}";
    }
}
