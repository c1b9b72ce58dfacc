using System.Globalization;
using System.Text;

namespace PyBase.Core.Scaling;

/// <summary>A plan for a terminal.</summary>
public static class PlanTable
{
    /// <summary>Lines of text, none longer than a wide terminal.</summary>
    public static string Write(Workload workload, CapacityPlan plan)
    {
        var text = new StringBuilder();
        Add(text, $"{workload.Users:N0} users, {workload.Edits:0.##} edits/s, {workload.Reads:0.##} reads/s, {workload.Rows:N0} rows, {workload.FilesPerDay:N0} files a day: tier {plan.Tier}");
        text.AppendLine();
        string[] head = ["part", "count", "up to", "size", plan.Currency + " / month", "setting"];
        var rows = plan.Lines.Select(l => new[] { l.Part, Number(l.Count), Number(l.Most), l.Size, Number(l.PerMonth), l.Setting }).Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            text.AppendLine(string.Join("  ", row.Select((cell, column) => column is 1 or 2 or 4 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        text.AppendLine();
        Add(text, $"Load: {string.Join(", ", plan.Load.Select(l => $"{l.Part} {l.Cores.ToString("0.##", CultureInfo.InvariantCulture)} of {Number(l.Of)} cores"))}");
        Add(text, $"Connections a process: {plan.Pool.Minimum} to {plan.Pool.Maximum}. Database {plan.StorageGiB:N0} GiB, files {plan.FilesGiB:N0} GiB after a year.");
        Add(text, $"Cost: {plan.PerMonth:N0} to {plan.PerMonthMost:N0} {plan.Currency} a month; the guide says {plan.GuideFrom:N0}{(plan.GuideTo is { } to ? " to " + Number(to) : " and more")}.");
        foreach (var note in plan.Notes)
            text.AppendLine().Append("! ").AppendLine(note);
        return text.ToString();
    }

    static void Add(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
