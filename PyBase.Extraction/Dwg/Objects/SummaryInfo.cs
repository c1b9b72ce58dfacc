using System.Buffers.Binary;
using System.Text;
using PyBase.Extraction.Dwg.Container;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>The part that file managers show: title, subject, author, keywords, comments, who saved last, each with its length before it.</summary>
static class SummaryInfo
{
    const int LastSaved = 5;

    public static byte[] LastSavedBy(DwgSections sections)
    {
        ReadOnlySpan<byte> section = sections[DwgSections.Summary];
        var width = sections.Version >= DwgVersion.R2007 ? 2 : 1;
        for (var i = 0; i <= LastSaved && section.Length >= 2; i++)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(section) * width;
            section = section[2..];
            if (size > section.Length)
                return [];
            if (i == LastSaved)
            {
                var text = section[..size];
                return width == 1 ? text.TrimEnd((byte)0).ToArray() : Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(text).TrimEnd('\0'));
            }
            section = section[size..];
        }
        return [];
    }
}
