using System.Globalization;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>
/// DXF as text: a line with the code, a line with the value, ended by CR LF, LF or CR in any mixture (and CR CR LF, which
/// transfers in text mode leave behind). A line that should hold a code and does not is skipped, which finds the rhythm again
/// after a value line too many or too few.
/// </summary>
sealed class AsciiTagReader(TagWindow window, TagText text, FindingList findings) : FileTagReader(window, text, findings)
{
    byte[] overlong = [];
    long line;

    public override long Position => line - 1;

    public override string PlaceAt(long position) => string.Create(CultureInfo.InvariantCulture, $"line {position}");

    public override bool Read()
    {
        do
        {
            do
            {
                if (!NextLine())
                    return false;
            }
            while (!TryCode());
            if (!NextLine())
            {
                Findings.Fail(FindingCode.FileTruncated, "The file ends between a group code and its value.", $"line {line}");
                return false;
            }
        }
        // Comments.
        while (Code == 999);
        Kind = ValueKind.Bytes;
        return true;
    }

    bool TryCode()
    {
        var digits = Source.AsSpan(Start, Length);
        var i = 0;
        while (i < digits.Length && digits[i] is (byte)' ' or (byte)'\t')
            i++;
        var isNegative = i < digits.Length && digits[i] == '-';
        var first = isNegative ? ++i : i;
        var code = 0;
        while (i < digits.Length && i < first + 5 && (uint)(digits[i] - '0') <= 9)
            code = (code * 10) + digits[i++] - '0';
        var hasDigits = i > first;
        while (i < digits.Length && digits[i] is (byte)' ' or (byte)'\t')
            i++;
        if (hasDigits && i == digits.Length)
        {
            Code = isNegative ? -code : code;
            return true;
        }
        // Empty lines between pairs and at the end are common and harmless.
        if (i < digits.Length)
            Findings.Warn(FindingCode.SyntaxError, "A line holds no group code where one belongs; it was skipped.", $"line {line}");
        return false;
    }

    // Sets Source, Start and Length.
    bool NextLine()
    {
        var scanned = 0;
        var isOverlong = false;
        while (true)
        {
            var window = Window;
            var buffer = window.Buffer;
            var at = buffer.AsSpan(window.Position + scanned, window.End - window.Position - scanned).IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0)
            {
                var end = window.Position + scanned + at;
                var next = end + 1;
                if (buffer[end] == '\r')
                {
                    if (end + 2 >= window.End && !window.HasEnded)
                    {
                        scanned += at;
                        window.Fill();
                        continue;
                    }
                    if (next < window.End && buffer[next] == '\n')
                        next++;
                    else if (next + 1 < window.End && buffer[next] == '\r' && buffer[next + 1] == '\n')
                        next += 2;
                }
                Take(end, next, isOverlong);
                return true;
            }
            scanned = window.End - window.Position;
            if (scanned > MaxValueBytes)
            {
                if (!isOverlong)
                    overlong = buffer.AsSpan(window.Position, MaxValueBytes).ToArray();
                isOverlong = true;
                window.Position = window.End;
                scanned = 0;
            }
            if (window.Fill())
                continue;
            if (scanned == 0 && !isOverlong)
                return false;
            Take(window.End, window.End, isOverlong);
            return true;
        }
    }

    void Take(int end, int next, bool isOverlong)
    {
        line++;
        (Source, Start, Length) = isOverlong ? (overlong, 0, overlong.Length) : (Window.Buffer, Window.Position, end - Window.Position);
        if (isOverlong)
            Decoder.HasCut = true;
        Window.Position = next;
    }
}
