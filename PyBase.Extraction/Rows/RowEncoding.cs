using System.Text;
using System.Text.Unicode;
using PyBase.Extraction.Sheets.Csv;

namespace PyBase.Extraction.Rows;

/// <summary>The encoding of a text file of any length, found by going through its bytes once.</summary>
/// <param name="Name">For people.</param>
/// <param name="Encoding">What reads it.</param>
/// <param name="IsGuessed">Nothing in the file says so.</param>
/// <param name="MixedAt">The first line that is not UTF-8 among lines that are; 0 when all lines are of one encoding.</param>
sealed record RowEncoding(string Name, Encoding Encoding, bool IsGuessed = false, long MixedAt = 0)
{
    const int Start = 4096;
    const int MostSampled = 64 * 1024;

    public static RowEncoding Of(Stream stream, CancellationToken cancellation)
    {
        var start = new byte[Start];
        var length = stream.ReadAtLeast(start, Start, throwOnEndOfStream: false);
        var first = start.AsSpan(0, length);
        if (first is [0xEF, 0xBB, 0xBF, ..])
            return new RowEncoding("utf-8", new UTF8Encoding(false));
        if (TextDecoding.Marked(first) is { } marked)
            return new RowEncoding(marked.Name, marked.Encoding);
        stream.Position = 0;
        var scan = Scan(stream, cancellation);
        if (scan.BadLines == 0)
            return new RowEncoding(scan.WideLines == 0 ? "us-ascii" : "utf-8", new UTF8Encoding(false));
        var (name, page) = TextDecoding.Guess(scan.Sample);
        // Double-byte pages have no single bytes to fall back to; a file in one of them has no valid UTF-8 by chance either.
        return scan.WideLines > 0 && page.IsSingleByte
            ? new RowEncoding($"utf-8 and {name}", Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new PageFallback(page)), true, scan.FirstBad)
            : new RowEncoding(name, page, IsGuessed: true);
    }

    /// <summary>An encoding by the name that somebody gives; null when there is none.</summary>
    public static RowEncoding? Named(string name)
    {
        try
        {
            return new RowEncoding(name, CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    readonly record struct Lines(long WideLines, long BadLines, long FirstBad, byte[] Sample);

    // Line by line: a line with bytes above 127 is UTF-8 or not.
    static Lines Scan(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[256 * 1024];
        var sample = new List<byte>();
        int kept = 0, read;
        long line = 1, wide = 0, bad = 0, firstBad = 0;
        while ((read = stream.Read(buffer, kept, buffer.Length - kept)) > 0 || kept > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = buffer.AsSpan(0, kept + read);
            var end = read == 0 ? block.Length : block.LastIndexOf((byte)'\n') + 1;
            // A line longer than the buffer is looked at in pieces, without the character that the cut may go through.
            if (end == 0)
                end = kept + read < buffer.Length ? 0 : WholeCharacters(block);
            if (end == 0)
            {
                kept += read;
                continue;
            }
            var lines = block[..end];
            if (Ascii.IsValid(lines))
                line += lines.Count((byte)'\n');
            else
                foreach (var range in lines.Split((byte)'\n'))
                {
                    var one = lines[range];
                    if (!Ascii.IsValid(one))
                    {
                        if (Utf8.IsValid(one))
                            wide++;
                        else
                        {
                            bad++;
                            firstBad = firstBad == 0 ? line : firstBad;
                            if (sample.Count < MostSampled)
                            {
                                foreach (var letter in one[..Math.Min(one.Length, 4096)])
                                    sample.Add(letter == '_' ? (byte)' ' : letter);
                                sample.Add((byte)'\n');
                            }
                        }
                    }
                    if (range.End.Value < lines.Length)
                        line++;
                }
            block[end..].CopyTo(buffer);
            kept = block.Length - end;
            if (read == 0)
                break;
        }
        return new Lines(wide, bad, firstBad, [.. sample]);
    }

    static int WholeCharacters(ReadOnlySpan<byte> block)
    {
        var end = block.Length;
        while (end > block.Length - 4 && (block[end - 1] & 0xC0) == 0x80)
            end--;
        return block[end - 1] >= 0xC0 ? end - 1 : block.Length;
    }

    /// <summary>Bytes that are not UTF-8 are read by a code page, so that lines of both stand side by side.</summary>
    sealed class PageFallback(Encoding page) : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(page);

        sealed class Buffer(Encoding page) : DecoderFallbackBuffer
        {
            string text = "";
            int next;

            public override int Remaining => text.Length - next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (text, next) = (page.GetString(bytesUnknown), 0);
                return text.Length > 0;
            }

            public override char GetNextChar() => next < text.Length ? text[next++] : '\0';

            public override bool MovePrevious()
            {
                if (next == 0)
                    return false;
                next--;
                return true;
            }

            public override void Reset() => (text, next) = ("", 0);
        }
    }
}
