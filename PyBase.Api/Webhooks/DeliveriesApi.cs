using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Jobs;
using PyBase.Core.Webhooks;
using PyBase.Storage.Webhooks;

namespace PyBase.Api.Webhooks;

sealed record DeliveriesBody(IReadOnlyList<WebhookDelivery> Deliveries);

/// <summary>How ringing at the addresses of webhooks went.</summary>
static class DeliveriesApi
{
    public static void MapDeliveries(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/api/bases/{baseId}/webhooks/{webhook}").RequireAuthorization().WithTags("Webhooks").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        webhooks.MapGet("/deliveries", List).WithName("ListWebhookDeliveries").WithSummary("The newest hundred tries to ring at a webhook's address").Produces<DeliveriesBody>();
        webhooks.MapPost("/redeliver", Again).WithName("RedeliverWebhook").WithSummary("Ring once more, at once, also where ringing was given up").Produces(202);
    }

    static async Task<IResult> List(string baseId, string webhook, HttpContext context, BaseDoor door, WebhookPings pings) =>
        (await door.EnterAsync(context, baseId, Permission.EditSchema, Scopes.ManageWebhooks)).TryGet(out _, out var error)
            ? Results.Json(new DeliveriesBody(await pings.ListAsync(baseId, webhook, context.RequestAborted)), JobJson.Options) : error.ToProblem();

    static async Task<IResult> Again(string baseId, string webhook, HttpContext context, BaseDoor door, WebhookPings pings) =>
        !(await door.EnterAsync(context, baseId, Permission.EditSchema, Scopes.ManageWebhooks)).TryGet(out _, out var error) ? error.ToProblem()
        : await pings.AgainAsync(baseId, webhook, context.RequestAborted) ? Results.StatusCode(StatusCodes.Status202Accepted) : WebhookErrors.NotFound.ToProblem();
}
