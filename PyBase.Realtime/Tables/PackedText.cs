using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace PyBase.Realtime.Tables;

/// <summary>JSON text as MessagePack and back. Whole numbers of 64 bits are integers, other numbers are doubles.</summary>
static class PackedText
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<byte> json)
    {
        var (sizes, next) = (Sizes(json), 0);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteMapHeader(sizes[next++]);
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteArrayHeader(sizes[next++]);
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String when reader.ValueIsEscaped:
                    writer.Write(reader.GetString());
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    writer.WriteString(reader.ValueSpan);
                    break;
                case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                    writer.Write(whole);
                    break;
                case JsonTokenType.Number when reader.TryGetUInt64(out var large):
                    writer.Write(large);
                    break;
                case JsonTokenType.Number:
                    writer.Write(reader.GetDouble());
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    writer.Write(reader.GetBoolean());
                    break;
                case JsonTokenType.Null:
                    writer.WriteNil();
                    break;
            }
    }

    /// <summary>How much each object and each list holds, in the order in which they begin: MessagePack says it first, JSON never.</summary>
    static List<int> Sizes(ReadOnlySpan<byte> json)
    {
        var (sizes, open) = (new List<int>(), new Stack<int>());
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }
            if (reader.TokenType is not JsonTokenType.PropertyName && open.TryPeek(out var holder))
                sizes[holder]++;
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                continue;
            open.Push(sizes.Count);
            sizes.Add(0);
        }
        return sizes;
    }

    /// <summary>One value.</summary>
    /// <exception cref="MessagePackSerializationException">It is none, is nested too deeply, or is nothing that JSON can say.</exception>
    public static ReadOnlyMemory<byte> Read(ref MessagePackReader reader, MessagePackSecurity security)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
            Read(ref reader, json, security);
        return text.WrittenMemory;
    }

    static void Read(ref MessagePackReader reader, Utf8JsonWriter json, MessagePackSecurity security)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Map:
                security.DepthStep(ref reader);
                json.WriteStartObject();
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    json.WritePropertyName(reader.ReadString() ?? throw new MessagePackSerializationException("A property has a name."));
                    Read(ref reader, json, security);
                }
                json.WriteEndObject();
                reader.Depth--;
                break;
            case MessagePackType.Array:
                security.DepthStep(ref reader);
                json.WriteStartArray();
                for (var left = reader.ReadArrayHeader(); left > 0; left--)
                    Read(ref reader, json, security);
                json.WriteEndArray();
                reader.Depth--;
                break;
            case MessagePackType.String:
                json.WriteStringValue(reader.ReadString());
                break;
            case MessagePackType.Integer when reader.NextCode is MessagePackCode.UInt64:
                json.WriteNumberValue(reader.ReadUInt64());
                break;
            case MessagePackType.Integer:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float when reader.ReadDouble() is var number && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case MessagePackType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Nil:
                reader.ReadNil();
                json.WriteNullValue();
                break;
            case var other:
                throw new MessagePackSerializationException($"{other} is nothing that JSON can say.");
        }
    }
}
