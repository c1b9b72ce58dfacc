using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Webhooks;
using PyBase.Storage.Files;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Storage.Webhooks;

namespace PyBase.Api.Webhooks;

/// <summary>Webhooks of a base and the payloads they can ask for, in Airtable's form.</summary>
static class WebhooksApi
{
    public static void MapWebhooks(this RouteGroupBuilder v0)
    {
        var webhooks = v0.MapGroup("/bases/{baseId}/webhooks").WithTags("Webhooks");
        webhooks.MapGet("", List).WithName("ListWebhooks").WithSummary("Webhooks of a base");
        webhooks.MapPost("", Add).WithName("CreateWebhook").WithSummary("Hear of a base's changes");
        webhooks.MapDelete("/{webhook}", Remove).WithName("DeleteWebhook").WithSummary("Hear of them no more");
        webhooks.MapPost("/{webhook}/enableNotifications", Enable).WithName("EnableWebhookNotifications").WithSummary("Switch notifications on or off");
        webhooks.MapPost("/{webhook}/refresh", Refresh).WithName("RefreshWebhook").WithSummary("Let a webhook live another week");
        webhooks.MapGet("/{webhook}/payloads", Payloads).WithName("ListWebhookPayloads").WithSummary("What happened, from a cursor on");
    }

    static Task<Result<Visit>> EnterAsync(HttpContext context, string baseId) =>
        context.RequestServices.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.EditSchema, Scopes.ManageWebhooks);

    static async Task<IResult> List(string baseId, HttpContext context, WebhookStore webhooks) => (await EnterAsync(context, baseId)).TryGet(out _, out var error)
        ? Results.Json(new { webhooks = (await webhooks.ListAsync(baseId, context.RequestAborted)).Select(Show) }, JobJson.Options)
        : error.ToAirtable();

    static async Task<IResult> Add(string baseId, HttpContext context, WebhookStore webhooks, SchemaStore schemas)
    {
        if (!(await EnterAsync(context, baseId)).TryGet(out var visit, out var error))
            return error.ToAirtable();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToAirtable();
        if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema)
            return SchemaErrors.ModelNotFound.ToAirtable();
        var json = body.RootElement;
        if (json.TryGet("notificationUrl", out var url) && url.ValueKind is not JsonValueKind.Null && !IsUrl(json.GetText("notificationUrl")))
            return WebhookErrors.InvalidUrl.ToAirtable();
        if (!json.TryGet("specification", out var specification) || specification.GetRawText().Length > WebhookSpecification.MaxLength)
            return WebhookErrors.InvalidSpecification("it is missing or too long").ToAirtable();
        if (!WebhookSpecification.Read(specification, schema).TryGet(out _, out error))
            return error.ToAirtable();
        return (await webhooks.AddAsync(baseId, visit.UserId, json.GetText("notificationUrl"), specification, context.RequestAborted)).TryGet(out var made, out error)
            ? Results.Json(made, JobJson.Options) : error.ToAirtable();
    }

    static async Task<IResult> Remove(string baseId, string webhook, HttpContext context, WebhookStore webhooks) => !(await EnterAsync(context, baseId)).TryGet(out _, out var error) ? error.ToAirtable()
        : await webhooks.RemoveAsync(baseId, webhook, context.RequestAborted) ? Results.Json(new { }) : WebhookErrors.NotFound.ToAirtable();

    static async Task<IResult> Enable(string baseId, string webhook, HttpContext context, WebhookStore webhooks)
    {
        if (!(await EnterAsync(context, baseId)).TryGet(out _, out var error))
            return error.ToAirtable();
        using var body = await JsonBody.ReadAsync(context);
        return body?.RootElement.GetFlag("enable") is not { } enable ? RecordErrors.InvalidRequest("Send {\"enable\": true} or false.").ToAirtable()
            : await webhooks.EnableAsync(baseId, webhook, enable, context.RequestAborted) ? Results.Json(new { }) : WebhookErrors.NotFound.ToAirtable();
    }

    static async Task<IResult> Refresh(string baseId, string webhook, HttpContext context, WebhookStore webhooks) => !(await EnterAsync(context, baseId)).TryGet(out _, out var error) ? error.ToAirtable()
        : await webhooks.RefreshAsync(baseId, webhook, context.RequestAborted) is { } until ? Results.Json(new { expirationTime = until }, JobJson.Options) : WebhookErrors.NotFound.ToAirtable();

    static async Task<IResult> Payloads(string baseId, string webhook, HttpContext context, PayloadReader payloads, FileLinks links)
    {
        if (!(await EnterAsync(context, baseId)).TryGet(out _, out var error))
            return error.ToAirtable();
        if (!TryNumber(context.Request.Query["cursor"], 1, long.MaxValue / 2, out var cursor) || !TryNumber(context.Request.Query["limit"], PayloadReader.MaxPage, PayloadReader.MaxPage, out var limit))
            return WebhookErrors.InvalidCursor.ToAirtable();
        var origin = $"{context.Request.Scheme}://{context.Request.Host}";
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        await using var json = new Utf8JsonWriter(buffer, JsonFormat.Writer);
        json.WriteStartObject();
        json.WriteStartArray("payloads");
        if (await payloads.WriteAsync(baseId, webhook, cursor, (int)limit, new CellFormat(id => origin + links.PathOf(id)), json, context.RequestAborted) is not { } page)
            return WebhookErrors.NotFound.ToAirtable();
        json.WriteEndArray();
        json.WriteNumber("cursor", page.Cursor);
        json.WriteBoolean("mightHaveMore", page.MightHaveMore);
        json.WriteString("payloadFormat", "v0");
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
        return Results.Bytes(buffer.WrittenMemory, "application/json; charset=utf-8");
    }

    static bool TryNumber(string? text, long otherwise, long most, out long number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text) || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most;
    }

    static bool IsUrl(string? text) => text is { Length: <= 2_000 } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    static object Show(Webhook hook) => new
    {
        hook.Id, hook.AreNotificationsEnabled, cursorForNextPayload = hook.NextCursor, hook.IsHookEnabled, lastSuccessfulNotificationTime = hook.LastSuccess,
        hook.NotificationUrl, hook.ExpirationTime, lastNotificationResult = hook.LastNotification, hook.Specification,
    };
}
