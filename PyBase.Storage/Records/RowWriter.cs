using System.Text.Json;
using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Storage.Records;

/// <summary>Rows → <c>{"id","createdTime","fields":{…}}</c>, an empty cell being absent. Made once for many rows: names are encoded only then.</summary>
sealed class RowWriter
{
    static readonly JsonEncodedText Id = Encode("id"), CreatedTime = Encode("createdTime"), CommentCount = Encode("commentCount"), Fields = Encode("fields");

    readonly (JsonEncodedText Name, string Field, FieldType Type)[] cells;
    readonly CellFormat format;

    public RowWriter(IReadOnlyList<Field> fields, bool byFieldId, CellFormat format) =>
        (cells, this.format) = ([.. fields.Select(f => (Encode(byFieldId ? f.Id : f.Name), f.Id, f.Type))], format);

    /// <summary>Writes the row that the reader stands on, whose columns are those of a page (<see cref="RecordReader.FirstField"/>).</summary>
    public void Write(Utf8JsonWriter json, NpgsqlDataReader row, int? comments = null)
    {
        json.WriteStartObject();
        json.WriteString(Id, CellBytes.Of(row, 1));
        if (!format.IsForStrangers)
        {
            json.WritePropertyName(CreatedTime);
            Instants.Write(json, row.GetDateTime(2));
        }
        if (comments is { } count)
            json.WriteNumber(CommentCount, count);
        json.WriteStartObject(Fields);
        Dictionary<string, string>? errors = null;
        for (var i = 0; i < cells.Length; i++)
        {
            var (name, field, type) = cells[i];
            if (!row.IsDBNull(i + RecordReader.FirstField))
            {
                json.WritePropertyName(name);
                type.Write(json, row, i + RecordReader.FirstField, format);
            }
            else if (type.CanFail && (errors ??= ErrorsOf(row)).TryGetValue(field, out var failure))
            {
                json.WriteStartObject(name);
                json.WriteString("error", failure);
                json.WriteEndObject();
            }
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What stands in the row's cells in place of values, by field.</summary>
    public static Dictionary<string, string> ErrorsOf(NpgsqlDataReader row) =>
        row.IsDBNull(3) ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(3))!;

    static JsonEncodedText Encode(string name) => JsonEncodedText.Encode(name, JsonFormat.Writer.Encoder);
}
