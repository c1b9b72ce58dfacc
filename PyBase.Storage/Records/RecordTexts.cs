using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Records;

/// <summary>
/// Rows whose cells are shown as text. What linked records are called is known only when all rows are read, so they wait here, and then one statement for
/// each linked table asks for all names.
/// </summary>
sealed class RecordTexts(BaseSchema schema, IReadOnlyList<Field> fields, bool byFieldId, CellDisplay display, bool isForStrangers = false)
{
    sealed record Waiting(string Id, DateTime Created, object?[] Cells, Dictionary<string, string> Errors, int? Comments);

    readonly List<Waiting> rows = [];

    /// <summary>Characters of text that wait, roughly.</summary>
    public long Size { get; private set; }

    /// <summary>Takes the row that the reader stands on.</summary>
    public void Add(NpgsqlDataReader row, Dictionary<string, string> errors, int? comments)
    {
        var cells = new object?[fields.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var column = i + RecordReader.FirstField;
            if (row.IsDBNull(column))
                continue;
            cells[i] = Cell(row, column, fields[i].Type.Column);
            Size += SizeOf(cells[i]);
        }
        rows.Add(new Waiting(row.GetString(1), row.GetDateTime(2), cells, errors, comments));
    }

    /// <summary>Writes them all; the connection has no open reader any more.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, RecordOutput output, People? people, CancellationToken cancellation)
    {
        var json = output.Json;
        var shown = display with { People = people };
        shown = shown with { Records = await NamesAsync(connection, shown, cancellation) };
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", row.Id);
            if (!isForStrangers)
            {
                json.WritePropertyName("createdTime");
                Instants.Write(json, row.Created);
            }
            if (row.Comments is { } comments)
                json.WriteNumber("commentCount", comments);
            json.WriteStartObject("fields");
            for (var i = 0; i < fields.Count; i++)
                if ((row.Cells[i] is { } cell ? shown.Of(fields[i].Type, cell) : row.Errors.GetValueOrDefault(fields[i].Id)) is { Length: > 0 } text)
                    json.WriteString(byFieldId ? fields[i].Id : fields[i].Name, text);
            json.WriteEndObject();
            json.WriteEndObject();
            output.EndRecord();
        }
    }

    Task<Dictionary<string, string>> NamesAsync(NpgsqlConnection connection, CellDisplay shown, CancellationToken cancellation) =>
        NamesAsync(connection, schema, fields, rows.Select(row => row.Cells), shown.Of, cancellation);

    /// <summary>A cell as the types know it; the reader stands on its row, and it is not empty.</summary>
    internal static object Cell(NpgsqlDataReader row, int column, ColumnType type) => type switch
    {
        ColumnType.Date => row.GetFieldValue<DateOnly>(column),
        ColumnType.Dates => row.GetFieldValue<DateOnly?[]>(column),
        ColumnType.Numbers => row.GetFieldValue<double?[]>(column),
        ColumnType.Booleans => row.GetFieldValue<bool?[]>(column),
        ColumnType.Instants => row.GetFieldValue<DateTime?[]>(column),
        _ => row.GetValue(column),
    };

    /// <summary>Roughly what it takes in memory.</summary>
    internal static long SizeOf(object? cell) => cell switch { string text => text.Length, Array list => 20L * list.Length, _ => 8 };

    /// <summary>What the records are called that these rows link to: a statement for each linked table.</summary>
    internal static async Task<Dictionary<string, string>> NamesAsync(
        NpgsqlConnection connection, BaseSchema schema, IReadOnlyList<Field> fields, IEnumerable<object?[]> rows, Func<FieldType, object, string> show, CancellationToken cancellation)
    {
        var names = new Dictionary<string, string>();
        foreach (var links in fields.Select((field, n) => (Link: LinkOf(field.Type), n)).Where(f => f.Link is not null).GroupBy(f => f.Link!.LinkedTableId))
        {
            string[] ids = [.. links.SelectMany(f => rows.SelectMany(row => row[f.n] as string[] ?? [])).Distinct()];
            if (ids.Length == 0 || schema.Tables.FirstOrDefault(t => t.Id == links.Key) is not { } far)
                continue;
            var primary = far.Primary;
            await using var command = new NpgsqlCommand($"select _id, {Sql.Column(primary)} from {ReadableRows.Of(schema, far)} far where _id = any($1) and {Sql.Column(primary)} is not null", connection)
            {
                Parameters = { new() { Value = ids } },
            };
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                names[row.GetString(0)] = show(primary.Type, Cell(row, 1, primary.Type.Column));
        }
        return names;
    }

    static MultipleRecordLinks? LinkOf(FieldType type) => type as MultipleRecordLinks ?? (type as Lookup)?.Item as MultipleRecordLinks;
}
