using System.Text;
using System.Text.Unicode;
using PyBase.Extraction.Text;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>A name of PDF as it stands behind its slash: <c>#41</c> is <c>A</c>. Read as PdfPig reads it, also where it is broken, since what differs would be missed.</summary>
static class WrittenName
{
    public static string Read(ReadOnlySpan<byte> written)
    {
        if (!written.Contains((byte)'#'))
            return Text(written);
        var name = new List<byte>(written.Length);
        byte? digit = null;
        var isEscaped = false;
        foreach (var one in written)
        {
            if (one == '#')
                isEscaped = true;
            else if (!isEscaped)
                name.Add(one);
            else if (!char.IsAsciiHexDigit((char)one))
            {
                Broken();
                name.Add(one);
            }
            else if (digit is { } high)
            {
                name.Add((byte)(Convert.ToInt32(((char)high).ToString(), 16) << 4 | Convert.ToInt32(((char)one).ToString(), 16)));
                (digit, isEscaped) = (null, false);
            }
            else
                digit = one;
        }
        if (isEscaped)
            Broken();
        return Text([.. name]);

        void Broken()
        {
            name.Add((byte)'#');
            if (digit is { } left)
                name.Add(left);
            (digit, isEscaped) = (null, false);
        }
    }

    static string Text(ReadOnlySpan<byte> name) => Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : CodePages.Get(1252).GetString(name);
}
