using System.IO.Compression;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>Mutates what is in an archive and packs it again, so that the mutation reaches the reader behind the unpacking.</summary>
static class ZipMutation
{
    const int MostBytes = 8 * 1024 * 1024;

    public static Mutation Of(IReadOnlyList<Mutation> inner) => new("packed", (file, random, others) =>
    {
        if (!file.AsSpan().StartsWith("PK\x03\x04"u8))
            return null;
        if (Unpack(file) is not { Count: > 0 } entries)
            return null;
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(entries.Count);
            if (entries[at].Content.Length > 0 && inner[random.Next(inner.Count)].Apply(entries[at].Content, random, others) is { } changed)
                entries[at] = (entries[at].Name, changed);
        }
        if (random.Next(10) == 0)
            entries.RemoveAt(random.Next(entries.Count));
        return Pack(entries);
    });

    // Null where an earlier mutation broke the archive.
    static List<(string Name, byte[] Content)>? Unpack(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file));
            List<(string, byte[])> entries = [];
            foreach (var entry in archive.Entries.Where(entry => entry.Length < MostBytes))
            {
                using var content = new MemoryStream();
                using var stream = entry.Open();
                stream.CopyTo(content);
                entries.Add((entry.FullName, content.ToArray()));
            }
            return entries;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    static byte[] Pack(List<(string Name, byte[] Content)> entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                stream.Write(content);
            }
        }
        return file.ToArray();
    }
}
