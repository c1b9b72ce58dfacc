using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Imports;
using PyBase.Core.Jobs;
using PyBase.Core.Schema;
using PyBase.Extraction.Rows;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Schema;
using PyBase.Workers.Jobs;

namespace PyBase.Workers.Imports;

/// <summary>What reading all rows by a mapping came to.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Bad">Those with a cell that cannot be read.</param>
/// <param name="Lost">Such cells by column.</param>
/// <param name="NewChoices">Choices that selects do not have yet, by the mapping's columns.</param>
sealed record CheckedRows(long Rows, long Bad, IReadOnlyDictionary<string, long> Lost, IReadOnlyList<IReadOnlyList<Choice>> NewChoices);

/// <summary>Makes sure that the rows fit, and makes the table, fields and choices that they need: one transaction with the job's first checkpoint.</summary>
sealed class RowPreparation(BaseWriter writer, Collaborators collaborators)
{
    public async Task<Result<RowImportState>> PrepareAsync(JobRun run, RowFile file, ImportMapping mapping, RowAnalysis? analysis, Table? table, ImportFindings findings, IReadOnlyList<JobFinding> notes)
    {
        if (mapping.Columns.Count == 0)
            return ImportErrors.NothingToImport;
        if (mapping.Columns.FirstOrDefault(c => c.Field is not null && table?.Find(c.Field) is not { Type.IsComputed: false }) is { } unknown)
            return ImportErrors.InvalidMapping($"the table has no field \"{unknown.Field!.Excerpt()}\" that can be written");
        // What the columns are was found from all their cells, so they fit the fields made for them.
        var check = table is null && analysis is not null ? new CheckedRows(analysis.Rows, 0, new Dictionary<string, long>(), [.. mapping.Columns.Select(_ => Array.Empty<Choice>())])
            : await CheckAsync(run, file, mapping, table, findings);
        if (check.Bad > 0 && mapping.BadRows is BadRows.Stop)
            return ImportErrors.BadRows(check.Bad);
        var work = run.Lease.Work;
        var made = await writer.WriteAsync(work.Base, new Origin(work.CreatedBy, "PrepareImport", UndoGroup: work.Id), _ => WriteScope.Schema, async transaction =>
        {
            if (!(await MakeAsync(new SchemaEditor(transaction), mapping, table?.Id, work.FileName!, check, run.Cancellation)).TryGet(out var state, out var error))
                return error;
            state = state with { Notes = notes };
            // Whoever takes the job over goes by the same mapping, whatever a second look at the file would suggest by then.
            await transaction.ExecuteAsync("update pybase.jobs set input = input || $2::jsonb where id = $1", run.Cancellation, work.Id, new System.Text.Json.Nodes.JsonObject { ["mapping"] = mapping.Write() }.ToJsonString());
            return await run.Lease.CheckpointAsync(transaction, state, run.Cancellation) ? state : (Result<RowImportState>)JobErrors.LeaseLost;
        }, run.Cancellation);
        return made.Error == JobErrors.LeaseLost ? throw await run.LostAsync() : made;
    }

    static async Task<Result<RowImportState>> MakeAsync(SchemaEditor editor, ImportMapping mapping, string? tableId, string fileName, CheckedRows check, CancellationToken cancellation)
    {
        if (tableId is null)
        {
            var name = FreeName.Among(editor.Schema.Tables.Select(t => t.Name), mapping.NewTable!);
            if (!(await editor.AddTableAsync(new TableSpec(name, $"The rows of {fileName}.", [.. mapping.Columns.Select((c, n) => With(c.NewField!, check.NewChoices[n]))]), cancellation)).TryGet(out var table, out var error))
                return error;
            return new RowImportState(table.Id, true, [.. mapping.Columns.Select(c => table.Find(c.NewField!.Name)!.Id)], [], 0, check.Rows, 0, 0, []);
        }
        var (fields, news) = (new List<string>(), new List<string>());
        foreach (var (n, column) in mapping.Columns.Index())
        {
            if (editor.Schema.Find(tableId) is not { } table)
                return ImportErrors.TableGone;
            if (column.NewField is { } spec)
            {
                if (!(await editor.AddFieldAsync(tableId, With(spec, check.NewChoices[n]), cancellation)).TryGet(out var added, out var error))
                    return error;
                fields.Add(added.Id);
                news.Add(added.Id);
                continue;
            }
            if (table.Find(column.Field!) is not { } field)
                return ImportErrors.TableGone;
            var missing = field.Type is ISelect select ? check.NewChoices[n].Where(choice => select.Choices.List.All(known => known.Name != choice.Name)).ToList() : [];
            if (missing.Count > 0)
                editor.AddChoices(tableId, field.Id, missing);
            fields.Add(field.Id);
        }
        return new RowImportState(tableId, false, fields, news, 0, check.Rows, 0, 0, []);
    }

    /// <summary>The field with the choices that its cells ask for.</summary>
    static FieldSpec With(FieldSpec spec, IReadOnlyList<Choice> choices)
    {
        if (choices.Count == 0)
            return spec;
        var known = spec.Options.TryGetList("choices", out var given) ? given.Select(choice => (object)choice) : [];
        return spec with { Options = System.Text.Json.JsonSerializer.SerializeToElement(new { choices = known.Concat(choices.Select(choice => new { name = choice.Name, color = choice.Colour })) }) };
    }

    /// <summary>Reads all rows by the mapping without writing one.</summary>
    public async Task<CheckedRows> CheckAsync(JobRun run, RowFile file, ImportMapping mapping, Table? table, ImportFindings findings)
    {
        var people = await collaborators.LoadAsync(run.Lease.Work.Base, run.Cancellation);
        var readers = new List<(int, CellReader)>();
        foreach (var column in mapping.Columns)
            readers.Add((RowWriter.Place(file, column.Column), new CellReader(FieldOf(column, table), column.Form, people)));
        return await Task.Run(() => Check(run, file, new RowConverter(readers, mapping.BadRows, findings), mapping), run.Cancellation);
    }

    static CheckedRows Check(JobRun run, RowFile file, RowConverter converter, ImportMapping mapping)
    {
        long count = 0;
        using var rows = file.Rows(run.Cancellation);
        while (rows.Read())
        {
            if (++count % 1024 == 0)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                run.Report(count, 0, "checking rows");
            }
            converter.Convert(rows);
        }
        return new CheckedRows(count, converter.Bad, mapping.Columns.Index().Where(c => converter.Lost[c.Index] > 0).ToDictionary(c => c.Item.Column, c => converter.Lost[c.Index]),
            [.. converter.Columns.Select(column => column.Reader.NewChoices)]);
    }

    /// <summary>The field that a column goes into; one that is not made yet as it will be.</summary>
    static Field FieldOf(MappedColumn column, Table? table)
    {
        if (column.Field is { } known && table?.Find(known) is { } field)
            return field;
        var spec = column.NewField!;
        var id = Core.Ids.Id.New("fld");
        var type = FieldTypes.Read(spec.Type, spec.Options, new FieldScope(id, _ => true));
        return new Field(id, spec.Name, null, type.TryGet(out var read, out _) ? read : new SingleLineText());
    }
}
