using System.Buffers;
using System.Text.Json;
using PyBase.Storage.Records;

namespace PyBase.Api.Json;

/// <summary>Answers that are written property by property.</summary>
static class JsonAnswer
{
    public static IResult Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Writer))
            write(json);
        return Results.Bytes(buffer.WrittenMemory, "application/json; charset=utf-8");
    }
}
