using System.Globalization;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Imports;
using PyBase.Core.Records;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;

namespace PyBase.Storage.Imports;

/// <summary>A cell that a record kept, though the file says otherwise.</summary>
/// <param name="Place">Of the row in the plan.</param>
/// <param name="Field">The field.</param>
/// <param name="Kept">What the record holds.</param>
/// <param name="Said">What the file says.</param>
public sealed record MergeConflict(int Place, string Field, string Kept, string Said);

/// <summary>What became of rows that were merged.</summary>
/// <param name="Created">New records.</param>
/// <param name="Updated">Records that were there.</param>
/// <param name="Ambiguous">Places in the plan whose key more than one record has; they were left alone.</param>
/// <param name="Written">What was written, with the ids of the records and the cells that were set.</param>
/// <param name="Conflicts">Cells of which the table is the master.</param>
public sealed record MergedRows(int Created, int Updated, IReadOnlyList<int> Ambiguous, IReadOnlyList<(int Place, PlannedRecord Record)> Written, IReadOnlyList<MergeConflict> Conflicts)
{
    /// <summary>Nothing.</summary>
    public static readonly MergedRows None = new(0, 0, [], [], []);
}

/// <summary>Rows of an import that meet records by key: one statement finds them, then some are changed and others made, as sets.</summary>
public sealed class MergeWriter(BaseTransaction transaction)
{
    static readonly Dictionary<string, IReadOnlyList<Choice>> NoChoices = [];

    /// <summary>Writes the plan; no key stands in it twice.</summary>
    /// <param name="plan">The rows.</param>
    /// <param name="key">Which of its columns tell records apart.</param>
    /// <param name="merge">What becomes of rows with and without a record.</param>
    /// <param name="tables">Fields whose cells stay where they are filled.</param>
    /// <param name="folded">Records by folded part number; null to compare exactly.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<MergedRows>> WriteAsync(RecordPlan plan, Upsert key, ImportMerge merge, IReadOnlySet<string> tables, FoldedKeys? folded, CancellationToken cancellation)
    {
        var found = (folded is null ? await UpsertWriter.FindAsync(transaction, plan, key, [.. plan.Records.Select(key.KeyOf)], cancellation)
            : await FindFoldedAsync(plan, key.Columns[0], folded, cancellation)).ToLookup(match => match.Place, match => match.Id);
        int[] ambiguous = [.. found.Where(matches => matches.Count() > 1).Select(matches => matches.Key)];
        (int Place, PlannedRecord Record)[] there = [.. found.Where(matches => matches.Count() == 1).Select(matches => (matches.Key, plan.Records[matches.Key] with { Id = matches.First() }))];
        // Two rows may mean one record by keys that are equal to the database only.
        there = merge.Updates ? [.. there.DistinctBy(row => row.Record.Id)] : [];
        (int Place, PlannedRecord Record)[] missing = merge.Creates ? [.. plan.Records.Index().Where(row => !found.Contains(row.Index)).Select(row => (row.Index, row.Item))] : [];
        var conflicts = new List<MergeConflict>();
        if (there.Length > 0 && plan.Fields.Any(field => tables.Contains(field.Id)))
            there = await KeepAsync(plan, there, tables, conflicts, cancellation);
        if (there.Length > 0 && !(await new RecordWriter(transaction).UpdateAsync(plan with { Records = [.. there.Select(row => row.Record)] }, cancellation)).TryGet(out _, out var error))
            return error;
        if (missing.Length > 0 && !(await new RecordWriter(transaction).CreateAsync(plan with { Records = [.. missing.Select(row => row.Record)], NewChoices = NoChoices }, cancellation)).TryGet(out _, out error))
            return error;
        return new MergedRows(missing.Length, there.Length, ambiguous, [.. there, .. missing], conflicts);
    }

    async Task<List<(int Place, string Id)>> FindFoldedAsync(RecordPlan plan, int column, FoldedKeys folded, CancellationToken cancellation)
    {
        var wanted = plan.Records.Index().Where(row => row.Item.Values[column] is not null)
            .SelectMany(row => folded.Find(Convert.ToString(row.Item.Values[column], CultureInfo.InvariantCulture)!).Select(id => (Place: row.Index, Id: id))).ToList();
        // Somebody may have deleted a record since they were read.
        var alive = (await transaction.ListAsync($"select _id from {Sql.Table(transaction.Schema.Id, plan.Table.Id)} where _id = any($1)",
            row => row.GetString(0), cancellation, [wanted.Select(match => match.Id).ToArray()])).ToHashSet();
        return [.. wanted.Where(match => alive.Contains(match.Id))];
    }

    /// <summary>The rows without the cells that their records keep.</summary>
    async Task<(int Place, PlannedRecord Record)[]> KeepAsync(
        RecordPlan plan, (int Place, PlannedRecord Record)[] there, IReadOnlySet<string> tables, List<MergeConflict> conflicts, CancellationToken cancellation)
    {
        var columns = plan.Fields.Index().Where(field => tables.Contains(field.Item.Id)).ToArray();
        var rows = await transaction.ListAsync($"select _id{string.Concat(columns.Select(c => $", {Sql.Column(c.Item)}"))} from {Sql.Table(transaction.Schema.Id, plan.Table.Id)} where _id = any($1)",
            row => (Id: row.GetString(0), Cells: columns.Select((c, n) => row.IsDBNull(n + 1) ? null : RecordTexts.Cell(row, n + 1, c.Item.Type.Column)).ToArray()), cancellation, [there.Select(row => row.Record.Id).ToArray()]);
        var held = rows.ToDictionary(row => row.Id, row => row.Cells);
        return [.. there.Select(row =>
        {
            var isSet = row.Record.IsSet.ToArray();
            foreach (var (n, column) in columns.Index())
            {
                if (held[row.Record.Id][n] is not { } kept)
                    continue;
                if (isSet[column.Index] && row.Record.Values[column.Index] is { } said && !Same(kept, said))
                    conflicts.Add(new MergeConflict(row.Place, column.Item.Name, Show(column.Item.Type, kept), Show(column.Item.Type, said)));
                isSet[column.Index] = false;
            }
            return row with { Record = row.Record with { IsSet = isSet } };
        })];
    }

    static bool Same(object kept, object said) => kept is string[] one && said is string[] other ? one.SequenceEqual(other) : kept.Equals(said);

    static string Show(FieldType type, object value) => Core.Schema.FreeName.Cut(new Core.Conversions.CellText(null, new Dictionary<string, string>()).Of(type, value), 100);
}
