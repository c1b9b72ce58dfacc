using Npgsql;
using PyBase.Core.Exports;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Records;

namespace PyBase.Storage.Exports;

/// <summary>The rows of a page whose cells become text; what linked records are called is asked when the page is whole.</summary>
sealed class ExportCells(BaseSchema schema, IReadOnlyList<Field> fields, People? people, Func<string, string> fileUrl)
{
    readonly List<object?[]> rows = [];
    ExportText text = new(people, new Dictionary<string, string>(), fileUrl);

    /// <summary>An error that stands in a cell in place of a value.</summary>
    sealed record Failure(string Code);

    public IReadOnlyList<object?[]> Rows => rows;

    public long Size { get; private set; }

    public void Add(NpgsqlDataReader row)
    {
        var cells = new object?[fields.Count];
        Dictionary<string, string>? errors = null;
        for (var n = 0; n < cells.Length; n++)
        {
            if (row.IsDBNull(n + RecordReader.FirstField))
                cells[n] = fields[n].Type.CanFail && (errors ??= RowWriter.ErrorsOf(row)).TryGetValue(fields[n].Id, out var code) ? new Failure(code) : null;
            else
                cells[n] = RecordTexts.Cell(row, n + RecordReader.FirstField, fields[n].Type.Column);
            Size += RecordTexts.SizeOf(cells[n]);
        }
        rows.Add(cells);
    }

    public async Task ResolveAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        text = new ExportText(people, await RecordTexts.NamesAsync(connection, schema, fields, rows, text.Of, cancellation), fileUrl);

    /// <summary>A cell of the page as text; empty when it is.</summary>
    public string Text(int row, int column) => rows[row][column] switch { null => "", Failure failure => failure.Code, { } cell => text.Of(fields[column].Type, cell) };

    public void Clear()
    {
        rows.Clear();
        Size = 0;
    }
}
