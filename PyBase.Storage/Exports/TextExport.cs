using System.Text;
using Npgsql;
using PyBase.Core.Exports;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Storage.Exports;

/// <summary>Delimited text: RFC 4180, UTF-8 with a mark since spreadsheets take it for an old code page otherwise.</summary>
sealed class TextExport(ExportCells cells, IReadOnlyList<Field> fields, char delimiter, bool guards) : IExportWriter
{
    readonly StringBuilder text = new();
    bool isBegun;

    public long Size => cells.Size;

    public void Add(NpgsqlDataReader row) => cells.Add(row);

    public Task ResolveAsync(NpgsqlConnection connection, CancellationToken cancellation) => cells.ResolveAsync(connection, cancellation);

    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        Begin();
        for (var row = 0; row < cells.Rows.Count; row++)
        {
            for (var column = 0; column < fields.Count; column++)
            {
                if (column > 0)
                    text.Append(delimiter);
                // A number that begins with a minus is no formula.
                Append(cells.Text(row, column), guards && cells.Rows[row][column] is not double);
            }
            text.Append("\r\n");
        }
        cells.Clear();
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
        text.Clear();
    }

    public Task EndAsync(Stream output, CancellationToken cancellation) => isBegun ? Task.CompletedTask : WriteAsync(output, cancellation);

    void Begin()
    {
        if (isBegun)
            return;
        isBegun = true;
        text.Append('\uFEFF');
        for (var column = 0; column < fields.Count; column++)
        {
            if (column > 0)
                text.Append(delimiter);
            Append(fields[column].Name, guards);
        }
        text.Append("\r\n");
    }

    void Append(string cell, bool isGuarded) => DelimitedText.Append(text, isGuarded ? FormulaGuard.Guard(cell) : cell, delimiter);
}
