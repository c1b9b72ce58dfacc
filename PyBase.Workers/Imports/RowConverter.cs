using PyBase.Core.Imports;
using PyBase.Extraction.Rows;

namespace PyBase.Workers.Imports;

/// <summary>Rows of a file → values of fields, with a finding for each cell that its field cannot hold.</summary>
/// <param name="columns">Place in the file and reader, by the mapping's columns.</param>
/// <param name="badRows">What becomes of a row with such a cell.</param>
/// <param name="findings">Where they are noted.</param>
sealed class RowConverter(IReadOnlyList<(int Source, CellReader Reader)> columns, BadRows badRows, ImportFindings findings)
{
    readonly string severity = badRows is BadRows.Stop ? "error" : "warning";

    /// <summary>Rows with a cell that could not be read.</summary>
    public long Bad { get; private set; }

    /// <summary>Such cells, by column.</summary>
    public long[] Lost { get; } = new long[columns.Count];

    public IReadOnlyList<(int Source, CellReader Reader)> Columns => columns;

    /// <summary>The row's values; null when it is to be left out.</summary>
    public object?[]? Convert(RowReader row)
    {
        var values = new object?[columns.Count];
        var isBad = false;
        for (var n = 0; n < values.Length; n++)
        {
            var (source, reader) = columns[n];
            var isThere = source >= 0 && source < row.Count;
            if (reader.Read(isThere ? row[source] : default, isThere ? RowAnalysis.Kind(row.KindOf(source)) : SourceKind.Text).TryGet(out var value, out var error) || error is null)
            {
                values[n] = value;
                continue;
            }
            // An empty cell where there has to be one cannot stay empty.
            isBad |= badRows is not BadRows.EmptyCells || reader.Field.Constraints.Required;
            Lost[n]++;
            findings.Add(error.Code, severity, error.Message, $"row {row.Number}");
        }
        if (isBad)
            Bad++;
        return isBad ? null : values;
    }
}
