using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PyBase.Api.Json;

/// <summary>Times leave as <c>2026-01-31T12:00:00.000Z</c>; any ISO 8601 time with an offset comes in.</summary>
sealed class UtcTimes : JsonConverter<DateTimeOffset>
{
    const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
