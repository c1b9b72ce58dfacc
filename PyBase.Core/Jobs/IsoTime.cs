using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyBase.Core.Jobs;

/// <summary><c>2026-11-23T20:03:48.000Z</c>: three decimals and Z, always; any ISO 8601 time with an offset comes in.</summary>
public sealed class IsoTime : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
