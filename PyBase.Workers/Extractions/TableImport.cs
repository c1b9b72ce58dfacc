using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Extractions;

/// <summary>
/// Makes tables and fills them. Each transaction writes some rows and says in the job's checkpoint how many there are, so a worker that takes over goes on behind
/// the last one: reading is repeatable, and record ids follow from job and position.
/// </summary>
sealed class TableImport(BaseWriter writer, SchemaStore schemas, BaseAccess access)
{
    const int Chunk = 1_000;

    /// <summary>What was made, or why the base does not take it: it is full, say, or somebody removed a table meanwhile.</summary>
    public async Task<Result<JobResult>> RunAsync(JobRun run, IReadOnlyList<ImportTable> tables)
    {
        if (tables.Count == 0)
            return new JobResult([]);
        var total = tables.Sum(t => (long)t.Count);
        if (!(ImportState.Read(run.Lease.Work.Checkpoint) is { } known ? (Result<ImportState>)known : await CreateTablesAsync(run, tables)).TryGet(out var state, out var error))
            return error;
        for (var n = 0; n < tables.Count; n++)
        {
            foreach (var rows in tables[n].RowsFrom(state.Tables[n].Count).Chunk(Chunk))
            {
                run.Cancellation.ThrowIfCancellationRequested();
                if (!(await WriteRowsAsync(run, state, n, tables[n], rows)).TryGet(out state, out error))
                    return error;
                run.Report(state.Rows, total, $"writing {tables[n].Role}");
            }
        }
        var schema = await schemas.FindAsync(run.Lease.Work.Base, run.Cancellation);
        return new JobResult([.. state.Tables.Select(t => new JobTable(t.Id, schema?.Find(t.Id)?.Name ?? "", t.Role, t.Count, 0))]);
    }

    /// <summary>All tables and the links between them, in one transaction.</summary>
    Task<Result<ImportState>> CreateTablesAsync(JobRun run, IReadOnlyList<ImportTable> tables) => WriteAsync(run, schema => WriteScope.Schema, async transaction =>
    {
        var editor = new SchemaEditor(transaction);
        var made = new List<ImportedTable>();
        foreach (var table in tables)
        {
            FieldSpec[] fields = [.. table.Fields.Select(f => f.LinkRole is null ? f.Spec : f.Spec with { Options = LinkTo(made.First(t => t.Role == f.LinkRole).Id) })];
            var name = FreeName.Among(transaction.Schema.Tables.Select(t => t.Name), table.Name);
            if (!(await editor.AddTableAsync(new TableSpec(name, table.Description, fields), run.Cancellation)).TryGet(out var added, out var error))
                return error;
            made.Add(new ImportedTable(table.Role, added.Id, [.. fields.Select(f => added.Find(f.Name)!.Id)], 0));
        }
        return new ImportState(made);
    });

    static JsonElement LinkTo(string tableId) => JsonSerializer.SerializeToElement(new { linkedTableId = tableId, prefersSingleRecordLink = true });

    Task<Result<ImportState>> WriteRowsAsync(JobRun run, ImportState state, int n, ImportTable table, object?[][] rows)
    {
        var made = state.Tables[n];
        RecordPlan planned = null!;
        return WriteAsync(run, schema => schema.Get(made.Id).Then<WriteScope>(found => WriteScope.Rows(schema, (planned = Plan(run.Lease.Work.Id, table, made, found, rows)).Table)), async transaction =>
            (await new RecordWriter(transaction).CreateAsync(planned, run.Cancellation)).TryGet(out _, out var error) ? state.With(made, made.Count + rows.Length) : error);
    }

    static RecordPlan Plan(string job, ImportTable table, ImportedTable made, Table found, object?[][] rows)
    {
        // A field that somebody took away meanwhile is not wanted.
        var columns = table.Fields.Select((field, place) => (Field: found.Fields.FirstOrDefault(f => f.Id == made.Fields[place]), field.LinkRole, Place: place)).Where(c => c.Field is not null).ToArray();
        var choices = columns.Select(c => (c.Field!.Type as SingleSelect)?.Choices.List.ToDictionary(choice => choice.Name, choice => choice.Id)).ToArray();
        var isSet = Enumerable.Repeat(true, columns.Length).ToArray();
        return new RecordPlan(found, [.. columns.Select(c => c.Field!)],
            [.. rows.Select((row, n) => new PlannedRecord(RecordId(job, table.Role, made.Count + n),
                [.. columns.Select((c, i) => Cell(job, c.Field!.Type, c.LinkRole, choices[i], row[c.Place]))], isSet))],
            new Dictionary<string, IReadOnlyList<Choice>>());
    }

    /// <summary>The value as the field stores it; nothing when somebody made it a field of another kind meanwhile.</summary>
    static object? Cell(string job, FieldType type, string? linkRole, Dictionary<string, string>? choices, object? value) => (type, value) switch
    {
        (_, null) => null,
        (MultipleRecordLinks, int place) when linkRole is not null => new[] { RecordId(job, linkRole, place) },
        (SingleSelect, string text) => choices!.GetValueOrDefault(text.Trim()),
        (Notated notated, string text) => notated.Parse(JsonSerializer.SerializeToElement(text), new CellInput("", "", Typecast: false)) is { IsOk: true } read ? read.Value : null,
        ({ Column: ColumnType.Text, IsComputed: false }, string text) => CellText.Of(text),
        ({ Column: ColumnType.Number, IsComputed: false }, double number) => number,
        ({ Column: ColumnType.Boolean, IsComputed: false }, true) => true,
        ({ Column: ColumnType.Date, IsComputed: false }, DateOnly day) => day,
        ({ Column: ColumnType.Instant, IsComputed: false }, DateTime instant) => instant,
        _ => null,
    };

    /// <summary>The same id for the same place of the same job, whichever worker writes it.</summary>
    static string RecordId(string job, string role, int place) => Id.From("rec", $"{job} {role} {place}");

    /// <summary>One transaction together with its checkpoint: both, or neither when the job is not ours any more.</summary>
    async Task<Result<ImportState>> WriteAsync(JobRun run, Func<BaseSchema, Result<WriteScope>> plan, Func<BaseTransaction, Task<Result<ImportState>>> write)
    {
        var work = run.Lease.Work;
        var reader = work.CreatedBy is { } asker ? await access.FindReaderAsync(asker, work.Base, run.Cancellation) : null;
        var done = await writer.WriteAsync(work.Base, new Origin(work.CreatedBy, "ImportDrawing", UndoGroup: work.Id, Reader: reader), plan, async transaction =>
        {
            var written = await write(transaction);
            if (written.TryGet(out var state, out _) && !await run.Lease.CheckpointAsync(transaction, state, run.Cancellation))
                return JobErrors.LeaseLost;
            return written;
        }, run.Cancellation);
        return done.Error == JobErrors.LeaseLost ? throw await run.LostAsync() : done;
    }
}
