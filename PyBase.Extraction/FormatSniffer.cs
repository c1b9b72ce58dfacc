using System.Text;
using PyBase.Extraction.Sheets.Csv;

namespace PyBase.Extraction;

/// <summary>Tells a file's format from its first bytes, with the name as witness where bytes cannot decide.</summary>
public static class FormatSniffer
{
    /// <summary>How many first bytes are worth handing over; fewer are fine.</summary>
    public const int BytesWanted = 4096;

    /// <summary>The format, or <see cref="FileFormat.Unknown"/>. Never throws.</summary>
    /// <param name="start">The file's first bytes, ideally <see cref="BytesWanted"/> of them.</param>
    /// <param name="fileName">With extension; may be empty.</param>
    public static FileFormat Sniff(ReadOnlySpan<byte> start, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        start = start[..Math.Min(start.Length, BytesWanted)];
        var extension = Path.GetExtension(fileName).ToUpperInvariant();
        if (start.IndexOf("ISO-10303-21"u8) >= 0)
            return IsIfc(start, extension) ? FileFormat.Ifc : FileFormat.Step;
        if (start.StartsWith("AutoCAD Binary DXF"u8))
            return FileFormat.DxfBinary;
        // "AC1032" and so on; R1.x to R2.x wrote "AC1.2", "MC0.0".
        if (start.Length >= 6 && (start.StartsWith("AC10"u8) || start.StartsWith("AC1."u8) || start.StartsWith("AC2."u8) || start.StartsWith("MC0.0"u8)))
            return FileFormat.Dwg;
        // Readers accept a PDF whose mark stands anywhere in the first 1024 bytes (ISO 32000-1, annex H).
        if (start[..Math.Min(start.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
            return FileFormat.Pdf;
        if (start.StartsWith("PK\x03\x04"u8))
            return Zip(start, extension);
        return start.Contains((byte)0) && TextDecoding.Marked(start) is null ? FileFormat.Unknown : Text(start, extension);
    }

    static bool IsIfc(ReadOnlySpan<byte> start, string extension)
    {
        // FILE_SCHEMA(('IFC4')); decides; the name where the header is longer than what we hold.
        var schema = start.IndexOf("FILE_SCHEMA"u8);
        if (schema < 0)
            return extension == ".IFC";
        var quote = start[schema..].IndexOf((byte)'\'');
        return quote >= 0 ? start[(schema + quote + 1)..].StartsWith("IFC"u8) : extension == ".IFC";
    }

    static FileFormat Zip(ReadOnlySpan<byte> start, string extension) => extension switch
    {
        ".XLSX" or ".XLSM" => FileFormat.Xlsx,
        ".IFCZIP" => FileFormat.IfcZip,
        _ when start.IndexOf("[Content_Types].xml"u8) >= 0 || start.IndexOf("xl/"u8) >= 0 =>
            start.IndexOf("word/"u8) < 0 && start.IndexOf("ppt/"u8) < 0 ? FileFormat.Xlsx : FileFormat.Unknown,
        _ when start.IndexOf(".ifc"u8) >= 0 || start.IndexOf(".IFC"u8) >= 0 => FileFormat.IfcZip,
        _ => FileFormat.Unknown,
    };

    static FileFormat Text(ReadOnlySpan<byte> start, string extension)
    {
        var text = (TextDecoding.Marked(start)?.Encoding ?? Encoding.Latin1).GetString(start).AsSpan().TrimStart("\uFEFFï»¿ \t\r\n");
        if (LooksLikeDxf(text) || (extension == ".DXF" && !text.IsEmpty))
            return FileFormat.Dxf;
        if (extension == ".JSON" || (extension != ".CSV" && text.Length > 0 && text[0] is '{' or '['))
            return text.IsEmpty ? FileFormat.Unknown : FileFormat.Json;
        return extension is ".CSV" or ".TSV" or ".TXT" && !text.IsEmpty ? FileFormat.Csv : FileFormat.Unknown;
    }

    // "  0\nSECTION\n  2\nHEADER", perhaps after comments "999\n…".
    static bool LooksLikeDxf(ReadOnlySpan<char> text)
    {
        var lines = text.EnumerateLines();
        while (lines.MoveNext())
        {
            var code = lines.Current.Trim();
            if (!lines.MoveNext())
                return false;
            if (code is "999")
                continue;
            return code is "0" && lines.Current.Trim() is "SECTION" or "EOF";
        }
        return false;
    }
}
