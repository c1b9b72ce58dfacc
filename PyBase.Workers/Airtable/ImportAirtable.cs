using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Files;
using PyBase.Storage.Imports;
using PyBase.Storage.Jobs;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Workers.Imports;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Airtable;

/// <summary>Copies a base through Airtable's API: tables, then records page by page, then links, each page a transaction. Files come by their own jobs.</summary>
sealed class ImportAirtable(
    SealedTokens tokens, BaseWriter writer, BaseStore bases, SchemaStore schemas, Collaborators collaborators, RecordIds existing, IOptions<FileStoreOptions> options, TimeProvider clock) : IJobWork
{
    public string Kind => JobKind.AirtableImport;

    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var input = await run.Lease.ReadInputAsync(run.Cancellation);
        if (!tokens.Open(input).TryGet(out var request, out var error))
            return Failed([], error);
        using var client = new AirtableClient(request, options.Value, clock);
        var state = AirtableState.Read(run.Lease.Work.Checkpoint);
        if (state is null && !(await MakeAsync(run, client)).TryGet(out state, out error))
            return End(run, [], error);
        var findings = new ImportFindings();
        var copy = new Copy(run, client, request, await collaborators.LoadAsync(run.Lease.Work.Base, run.Cancellation), findings);
        while (state.Linked < state.Tables.Count)
        {
            if (!(await CopyTableAsync(copy, state)).TryGet(out var after, out error))
                return End(run, findings.Behind([]), error);
            state = after;
        }
        var schema = await schemas.FindAsync(run.Lease.Work.Base, run.Cancellation);
        return new JobOutcome(JobState.Succeeded, [.. state.Notes, .. findings.Behind([])],
            Result: new JobResult([.. state.Tables.Select(t => new JobTable(t.Id, schema?.Find(t.Id)?.Name ?? "", "table", t.Created, 0))]));
    }

    sealed record Copy(JobRun Run, AirtableClient Client, AirtableRequest Request, People People, ImportFindings Findings);

    async Task<Result<AirtableState>> MakeAsync(JobRun run, AirtableClient client)
    {
        run.Report(0, 0, "reading tables");
        if (!(await client.TablesAsync(run.Cancellation)).TryGet(out var answer, out var error))
            return error;
        if (!answer.TryGetList("tables", out var tables) || tables.Count is 0 or > TableSpec.MaxTables)
            return ImportErrors.SourceFailed("it has no tables");
        return await WriteAsync(run, _ => WriteScope.Schema, async transaction =>
        {
            var making = new AirtableTables(new SchemaEditor(transaction), run.Cancellation);
            foreach (var field in tables.SelectMany(AirtableTables.FieldsOf))
                making.FieldNames[AirtableTables.SourceOf(field)] = field.GetText("name") ?? "";
            return await making.MakeAsync(tables);
        });
    }

    /// <summary>All pages of the next table, for its records as long as some table lacks them, then for its links.</summary>
    async Task<Result<AirtableState>> CopyTableAsync(Copy copy, AirtableState state)
    {
        var isLinks = state.Done == state.Tables.Count;
        var place = isLinks ? state.Linked : state.Done;
        var copied = state.Tables[place];
        string? offset = null;
        do
        {
            if (!(await copy.Client.RecordsAsync(copied.Source, offset, copy.Run.Cancellation)).TryGet(out var page, out var error))
                return error;
            IReadOnlyList<JsonElement> records = page.TryGetList("records", out var listed) ? listed : [];
            offset = page.GetText("offset");
            if (!(await WritePageAsync(copy, state, place, isLinks, records, isLast: offset is null)).TryGet(out var after, out error))
                return error;
            state = after;
            copy.Run.Report(state.Tables.Sum(t => t.Created), 0, $"{(isLinks ? "linking" : "writing")} {copied.Name}");
        }
        while (offset is not null);
        return state;
    }

    async Task<Result<AirtableState>> WritePageAsync(Copy copy, AirtableState state, int place, bool isLinks, IReadOnlyList<JsonElement> records, bool isLast)
    {
        var (work, copied) = (copy.Run.Lease.Work, state.Tables[place]);
        string IdOf(string source) => copy.Request.KeepIds && Id.Is(source, "rec") ? source : Id.From("rec", $"{work.Id} {source}");
        var schema = await schemas.FindAsync(work.Base, copy.Run.Cancellation);
        if (schema?.Find(copied.Id) is not { } table)
            return ImportErrors.TableGone;
        var mentioned = new AirtableCells(copied, table, copy.People, copy.Findings, IdOf).Mentioned(records).ToList();
        var known = await existing.AmongAsync(schema, mentioned, copy.Run.Cancellation);
        RecordPlan plan = null!;
        return await WriteAsync(copy.Run, now => now.Get(copied.Id).Then<WriteScope>(found =>
        {
            var cells = new AirtableCells(copied, found, copy.People, copy.Findings, IdOf);
            plan = isLinks ? cells.Links(records, known) : cells.Records(records, known);
            return RecordStore.ScopeOf(now, plan, createsRows: !isLinks);
        }), async transaction =>
        {
            var rows = new RecordWriter(transaction);
            if (plan.Records.Count > 0 && !(await (isLinks ? rows.UpdateAsync(plan, copy.Run.Cancellation) : rows.CreateAsync(plan, copy.Run.Cancellation))).TryGet(out _, out var error))
                return error;
            var tables = isLinks ? state.Tables : [.. state.Tables.Select((t, n) => n == place ? t with { Created = t.Created + plan.Records.Count } : t)];
            return state with { Tables = tables, Done = state.Done + (isLast && !isLinks ? 1 : 0), Linked = state.Linked + (isLast && isLinks ? 1 : 0) };
        });
    }

    async Task<Result<AirtableState>> WriteAsync(JobRun run, Func<BaseSchema, Result<WriteScope>> plan, Func<BaseTransaction, Task<Result<AirtableState>>> write)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var work = run.Lease.Work;
        var done = await writer.WriteAsync(work.Base, new Origin(work.CreatedBy, "ImportAirtable", UndoGroup: work.Id), plan, async transaction =>
        {
            var written = await write(transaction);
            return written.TryGet(out var state, out _) && !await run.Lease.CheckpointAsync(transaction, state, run.Cancellation) ? JobErrors.LeaseLost : written;
        }, run.Cancellation);
        return done.Error == JobErrors.LeaseLost ? throw await run.LostAsync() : done;
    }

    static JobOutcome End(JobRun run, JobFinding[] findings, Error error) => error.Kind is ErrorKind.Unavailable
        ? throw new InvalidOperationException($"The copy of {run.Lease.Work.Id} cannot be written: {error.Code}, {error.Message}") : Failed(findings, error);

    static JobOutcome Failed(JobFinding[] findings, Error error) => new(JobState.Failed, findings, new JobError(error.Code, error.Message, error.Hint));

    /// <summary>The tables go whole, with the job's end in one transaction.</summary>
    public async Task UndoAsync(JobLease lease, JobOutcome end, CancellationToken cancellation)
    {
        if (AirtableState.Read(await lease.ReadCheckpointAsync(cancellation)) is not { } state)
        {
            await lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
            return;
        }
        var undone = await bases.EditAsync<bool>(lease.Work.Base, new Origin(lease.Work.CreatedBy, "UndoImport", UndoGroup: lease.Work.Id), _ => true, async editor =>
        {
            if (!await lease.FinishUndoneAsync(editor.Transaction, end.State, end.Findings, end.Error, cancellation))
                return JobErrors.LeaseLost;
            foreach (var table in state.Tables.Reverse().Where(t => editor.Schema.Find(t.Id) is not null))
                await editor.RemoveTableAsync(table.Id, cancellation);
            return true;
        }, cancellation);
        if (undone.TryGet(out _, out var error))
            lease.TellEnd();
        else if (error == SchemaErrors.ModelNotFound)
            await lease.FinishAsync(end.State, end.Findings, end.Error, null, cancellation);
        else if (error != JobErrors.LeaseLost)
            throw new InvalidOperationException($"The tables of {lease.Work.Id} cannot be taken away: {error.Code}, {error.Message}");
    }
}
