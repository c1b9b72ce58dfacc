using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Extraction.Rows;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Imports;
using PyBase.Storage.Jobs;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Imports;

/// <summary>
/// Writes the rows of a file in chunks, each a transaction that says in the job's checkpoint how many rows of the file are done. The next chunk is read, converted
/// and copied to the database while one is written. Rows that only come are staged; those that meet others (by key or by link) go as plans.
/// </summary>
sealed class RowWriter(BaseWriter writer, SchemaStore schemas, Collaborators collaborators, RecordIds existing, BaseAccess access, NpgsqlDataSource data)
{
    /// <summary>Rows of the file in one transaction.</summary>
    const int Staged = RecordPlan.MaxRecords;
    const int Planned = 1_000;

    /// <summary>Rows of a file, read: so many of them, of which these are kept.</summary>
    sealed record Chunk(int Slot, int Count, IReadOnlyList<StagedRow> Rows);

    /// <summary>Where a column of the mapping stands in the file; behind the named ones come those without a name.</summary>
    public static int Place(RowFile file, string column)
    {
        for (var n = 0; n < file.Columns.Count; n++)
            if (file.Columns[n] == column)
                return n;
        return column.StartsWith("Column ", StringComparison.Ordinal) && int.TryParse(column.AsSpan(7), out var number) && number > file.Columns.Count ? number - 1 : -1;
    }

    public async Task<Result<JobTable>> WriteAsync(JobRun run, RowFile file, ImportMapping mapping, RowImportState state, ImportFindings findings)
    {
        var work = run.Lease.Work;
        var schema = await schemas.FindAsync(work.Base, run.Cancellation);
        if (schema?.Find(state.Table) is not { } table)
            return ImportErrors.TableGone;
        var people = await collaborators.LoadAsync(work.Base, run.Cancellation);
        // A field that somebody took away meanwhile is not wanted.
        var columns = mapping.Columns.Zip(state.Fields, (column, id) => (column, Field: table.Find(id))).Where(c => c.Field is { Type.IsComputed: false }).ToList();
        var converter = new RowConverter([.. columns.Select(c => (Place(file, c.column.Column), new CellReader(c.Field!, c.column.Form, people)))], mapping.BadRows, findings);
        Field[] fields = [.. columns.Select(c => c.Field!)];
        if (mapping.Merge is not { Creates: false } && table.Fields.FirstOrDefault(f => f.Constraints.Required && !fields.Contains(f)) is { } required)
            return required.Constraints.Check(required, null)!;
        var result = mapping.Merge is null && !fields.Any(f => f.Type is MultipleRecordLinks or MultipleAttachments)
            ? await StageAsync(run, file, mapping, state, fields, converter)
            : await PlanAsync(run, file, mapping, state, fields, converter, findings);
        if (!result.TryGet(out var end, out var error))
            return error;
        if (work.Attempt > 1)
            await StagingTables.SweepAsync(data, work.Id, run.Cancellation);
        if (converter.Bad > 0 && mapping.BadRows is BadRows.Stop)
            return ImportErrors.BadRows(converter.Bad);
        return new JobTable(table.Id, (await schemas.FindAsync(work.Base, run.Cancellation))?.Find(table.Id)?.Name ?? "", "rows", end.Created, end.Updated);
    }

