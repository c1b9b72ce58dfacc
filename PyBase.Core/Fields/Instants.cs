using System.Globalization;
using System.Text.Json;

namespace PyBase.Core.Fields;

/// <summary>Moments as clients get them: ISO 8601 with milliseconds and Z.</summary>
static class Instants
{
    public static void Write(Utf8JsonWriter json, DateTime instant)
    {
        Span<char> text = stackalloc char[24];
        instant.TryFormat(text, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteStringValue(text);
    }
}
