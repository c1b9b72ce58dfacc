using PyBase.Extraction.Pdf;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>Real files that are special.</summary>
public sealed class PdfTruthTests
{
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
