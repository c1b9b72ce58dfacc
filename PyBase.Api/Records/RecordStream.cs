using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Npgsql;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Queries;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Indexes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Api.Records;

/// <summary>
/// All records of a list as lines of JSON (NDJSON). Read in chunks, each a short statement that lets the caller in anew and holds nothing while the client takes
/// its time; the next chunk is read while the last is sent, and there are never more than these two in memory. The last line says how it ended.
/// </summary>
sealed class RecordStream(RecordReader reader, SchemaStore schemas, IndexUses uses)
{
    /// <summary>What a client accepts that wants one.</summary>
    public const string MediaType = "application/x-ndjson";

    /// <summary>At once in a process; each holds two chunks.</summary>
    const int MaxStreams = 32;

    /// <summary>Records of the first chunk; of the others as many as make about <see cref="ChunkBytes"/>.</summary>
    const int FirstChunk = 250, MaxChunk = 4_000;

    const int ChunkBytes = 768 << 10;

    /// <summary>Times that a chunk is read with definitions that just changed.</summary>
    const int Attempts = 5;

    /// <summary>Who takes less than this a second is gone, or as good as.</summary>
    static readonly MinDataRate Slowest = new(bytesPerSecond: 4_096, gracePeriod: TimeSpan.FromSeconds(10));

    int open;

    public static bool IsWanted(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(MediaType, StringComparison.OrdinalIgnoreCase)
        && request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);

    /// <summary>A list under way: where it is, and where it began.</summary>
    sealed class Course(BaseSchema schema, RecordQuery query, FoundTable? place, ListRequest asked, HttpContext context)
    {
        public FoundTable? Place => place;

        public BaseSchema Schema { get; set; } = schema;

        public RecordQuery Query { get; set; } = query with { PageSize = FirstChunk };

        public ListRequest Asked => asked;

        public HttpContext Context => context;

        public Asker Asker { get; } = BaseDoor.AskerOf(context);

        public long Records { get; set; }

        /// <summary>Behind these rows.</summary>
        public void GoOn(RecordReader.Page page, Position last, int bytes) => Query = Query with
        {
            After = last,
            Remaining = Query.Remaining == long.MaxValue ? long.MaxValue : Query.Remaining - page.Shown,
            PageSize = (int)Math.Clamp((long)ChunkBytes * page.Shown / Math.Max(bytes, 1), 50, MaxChunk),
        };
    }

    readonly record struct Chunk(RecordOutput Output, RecordReader.Page Page);

