using System.Text;

namespace PyBase.Core.Exports;

/// <summary>Cells of CSV and TSV as RFC 4180 has them.</summary>
public static class DelimitedText
{
    /// <summary>Appends a cell, quoted where it has to be.</summary>
    public static void Append(StringBuilder text, string cell, char delimiter)
    {
        // A cell of nothing but a quote sign or space would be read as something else; so would a first cell that looks like Excel's hint.
        if (cell.AsSpan().IndexOfAny(['"', delimiter, '\r', '\n']) < 0 && (cell.Length == 0 || (cell[0] is not (' ' or '\'') && cell[^1] != ' ')))
            text.Append(cell);
        else
            text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
