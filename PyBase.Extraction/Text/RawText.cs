using System.Text;
using System.Text.Unicode;

namespace PyBase.Extraction.Text;

/// <summary>
/// Reads bytes of undeclared encoding: as UTF-8 when they are valid UTF-8, else by the code page whose reading looks most
/// like words. SolidWorks writes the file's part of a product name in Windows-1251 and the configuration's part in CP866,
/// joined by an underscore: <c>D8 E0 E9 E1 E0 … 5F 98 A0 A9 A1 A0 …</c> is "Шайба …_Шайба …". So each piece is judged by
/// itself where it clearly differs from the whole.
/// </summary>
static class RawText
{
    public const string Utf8Name = "utf-8";

    static readonly Candidate ShiftJis = new("shift_jis", CodePages.Get(932), DoubleByteScore.ShiftJis);

    // Earlier wins a tie.
    static readonly Candidate[] Candidates =
    [
        new("windows-1252", CodePages.Get(1252)), new("windows-1251", CodePages.Get(1251)), new("ibm866", CodePages.Get(866)),
        new("windows-1250", CodePages.Get(1250)), ShiftJis, new("gb2312", CodePages.Get(936), DoubleByteScore.Gbk),
    ];

    /// <summary>The likeliest reading, and the names of the encodings it took.</summary>
    /// <param name="bytes">With at least one above 127.</param>
    /// <param name="isEscaped">Whether the file escaped the bytes one by one; programs that do so run on Japanese systems rather than on DOS.</param>
    /// <param name="encodings">The names of the encodings, each once.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, bool isEscaped, out IReadOnlyList<string> encodings)
    {
        if (Utf8.IsValid(bytes))
        {
            encodings = [Utf8Name];
            return Encoding.UTF8.GetString(bytes);
        }
        if (isEscaped && DoubleByteScore.ShiftJis(bytes) > 0)
        {
            encodings = [ShiftJis.Name];
            return ShiftJis.Read(bytes).Text;
        }
        var whole = Best(bytes);
        if (whole.Of.IsDoubleByte || bytes.IndexOf((byte)'_') < 0)
        {
            encodings = [whole.Of.Name];
            return whole.Text;
        }
        List<string> used = [];
        var text = new StringBuilder(bytes.Length);
        foreach (var range in bytes.Split((byte)'_'))
        {
            if (range.Start.Value > 0)
                text.Append('_');
            text.Append(Piece(bytes[range], whole.Of, used));
        }
        encodings = used;
        return text.ToString();
    }

    static string Piece(ReadOnlySpan<byte> piece, Candidate whole, List<string> used)
    {
        if (Utf8.IsValid(piece))
        {
            if (!Ascii.IsValid(piece) && !used.Contains(Utf8Name))
                used.Add(Utf8Name);
            return Encoding.UTF8.GetString(piece);
        }
        var best = Best(piece);
        if (!best.Of.IsDoubleByte && best.Score <= whole.Read(piece).Score)
            best = whole.Read(piece);
        if (!used.Contains(best.Of.Name))
            used.Add(best.Of.Name);
        return best.Text;
    }

    static Reading Best(ReadOnlySpan<byte> bytes)
    {
        var best = Candidates[0].Read(bytes);
        foreach (var candidate in Candidates.AsSpan(1))
        {
            var reading = candidate.Read(bytes);
            if (reading.Score > best.Score)
                best = reading;
        }
        return best;
    }

    delegate double ByteScore(ReadOnlySpan<byte> bytes);

    readonly record struct Reading(Candidate Of, string Text, double Score);

    sealed class Candidate(string name, Encoding encoding, ByteScore? score = null)
    {
        public string Name => name;
        public bool IsDoubleByte => score is not null;

        public Reading Read(ReadOnlySpan<byte> bytes)
        {
            var text = encoding.GetString(bytes);
            return new Reading(this, text, score is null ? WordScore.Of(text) : score(bytes));
        }
    }
}
