using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PyBase.Extraction.Envelope;
using Xunit;

namespace PyBase.Tests.Extraction.Ifc;

/// <summary>The real files and what is known of them.</summary>
static class IfcTruth
{
    static readonly string? Shared = FindShared();
    static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    /// <summary>Names of the files, or one that stands for their absence.</summary>
    public static IEnumerable<string> Files => Shared is null
        ? ["(none)"]
        : Directory.EnumerateFiles(Path.Combine(Shared, "drawings", "ifc"), "*.ifc*").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>The truth and what the reader makes of the file; skips the test where there are no files.</summary>
    public static (JsonElement Truth, ExtractionResult Result) Open(string file)
    {
        Assert.SkipWhen(Shared is null, "shared/data/drawings/ifc is not present");
        var path = Path.Combine(Shared!, "truth", "ifc", file + ".json");
        using Stream stream = File.Exists(path) ? File.OpenRead(path) : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var truth = JsonDocument.Parse(stream);
        return (truth.RootElement.Clone(), IfcText.Read(File.ReadAllBytes(Path.Combine(Shared!, "drawings", "ifc", file))));
    }

    /// <summary>The truth takes escapes by the letter; where that gives control characters, they are bytes of Shift-JIS in disguise.</summary>
    public static string Repair(string text) =>
        text.Any(c => c is >= '\u0080' and <= '\u009F') ? ShiftJis.GetString(Encoding.Latin1.GetBytes(text)) : text;

    static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(Path.Combine(data, "drawings", "ifc")))
                return data;
        }
        return null;
    }
}
