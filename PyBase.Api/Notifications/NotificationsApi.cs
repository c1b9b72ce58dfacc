using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Shards;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Core.Notifications;
using PyBase.Storage.Accounts;
using PyBase.Storage.Notifications;

namespace PyBase.Api.Notifications;

/// <summary>What the caller was told; live ones come over the hub as <c>Notified</c>.</summary>
static class NotificationsApi
{
    const int MaxIds = 1_000;

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        var notifications = app.MapGroup("/api/notifications").WithTags("Notifications").RequireFullAccess();
        notifications.MapGet("", List).WithName("ListNotifications").WithSummary("Your notifications, newest first, and how many are unread");
        notifications.MapPost("/read", MarkRead).WithName("ReadNotifications").WithSummary("Mark notifications as read");
    }

    static async Task<IResult> List(bool? unread, string? cursor, HttpContext context, NotificationStore notifications, OtherShards others) =>
        (await notifications.ListAsync(context.User.CurrentUser().Id, unread is true, cursor, context.RequestAborted)).TryGet(out var page, out var error)
            ? Results.Json(page.With(await others.AskAsync<NotificationPage>(context)), JobJson.Options) : error.ToProblem();

    /// <summary>How many are not read yet.</summary>
    sealed record Left(long Unread);

    static async Task<IResult> MarkRead(HttpContext context, NotificationStore notifications, OtherShards others, TimeProvider clock)
    {
        using var body = await JsonBody.ReadAsync(context);
        string[]? ids = null;
        if (body?.RootElement is not { ValueKind: System.Text.Json.JsonValueKind.Object } json)
            return NotificationErrors.NothingNamed.ToProblem();
        if (json.TryGetList("ids", out var listed))
            ids = [.. listed.Where(id => id.ValueKind is System.Text.Json.JsonValueKind.String).Select(id => id.GetString()!)];
        else if (json.GetFlag("all") is not true)
            return NotificationErrors.NothingNamed.ToProblem();
        if (ids is { Length: 0 or > MaxIds })
            return NotificationErrors.NothingNamed.ToProblem();
        var left = await notifications.MarkReadAsync(context.User.CurrentUser().Id, ids, clock.GetUtcNow(), context.RequestAborted);
        var elsewhere = await others.AskAsync<Left>(context, ids is null ? new { all = true } : new { ids });
        return Results.Json(new Left(left + elsewhere.Sum(shard => shard.Unread)), JobJson.Options);
    }
}
