using System.Text;

namespace PyBase.Extraction.Pictures;

/// <summary>Text in SVG: characters that XML does not allow are left out, its signs are escaped.</summary>
static class SvgText
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '&': escaped.Append("&amp;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case < 32 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF: break;
                default: escaped.Append(rune.ToString()); break;
            }
        }
        return escaped.ToString();
    }
}
