using System.Text.Json;
using PyBase.Api.Accounts;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Automations;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Automations;
using PyBase.Storage.Schema;

namespace PyBase.Api.Automations;

/// <summary>Automations of a base, for who shapes it.</summary>
static class AutomationsApi
{
    const int MaxSecrets = 20, MaxSecret = 5_000, MaxName = 60;

    public static void MapAutomations(this IEndpointRouteBuilder app)
    {
        var automations = app.MapGroup("/api/bases/{baseId}/automations").RequireAuthorization().WithTags("Automations").ProducesProblem(401).ProducesProblem(403);
        automations.MapGet("", List).WithName("ListAutomations").WithSummary("Automations of a base").Produces<AutomationsBody>();
        automations.MapPost("", Add).WithName("CreateAutomation").WithSummary("Make an automation; it acts with your rights").Accepts<AutomationToWrite>("application/json").Produces<AutomationBody>(201).ProducesProblem(422);
        automations.MapGet("/{automation}", Get).WithName("GetAutomation").WithSummary("One automation").Produces<AutomationBody>().ProducesProblem(404);
        automations.MapPatch("/{automation}", Change).WithName("ChangeAutomation").WithSummary("Change an automation, or switch it on or off; from then on it acts with your rights")
            .Accepts<AutomationToWrite>("application/json").Produces<AutomationBody>().ProducesProblem(404).ProducesProblem(422);
        automations.MapDelete("/{automation}", Remove).WithName("DeleteAutomation").WithSummary("Take an automation away with its runs").Produces(204).ProducesProblem(404);
        automations.MapPost("/{automation}/hook", NewHook).WithName("CreateAutomationHook").WithSummary("A new address at which another system begins it; the one before works no more").Produces<AutomationHook>(201).ProducesProblem(404);
        automations.MapAutomationRuns();
        app.MapAutomationDoors();
    }

    internal static Task<Result<Visit>> EnterAsync(HttpContext context, string baseId) =>
        context.RequestServices.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.EditSchema);

    /// <summary>The automation, for who may shape its base.</summary>
    internal static async Task<Result<StoredAutomation>> FindAsync(HttpContext context, string baseId, string automation) =>
        !(await EnterAsync(context, baseId)).TryGet(out _, out var error) ? error
        : await context.RequestServices.GetRequiredService<AutomationStore>().FindAsync(baseId, automation, context.RequestAborted) is { } found ? found : AutomationErrors.NotFound;

    static async Task<IResult> List(string baseId, HttpContext context, AutomationStore automations, AutomationSecrets secrets, SchemaStore schemas) =>
        !(await EnterAsync(context, baseId)).TryGet(out _, out var error) ? error.ToProblem()
        : await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema ? SchemaErrors.ModelNotFound.ToProblem()
        : AutomationAnswers.Show(new AutomationsBody([.. (await automations.ListAsync(baseId, context.RequestAborted)).Select(a => AutomationBody.Of(a, secrets, schema))]));

    static async Task<IResult> Get(string baseId, string automation, HttpContext context, AutomationSecrets secrets, SchemaStore schemas) =>
        !(await FindAsync(context, baseId, automation)).TryGet(out var found, out var error) ? error.ToProblem()
        : await schemas.FindAsync(baseId, context.RequestAborted) is { } schema ? AutomationAnswers.Show(AutomationBody.Of(found, secrets, schema)) : SchemaErrors.ModelNotFound.ToProblem();

    static async Task<IResult> Add(string baseId, HttpContext context, AutomationStore automations, AutomationSecrets secrets, SchemaStore schemas)
    {
        if (!(await EnterAsync(context, baseId)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema)
            return SchemaErrors.ModelNotFound.ToProblem();
        if (!Automation.Read(body.RootElement, null, schema).TryGet(out var wanted, out error))
            return error.ToProblem();
        if (!Words(body.RootElement, new Dictionary<string, string>()).TryGet(out var words, out error))
            return error.ToProblem();
        return (await automations.AddAsync(schema, visit.Reader, wanted, words, context.RequestAborted)).TryGet(out var made, out error)
            ? AutomationAnswers.Show(AutomationBody.Of(made, secrets, schema), StatusCodes.Status201Created) : error.ToProblem();
    }

    static async Task<IResult> Change(string baseId, string automation, HttpContext context, AutomationStore automations, AutomationSecrets secrets, SchemaStore schemas)
    {
        if (!(await EnterAsync(context, baseId)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        if (await automations.FindAsync(baseId, automation, context.RequestAborted) is not { } was)
            return AutomationErrors.NotFound.ToProblem();
        if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema)
            return SchemaErrors.ModelNotFound.ToProblem();
        if (!Automation.Read(body.RootElement, was.Definition, schema).TryGet(out var wanted, out error))
            return error.ToProblem();
        if (!Words(body.RootElement, secrets.Open(was)).TryGet(out var words, out error))
            return error.ToProblem();
        return (await automations.ChangeAsync(schema, visit.Reader, was, wanted, words, context.RequestAborted)).TryGet(out var changed, out error)
            ? AutomationAnswers.Show(AutomationBody.Of(changed, secrets, schema)) : error.ToProblem();
    }

    static async Task<IResult> Remove(string baseId, string automation, HttpContext context, AutomationStore automations) => !(await EnterAsync(context, baseId)).TryGet(out _, out var error) ? error.ToProblem()
        : await automations.RemoveAsync(baseId, automation, context.RequestAborted) ? Results.NoContent() : AutomationErrors.NotFound.ToProblem();

    static async Task<IResult> NewHook(string baseId, string automation, HttpContext context, AutomationStore automations)
    {
        if (!(await EnterAsync(context, baseId)).TryGet(out _, out var error))
            return error.ToProblem();
        if (!LinkOrigin.Of(context).TryGet(out var origin, out error))
            return error.ToProblem();
        context.Response.Headers.CacheControl = "no-store";
        return await automations.NewHookAsync(baseId, automation, context.RequestAborted) is { } secret
            ? AutomationAnswers.Show(new AutomationHook($"{origin}{AutomationDoorsApi.Hooks}/{secret}"), StatusCodes.Status201Created) : AutomationErrors.NotFound.ToProblem();
    }

    /// <summary>The secrets there were, with those of the request.</summary>
    static Result<IReadOnlyDictionary<string, string>> Words(JsonElement json, IReadOnlyDictionary<string, string> were)
    {
        var words = were.ToDictionary();
        if (json.TryGet("secrets", out var given))
        {
            if (given.ValueKind is not JsonValueKind.Object)
                return AutomationErrors.Invalid("secrets is an object of texts by name");
            foreach (var word in given.EnumerateObject())
                if (word.Value.ValueKind is JsonValueKind.Null)
                    words.Remove(word.Name);
                else if (word.Value.ValueKind is JsonValueKind.String && word.Name.Length is > 0 and <= MaxName && word.Value.GetString()!.Length <= MaxSecret)
                    words[word.Name] = word.Value.GetString()!;
                else
                    return AutomationErrors.Invalid($"a secret is a text of at most {MaxSecret:N0} characters, its name has 1 to {MaxName}");
        }
        return words.Count <= MaxSecrets ? words : AutomationErrors.Invalid($"it has at most {MaxSecrets} secrets");
    }
}
