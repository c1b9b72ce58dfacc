using System.IO.Compression;
using System.Text;
using PyBase.Extraction;
using PyBase.Extraction.Ifc;
using Xunit;

namespace PyBase.Tests.Extraction.Ifc;

/// <summary>ifcZIP, healthy and hostile.</summary>
public sealed class IfcArchiveTests
{
    static readonly byte[] Model = Part21Text.Bytes(Part21Text.Data(IfcText.House + IfcText.Wall, "IFC4"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_model_in_an_archive_is_read_from_any_stream(bool canSeek)
    {
        var zip = Zip(("readme.txt", [1, 2, 3]), ("folder/Model.IFC", Model));
        var result = IfcText.Read(canSeek ? new MemoryStream(zip) : new DripStream(zip, 100));
        Assert.Equal(FileFormat.IfcZip, result.Source.Format);
        Assert.Equal(["W"], result.Rows("elements", "name"));
        Assert.Empty(result.Findings);
    }

    [Fact]
    public void Of_several_models_the_first_is_read()
    {
        var result = IfcText.Read(Zip(("a.ifc", Model), ("b.ifc", Model)));
        Assert.Equal(["archive-with-several"], result.Codes());
        Assert.Equal(["W"], result.Rows("elements", "name"));
    }

    [Fact]
    public void An_archive_without_a_model_is_told() => Assert.Contains("archive-without-ifc", IfcText.Read(Zip(("a.txt", Model))).Codes());

    [Fact]
    public void A_model_as_xml_is_told() =>
        Assert.Contains(IfcText.Read(Zip(("a.ifcXML", "<?xml version=\"1.0\"?><ifcXML/>"u8.ToArray()))).Findings, finding => finding.Code == "archive-without-ifc" && finding.Message.Contains("ifcXML", StringComparison.Ordinal));

    [Fact]
    public void An_archive_cut_anywhere_never_throws()
    {
        var zip = Zip(("a.ifc", Model));
        for (var length = 4; length < zip.Length; length++)
            Assert.True(IfcText.Read(zip[..length]).HasErrors);
    }

    [Fact]
    public void A_flipped_archive_never_throws()
    {
        var zip = Zip(("a.ifc", Model));
        var random = new Random(7);
        for (var round = 0; round < 1000; round++)
        {
            var bytes = (byte[])zip.Clone();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            foreach (var table in IfcText.Read(bytes).Tables)
                Assert.Equal(table.RowCount, table.Rows.Count());
        }
    }

    [Fact]
    public void A_bomb_is_left_where_its_expansion_exceeds_the_limits()
    {
        var bomb = Zip(("a.ifc", [.. Encoding.ASCII.GetBytes("ISO-10303-21;DATA;"), .. new byte[64 * 1024 * 1024]]));
        var result = IfcText.Read(bomb);
        Assert.Contains("archive-expansion", result.Codes());
        Assert.InRange(result.Source.Size, 0, 20 * 1024 * 1024);
        Assert.True(result.Truncated);
        var small = IfcText.Read(Zip(("a.ifc", Model)), new IfcOptions { MaxExpandedBytes = 500 });
        Assert.Contains("archive-expansion", small.Codes());
    }

    [Fact]
    public void A_directory_of_too_many_entries_is_not_read()
    {
        var zip = Zip([.. Enumerable.Range(0, 200).Select(i => ($"{i}.ifc", (byte[])[]))]);
        Assert.Contains("archive-expansion", IfcText.Read(zip, new IfcOptions { MaxArchiveBytes = 256 * 1000 }).Codes());
    }

    static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }
}
