using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Core.Dashboards;

/// <summary>
/// What a widget asks, with names resolved in the definitions as its reader knows them; planned when it is saved and again whenever it is shown, so that it can ask no more
/// than whoever looks.
/// </summary>
public sealed record WidgetQuestion
{
    /// <summary>Most functions of a widget.</summary>
    public const int MaxAggregates = 5;

    /// <summary>Most records of a list, and points of a scatter chart.</summary>
    public static readonly (int List, int Scatter) Most = (100, 1_000);

    const int MaxText = 20_000, MaxFields = 20;

    static readonly string[] Types = ["number", "chart", "pivot", "list", "text"], Charts = ["bar", "line", "area", "pie", "donut", "scatter"];

    WidgetQuestion(string type) => Type = type;

    /// <summary>What kind of widget: <c>number</c>, <c>chart</c>, <c>pivot</c>, <c>list</c> or <c>text</c>.</summary>
    public string Type { get; }

    /// <summary>How a chart is drawn.</summary>
    public string? Chart { get; private init; }

    /// <summary>Whose records; null for a text.</summary>
    public Table? Table { get; private init; }

    /// <summary>The view whose filter and order they have.</summary>
    public View? View { get; private init; }

    /// <summary>Conditions of the widget and of its view.</summary>
    public Filter? Filter { get; private init; }

    /// <summary>Where days begin.</summary>
    public TimeZoneInfo Zone { get; private init; } = TimeZoneInfo.Utc;

    /// <summary>What records are counted together by: none for a number, then rows and, with two, columns or series.</summary>
    public IReadOnlyList<Bucket> Groups { get; private init; } = [];

    /// <summary>What is told of each bucket beside its count.</summary>
    public IReadOnlyList<Aggregate> Aggregates { get; private init; } = [];

    /// <summary>The cells of a list; of a scatter chart x, y and the name.</summary>
    public IReadOnlyList<Field> Fields { get; private init; } = [];

    /// <summary>The order of a list.</summary>
    public IReadOnlyList<Sort> Sorts { get; private init; } = [];

    /// <summary>Most records.</summary>
    public int Limit { get; private init; }

    /// <summary>Of a text, as Markdown.</summary>
    public string? Text { get; private init; }

    /// <summary>Answered with records instead of buckets.</summary>
    public bool ShowsRecords => Type == "list" || Chart == "scatter";

    /// <summary>Every field that the answer speaks of.</summary>
    public IEnumerable<Field> Named => [.. Groups.Select(g => g.Field).Concat(Aggregates.Select(a => a.Field)).Concat(Fields).DistinctBy(f => f.Id)];

    Filter? Own { get; init; }

    IReadOnlyList<Sort> OwnSorts { get; init; } = [];

    /// <summary>A list as the page of records that it is.</summary>
    public RecordQuery Records() => new(Table!, Fields, ByFieldId: true, Sorts, Limit, null, Limit + 1) { Filter = Filter };

    /// <summary>From JSON, as a page sends it or as it is kept.</summary>
    public static Result<WidgetQuestion> Plan(JsonElement json, BaseSchema schema)
    {
        if (json.GetText("type") is not { } type || !Types.Contains(type))
            return DashboardErrors.InvalidWidget($"type is one of {string.Join(", ", Types)}");
        if (type == "text")
            return json.GetText("text") is { Length: > MaxText } ? DashboardErrors.InvalidWidget($"a text has at most {MaxText} characters") : new WidgetQuestion(type) { Text = json.GetText("text") ?? "" };
        if (!Rows(json, schema, type).TryGet(out var rows, out var error))
            return error;
        if (type == "list")
            return List(json, rows);
        if (type == "chart" && json.GetText("chart") is var chart)
        {
            if (!Charts.Contains(chart))
                return DashboardErrors.InvalidWidget($"chart is one of {string.Join(", ", Charts)}");
            rows = rows with { Chart = chart };
            if (chart == "scatter")
                return Scatter(json, rows);
        }
        return Buckets(json, rows, type switch { "number" => (0, 0), _ => (1, 2) });
    }

    /// <summary>The same as JSON, with ids for names; into an object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("type", Type);
        if (Text is not null)
            json.WriteString("text", Text);
        if (Table is null)
            return;
        if (Chart is not null)
            json.WriteString("chart", Chart);
        json.WriteString("table", Table.Id);
        if (View is not null)
            json.WriteString("view", View.Id);
        if (Own is not null)
        {
            json.WritePropertyName("filter");
            Own.Write(json);
        }
        if (Zone != TimeZoneInfo.Utc)
            json.WriteString("timeZone", Zone.Id);
        if (Chart == "scatter")
        {
            json.WriteString("x", Fields[0].Id);
            json.WriteString("y", Fields[1].Id);
        }
        else if (Type == "list")
        {
            WriteList("fields", Fields, field => json.WriteStringValue(field.Id));
            WriteList("sorts", OwnSorts, sort => WriteObject(("field", sort.Field.Id), ("direction", sort.Descending ? "desc" : "asc")));
        }
        else
        {
            WriteList("groups", Groups, group => group.Write(json));
            WriteList("aggregates", Aggregates, of => WriteObject(("field", of.Field.Id), ("function", of.Name)));
        }
        if (ShowsRecords)
            json.WriteNumber("limit", Limit);

