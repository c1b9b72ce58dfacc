using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Exports;
using PyBase.Core.Fields;
using PyBase.Core.Jobs;
using PyBase.Core.Queries;
using PyBase.Core.Schema;
using PyBase.Extraction.Comparisons;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Rows;
using PyBase.Storage.Exports;
using PyBase.Storage.Jobs;
using PyBase.Storage.Schema;
using PyBase.Workers.Imports;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Comparisons;

/// <summary>Two files of any kind that is read, or a table and a file → a file of what changed between them, one difference a line.</summary>
sealed class CompareFiles(RowSources sources, FileOfLines lines, JobStore jobs, SchemaStore schemas, TableExport export) : IJobWork
{
    const int Most = 100_000;

    /// <summary>More rows of a table than a parts list has.</summary>
    const int MostRows = 1_000_000;

    public string Kind => JobKind.Comparison;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        var input = await run.Lease.ReadInputAsync(run.Cancellation);
        try
        {
            if (!(input.GetText("table") is { } table ? await WithTableAsync(run, table) : await WithFileAsync(run, input.GetText("other") ?? "")).TryGet(out var differences, out var error))
                return new JobOutcome(JobState.Failed, [], new JobError(error.Code, error.Message, error.Hint));
            return await lines.KeepAsync(run, "differences.ndjson", differences,
                [.. differences.CountBy(one => (one.Kind, one.Change)).Select(pair => new JobFinding($"{pair.Key.Kind}-{pair.Key.Change}", "info", $"{pair.Value} {pair.Key.Kind} {pair.Key.Change}.", null, pair.Value))]);
        }
        catch (RowsBrokenException broken)
        {
            return new JobOutcome(JobState.Failed, [], new JobError(broken.Code, broken.Message, null));
        }
    }

    async Task<Result<Difference[]>> WithFileAsync(JobRun run, string fileId)
    {
        var work = run.Lease.Work;
        if (await jobs.FindFileAsync(work.Base, fileId, run.Cancellation) is not { } other)
            return new Error("comparison-file-gone", ErrorKind.NotFound, "The second file is not there any more.");
        return await Task.Run<Difference[]>(() => [.. FileComparison.Of(sources.Extract(run, work.Sha256!, work.FileName!), sources.Extract(run, other.Sha256, other.Name), Most)], run.Cancellation);
    }

    async Task<Result<Difference[]>> WithTableAsync(JobRun run, string tableId)
    {
        var work = run.Lease.Work;
        var request = new ExportRequest(ExportFormat.Ndjson, tableId, Selection.Read(default), null, GuardsFormulas: false, "");
        if (await schemas.FindAsync(work.Base, run.Cancellation) is not { } schema)
            return SchemaErrors.ModelNotFound;
        if (!request.Plan(schema).TryGet(out var query, out var error))
            return error;
        using var content = new MemoryStream();
        if (!(await export.WriteAsync(schema, query, request, content, rows => run.Report(rows, 0, "reading the table"), run.Cancellation)).TryGet(out _, out error))
            return error;
        return await Task.Run<Difference[]>(() => [.. FileComparison.OfTable(Read(query.Table, content.ToArray(), run.Cancellation), sources.Extract(run, work.Sha256!, work.FileName!), Most)], run.Cancellation);
    }

    // The records as they are exported; of each difference the record is the place.
    static ExtractionResult Read(Table table, byte[] records, CancellationToken cancellation)
    {
        if (records.Length == 0)
            return FileComparison.ListOf([.. table.Fields.Select(field => field.Name)], []);
        var file = RowFile.Open(() => new MemoryStream(records, writable: false), "table.ndjson", new RowOptions(), cancellation);
        return FileComparison.ListOf(file.Columns, Rows(file, cancellation));
    }

    static IEnumerable<(string, IReadOnlyList<string>)> Rows(RowFile file, CancellationToken cancellation)
    {
        using var rows = file.Rows(cancellation);
        for (var count = 0; count < MostRows && rows.Read(); count++)
            yield return (rows.Id ?? "", [.. Enumerable.Range(0, file.Columns.Count).Select(column => rows[column].ToString())]);
    }

    public Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation) => lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
}
