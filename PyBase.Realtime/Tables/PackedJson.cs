using System.Collections.Concurrent;
using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace PyBase.Realtime.Tables;

/// <summary>
/// What is said in MessagePack is what is said in JSON, value by value. A message has one form, whichever way it is written, and what strangers send is read by the
/// JSON reader, which makes nothing but the types that are asked for.
/// </summary>
sealed class PackedJson : IFormatterResolver
{
    /// <summary>As deep as JSON may be.</summary>
    const int MaxDepth = 64;

    readonly ConcurrentDictionary<Type, object> formatters = new();
    readonly JsonSerializerOptions json;

    PackedJson(JsonSerializerOptions json) => this.json = json;

    /// <summary>MessagePack that says what JSON says with these settings.</summary>
    public static MessagePackSerializerOptions Options(JsonSerializerOptions json) => MessagePackSerializerOptions.Standard.WithResolver(new PackedJson(json))
        .WithSecurity(MessagePackSecurity.UntrustedData.WithMaximumObjectGraphDepth(MaxDepth));

    public IMessagePackFormatter<T> GetFormatter<T>() => (IMessagePackFormatter<T>)formatters.GetOrAdd(typeof(T), static (_, json) => new Formatter<T>(json), json);

    sealed class Formatter<T>(JsonSerializerOptions json) : IMessagePackFormatter<T>
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
            PackedText.Write(ref writer, JsonSerializer.SerializeToUtf8Bytes(value, json));

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            JsonSerializer.Deserialize<T>(PackedText.Read(ref reader, options.Security).Span, json)!;
    }
}
