using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>Pages with thousands of texts or cells: what one costs does not grow with how many others there are.</summary>
public sealed class PdfLargePageTests
{
    const int Longest = 60;

    [Theory]
    [InlineData("columns of text")]
    [InlineData("cells of one table")]
    [InlineData("tables")]
    [InlineData("dimensions")]
    [InlineData("notes")]
    [InlineData("a pattern of lines")]
    public void A_page_is_read_in_a_time_that_grows_with_its_length(string what)
    {
        var page = Draw(what);
        var started = Stopwatch.GetTimestamp();
        Assert.DoesNotContain(page.Read().Findings, finding => finding.Code == "pdf-time-over");
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(Longest), what);
    }

    static PdfText Draw(string what)
    {
        switch (what)
        {
            case "columns of text":
                var columns = new PdfText(600, 46_000);
                for (var i = 0; i < 3800; i++)
                    columns.Text(30, 45_900 - 12 * i, "gear shaft housing").Text(310, 45_900 - 12 * i, "cover spring seal bolt");
                return columns;
            case "cells of one table":
                var cells = new PdfText(4600, 2200);
                for (var i = 0; i <= 150; i++)
                    cells.Line(20, 20 + 14 * i, 4520, 20 + 14 * i).Line(20 + 30 * i, 20, 20 + 30 * i, 2120);
                for (var i = 0; i < 150 * 150; i++)
                    cells.Text(22 + 30 * (i % 150), 23 + 14 * (i / 150), (i % 999).ToString(CultureInfo.InvariantCulture), 8);
                return cells;
            case "tables":
                var tables = new PdfText(4100, 2100);
                for (var i = 0; i < 1600; i++)
                {
                    var (x, y) = (20 + 100 * (i % 40), 20 + 50 * (i / 40));
                    tables.Box(x, y, 80, 40).Line(x, y + 20, x + 80, y + 20).Line(x + 40, y, x + 40, y + 40).Text(x + 4, y + 4, "a", 8).Text(x + 44, y + 4, "b", 8).Text(x + 4, y + 24, "c", 8).Text(x + 44, y + 24, "d", 8);
                }
                return tables;
            case "dimensions":
                return Drawing(25_000, i => $"{i % 97}.5 H7");
            case "notes":
                return Drawing(9_000, _ => "deburr all sharp edges");
            default:
                var pattern = new PdfText(6_100, 6_100);
                for (var i = 0; i < 2000; i++)
                    pattern.Line(20, 20 + 3 * i, 6_020, 20 + 3 * i).Line(20 + 3 * i, 20, 20 + 3 * i, 6_020);
                return pattern.Text(30, 30, "x");
        }
    }

    static PdfText Drawing(int texts, Func<int, string> text)
    {
        var pdf = new PdfText(9000, 9000).Arrow(10, 10).Arrow(30, 10).Arrow(50, 10).Arrow(70, 10);
        for (var i = 0; i < texts; i++)
            pdf.Text(20 + 130 * (i % 60), 40 + 17.3 * (i / 60), text(i), 6);
        return pdf;
    }
}