    async Task<Result<RowImportState>> StageAsync(JobRun run, RowFile file, ImportMapping mapping, RowImportState state, Field[] fields, RowConverter converter)
    {
        await using var staging = await StagingTables.CreateAsync(data, run.Lease.Work.Base, run.Lease.Work.Id, run.Lease.Work.Attempt, fields.Select(f => f.Type.Column), run.Cancellation);
        using var chunks = Read(run, file, mapping, state.Rows, converter, Staged).GetEnumerator();
        async Task<Chunk?> NextAsync()
        {
            if (!await Task.Run(chunks.MoveNext, run.Cancellation))
                return null;
            var chunk = chunks.Current;
            if (chunk.Rows.Count > 0)
                await staging.FillAsync(chunk.Slot, chunk.Rows, run.Cancellation);
            return chunk;
        }
        var next = NextAsync();
        while (await next is { } chunk)
        {
            next = NextAsync();
            var written = await WriteAsync(run, state with { Rows = state.Rows + chunk.Count, Created = state.Created + chunk.Rows.Count },
                schema => schema.Get(state.Table).Then<WriteScope>(table => WriteScope.Rows(schema, table)), async transaction =>
                {
                    var table = transaction.Schema.Find(state.Table)!;
                    var wanted = fields.Select(field => table.Find(field.Id) is { Type.IsComputed: false } now && now.Type.Column == field.Type.Column ? now : null).ToArray();
                    if (file.HasLocators)
                        await Provenance.NoteAsync(transaction, table.Id, run.Lease.Work.Id, [.. chunk.Rows.SelectMany(row => SourcesOf(row, row.Id, fields, row.Values.Select(value => value is not null)))], run.Cancellation);
                    return await new BulkWriter(transaction).CreateAsync(table, wanted, staging, chunk.Slot, [.. chunk.Rows.Select(row => row.Id)], mapping.KeepIds, run.Cancellation);
                });
            if (!written.TryGet(out var after, out var error))
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return error;
            }
            state = after;
        }
        return state;
    }

    async Task<Result<RowImportState>> PlanAsync(JobRun run, RowFile file, ImportMapping mapping, RowImportState state, Field[] fields, RowConverter converter, ImportFindings findings)
    {
        var keys = new MergeKeys(mapping, [.. mapping.Columns.Select(c => c.Field)], findings);
        FoldedKeys? folded = null;
        if (mapping.Merge is { FoldsPartNumbers: true } by && await schemas.FindAsync(run.Lease.Work.Base, run.Cancellation) is { } schema && schema.Find(state.Table) is { } target
            && !(await FoldedKeys.ReadAsync(data, schema.Id, target, target.Find(KeyField(mapping, state, by.On[0]))!, run.Cancellation)).TryGet(out folded, out var tooLarge))
            return tooLarge;
        var kept = mapping.Columns.Zip(state.Fields).Where(c => c.First.IsTables).Select(c => c.Second).ToHashSet();
        foreach (var chunk in Read(run, file, mapping, state.Rows, converter, Planned))
        {
            RecordPlan plan = null!;
            var merged = MergedRows.None;
            var records = keys.Once(chunk.Rows, fields, state.Fields);
            if (mapping.KeepIds && await TakenAsync(run, state.Table, records) is > 0 and var taken)
                return ImportErrors.RecordsExist(taken);
            var written = await WriteAsync(run, state with { Rows = state.Rows + chunk.Count }, schema => schema.Get(state.Table).Then<WriteScope>(table =>
            {
                Field[] now = [.. fields.Select(field => table.Find(field.Id) ?? field)];
                plan = new RecordPlan(table, now, records, new Dictionary<string, IReadOnlyList<Choice>>());
                return RecordStore.ScopeOf(schema, plan, createsRows: true);
            }), async transaction =>
            {
                if (mapping.Merge is { } merge)
                {
                    if (!Upsert.Plan(plan, [.. merge.On.Select(key => KeyField(mapping, state, key))]).TryGet(out var key, out var unfit))
                        return unfit;
                    if (!(await new MergeWriter(transaction).WriteAsync(plan, key, merge, kept, folded, run.Cancellation)).TryGet(out merged!, out unfit))
                        return unfit;
                }
                else
                {
                    merged = MergedRows.None with { Created = records.Count, Written = [.. records.Index()] };
                    if (!(await new RecordWriter(transaction).CreateAsync(plan, run.Cancellation)).TryGet(out _, out var refused))
                        return refused;
                }
                if (file.HasLocators)
                    await Provenance.NoteAsync(transaction, plan.Table.Id, run.Lease.Work.Id,
                        [.. merged.Written.SelectMany(row => SourcesOf(keys.RowAt(row.Place), row.Record.Id, fields, row.Record.IsSet.Select((isSet, n) => isSet && row.Record.Values[n] is not null)))], run.Cancellation);
                return null;
            }, () => merged);
            if (!written.TryGet(out var after, out var failed))
                return failed;
            state = after;
            foreach (var place in merged.Ambiguous)
                findings.Add("merge-matches-several", "warning", "More than one record has the key of the row; the row was left out.", keys.KeyAt(place));
            foreach (var conflict in merged.Conflicts)
                findings.Add("merge-conflict", "warning", $"The table is the master of \"{conflict.Field}\", and the file says otherwise; the cell was kept.", $"{keys.KeyAt(conflict.Place)}: {conflict.Kept} ≠ {conflict.Said}");
            if (folded is not null)
                foreach (var (_, record) in merged.Written.Skip(merged.Updated))
                    if (record.Values[Array.FindIndex(fields, field => field.Id == KeyField(mapping, state, mapping.Merge!.On[0]))] is string number)
                        folded.Add(number, record.Id);
        }
        return state;
    }

    async Task<int> TakenAsync(JobRun run, string table, IReadOnlyList<PlannedRecord> records)
    {
        var ids = records.Select(record => record.Id).ToHashSet();
        return await schemas.FindAsync(run.Lease.Work.Base, run.Cancellation) is { } schema
            ? records.Count - ids.Count + (await existing.AmongAsync(schema, ids.Select(id => (table, id)), run.Cancellation)).Count : 0;
    }

    static string KeyField(ImportMapping mapping, RowImportState state, string key) => state.Fields[mapping.Columns.Index().First(c => c.Item.Field == key).Index];

    static IEnumerable<CellSource> SourcesOf(StagedRow row, string id, Field[] fields, IEnumerable<bool> isFilled) =>
        isFilled.Index().Where(cell => cell.Item).Select(cell => new CellSource(id, fields[cell.Index].Id, row.Locator ?? "", row.Confidence));

    /// <summary>Chunks of the rows behind the first <paramref name="done"/>, which are read for what is odd about them only.</summary>
    static IEnumerable<Chunk> Read(JobRun run, RowFile file, ImportMapping mapping, long done, RowConverter converter, int size)
    {
        using var rows = file.Rows(run.Cancellation);
        var (kept, count, place) = (new List<StagedRow>(size), 0, 0L);
        var slot = 0;
        while (rows.Read())
        {
            var values = converter.Convert(rows);
            if (place++ < done)
                continue;
            if (values is not null)
                kept.Add(new StagedRow(mapping.KeepIds && Id.Is(rows.Id, "rec") ? rows.Id! : Id.From("rec", $"{run.Lease.Work.Id} rows {place}"), values, rows.Locator, rows.Confidence));
            if (++count < size)
                continue;
            yield return new Chunk(slot++, count, kept);
            (kept, count) = (new List<StagedRow>(size), 0);
        }
        if (count > 0)
            yield return new Chunk(slot, count, kept);
    }

    /// <summary>One transaction together with its checkpoint: both, or neither when the job is not ours any more.</summary>
    async Task<Result<RowImportState>> WriteAsync(
        JobRun run, RowImportState after, Func<BaseSchema, Result<WriteScope>> plan, Func<BaseTransaction, Task<Error?>> write, Func<MergedRows>? merged = null)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var work = run.Lease.Work;
        var reader = work.CreatedBy is { } asker ? await access.FindReaderAsync(asker, work.Base, run.Cancellation) : null;
        var done = await writer.WriteAsync<RowImportState>(work.Base, new Origin(work.CreatedBy, "ImportRows", UndoGroup: work.Id, Reader: reader), plan, async transaction =>
        {
            if (await write(transaction) is { } error)
                return error;
            var state = merged?.Invoke() is { } counts ? after with { Created = after.Created + counts.Created, Updated = after.Updated + counts.Updated } : after;
            return await run.Lease.CheckpointAsync(transaction, state, run.Cancellation) ? state : (Result<RowImportState>)JobErrors.LeaseLost;
        }, run.Cancellation);
        if (done.Error == JobErrors.LeaseLost)
            throw await run.LostAsync();
        run.Report(after.Rows, after.Total, "writing rows");
        return done;
    }
}
