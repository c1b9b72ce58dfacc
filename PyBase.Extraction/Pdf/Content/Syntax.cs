using System.Buffers;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>Bytes of PDF that mean something by themselves (ISO 32000-1, 7.2.2 and 7.3.3).</summary>
static class Syntax
{
    /// <summary>White space.</summary>
    public static readonly SearchValues<byte> Blanks = SearchValues.Create("\0\t\n\f\r "u8);

    /// <summary>What numbers are written with.</summary>
    public static readonly SearchValues<byte> Numeric = SearchValues.Create("0123456789+-."u8);

    /// <summary>What ends a name or a word: white space and delimiters.</summary>
    public static readonly SearchValues<byte> Ends = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);
}
