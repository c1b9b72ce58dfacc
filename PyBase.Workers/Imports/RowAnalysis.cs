using PyBase.Core.Imports;
using PyBase.Extraction.Rows;

namespace PyBase.Workers.Imports;

/// <summary>What a file of rows holds, after all its rows were looked at once: a sample would not show the one text among a million numbers.</summary>
/// <param name="Columns">Names; more than the file gives when rows are longer than its header.</param>
/// <param name="Guesses">By column.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="First">The first of them, for a preview.</param>
sealed record RowAnalysis(IReadOnlyList<string> Columns, IReadOnlyList<ColumnGuess> Guesses, long Rows, IReadOnlyList<string[]> First)
{
    const int Shown = 20;
    const int ShownText = 200;

    public static RowAnalysis Of(RowFile file, ImportFindings findings, Action<long> progress, CancellationToken cancellation)
    {
        var guesses = file.Columns.Select(_ => new ColumnGuess()).ToList();
        var first = new List<string[]>();
        long count = 0;
        using var rows = file.Rows(cancellation);
        while (rows.Read())
        {
            if (++count % 1024 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(count);
            }
            if (rows.Count > file.Columns.Count)
                findings.Add(RowFindingCode.RowLonger, "warning", $"Rows have more cells than the {file.Columns.Count} columns of the header; what stands behind them has a column without a name.", $"row {rows.Number}");
            else if (rows.Count < file.Columns.Count && file.Format is Extraction.FileFormat.Csv)
                findings.Add(RowFindingCode.RowShorter, "info", $"Rows have fewer cells than the {file.Columns.Count} columns of the header; the rest of them is empty.", $"row {rows.Number}");
            while (guesses.Count < rows.Count)
                guesses.Add(new ColumnGuess());
            for (var n = 0; n < rows.Count; n++)
                guesses[n].Add(rows[n], Kind(rows.KindOf(n)));
            if (first.Count < Shown)
                first.Add([.. Enumerable.Range(0, rows.Count).Select(n => rows[n][..Math.Min(rows[n].Length, ShownText)].ToString())]);
        }
        var names = file.Columns.ToList();
        while (names.Count < guesses.Count)
            names.Add(Core.Schema.FreeName.Among(names, $"Column {names.Count + 1}"));
        return new RowAnalysis(names, guesses, count, first);
    }

    public static SourceKind Kind(CellKind kind) => kind switch
    {
        CellKind.Number => SourceKind.Number,
        CellKind.Date => SourceKind.Date,
        CellKind.Boolean => SourceKind.Boolean,
        CellKind.Json => SourceKind.Json,
        _ => SourceKind.Text,
    };
}
