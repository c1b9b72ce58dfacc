using Npgsql;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Records;

namespace PyBase.Storage.Exports;

/// <summary>Records in the form of <c>/v0</c>, in one object or one a line.</summary>
sealed class JsonExport : IExportWriter
{
    readonly RecordOutput buffer;
    readonly RowWriter rows;
    readonly bool isLines;

    public JsonExport(IReadOnlyList<Field> fields, CellFormat format, bool isLines)
    {
        (this.isLines, rows, buffer) = (isLines, new RowWriter(fields, byFieldId: false, format), new RecordOutput(isLines));
        if (isLines)
            return;
        buffer.Json.WriteStartObject();
        buffer.Json.WriteStartArray("records");
    }

    public long Size => buffer.Size;

    public void Add(NpgsqlDataReader row)
    {
        rows.Write(buffer.Json, row);
        buffer.EndRecord();
    }

    public Task ResolveAsync(NpgsqlConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    public async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(buffer.Written, cancellation);
        // The object goes on: what was sent is forgotten, where in the list we are is not.
        buffer.Sent();
    }

    public async Task EndAsync(Stream output, CancellationToken cancellation)
    {
        if (!isLines)
        {
            buffer.Json.WriteEndArray();
            buffer.Json.WriteEndObject();
        }
        await WriteAsync(output, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        buffer.Dispose();
        return ValueTask.CompletedTask;
    }
}
