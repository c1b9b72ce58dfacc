using System.Globalization;
using PyBase.Core.Jobs;
using PyBase.Core.Notifications;

namespace PyBase.Core.Mails;

/// <summary>What somebody was told and has not read, as a mail.</summary>
/// <param name="UserId">Whom it is for.</param>
/// <param name="To">Their address.</param>
/// <param name="TimeZone">On whose clock times are told; null is UTC.</param>
/// <param name="Notifications">Oldest first.</param>
public sealed record NotificationLetter(string UserId, string To, string? TimeZone, IReadOnlyList<Notification> Notifications)
{
    /// <summary>More are only counted: who was away finds them in the application.</summary>
    public const int MaxItems = 50;

    /// <summary>The mail; <paramref name="origin"/> is what links begin with, <paramref name="secret"/> ends these mails.</summary>
    public Mail Write(string origin, string secret)
    {
        var (shown, more) = (Notifications.Take(MaxItems).ToList(), Notifications.Count - MaxItems);
        var subject = Notifications is [var one] ? $"{What(one)} · {(one.Table ?? one.Base).Name}" : $"{Notifications.Count} notifications";
        return new Letter(subject, [], more > 0 ? $"See {more} more" : "Open PyBase", origin + "/",
            "You get this mail because of what you chose in PyBase.")
        {
            Items = [.. shown.Select(told => new LetterItem(What(told), Where(told), origin + Place(told)))],
            Asides = [("Choose what you are told", $"{origin}/notifications"), ("Stop these mails", $"{origin}/unsubscribe/{secret}")],
            Unsubscribe = $"{origin}/api/unsubscribe/{secret}",
        }.Write();
    }

    static string What(Notification told) => told switch
    {
        { Job: { } job } => $"{JobName(job.Kind)} {(job.State is JobState.Succeeded ? "is done" : job.State is JobState.Parked ? "was stopped after several tries" : "has failed")}",
        { Kind: NotificationKind.Mention } => $"{told.Actor?.Name ?? "Somebody"} mentioned you in a comment",
        { Kind: NotificationKind.Assignment } => $"{told.Actor?.Name ?? "Somebody"} assigned you to {(told.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{told.Count:N0} records") : "a record")}",
        _ => told.Text ?? "An automation tells you something",
    };

    static string JobName(string kind) => kind switch
    {
        JobKind.Extraction => "Reading a drawing",
        JobKind.Import => "An import",
        JobKind.AirtableImport => "An import from Airtable",
        JobKind.Export => "An export",
        JobKind.Comparison => "A comparison",
        JobKind.Bulk => "Reading several files",
        _ => "A job",
    };

    string Where(Notification told)
    {
        var zone = TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var time = TimeZoneInfo.ConvertTime(told.CreatedTime, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        return string.Join(" · ", [.. told.Table is { } table ? (string[])[table.Name] : [], told.Base.Name, zone == TimeZoneInfo.Utc ? $"{time} UTC" : time]);
    }

    static string Place(Notification told) => told switch
    {
        { Job: { } job } => $"/bases/{told.Base.Id}?job={job.Id}",
        { Table: { } table, Record: { } record } => $"/bases/{told.Base.Id}/{table.Id}?record={record}",
        { Table: { } table } => $"/bases/{told.Base.Id}/{table.Id}",
        _ => $"/bases/{told.Base.Id}",
    };
}
