using PyBase.Extraction.Pdf;
using PyBase.Tests.Support;
using PyBase.Workers.Ocr;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>The real program where it is installed.</summary>
public sealed class TesseractTests
{
    [Fact]
    public void A_scan_is_read_by_the_installed_program()
    {
        var scan = File.ReadAllBytes(SharedData.Locate("drawings/pdf/scan_odri_bom_200dpi_skew.pdf"));

        var result = PdfText.Read(scan, new PdfOptions { Ocr = Installed() });

        Assert.Contains("Bill of Materials for foot_contact_switch_v1.sch, 13.09.2019", PdfText.Rows(result, "text_lines", "text"));
        var ocr = PdfText.Rows(result, "ocr", "page", "dpi");
        Assert.Equal(["1;200"], ocr);
    }

    [Fact]
    public void A_program_that_runs_out_of_time_is_a_finding()
    {
        var scan = File.ReadAllBytes(SharedData.Locate("drawings/pdf/scan_odri_center_pulley_300dpi.pdf"));

        var result = PdfText.Read(scan, new PdfOptions { Ocr = Installed(TimeSpan.FromMilliseconds(30)) });

        Assert.Contains(result.Findings, finding => finding.Code == PdfFindingCode.OcrFailed);
    }

    [Fact]
    public void Without_the_program_there_is_none() => Assert.Null(TesseractOcr.Find("/nowhere/tesseract"));

    static TesseractOcr Installed(TimeSpan? limit = null)
    {
        var found = TesseractOcr.Find();
        Assert.SkipWhen(found is null, "tesseract is not installed.");
        return limit is { } time ? found.With(time) : found;
    }
}
