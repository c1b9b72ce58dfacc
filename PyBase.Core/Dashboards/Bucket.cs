using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Core.Dashboards;

/// <summary>Days that count as one.</summary>
public enum BucketSpan
{
    /// <summary>Each value is one of its own.</summary>
    None,
    /// <summary>A calendar day.</summary>
    Day,
    /// <summary>From Monday.</summary>
    Week,
    /// <summary>A calendar month.</summary>
    Month,
    /// <summary>Three of them.</summary>
    Quarter,
    /// <summary>A calendar year.</summary>
    Year,
}

/// <summary>What records have in common that are counted together; as many such buckets as asked for, and one more for all others.</summary>
/// <param name="Sort">Whose cells, and the order of the buckets.</param>
/// <param name="Span">Of days and moments.</param>
/// <param name="Step">Of numbers: from a multiple of this to before the next; null when each number is one of its own.</param>
/// <param name="ByValue">The order is that of what is told of the buckets.</param>
/// <param name="Limit">Most buckets, the others not counted.</param>
public sealed record Bucket(Sort Sort, BucketSpan Span, double? Step, bool ByValue, int Limit)
{
    /// <summary>Most buckets of the first level and of the second.</summary>
    public static readonly (int First, int Second) Most = (200, 50);

    static readonly Dictionary<string, BucketSpan> Spans = Enum.GetValues<BucketSpan>().Skip(1).ToDictionary(NameOf);

    /// <summary>The field.</summary>
    public Field Field => Sort.Field;

    /// <summary><c>{field, by?, step?, order?: key|value, direction?: asc|desc, limit?}</c></summary>
    public static Result<Bucket> Plan(Table table, JsonElement json, bool isSecond)
    {
        if (table.Find(json.GetText("field") ?? "") is not { } field)
            return DashboardErrors.InvalidWidget($"there is no field \"{(json.GetText("field") ?? "").Excerpt()}\"");
        var order = json.GetText("order") ?? "key";
        if (order is not ("key" or "value"))
            return DashboardErrors.InvalidWidget("a group's order is key or value");
        if (!Sort.Plan(table, field.Id, json.GetText("direction") ?? (order == "value" ? "desc" : "asc")).TryGet(out var sort, out var error))
            return error;
        var span = BucketSpan.None;
        if (json.GetText("by") is { } by && (!Spans.TryGetValue(by, out span) || field.Type.Column is not (ColumnType.Date or ColumnType.Instant)))
            return DashboardErrors.InvalidWidget($"by is one of {string.Join(", ", Spans.Keys)}, for days and moments");
        double? step = null;
        if (json.TryGet("step", out var wide) && wide.ValueKind is not JsonValueKind.Null)
            if (wide.ValueKind is JsonValueKind.Number && wide.GetDouble() is >= 1e-9 and <= 1e15 and var width && Aggregate.IsNumber(field.Type))
                step = width;
            else
                return DashboardErrors.InvalidWidget("step is a number above zero, for numbers");
        var (most, limit) = isSecond ? (Most.Second, 20) : (Most.First, 50);
        if (json.TryGet("limit", out _) && (!json.TryGetInt("limit", out limit) || limit < 1 || limit > most))
            return DashboardErrors.InvalidWidget($"there are 1 to {most} groups");
        return new Bucket(sort, span, step, order == "value", limit);
    }

    /// <summary>As <see cref="Plan"/> reads it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("field", Field.Id);
        if (Span is not BucketSpan.None)
            json.WriteString("by", NameOf(Span));
        if (Step is { } step)
            json.WriteNumber("step", step);
        json.WriteString("order", ByValue ? "value" : "key");
        json.WriteString("direction", Sort.Descending ? "desc" : "asc");
        json.WriteNumber("limit", Limit);
        json.WriteEndObject();
    }

    /// <summary>Its name on the wire, which PostgreSQL knows too: <c>month</c>.</summary>
    public static string NameOf(BucketSpan span) => span.ToString().ToLowerInvariant();
}
