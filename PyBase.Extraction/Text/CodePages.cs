using System.Text;

namespace PyBase.Extraction.Text;

/// <summary>The code pages of old drawings. What a page does not define decodes to U+FFFD.</summary>
static class CodePages
{
    static readonly Encoding?[] Iso = new Encoding?[10];

    public static Encoding Get(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));

    /// <summary>Part 1 to 9 of ISO 8859.</summary>
    public static Encoding Iso8859(int part) => Iso[part] ??= Get(28590 + part);
}