        void WriteList<T>(string name, IReadOnlyList<T> items, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (var item in items)
                write(item);
            json.WriteEndArray();
        }

        void WriteObject(params (string Name, string Value)[] properties)
        {
            json.WriteStartObject();
            foreach (var (name, value) in properties)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
    }

    static Result<WidgetQuestion> Rows(JsonElement json, BaseSchema schema, string type)
    {
        if (schema.Find(json.GetText("table") ?? "") is not { } table)
            return DashboardErrors.InvalidWidget("it names a table");
        var selection = Selection.Read(json) with { Search = null, FilterByFormula = null };
        if (!selection.Plan(schema, table).TryGet(out var selected, out var error))
            return error;
        // Everybody sees a dashboard, but not somebody's own view.
        if (selected.View is { OwnerId: not null })
            return DashboardErrors.InvalidWidget("its view is one that everybody sees");
        if (!DaySpan.ZoneOf(json.GetText("timeZone")).TryGet(out var zone, out error) || !new FilterScope(table, zone).Read(selection.Filter).TryGet(out var own, out error) && error is not null)
            return error;
        return new WidgetQuestion(type) { Table = table, View = selected.View, Filter = selected.Filter, Own = own, Zone = zone, Sorts = selected.Order };
    }

    static Result<WidgetQuestion> Buckets(JsonElement json, WidgetQuestion rows, (int Least, int Most) levels)
    {
        var (groups, aggregates) = (new List<Bucket>(), new List<Aggregate>());
        foreach (var item in json.TryGetList("groups", out var asked) ? asked : [])
        {
            if (groups.Count == levels.Most || groups.Any(g => g.Field.Id == item.GetText("field")))
                return DashboardErrors.InvalidWidget($"it has {levels.Least} to {levels.Most} groups, each by another field");
            if (!Bucket.Plan(rows.Table!, item, groups.Count == 1).TryGet(out var group, out var error))
                return error;
            groups.Add(group);
        }
        if (groups.Count < levels.Least)
            return DashboardErrors.InvalidWidget("it is grouped by a field");
        foreach (var item in json.TryGetList("aggregates", out var functions) ? functions : [])
        {
            if (aggregates.Count == MaxAggregates)
                return DashboardErrors.InvalidWidget($"there are at most {MaxAggregates} functions");
            if (!Aggregate.Plan(rows.Table!, item.GetText("field"), item.GetText("function")).TryGet(out var aggregate, out var error))
                return error;
            aggregates.Add(aggregate);
        }
        return rows with { Groups = groups, Aggregates = aggregates, Sorts = [] };
    }

    static Result<WidgetQuestion> List(JsonElement json, WidgetQuestion rows)
    {
        var (fields, sorts) = (new List<Field>(), new List<Sort>());
        foreach (var item in json.TryGetList("fields", out var asked) ? asked : [])
        {
            if (fields.Count == MaxFields)
                return DashboardErrors.InvalidWidget($"a list shows at most {MaxFields} fields");
            if (item.ValueKind is not JsonValueKind.String || rows.Table!.Find(item.GetString()!) is not { } field)
                return DashboardErrors.InvalidWidget("fields is a list of fields of the table");
            fields.Add(field);
        }
        foreach (var item in json.TryGetList("sorts", out var keys) ? keys : [])
        {
            if (sorts.Count == Sort.MaxKeys)
                return DashboardErrors.InvalidWidget($"there are at most {Sort.MaxKeys} sorts");
            if (!Sort.Plan(rows.Table!, item.GetText("field") ?? "", item.GetText("direction")).TryGet(out var sort, out var error))
                return error;
            sorts.Add(sort);
        }
        return LimitOf(json, 20, Most.List).Then<WidgetQuestion>(limit => rows with { Fields = fields.Count > 0 ? fields : [rows.Table!.Primary], OwnSorts = sorts, Sorts = sorts.Count > 0 ? sorts : rows.Sorts, Limit = limit });
    }

    /// <summary>Records with both numbers are points.</summary>
    static Result<WidgetQuestion> Scatter(JsonElement json, WidgetQuestion rows)
    {
        if (rows.Table!.Find(json.GetText("x") ?? "") is not { } x || rows.Table.Find(json.GetText("y") ?? "") is not { } y || !IsMeasure(x) || !IsMeasure(y))
            return DashboardErrors.InvalidWidget("x and y of a scatter chart are fields of numbers, days or moments");
        Filter[] filled = [.. new[] { x, y }.Select(Filled), .. rows.Filter is { } own ? [own] : (Filter[])[]];
        return LimitOf(json, Most.Scatter, Most.Scatter).Then<WidgetQuestion>(limit => rows with { Fields = [x, y, rows.Table.Primary], Filter = new Filter.Group(true, filled), Sorts = [], Limit = limit });
    }

    static bool IsMeasure(Field field) => Aggregate.IsNumber(field.Type) || field.Type.Column is ColumnType.Date or ColumnType.Instant;

    static Filter Filled(Field field) => new Filter.Compare(field, FilterKinds.KindOf(field.Type)!.Value, FilterOperator.IsNotEmpty, null);

    static Result<int> LimitOf(JsonElement json, int limit, int most) =>
        json.TryGet("limit", out _) && (!json.TryGetInt("limit", out limit) || limit < 1 || limit > most) ? DashboardErrors.InvalidWidget($"limit is 1 to {most}") : limit;
}
