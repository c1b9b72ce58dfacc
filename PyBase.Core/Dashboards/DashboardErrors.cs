using PyBase.Core.Errors;

namespace PyBase.Core.Dashboards;

/// <summary>Refusals about dashboards.</summary>
public static class DashboardErrors
{
    /// <summary>The base has no such dashboard.</summary>
    public static readonly Error NotFound = new("dashboard-not-found", ErrorKind.NotFound, "There is no such dashboard in this base.");

    /// <summary>The dashboard has no such widget.</summary>
    public static readonly Error WidgetNotFound = new("widget-not-found", ErrorKind.NotFound, "There is no such widget on this dashboard.");

    /// <summary>It cannot be kept like that.</summary>
    public static Error Invalid(string rule) => new("invalid-dashboard", ErrorKind.Invalid, $"Invalid dashboard: {rule}.");

    /// <summary>A widget that means nothing.</summary>
    public static Error InvalidWidget(string rule) => new("invalid-widget", ErrorKind.Invalid, $"Invalid widget: {rule}.");

    /// <summary>It was right once, or is for others: what it names is not there, or not for this reader, who is not told which.</summary>
    public static readonly Error WidgetBroken = new("widget-broken", ErrorKind.Invalid, "The widget asks for a table, view or field that is not there.", "Somebody who shapes the base can change or remove it.");

    /// <summary>Two people changed it at once.</summary>
    public static readonly Error Changed = new("dashboard-changed", ErrorKind.Conflict, "Somebody else has changed the dashboard since.", "Load it again and repeat the change.");

    /// <summary>The base is full of them.</summary>
    public static readonly Error TooMany = new("too-many-dashboards", ErrorKind.Invalid, $"A base has at most {Dashboard.MaxDashboards} dashboards.");
}
