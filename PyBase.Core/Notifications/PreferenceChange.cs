using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;

namespace PyBase.Core.Notifications;

/// <summary>What somebody wants to be told otherwise from now on; what is null stays as it is.</summary>
public sealed record PreferenceChange(IReadOnlyList<PreferenceChange.OfKind> Kinds, string? TimeZone, int? Hour)
{
    /// <summary>One kind of thing.</summary>
    public sealed record OfKind(string Kind, bool? InApp, string? Mail);

    /// <summary>From the body of a request.</summary>
    public static Result<PreferenceChange> Read(JsonElement body)
    {
        var kinds = new Dictionary<string, OfKind>();
        if (body.TryGetProperty("kinds", out var listed))
        {
            if (listed.ValueKind is not JsonValueKind.Array || listed.GetArrayLength() > NotificationPreferences.Defaults.Count)
                return NotificationErrors.InvalidPreference("kinds is a list of {\"kind\", \"inApp\", \"mail\"}, each kind once");
            foreach (var one in listed.EnumerateArray())
            {
                if (one.ValueKind is not JsonValueKind.Object || one.GetText("kind") is not { } kind || NotificationPreferences.Defaults.All(known => known.Kind != kind))
                    return NotificationErrors.InvalidPreference($"a kind is one of {Names(NotificationPreferences.Defaults.Select(known => known.Kind))}");
                if (one.TryGetProperty("inApp", out var inApp) && inApp.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    return NotificationErrors.InvalidPreference("inApp is true or false");
                if (one.TryGetProperty("mail", out _) && !MailFrequency.All.Contains(one.GetText("mail") ?? ""))
                    return NotificationErrors.InvalidPreference($"mail is one of {Names(MailFrequency.All)}");
                if (!kinds.TryAdd(kind, new OfKind(kind, one.GetFlag("inApp"), one.GetText("mail"))))
                    return NotificationErrors.InvalidPreference($"\"{kind}\" stands there twice");
            }
        }
        string? zone = null;
        if (body.TryGetProperty("timeZone", out _) && ((zone = body.GetText("timeZone")) is not { Length: > 0 and <= 64 } || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) || !found.HasIanaId))
            return NotificationErrors.InvalidPreference("timeZone is the name of a time zone, as Europe/Berlin");
        int? hour = null;
        if (body.TryGetProperty("hour", out var asked))
        {
            if (asked.ValueKind is not JsonValueKind.Number || !asked.TryGetInt32(out var number) || number is < 0 or > 23)
                return NotificationErrors.InvalidPreference("hour is a whole number from 0 to 23");
            hour = number;
        }
        return kinds.Count == 0 && zone is null && hour is null
            ? NotificationErrors.InvalidPreference("there is nothing in it") : new PreferenceChange([.. kinds.Values], zone, hour);
    }

    static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