    /// <summary>Reads the first chunk and then sends all; null when the definitions turned out to be old before anything was sent.</summary>
    /// <param name="schema">Planned with these.</param>
    /// <param name="query">From here on.</param>
    /// <param name="place">Who reads, where that was asked before.</param>
    /// <param name="plan">The same list with other definitions.</param>
    /// <param name="asked">As it was asked for.</param>
    /// <param name="context">Where it is sent.</param>
    public async Task<IResult?> StartAsync(BaseSchema schema, RecordQuery query, FoundTable? place, Func<BaseSchema, Result<RecordQuery>> plan, ListRequest asked, HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref open) > MaxStreams)
            {
                context.Response.Headers.RetryAfter = "5";
                return RecordErrors.TooManyStreams.ToAirtable();
            }
            using RecordOutput one = new(isLines: true, ChunkBytes), other = new(isLines: true, ChunkBytes);
            var course = new Course(schema, query, place, asked, context);
            var entry = new ListEntry(context, schema, query, asked, place, isStream: true);
            var first = await reader.WritePageAsync(course.Asker, schema, course.Query, entry.Format, one, entry.Judge, context.RequestAborted);
            if (!entry.IsOpen)
                return entry.Answer;
            context.Response.ContentType = MediaType + "; charset=utf-8";
            context.Response.Headers.Append("Vary", "Accept");
            if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
                rate.MinDataRate = Slowest;
            await SendAsync(course, new Chunk(one, first), other, plan);
            return Results.Empty;
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    async Task SendAsync(Course course, Chunk chunk, RecordOutput other, Func<BaseSchema, Result<RecordQuery>> plan)
    {
        var (body, gone, firstVersion) = (course.Context.Response.BodyWriter, course.Context.RequestAborted, chunk.Page.Version);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(gone);
        Task<Result<Chunk>>? next = null;
        try
        {
            while (true)
            {
                var written = chunk.Output.Written;
                course.Records += chunk.Page.Shown;
                if (chunk.Page.Last is { } last)
                {
                    course.GoOn(chunk.Page, last, written.Length);
                    next = ReadAsync(course, other, plan, reading.Token);
                }
                await body.WriteAsync(written, gone);
                Error? stopped = null;
                if (next is not null && (await next).TryGet(out var read, out stopped))
                {
                    (chunk, other, next) = (read, chunk.Output, null);
                    continue;
                }
                chunk.Output.Clear();
                End(chunk.Output, course, firstVersion, await reader.VersionAsync(course.Query.Table.Id, gone), stopped);
                await body.WriteAsync(chunk.Output.Written, gone);
                return;
            }
        }
        finally
        {
            // Both buffers are given back next.
            await reading.CancelAsync();
            if (next is not null)
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<Result<Chunk>> ReadAsync(Course course, RecordOutput output, Func<BaseSchema, Result<RecordQuery>> plan, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            output.Clear();
            uses.Count(course.Schema, course.Query);
            var entry = new ListEntry(course.Context, course.Schema, course.Query, course.Asked, course.Place);
            try
            {
                var page = await reader.WritePageAsync(course.Asker, course.Schema, course.Query, entry.Format, output, entry.JudgeAgain, cancellation);
                if (entry.IsOpen)
                    return new Chunk(output, page);
                if (entry.Refused is { } refused)
                    return refused;
            }
            catch (PostgresException lost) when (SchemaRaces.IsRace(lost.SqlState))
            {
            }
            catch (Exception problem) when (DatabaseFailures.ErrorOf(problem) is { } known)
            {
                return known;
            }
            // Rules that came meanwhile bind whoever was let in before there were any.
            if (await schemas.FindAsync(course.Schema.Id, cancellation) is not { } now || (course.Place is null && now.HasRules))
                break;
            var fresh = now.For(course.Place?.Reader);
            if (!plan(fresh).TryGet(out var planned, out _) || Same(course.Query, planned) is not { } query)
                break;
            (course.Schema, course.Query) = (fresh, query);
        }
        return RecordErrors.DefinitionsChanged;
    }

    /// <summary>Where the list is, by definitions of now; null when they make it another list, or its fields are not what they were.</summary>
    static RecordQuery? Same(RecordQuery now, RecordQuery planned)
    {
        Field?[] fields = [.. now.Fields.Select(old => planned.Table.Fields.FirstOrDefault(f => (f.Id, f.Name, f.Type.Name, f.Type.Column) == (old.Id, old.Name, old.Type.Name, old.Type.Column)))];
        return planned.Name() == now.Name() && !fields.Contains(null)
            ? planned with { Fields = fields!, After = now.After, Remaining = now.Remaining, PageSize = now.PageSize }
            : null;
    }

    /// <summary><c>{"end":{"isComplete","records","fromVersion","toVersion","offset"?,"error"?}}</c>; with one version all rows are of that version.</summary>
    static void End(RecordOutput output, Course course, long firstVersion, long lastVersion, Error? stopped)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteStartObject("end");
        json.WriteBoolean("isComplete", stopped is null);
        json.WriteNumber("records", course.Records);
        json.WriteNumber("fromVersion", firstVersion);
        json.WriteNumber("toVersion", lastVersion);
        if (stopped is not null)
        {
            if (course.Query.After is { } last)
                json.WriteString("offset", ListRequest.Seal(course.Query, last, 0, course.Context.RequestServices.GetRequiredService<CursorSeal>()));
            json.WriteStartObject("error");
            json.WriteString("type", AirtableErrors.TypeOf(stopped.Code));
            json.WriteString("message", stopped.Message);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        output.EndRecord();
    }
}
