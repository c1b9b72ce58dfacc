using System.Text;

namespace PyBase.Extraction.Step;

static class SpanText
{
    /// <summary>An enumeration's name in capitals.</summary>
    public static string ToName(this ReadOnlySpan<byte> name) => Encoding.ASCII.GetString(name[..Math.Min(name.Length, 100)]).ToUpperInvariant();
}
