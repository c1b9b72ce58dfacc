using System.Text.Json;
using PyBase.Extraction.Pdf;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>Real drawings and tables against what people and independent readers found in them.</summary>
public sealed class PdfTruthTests(ITestOutputHelper output)
{
    [Fact]
    public void Kinds_are_found_and_nothing_else()
    {
        var accuracy = new PdfAccuracy();
        foreach (var path in Directory.EnumerateFiles(SharedData.Locate("drawings/pdf"), "*.pdf").Order(StringComparer.Ordinal))
        {
            var file = Path.GetFileName(path);
            if (file.StartsWith("scan_", StringComparison.Ordinal))
                continue;
            var truth = JsonDocument.Parse(File.ReadAllText(SharedData.Locate($"truth/pdf/{file}.json"))).RootElement;
            accuracy.Compare(file, truth, PdfText.Read(File.ReadAllBytes(path), new PdfOptions { Password = truth.TryGetProperty("user_password", out var password) ? password.GetString() : null }));
        }
        output.WriteLine(accuracy.Report());
        output.WriteLine(string.Join('\n', accuracy.Misses.Take(200)));

        Assert.InRange(accuracy.F1("letters"), 0.999, 1);
        foreach (var kind in (string[])["dimensions", "frames", "title block", "surface finish", "notes", "threads"])
            Assert.InRange(accuracy.F1(kind), 0.95, 1);
        Assert.InRange(accuracy.F1("ruled tables, cells"), 0.97, 1);
        Assert.InRange(accuracy.F1("ruled tables, neighbours"), 0.97, 1);
        Assert.InRange(accuracy.F1("unruled tables, cells"), 0.95, 1);
        Assert.InRange(accuracy.F1("unruled tables, neighbours"), 0.95, 1);
    }

    [Theory]
    [InlineData(null, PdfFindingCode.PasswordMissing)]
    [InlineData("wrong", PdfFindingCode.PasswordWrong)]
    public void An_encrypted_file_needs_its_password(string? password, string code)
    {
        var result = PdfText.Read(File.ReadAllBytes(SharedData.Locate("drawings/pdf/health_protected.pdf")), new PdfOptions { Password = password });

        Assert.Equal([code], result.Findings.Select(finding => finding.Code));
        Assert.Empty(result.Tables);
    }

    [Fact]
    public void A_3D_model_is_told()
    {
        var result = PdfText.Read(File.ReadAllBytes(SharedData.Locate("drawings/pdf/MMP_support_assembly_3d.pdf")));

        Assert.Equal(["1;false;true"], PdfText.Rows(result, "pages", "n", "has_text", "has_3d"));
        Assert.Contains(result.Findings, finding => finding.Code == PdfFindingCode.Has3D);
    }

    [Fact]
    public void A_parts_list_on_a_page_has_its_lines()
    {
        var result = PdfText.Read(File.ReadAllBytes(SharedData.Locate("drawings/pdf/odri_bom.pdf")));

        Assert.Equal(13, result.Table("bom")!.RowCount);
        Assert.Equal("370103009;Wirewrap cable black 30AWG;2", PdfText.Rows(result, "bom", "part_number", "description", "qty")[0]);
    }
}
