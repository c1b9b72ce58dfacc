using System.Text;
using System.Text.Unicode;
using PyBase.Extraction.Text;

namespace PyBase.Extraction.Sheets.Csv;

/// <summary>The encoding of a text file: by its mark, by the zeros of UTF-16, as UTF-8 where it is valid, else by the likeliest code page.</summary>
static class TextDecoding
{
    public static string Of(ReadOnlySpan<byte> bytes, out string encoding, out bool isGuessed)
    {
        isGuessed = false;
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            encoding = "utf-8";
            return Encoding.UTF8.GetString(bytes[3..]);
        }
        if (Marked(bytes) is { } marked)
        {
            encoding = marked.Name;
            return marked.Encoding.GetString(bytes[marked.Mark..]);
        }
        if (Utf8.IsValid(bytes))
        {
            encoding = Ascii.IsValid(bytes) ? "us-ascii" : "utf-8";
            return Encoding.UTF8.GetString(bytes);
        }
        isGuessed = true;
        // The words decide for the file as a whole: what lines of two encodings would mean nobody can say.
        (encoding, var page) = Guess(Sample(bytes));
        return page.GetString(bytes);
    }

    /// <summary>The encoding of two or four bytes a character that a mark or the zeros of Latin letters show, with the length of the mark; null for others.</summary>
    public static (string Name, Encoding Encoding, int Mark)? Marked(ReadOnlySpan<byte> bytes)
    {
        switch (bytes)
        {
            case [0xFF, 0xFE, 0, 0, ..]:
                return ("utf-32", Encoding.UTF32, 4);
            case [0xFF, 0xFE, ..]:
                return ("utf-16", Encoding.Unicode, 2);
            case [0xFE, 0xFF, ..]:
                return ("utf-16be", Encoding.BigEndianUnicode, 2);
        }
        var start = bytes[..Math.Min(bytes.Length, 4096)];
        int even = 0, odd = 0;
        for (var i = 0; i < start.Length; i++)
        {
            if (start[i] == 0)
                _ = (i & 1) == 0 ? even++ : odd++;
        }
        if (odd > start.Length / 5 && even < odd / 8)
            return ("utf-16", Encoding.Unicode, 0);
        return even > start.Length / 5 && odd < even / 8 ? ("utf-16be", Encoding.BigEndianUnicode, 0) : null;
    }

    /// <summary>The code page whose words the sample has, lines with bytes above 127 of a text that is not UTF-8.</summary>
    public static (string Name, Encoding Encoding) Guess(ReadOnlySpan<byte> sample)
    {
        RawText.Decode(sample, isEscaped: false, out var names);
        var name = names.FirstOrDefault(name => name != "utf-8") ?? "windows-1252";
        return (name, CodePages.Get(PageOf(name)));
    }

    // Lines with bytes above 127, underscores taken out since they part encodings in names of other files.
    static byte[] Sample(ReadOnlySpan<byte> bytes)
    {
        const int most = 64 * 1024;
        var sample = new List<byte>();
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range];
            if (Ascii.IsValid(line))
                continue;
            foreach (var one in line)
                sample.Add(one == '_' ? (byte)' ' : one);
            sample.Add((byte)'\n');
            if (sample.Count > most)
                break;
        }
        return [.. sample];
    }

    static int PageOf(string name) => name switch
    {
        "windows-1250" => 1250,
        "windows-1251" => 1251,
        "ibm866" => 866,
        "shift_jis" => 932,
        "gb2312" => 936,
        _ => 1252,
    };
}
