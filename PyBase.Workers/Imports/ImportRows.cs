using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Extraction.Rows;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Imports;
using PyBase.Storage.Jobs;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Imports;

/// <summary>
/// Reads a file of rows into a table: looks at all rows, asks a person where a preview was wanted, makes what the mapping needs, and then writes the rows in
/// chunks (<see cref="RowWriter"/>). The file is read anew for each step, in the memory of one chunk.
/// </summary>
sealed class ImportRows(RowSources sources, BaseStore bases, SchemaStore schemas, RowWriter rows, RowPreparation preparation, ImportUndo undo, BaseAccess access, BaseWriter writer, ImportMappings mappings) : IJobWork
{
    public string Kind => JobKind.Import;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var work = run.Lease.Work;
        if (!ImportRequest.Read(await run.Lease.ReadInputAsync(run.Cancellation)).TryGet(out var request, out var error))
            return Failed([], error);
        var findings = new ImportFindings();
        RowFile? file = null;
        try
        {
            // Readers are synchronous and busy: they get a thread of their own for the while.
            file = await Task.Run(() => sources.Open(run, request), run.Cancellation);
            return await RunAsync(run, request, file, findings);
        }
        catch (RowsBrokenException broken)
        {
            var finding = new JobFinding(broken.Code, "error", broken.Message, null, 1);
            return new JobOutcome(JobState.Failed, [.. findings.Behind(file?.Findings ?? []), finding], new JobError(broken.Code, broken.Message, "Export the file again, or say how it is written: encoding, delimiter, quote, sheet."));
        }
    }

    async Task<JobOutcome> RunAsync(JobRun run, ImportRequest request, RowFile file, ImportFindings findings)
    {
        var state = RowImportState.Read(run.Lease.Work.Checkpoint);
        var mapping = request.Mapping;
        Error? error;
        if (state is null)
        {
            if (await schemas.FindAsync(run.Lease.Work.Base, run.Cancellation) is not { } whole)
                return Failed([], SchemaErrors.ModelNotFound);
            var schema = whole.For(run.Lease.Work.CreatedBy is { } asker ? await access.FindReaderAsync(asker, whole.Id, run.Cancellation) : null);
            var target = (mapping?.Table ?? request.Table) is { } id ? schema.Find(id) : null;
            if (target is null && (mapping?.Table ?? request.Table) is not null)
                return Failed(findings.Behind(file.Findings), ImportErrors.TableGone);
            if (target?.Scope is not null)
                return Failed(findings.Behind(file.Findings), PermissionErrors.NotWhole);
            var notes = new ImportFindings();
            var analysis = mapping is null ? await Task.Run(() => RowAnalysis.Of(file, notes, done => run.Report(done, 0, "looking at rows"), run.Cancellation), run.Cancellation) : null;
            var suggested = mapping ?? new MappingSuggestion(schema, await mappings.FindAsync(schema.Id, analysis!.Columns, run.Cancellation), notes)
                .Of(analysis!, run.Lease.Work.FileName!, file.Delimiter is not (null or ','), target);
            if (request.IsPreview)
            {
                var check = target is null ? null : await preparation.CheckAsync(run, file, suggested with { BadRows = BadRows.EmptyCells }, target, findings);
                return new JobOutcome(JobState.Waiting, [.. notes.Behind([]), .. findings.Behind(file.Findings)]) { Preview = RowPreview.Of(file, analysis!, suggested, check) };
            }
            if (!(await preparation.PrepareAsync(run, file, mapping = suggested, analysis, target, findings, notes.Behind([]))).TryGet(out state, out error))
                return End(run, [.. notes.Behind([]), .. findings.Behind(file.Findings)], error);
            // Writing finds the same again.
            findings.Clear();
        }
        if (!(await rows.WriteAsync(run, file, mapping!, state, findings)).TryGet(out var done, out error))
            return End(run, [.. state.Notes, .. findings.Behind(file.Findings)], error);
        await mappings.LearnAsync(run.Lease.Work.Base, state.Table, [.. mapping!.Columns.Zip(state.Fields, (column, field) => (column.Column, field, column.Form))], run.Cancellation);
        return new JobOutcome(JobState.Succeeded, [.. state.Notes, .. findings.Behind(file.Findings)], Result: new JobResult([done]));
    }

    static JobOutcome End(JobRun run, JobFinding[] findings, Error error) => error.Kind is ErrorKind.Unavailable
        ? throw new InvalidOperationException($"The rows of {run.Lease.Work.Id} cannot be written: {error.Code}, {error.Message}")
        : Failed(findings, error);

    static JobOutcome Failed(JobFinding[] findings, Error error) => new(JobState.Failed,
        findings.Length > 0 ? findings : [new JobFinding(error.Code, "error", error.Message, null, 1)], new JobError(error.Code, error.Message, error.Hint));

    /// <summary>A table that the job made goes whole; in one that was there its transactions are taken back one by one, its last with the job's end.</summary>
    public async Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation)
    {
        if (RowImportState.Read(await lease.ReadCheckpointAsync(cancellation)) is not { } state)
        {
            await lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
            return;
        }
        var origin = new Origin(lease.Work.CreatedBy, "UndoImport", UndoGroup: lease.Work.Id);
        if (!state.IsNew)
            foreach (var version in await undo.VersionsAsync(lease.Work.Base, lease.Work.Id, state.Table, state.UndoneTo ?? long.MaxValue, cancellation))
            {
                Table table = null!;
                var step = await writer.WriteAsync<bool>(lease.Work.Base, origin, schema => schema.Get(state.Table).Then<WriteScope>(found => WriteScope.Rows(schema, table = found)), async transaction =>
                    !await lease.UndoingAsync(transaction, state with { UndoneTo = version }, cancellation) ? JobErrors.LeaseLost
                        : await ImportUndo.UndoAsync(transaction, table, version, cancellation) is { } failed ? failed : true, cancellation);
                if (step.Error == JobErrors.LeaseLost)
                    return;
                if (step.Error is { } stuck && stuck != SchemaErrors.ModelNotFound)
                    throw new InvalidOperationException($"The rows of {lease.Work.Id} cannot be taken back: {stuck.Code}, {stuck.Message}");
            }
        var ended = await bases.EditAsync<bool>(lease.Work.Base, origin, _ => true, async editor =>
        {
            // First, as it locks the job: whose job it is now must not change any more.
            if (!await lease.FinishUndoneAsync(editor.Transaction, end.State, end.Findings, end.Error, cancellation))
                return JobErrors.LeaseLost;
            if (editor.Schema.Find(state.Table) is { } table)
            {
                if (state.IsNew)
                    await editor.RemoveTableAsync(table.Id, cancellation);
                foreach (var field in state.NewFields.Where(field => !state.IsNew && table.Find(field) is not null))
                    if (!(await editor.RemoveFieldAsync(table.Id, field, cancellation)).TryGet(out _, out var stays))
                        return stays;
            }
            return true;
        }, cancellation);
        if (ended.TryGet(out _, out var error))
            lease.TellEnd();
        else if (error == SchemaErrors.ModelNotFound)
            await lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
        else if (error != JobErrors.LeaseLost)
            throw new InvalidOperationException($"The import {lease.Work.Id} cannot be taken back: {error.Code}, {error.Message}");
    }
}
