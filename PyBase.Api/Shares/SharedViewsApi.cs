using System.Buffers;
using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Queries;
using PyBase.Api.Records;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Forms;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Shares;
using PyBase.Storage.Accounts;
using PyBase.Storage.Audit;
using PyBase.Storage.Dashboards;
using PyBase.Storage.Queries;
using PyBase.Storage.Records;

namespace PyBase.Api.Shares;

/// <summary>What is at the end of a link: the visible fields and the rows of one view, and nothing else of the base.</summary>
static class SharedViewsApi
{
    public static void MapSharedViews(this IEndpointRouteBuilder app)
    {
        var shares = app.MapGroup("/api/shares/{token}").AllowAnonymous().WithTags("Shares");
        shares.MapGet("", Show).WithName("OpenShareLink").WithSummary("What a link leads to: a view with its visible fields, a form with its questions, or a dashboard with its widgets");
        shares.MapPost("/unlock", Unlock).WithName("UnlockShareLink").WithSummary("Give the password of a link; the grant goes into the header PyBase-Share-Grant of what follows");
        shares.MapGet("/records", Records).WithName("ListSharedRecords").WithSummary("A page of the records of a shared view");
        shares.MapPost("/aggregate", Aggregate).WithName("AggregateSharedRecords").WithSummary("Groups of the records of a shared view, with sums, counts and the like of its visible fields");
    }

    static async Task<IResult> Show(string token, HttpContext context, ShareDoor door, ShareGrants grants, DashboardStore dashboards, AuditLog audit, TimeProvider clock)
    {
        if (!(await door.EnterAsync(context, token)).TryGet(out var visit, out var error))
            return error.ToProblem();
        await audit.NoteVisitAsync(visit.Share.BaseId, visit.Share.Id, Sessions.AddressOf(context), context.RequestAborted);
        if (visit.Share.Kind is ShareKind.Dashboard)
            return await SharedDashboardsApi.ShowAsync(visit, dashboards, context.RequestAborted);
        if (visit.FindView() is not var (table, view))
            return ShareErrors.NotFound.ToProblem();
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", Share.NameOf(visit.Share.Kind));
            json.WriteString("name", view.Name);
            json.WriteString("expires", visit.Share.Expires);
            if (visit.Share.Kind is ShareKind.Form)
            {
                new Form(table, view).Write(json, clock.GetUtcNow());
                json.WriteString("proof", grants.Proof(visit.Working));
            }
            else
            {
                var shared = new SharedView(table, view);
                json.WriteString("type", view.Type);
                json.WriteString("table", table.Name);
                json.WriteString("primaryFieldId", shared.Table.Fields.Any(f => f.Id == table.PrimaryFieldId) ? table.PrimaryFieldId : null);
                shared.WriteFields(json);
                shared.WriteSettings(json);
            }
            json.WriteEndObject();
        });
    }

    static async Task<IResult> Unlock(string token, HttpContext context, ShareDoor door)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        return (await door.UnlockAsync(context, token, body.RootElement.GetText("password") ?? "")).TryGet(out var grant, out var error)
            ? Results.Json(new { grant, seconds = (int)ShareGrants.Life.TotalSeconds }) : error.ToProblem();
    }

    static Task<IResult> Records(string token, HttpContext context, ShareDoor door, RecordReader reader) => Planned.AnswerAsync(() => RecordsOnceAsync(token, context, door, reader));

    static async Task<IResult?> RecordsOnceAsync(string token, HttpContext context, ShareDoor door, RecordReader reader)
    {
        if (!(await door.EnterAsync(context, token, ShareKind.View)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (visit.FindView() is not var (table, view))
            return ShareErrors.NotFound.ToProblem();
        return Plan(context, visit, new SharedView(table, view)).TryGet(out var asked, out error)
            ? await PageAsync(context, visit, asked.Query, asked.Display, reader, entry => (entry.Epoch, entry.SchemaVersion) == (visit.Schema.Epoch, visit.Schema.Version))
            : error.ToProblem();
    }

    static async Task<IResult?> PageAsync(HttpContext context, ShareVisit visit, RecordQuery query, CellDisplay? display, RecordReader reader, Func<TableEntry, bool> isSame)
    {
        var (output, isWanted) = (new RecordOutput(), false);
        output.Json.WriteStartObject();
        output.Json.WriteStartArray("records");
        var format = RecordsApi.Format(context) with { Display = display, IsForStrangers = true };
        var page = await reader.WritePageAsync(visit.Working.Asker, visit.Schema, query, format, output, entry => isWanted = isSame(entry), context.RequestAborted);
        if (!isWanted)
        {
            output.Dispose();
            return null;
        }
        output.Json.WriteEndArray();
        if (page.Last is { } last)
            output.Json.WriteString("offset", ListRequest.Seal(query, last, page.Shown, context.RequestServices.GetRequiredService<CursorSeal>(), visit.Share.Id));
        output.Json.WriteEndObject();
        return new RecordAnswer(output);
    }

    static async Task<IResult> Aggregate(string token, HttpContext context, ShareDoor door, AggregateReader reader)
    {
        if (!(await door.EnterAsync(context, token, ShareKind.View)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (visit.FindView() is not var (table, view))
            return ShareErrors.NotFound.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var (json, shared) = (body.RootElement, new SharedView(table, view));
        foreach (var name in (string[])["view", "search", "filterByFormula"])
            if (json.TryGet(name, out _))
                return ShareErrors.NotOffered(name).ToProblem();
        if (!AggregateRequest.Plan(json, visit.Schema, shared.Table).TryGet(out var own, out error))
            return error.ToProblem();
        var query = own with { Table = table, Filter = shared.FilterWith(own.Filter), Groups = json.TryGet("groups", out _) ? own.Groups : shared.Groups };
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        await using var writer = new Utf8JsonWriter(buffer, JsonFormat.Writer);
        var written = await reader.WriteAsync(visit.Schema, query, RecordsApi.Format(context) with { IsForStrangers = true }, writer, context.RequestAborted);
        if (!written.TryGet(out _, out error))
            return error.ToProblem();
        await writer.FlushAsync(context.RequestAborted);
        return Results.Bytes(buffer.WrittenMemory, "application/json; charset=utf-8");
    }

    readonly record struct Asked(RecordQuery Query, CellDisplay? Display);

    /// <summary>What the visitor asks, in names of visible fields, within what the view shows.</summary>
    static Result<Asked> Plan(HttpContext context, ShareVisit visit, SharedView shared)
    {
        var query = context.Request.Query;
        foreach (var name in (string[])["view", "search", "filterByFormula", "recordMetadata", "recordMetadata[]"])
            if (query.ContainsKey(name))
                return ShareErrors.NotOffered(name);
        if (!ListRequest.Read(query).TryGet(out var request, out var error))
            return error;
        var (offset, seal) = (request.Offset, context.RequestServices.GetRequiredService<CursorSeal>());
        if (!(request with { Offset = null }).Plan(visit.Schema, shared.Table, seal).TryGet(out var own, out error))
            return error;
        var start = own with
        {
            Table = shared.Whole, Filter = shared.FilterWith(own.Filter), Sorts = request.Sorts.Count > 0 ? own.Sorts : shared.View.Settings.Order(shared.Whole),
        };
        return (string.IsNullOrEmpty(offset) ? start : ListRequest.Open(start, offset, seal, visit.Share.Id)).Then<Asked>(page => new Asked(page, request.Display));
    }
}
