using System.Text;
using PyBase.Core.Schema;

namespace PyBase.Workers.Extractions;

/// <summary>Text of a file as a cell takes it.</summary>
static class CellText
{
    /// <summary>Null for nothing; without what PostgreSQL cannot store (NUL, and halves of characters that a broken file may hold), and no longer than a cell is.</summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        text = FreeName.Cut(text, Core.Fields.Text.MaxLength);
        if (text.Contains('\0'))
            text = text.Replace("\0", "", StringComparison.Ordinal);
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
            text = Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text));
        return text.Length == 0 ? null : text;
    }
}
