using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Indexes;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Api.Records;

/// <summary>
/// Lists of records: a page, or all of them as a stream. Planned with the definitions that are known here; the statement that reads the rows also says whether
/// those are the ones of now, and what the caller may, so that a page is one round trip.
/// </summary>
static class RecordLists
{
    const string Lines = "With `Accept: application/x-ndjson` all records, a line each; the last line is `{\"end\":…}` and says whether they are complete.";

    public static void MapLists(this RouteGroupBuilder records)
    {
        records.MapGet("", List).WithName("ListRecords").WithSummary("A page of records").WithDescription(Lines).WithMetadata(ChecksToken.Mark);
        records.MapPost("/listRecords", ListByBody).WithName("ListRecordsByBody").WithSummary("A page of records, with the parameters in the body").WithDescription(Lines)
            .WithMetadata(ChecksToken.Mark);
    }

    static Task<IResult> List(string baseId, string table, HttpContext context) => ListAsync(baseId, table, ListRequest.Read(context.Request.Query), context);

    static async Task<IResult> ListByBody(string baseId, string table, HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context);
        return await ListAsync(baseId, table, body is null ? RecordErrors.InvalidBody : ListRequest.Read(body.RootElement, context.Request.Query), context);
    }

    static async Task<IResult> ListAsync(string baseId, string table, Result<ListRequest> asked, HttpContext context)
    {
        for (var isAgain = false; ; isAgain = true)
            if (await SchemaRaces.RetryAsync(failed => ListOnceAsync(baseId, table, asked, isAgain || failed, context)) is { } answer)
                return answer;
    }

    /// <summary>Null when the definitions known here turned out to be old.</summary>
    static async Task<IResult?> ListOnceAsync(string baseId, string table, Result<ListRequest> asked, bool isAgain, HttpContext context)
    {
        var services = context.RequestServices;
        var known = isAgain ? null : services.GetRequiredService<SchemaStore>().Known(baseId);
        // Who sees a part has to be known before a plan can be made.
        if (known is { HasRules: true } || BaseDoor.IsAsAnother(context))
            known = null;
        FoundTable? place = null;
        var planned = known is null ? RecordErrors.InvalidBody : Plan(known, table, asked, context);
        if (planned.Error is not null)
        {
            // Why it cannot be is for those to know who may see the base, as it is now.
            if (!(await services.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords)).TryGet(out var found, out var refused))
                return Refusal(refused);
            planned = Plan(known = (place = found).Schema, table, asked, context);
        }
        if (!planned.TryGet(out var query, out var error))
            return Refusal(error);
        services.GetRequiredService<IndexUses>().Count(known!, query);
        return RecordStream.IsWanted(context.Request)
            ? await services.GetRequiredService<RecordStream>().StartAsync(known!, query, place, fresh => Plan(fresh, table, asked, context), asked.Value, context)
            : await ShowAsync(new ListEntry(context, known!, query, asked.Value, place), context);
    }

    static async Task<IResult?> ShowAsync(ListEntry entry, HttpContext context)
    {
        var (services, query) = (context.RequestServices, entry.Query);
        var reader = services.GetRequiredService<RecordReader>();
        // Who has the answer already needs no page.
        if (context.Request.Headers.IfNoneMatch.Count > 0
            && !entry.Judge(await reader.EntryAsync(BaseDoor.AskerOf(context), entry.Schema.Id, query.Table.Id, context.RequestAborted)))
            return entry.Answer;
        var output = new RecordOutput();
        Open();
        if (await reader.TryStandbyAsync(BaseDoor.AskerOf(context), entry.Schema, query, entry.Format, output, Versions.Seen(context, query.Table.Id), entry.Judge, context.RequestAborted) is not { } page)
        {
            output.Clear();
            Open();
            page = await reader.WritePageAsync(BaseDoor.AskerOf(context), entry.Schema, query, entry.Format, output, entry.Judge, context.RequestAborted);
        }
        if (!entry.IsOpen)
        {
            output.Dispose();
            return entry.Answer;
        }
        output.Json.WriteEndArray();
        if (page.Last is { } last)
            output.Json.WriteString("offset", ListRequest.Seal(query, last, page.Shown, services.GetRequiredService<CursorSeal>()));
        output.Json.WriteEndObject();
        return new RecordAnswer(output);

        void Open()
        {
            output.Json.WriteStartObject();
            output.Json.WriteStartArray("records");
        }
    }

    static Result<RecordQuery> Plan(BaseSchema schema, string table, Result<ListRequest> asked, HttpContext context) =>
        schema.Get(PathName.Of(table)).Then(found => asked.Then(request => request.Plan(schema, found.SeenBy(context.User.CurrentUser().Id), context.RequestServices.GetRequiredService<CursorSeal>())));

    /// <summary>Who is not signed in after all is told as everywhere.</summary>
    public static IResult Refusal(Error error) => error.Kind is ErrorKind.Unauthenticated ? Results.Challenge() : error.ToAirtable();
}
