using PyBase.Api.Accounts;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Jobs;
using PyBase.Core.Notifications;
using PyBase.Storage.Accounts;
using PyBase.Storage.Notifications;

namespace PyBase.Api.Notifications;

/// <summary>How the caller wants to be told, and the door by which whoever got a mail ends such mails without signing in.</summary>
static class PreferencesApi
{
    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        var preferences = app.MapGroup("/api/notifications/preferences").WithTags("Notifications").RequireFullAccess();
        preferences.MapGet("", Show).WithName("GetNotificationPreferences").WithSummary("How you want to be told: in the application, by mail, when");
        preferences.MapPatch("", Change).WithName("ChangeNotificationPreferences").WithSummary("Be told otherwise; what is left out stays");
        var unsubscribe = app.MapGroup("/api/unsubscribe/{token}").WithTags("Notifications").AllowAnonymous();
        // Programs that look through mails open every link in them: it leads to a page that asks, and ends nothing.
        unsubscribe.MapGet("", (string token) => Results.Redirect($"/unsubscribe/{Uri.EscapeDataString(token)}")).WithName("AskUnsubscribe").WithSummary("Leads to the page that asks whether to end mails about notifications").Produces(302);
        unsubscribe.MapPost("", (string token, UnsubscribeLinks links, Attempts attempts, HttpContext context) =>
            AccountLinksApi.GuessAsync(attempts, context, () => links.UseAsync(token, context.RequestAborted)))
            .WithName("Unsubscribe").WithSummary("End mails about notifications, as mail programs do (RFC 8058)").ProducesProblem(404).ProducesProblem(429);
    }

    static async Task<IResult> Show(HttpContext context, PreferenceStore preferences) =>
        Results.Json(await preferences.FindAsync(context.User.CurrentUser().Id, context.RequestAborted), JobJson.Options);

    static async Task<IResult> Change(HttpContext context, PreferenceStore preferences)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return NotificationErrors.InvalidPreference("the body is no JSON object").ToProblem();
        return PreferenceChange.Read(body.RootElement).TryGet(out var change, out var error)
            ? Results.Json(await preferences.ChangeAsync(context.User.CurrentUser().Id, change, context.RequestAborted), JobJson.Options) : error.ToProblem();
    }
}
