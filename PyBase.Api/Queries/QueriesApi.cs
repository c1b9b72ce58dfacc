using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Queries;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

namespace PyBase.Api.Queries;

/// <summary>What a grid asks besides pages: groups, totals, places, words.</summary>
static class QueriesApi
{
    public static void MapQueries(this IEndpointRouteBuilder app)
    {
        var bases = app.MapGroup("/api/bases/{baseId}").RequireAuthorization().WithTags("Queries");
        bases.MapPost("/tables/{table}/aggregate", Aggregate).WithName("AggregateRecords").WithSummary("Groups of records, and sums, counts and the like of each and of all");
        bases.MapGet("/tables/{table}/position", Position).WithName("CountRecords").WithSummary("How many records a query shows");
        bases.MapGet("/tables/{table}/rows", Rows).WithName("JumpToRecords").WithSummary("A page of records from any row on");
        bases.MapPost("/tables/{table}/explain", Explain).WithName("ExplainQuery").WithSummary("Why a query is slow: its plan, the index it lacks, what to do");
        bases.MapGet("/search", Search).WithName("SearchBase").WithSummary("Records of all tables that contain the words");
    }

    static async Task<IResult> Aggregate(string baseId, string table, HttpContext context)
    {
        var found = await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords);
        if (!found.TryGet(out var place, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        if (!AggregateRequest.Plan(body.RootElement, place.Schema, place.Table).TryGet(out var query, out error))
            return error.ToProblem();
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        await using var json = new Utf8JsonWriter(buffer, JsonFormat.Writer);
        var written = await context.RequestServices.GetRequiredService<AggregateReader>().WriteAsync(place.Schema, query, RecordsApi.Format(context), json, context.RequestAborted);
        if (!written.TryGet(out var version, out error))
            return error.ToProblem();
        context.Response.Headers["PyBase-Version"] = $"{place.Table.Id}={version}";
        return await ShowAsync(json, buffer, context);
    }

    static async Task<IResult> Position(string baseId, string table, HttpContext context)
    {
        if (!(await PlanAsync(context, baseId, table)).TryGet(out var asked, out var error))
            return error.ToProblem();
        var fences = context.RequestServices.GetRequiredService<Fences>();
        var (fence, isExact) = await fences.FindAsync(asked.Found.Schema, asked.Query, asked.Found.Version, mustHave: false, context.RequestAborted);
        var total = fence?.Total ?? (asked.Query.Filter is null && asked.Query.Search is null && asked.Query.Table.Scope?.Rows is null ? await fences.EstimateAsync(baseId, asked.Query.Table.Id, context.RequestAborted) : null);
        return Results.Json(new { total, isExact, version = fence?.Version });
    }

    static async Task<IResult> Rows(string baseId, string table, HttpContext context)
    {
        if (!(await PlanAsync(context, baseId, table)).TryGet(out var asked, out var error))
            return error.ToProblem();
        if (!long.TryParse(context.Request.Query["start"], NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            return RecordErrors.InvalidRequest("start is the number of a row; the first is 0.").ToProblem();
        var services = context.RequestServices;
        // A page near the top needs no fence; further down one has to be built, which costs what counting the rows would.
        var (fence, isExact) = await services.GetRequiredService<Fences>().FindAsync(asked.Found.Schema, asked.Query, asked.Found.Version, mustHave: start > Fence.Step, context.RequestAborted);
        var query = fence?.Start(asked.Query, start) ?? asked.Query with { Skip = (int)start };
        var (output, refused, version) = (new RecordOutput(), (Error?)null, 0L);
        var (reader, asker, schema, format) = (services.GetRequiredService<RecordReader>(), BaseDoor.AskerOf(context), asked.Found.Schema, RecordsApi.Format(context));
        Open();
        if (await reader.TryStandbyAsync(asker, schema, query, format, output, Versions.Seen(context, query.Table.Id), IsWanted, context.RequestAborted) is not { } page)
        {
            output.Clear();
            Open();
            page = await reader.WritePageAsync(asker, schema, query, format, output, IsWanted, context.RequestAborted);
        }
        isExact &= fence?.Version == version;
        if (refused is not null)
        {
            output.Dispose();
            return refused.ToProblem();
        }
        output.Json.WriteEndArray();
        context.Response.Headers["PyBase-Version"] = $"{query.Table.Id}={page.Version}";
        if (page.Last is { } last)
            output.Json.WriteString("offset", ListRequest.Seal(query, last, page.Shown, services.GetRequiredService<CursorSeal>()));
        output.Json.WriteNumber("start", start);
        if (fence is not null)
            output.Json.WriteNumber("total", fence.Total);
        output.Json.WriteBoolean("isExact", isExact);
        output.Json.WriteEndObject();
        return new RecordAnswer(output);

        void Open()
        {
            output.Json.WriteStartObject();
            output.Json.WriteStartArray("records");
        }

        bool IsWanted(TableEntry entry)
        {
            version = entry.Version;
            return (refused = BaseDoor.Refuse(context, entry, Permission.ReadRecords) ?? Versions.Behind(context, query.Table.Id, entry.Version)) is null;
        }
    }

    /// <summary>The body is that of <c>listRecords</c>.</summary>
    static async Task<IResult> Explain(string baseId, string table, HttpContext context, QueryReport reports)
    {
        var found = await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords);
        if (!found.TryGet(out var place, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        return ListRequest.Read(body.RootElement).Then(request => request.Plan(place.Schema, place.Table, context.RequestServices.GetRequiredService<CursorSeal>())).TryGet(out var query, out error)
            ? place.Table.Scope is null ? Results.Json(await reports.MakeAsync(place.Schema, query, context.RequestAborted)) : SchemaErrors.NotPermitted.ToProblem()
            : error.ToProblem();
    }

    static async Task<IResult> Search(string baseId, HttpContext context, SchemaStore schemas, BaseSearch searches)
    {
        if (!(await context.RequestServices.GetRequiredService<BaseDoor>().EnterAsync(context, baseId, Permission.ReadRecords)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (!Core.Queries.Search.Read(context.Request.Query["q"]).TryGet(out var search, out error) && error is not null)
            return error.ToProblem();
        var limit = context.Request.Query["limit"].ToString() is not { Length: > 0 } asked ? 50 : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (limit is < 1 or > BaseSearch.MaxResults)
            return RecordErrors.InvalidRequest($"limit is 1 to {BaseSearch.MaxResults}.").ToProblem();
        if (await schemas.FindAsync(baseId, context.RequestAborted) is not { } schema)
            return SchemaErrors.ModelNotFound.ToProblem();
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        await using var json = new Utf8JsonWriter(buffer, JsonFormat.Writer);
        json.WriteStartObject();
        json.WriteStartArray("results");
        var hasMore = search is not null && await searches.WriteAsync(visit.See(schema), search, limit, json, context.RequestAborted);
        json.WriteEndArray();
        json.WriteBoolean("hasMore", hasMore);
        json.WriteEndObject();
        return await ShowAsync(json, buffer, context);
    }

    /// <summary>The query that the parameters of a list request name.</summary>
    static async Task<Result<(FoundTable Found, RecordQuery Query)>> PlanAsync(HttpContext context, string baseId, string table)
    {
        var found = await context.RequestServices.GetRequiredService<TableDoor>().FindAsync(context, baseId, table, Permission.ReadRecords);
        return found.Then(f => ListRequest.Read(context.Request.Query).Then(request => request.Plan(f.Schema, f.Table, context.RequestServices.GetRequiredService<CursorSeal>()))
            .Then<(FoundTable, RecordQuery)>(query => (f, query)));
    }

    static async Task<IResult> ShowAsync(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, HttpContext context)
    {
        await json.FlushAsync(context.RequestAborted);
        return Results.Bytes(buffer.WrittenMemory, "application/json; charset=utf-8");
    }
}
