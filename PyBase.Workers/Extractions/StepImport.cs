using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Extraction.Step;
using PyBase.Storage.Changes;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Extractions;

/// <summary>
/// A STEP file's product structure → the tables <c>parts</c> and <c>assembly</c>. Each transaction writes some rows and says in the job's checkpoint how many there
/// are, so a worker that takes over goes on behind the last one: reading is repeatable, and record ids follow from job and position.
/// </summary>
sealed class StepImport(BaseWriter writer, SchemaStore schemas)
{
    const int Chunk = 1_000;

    /// <summary>What is done: the tables made, and how many rows each has.</summary>
    sealed record State(string Parts, string Assembly, int PartCount, int LineCount);

    /// <summary>The tables that a checkpoint speaks of, in the order in which they can be taken away.</summary>
    public static string[] TablesOf(JsonElement checkpoint) =>
        checkpoint.Deserialize<State>(JobJson.Options) is { } state ? [state.Assembly, state.Parts] : [];

    /// <summary>What was made, or why the base does not take it: it is full, say, or somebody removed a table meanwhile.</summary>
    public async Task<Result<JobResult>> RunAsync(JobRun run, StepStructure structure)
    {
        var work = run.Lease.Work;
        var total = structure.Parts.Count + structure.LineCount;
        if (!(work.Checkpoint is { } known ? (Result<State>)known.Deserialize<State>(JobJson.Options)! : await CreateTablesAsync(run)).TryGet(out var state, out var error))
            return error;

        foreach (var parts in structure.Parts.Skip(state.PartCount).Chunk(Chunk))
        {
            if (!(await WriteAsync(run, state.Parts, state with { PartCount = state.PartCount + parts.Length }, table => PlanParts(work.Id, table, parts))).TryGet(out state, out error))
                return error;
            run.Report(state.PartCount + state.LineCount, total, "writing parts");
        }
        foreach (var lines in structure.Lines(state.LineCount).Chunk(Chunk))
        {
            var first = state.LineCount;
            if (!(await WriteAsync(run, state.Assembly, state with { LineCount = first + lines.Length }, table => PlanLines(work.Id, table, lines, first))).TryGet(out state, out error))
                return error;
            run.Report(state.PartCount + state.LineCount, total, "writing assembly");
        }
        return await ResultAsync(run, state);
    }

    /// <summary>Both tables and the links between them, in one transaction.</summary>
    Task<Result<State>> CreateTablesAsync(JobRun run) => WriteAsync(run, schema => WriteScope.Schema, async transaction =>
    {
        var editor = new SchemaEditor(transaction);
        var stem = Path.GetFileNameWithoutExtension(run.Lease.Work.FileName!);
        var cancellation = run.Cancellation;
        var parts = await editor.AddTableAsync(new TableSpec(FreeName(transaction.Schema, $"{stem} parts"), $"Products of {run.Lease.Work.FileName}.",
            [new("Part number", "singleLineText"), new("Name", "singleLineText"), new("Description", "multilineText"), new("Version", "singleLineText")]), cancellation);
        if (!parts.TryGet(out var made, out var error))
            return error;
        var link = JsonSerializer.SerializeToElement(new { linkedTableId = made.Id, prefersSingleRecordLink = true });
        var count = JsonSerializer.SerializeToElement(new { precision = 0 });
        var assembly = await editor.AddTableAsync(new TableSpec(FreeName(transaction.Schema, $"{stem} assembly"), $"The tree of {run.Lease.Work.FileName}, one row for each place in it.",
        [
            new("Path", "singleLineText"), new("Level", "number", count), new("Parent", "multipleRecordLinks", link, InverseName: "Consists of"),
            new("Part", "multipleRecordLinks", link, InverseName: "Used in"), new("Quantity", "number", count), new("Total quantity", "number", count),
        ]), cancellation);
        return assembly.TryGet(out var tree, out error) ? new State(made.Id, tree.Id, 0, 0) : error;
    });

    Task<Result<State>> WriteAsync(JobRun run, string tableId, State next, Func<Table, RecordPlan> plan)
    {
        RecordPlan planned = null!;
        return WriteAsync(run, schema => schema.Get(tableId).Then<WriteScope>(table => WriteScope.Rows(schema, (planned = plan(table)).Table)), async transaction =>
            (await new RecordWriter(transaction).CreateAsync(planned, run.Cancellation)).TryGet(out _, out var error) ? next : error);
    }

    /// <summary>One transaction together with its checkpoint: both, or neither when the job is not ours any more.</summary>
    async Task<Result<State>> WriteAsync(JobRun run, Func<BaseSchema, Result<WriteScope>> plan, Func<BaseTransaction, Task<Result<State>>> write)
    {
        var work = run.Lease.Work;
        var done = await writer.WriteAsync(work.Base, new Origin(work.CreatedBy, "ImportDrawing", UndoGroup: work.Id), plan, async transaction =>
        {
            var written = await write(transaction);
            if (written.IsOk && !await run.Lease.CheckpointAsync(transaction, written.Value, run.Cancellation))
                return JobErrors.LeaseLost;
            return written;
        }, run.Cancellation);
        return done.Error == JobErrors.LeaseLost ? throw await run.LostAsync() : done;
    }

    static RecordPlan PlanParts(string job, Table table, StepPart[] parts) => Plan(table, ["Part number", "Name", "Description", "Version"],
        parts.Select(p => new PlannedRecord(RecordId(job, "part", p.Index), [Text(p.PartNumber), Text(p.Name), Text(p.Description), Text(p.Version)], [true, true, true, true])));

    static RecordPlan PlanLines(string job, Table table, AssemblyLine[] lines, int first) => Plan(table, ["Path", "Level", "Parent", "Part", "Quantity", "Total quantity"],
        lines.Select((line, n) => new PlannedRecord(RecordId(job, "line", first + n),
            [line.Path, (double)line.Level, new[] { RecordId(job, "part", line.Parent.Index) }, new[] { RecordId(job, "part", line.Part.Index) }, (double?)line.Quantity, (double?)line.TotalQuantity],
            [true, true, true, true, true, true])));

    static RecordPlan Plan(Table table, string[] names, IEnumerable<PlannedRecord> records) =>
        new(table, [.. names.Select(name => table.Find(name)!)], [.. records], new Dictionary<string, IReadOnlyList<Choice>>());

    /// <summary>The same id for the same place of the same job, whichever worker writes it.</summary>
    static string RecordId(string job, string kind, int index) => Id.From("rec", $"{job} {kind} {index}");

    async Task<JobResult> ResultAsync(JobRun run, State state)
    {
        var schema = await schemas.FindAsync(run.Lease.Work.Base, run.Cancellation);
        return new JobResult(
        [
            new JobTable(state.Parts, schema?.Find(state.Parts)?.Name ?? "", "parts", state.PartCount, 0),
            new JobTable(state.Assembly, schema?.Find(state.Assembly)?.Name ?? "", "assembly", state.LineCount, 0),
        ]);
    }

    static string? Text(string text) => text.Length == 0 ? null : text;

    static string FreeName(BaseSchema schema, string wanted)
    {
        wanted = wanted.Length > 240 ? wanted[..240] : wanted;
        for (var n = 1; ; n++)
            if ((n == 1 ? wanted : $"{wanted} {n}") is var name && schema.Tables.All(t => t.Name != name))
                return name;
    }
}
