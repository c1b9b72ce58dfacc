using PyBase.Core.Schema;

namespace PyBase.Workers.Extractions;

/// <summary>What tables of a file are called after: its name without the extension, short enough that what the table holds can stand behind it.</summary>
static class FileStem
{
    public static string Of(string fileName) => FreeName.Cut(Path.GetFileNameWithoutExtension(fileName).Trim(), 200) is { Length: > 0 } stem ? stem : "File";
}
