namespace PyBase.Extraction;

/// <summary>What was read.</summary>
/// <param name="Format">The format the reader understands, not what the name promised.</param>
/// <param name="Schema">The format's own version or schema, verbatim (<c>AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }</c>); empty when it does not say.</param>
/// <param name="Encoding">The encodings that were needed for the texts kept, joined by <c>+</c>: <c>us-ascii</c>, <c>utf-8</c>, <c>windows-1251+ibm866</c>.</param>
/// <param name="Size">Bytes taken from the stream; what follows the format's end mark may be left unread.</param>
public sealed record ExtractionSource(FileFormat Format, string Schema, string Encoding, long Size);
