using System.Diagnostics;
using PyBase.Extraction;
using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Tests.Extraction.Dxf;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Dwg;

/// <summary>Drawings of every version written in place, and broken ones: bounded time and memory, a finding, never an exception.</summary>
public sealed class DwgReaderTests
{
    public static TheoryData<string> Versions() => [.. DwgFile.Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_text_of_each_version_is_read(string version)
    {
        var result = Read(DwgFile.Write(version, "20 ± 0.1^x"));
        Assert.Equal(["20 ± 0.1^x;Notes;Model;1;2;2.5;90"], DxfText.Rows(result, "texts", "text", "layer", "layout", "x", "y", "height", "rotation"));
        Assert.Equal(["Notes;3;true;1"], DxfText.Rows(result, "layers", "name", "color_aci", "plot", "entity_count"));
        Assert.Equal(version, result.Source.Schema);
        Assert.Equal(["units-undeclared"], result.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData("AC1018")]
    [InlineData("AC1032")]
    public void A_run_may_go_on_beyond_what_is_wanted_of_a_page(string version)
    {
        var result = Read(DwgFile.Write(version, ["filled"], isFilled: true));
        Assert.Equal(["filled;Notes"], DxfText.Rows(result, "texts", "text", "layer"));
        Assert.Equal(["units-undeclared"], result.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_portion_of_the_index_may_end_with_a_pair_that_goes_beyond()
    {
        var result = Read(DwgFile.Write("AC1015", [.. Enumerable.Range(0, 1500).Select(i => $"text {i}")]));
        Assert.Equal(1500, result.Table("texts")!.RowCount);
        Assert.Equal(["units-undeclared"], result.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Runs_and_repeats_of_every_length_are_expanded()
    {
        // Words that come again near and far, alone and in rows, with runs of new letters of each length between them.
        var text = new System.Text.StringBuilder();
        for (var length = 1; length < 34; length++)
        {
            for (var i = 0; i < length; i++)
                text.Append((char)(0x4E00 + text.Length));
            text.Append(text.ToString(text.Length / 3, Math.Min(length % 23, text.Length / 2))).Append('x', 2 + (length * 5 % 37));
        }
        text.Append('y', 150);
        Assert.Equal([text.ToString()], DxfText.Rows(Read(DwgFile.Write("AC1021", text.ToString())), "texts", "text"));
    }

    [Theory]
    [InlineData("AC1012")]
    [InlineData("AC1014")]
    [InlineData("AC1009")]
    [InlineData("AC1099")]
    public void Versions_that_are_not_read_say_so(string version)
    {
        var result = Read([.. System.Text.Encoding.ASCII.GetBytes(version), .. new byte[1000]]);
        Assert.Equal("unsupported-version", result.Findings[0].Code);
        Assert.Equal(FindingSeverity.Error, result.Findings[0].Severity);
        Assert.Empty(result.Tables);
    }

    [Fact]
    public void What_is_no_drawing_says_so()
    {
        Assert.Equal("empty-file", Read([]).Findings[0].Code);
        Assert.Equal("not-a-dwg-file", Read([1, 2, 3, 4, 5, 6, 7, 8]).Findings[0].Code);
        Assert.Equal("drawing-too-large", DwgReader.Read(new MemoryStream(new byte[2000]), new DwgOptions { MaxFileBytes = 1000 }, cancellationToken: TestContext.Current.CancellationToken).Findings[0].Code);
    }

    [Fact]
    public void A_changed_object_is_told_and_still_read()
    {
        // The two differ in one letter and the checksum of that object, so the one with the other's checksum was changed.
        var (file, other) = (DwgFile.Write("AC1015", "abcdef"), DwgFile.Write("AC1015", "abcdeg"));
        var place = Enumerable.Range(0, file.Length).First(i => file[i] != other[i]);
        file[place] = other[place];
        var result = Read(file);
        Assert.Equal(["checksum-mismatch"], result.Findings.Select(finding => finding.Code).Where(code => code != "units-undeclared"));
        Assert.Equal(["abcdeg"], DxfText.Rows(result, "texts", "text"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_file_cut_anywhere_is_told_and_never_throws(string version)
    {
        var file = DwgFile.Write(version, "a text");
        for (var length = 0; length < file.Length - 8; length += 3)
            Assert.True(Read(file[..length]).Findings.Any(finding => finding.Severity != FindingSeverity.Info) || version == "AC1021" || length > file.Length - 300, $"{length}");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Flipped_bits_never_throw_and_give_the_same_twice(string version)
    {
        var random = new Random(2000);
        var sample = DwgFile.Write(version, "a text");
        for (var round = 0; round < 500; round++)
        {
            var file = (byte[])sample.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Equal(DxfText.Show(Read(file)), DxfText.Show(Read(file)));
        }
    }

    [Theory]
    [InlineData("BLOCKVISIBILITYPARAMETER.dwg", 150)]
    [InlineData("sample_AC1015.dwg", 40)]
    [InlineData("sample_AC1032.dwg", 40)]
    public void Real_files_with_flipped_bits_never_throw(string name, int rounds)
    {
        var sample = File.ReadAllBytes(SharedData.Locate("drawings/dwg/" + name));
        var random = new Random(2018);
        for (var round = 0; round < rounds; round++)
        {
            var file = (byte[])sample.Clone();
            for (var flips = random.Next(1, 200); flips > 0; flips--)
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            var started = Stopwatch.GetTimestamp();
            Read(round % 4 == 0 ? file[..random.Next(file.Length)] : file);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), $"{round}");
        }
    }

    [Fact]
    public void Pages_that_expand_beyond_the_limit_are_an_error()
    {
        var file = DwgFile.Write("AC1032", "a text");
        var result = DwgReader.Read(new MemoryStream(file), new DwgOptions { MaxExpandedBytes = 300 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(result.Findings, finding => finding.Code == "drawing-too-large");
    }

    [Fact]
    public void Cancellation_is_seen()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => DwgReader.Read(new MemoryStream(DwgFile.Write("AC1032", "x")), cancellationToken: source.Token));
    }

    static ExtractionResult Read(byte[] file) => DwgReader.Read(new MemoryStream(file), cancellationToken: TestContext.Current.CancellationToken);
}
