using System.Globalization;
using System.Text.Json;

namespace PyBase.Core.Fields;

/// <summary>Moments as clients get them: ISO 8601 with milliseconds and Z.</summary>
public static class Instants
{
    /// <summary>Length of <c>2026-11-24T08:00:00.000</c>.</summary>
    const int ToMilliseconds = 23;

    /// <summary>Writes a moment of UTC as a JSON text.</summary>
    public static void Write(Utf8JsonWriter json, DateTime instant)
    {
        // The round-trip format is the one that .NET writes without reading a pattern: seven digits of a second, of which three stay.
        Span<byte> text = stackalloc byte[40];
        instant.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[ToMilliseconds] = (byte)'Z';
        json.WriteStringValue(text[..(ToMilliseconds + 1)]);
    }
}
