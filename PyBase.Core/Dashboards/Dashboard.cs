using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Dashboards;

/// <summary>A page of a base that answers questions about its tables, each anew for whoever looks.</summary>
/// <param name="Id"><c>dsh…</c></param>
/// <param name="BaseId">Whose tables it asks.</param>
/// <param name="Name">For people; need not be unique.</param>
/// <param name="Description">Likewise, may be null.</param>
/// <param name="Widgets">In the order of the page.</param>
/// <param name="Version">Counts its changes, so that nobody overwrites what they have not seen.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedTime">When.</param>
public sealed record Dashboard(string Id, string BaseId, string Name, string? Description, IReadOnlyList<Widget> Widgets, long Version, string CreatedBy, DateTimeOffset CreatedTime)
{
    /// <summary>Most dashboards of a base.</summary>
    public const int MaxDashboards = 200;

    /// <summary>Most widgets of a dashboard.</summary>
    public const int MaxWidgets = 50;

    /// <summary>The widget of that id.</summary>
    public Widget? Find(string widgetId) => Widgets.FirstOrDefault(w => w.Id == widgetId);
}

/// <summary>What is to be different of a dashboard; null for what stays.</summary>
public sealed record DashboardChange(string? Name, string? Description, IReadOnlyList<Widget>? Widgets, long? Version)
{
    const int MaxDescription = 2_000;

    /// <summary>From the body of a request: <c>{name?, description?, widgets?, version?}</c>; <paramref name="now"/> is the dashboard, null for one to be made.</summary>
    public static Result<DashboardChange> Read(JsonElement body, BaseSchema schema, Dashboard? now)
    {
        var name = body.GetText("name")?.Trim();
        if (now is null ? name is null or { Length: 0 } : name is { Length: 0 })
            return DashboardErrors.Invalid("it has a name");
        if (name?.Length > TableSpec.MaxName)
            return DashboardErrors.Invalid($"a name has at most {TableSpec.MaxName} characters");
        var description = body.GetText("description");
        if (description?.Length > MaxDescription)
            return DashboardErrors.Invalid($"a description has at most {MaxDescription} characters");
        long? version = body.TryGetInt("version", out var seen) ? seen : null;
        if (!body.TryGetList("widgets", out var asked))
            return new DashboardChange(name, description, null, version);
        if (asked.Count > Dashboard.MaxWidgets)
            return DashboardErrors.Invalid($"it has at most {Dashboard.MaxWidgets} widgets");
        var widgets = new List<Widget>(asked.Count);
        foreach (var item in asked)
        {
            if (!Widget.Read(item, schema, now?.Find(item.GetText("id") ?? "")).TryGet(out var widget, out var error))
                return error with { Message = $"Widget {widgets.Count + 1}: {error.Message}" };
            if (widgets.Any(w => w.Id == widget.Id))
                return DashboardErrors.Invalid("each widget has an id of its own");
            widgets.Add(widget);
        }
        return new DashboardChange(name, description, widgets, version);
    }
}
