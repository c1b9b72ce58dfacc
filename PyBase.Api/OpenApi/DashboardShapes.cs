using System.Text.Json;

namespace PyBase.Api.OpenApi;

// What the routes of dashboards take and give, for their description; docs/dashboards.md says what each means.

sealed record ListedDashboard(string Id, string Name, string? Description, int WidgetCount, long Version);

sealed record DashboardList(IReadOnlyList<ListedDashboard> Dashboards);

sealed record WholeDashboard(string Id, string Name, string? Description, long Version, IReadOnlyList<DashboardWidget> Widgets, string CreatedBy, DateTimeOffset CreatedTime);

sealed record DashboardToWrite(string? Name, string? Description, IReadOnlyList<WidgetToWrite>? Widgets, long? Version);

sealed record WidgetPlace(int X, int Y, int Width, int Height);

sealed record WidgetGroup(string Field, string? By, double? Step, string? Order, string? Direction, int? Limit);

sealed record WidgetAggregate(string Field, string Function);

sealed record WidgetToWrite(
    string Type, string? Id, string? Title, WidgetPlace? Place, string? Table, string? View, JsonElement? Filter, string? TimeZone, string? Chart, IReadOnlyList<WidgetGroup>? Groups,
    IReadOnlyList<WidgetAggregate>? Aggregates, string? X, string? Y, IReadOnlyList<string>? Fields, IReadOnlyList<RecordSort>? Sorts, int? Limit, string? Text, JsonElement? Options);

/// <summary>As it was written; of one that is broken for its reader only id, type, title and place.</summary>
sealed record DashboardWidget(
    string Type, string Id, string? Title, WidgetPlace Place, string? Table, string? View, JsonElement? Filter, string? TimeZone, string? Chart, IReadOnlyList<WidgetGroup>? Groups,
    IReadOnlyList<WidgetAggregate>? Aggregates, string? X, string? Y, IReadOnlyList<string>? Fields, IReadOnlyList<RecordSort>? Sorts, int? Limit, string? Text, JsonElement? Options, bool? IsBroken);

sealed record WidgetTotal(long Count, IReadOnlyList<JsonElement> Values);

sealed record WidgetBucket(JsonElement? Key, string Label, string? Color, bool IsOther, long Count, IReadOnlyList<JsonElement> Values, IReadOnlyList<WidgetTotal?>? Series);

sealed record WidgetRecord(string Id, DateTimeOffset? CreatedTime, IReadOnlyDictionary<string, JsonElement> Fields);

sealed record WidgetField(string Id, string Name, string Type, string? Description, JsonElement? Options);

sealed record WidgetData(
    string Type, long? Version, WidgetTotal? Total, IReadOnlyList<WidgetBucket>? Groups, IReadOnlyList<WidgetBucket>? Series, IReadOnlyList<WidgetRecord>? Records, bool? HasMore, string? Text,
    IReadOnlyList<WidgetField>? Fields, IReadOnlyList<string>? Stale);
