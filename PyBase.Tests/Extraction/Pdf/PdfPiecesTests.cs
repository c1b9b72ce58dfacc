using Xunit;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>Dimensions that are drawn in several texts, each with its own place and size.</summary>
public sealed class PdfPiecesTests
{
    // A piece is text@along,across,size.
    [Theory]
    [InlineData("Ø12@0,0,10 H7@20,0,7", "diameter;12;mm;;;H7;1")]
    [InlineData("Ø12@0,0,10 js6@20,0,10", "diameter;12;mm;;;js6;1")]
    [InlineData("36@0,0,10 H7@12,4,7 g6@12,-3,7", "linear;36;mm;;;H7/g6;1")]
    [InlineData("Ø25@0,0,10 H7@20,0,7 +0.021@32,5,6 0@32,-2,6", "diameter;25;mm;0.021;0;H7;1")]
    [InlineData("40_h6_(@0,0,10 0@31,5,6 -0.016@31,-2,6 )@49,0,10", "linear;40;mm;0;-0.016;h6;1")]
    [InlineData("40_h6_(0/-0.016)@0,0,10", "linear;40;mm;0;-0.016;h6;1")]
    [InlineData("12@0,0,10 R5@23,0,10", "linear;12;mm;;;;1|radius;5;mm;;;;1")]
    [InlineData("30@0,0,10 ±0.1@32,0,10", "linear;30;mm;0.1;-0.1;;1")]
    [InlineData("3x@0,0,10 Ø5.5@23,0,10", "diameter;5.5;mm;;;;3")]
    [InlineData("34.10@0,6,10 33.90@0,-6,10", "linear;34;mm;0.1;-0.1;;1")]
    [InlineData("Ø12.05@0,6,10 11.95@8,-6,10", "diameter;12;mm;0.05;-0.05;;1")]
    [InlineData("2@0,0,10 1@6.5,5,6 2@6.5,-3,6 \"@11,0,10", "linear;2.5;in;;;;1")]
    [InlineData("3@0,0,10 1@6.5,5,6 2@6.5,-3,6", "linear;3.5;mm;;;;1")]
    public void Pieces_are_put_together(string pieces, string expected)
    {
        foreach (var angle in (double[])[0, 90, 30])
            Assert.Equal(expected.Split('|'), PdfText.Rows(Draw(pieces, angle).Read(), "dimensions", "kind", "nominal", "unit", "upper", "lower", "fit", "count"));
    }

    [Theory]
    // Two sizes that differ much, three in a column, and those of other letters are no limits of one.
    [InlineData("34@0,6,10 12@0,-6,10", "12 34")]
    [InlineData("34.1@0,12,10 34.0@0,0,10 33.9@0,-12,10", "33.9 34 34.1")]
    [InlineData("34.1@0,6,10 33.9@0,-6,14", "33.9 34.1")]
    [InlineData("30@0,0,10 41@32,0,10", "30 41")]
    public void Sizes_beside_each_other_stay_apart(string pieces, string expected) =>
        Assert.Equal(expected, string.Join(' ', PdfText.Rows(Draw(pieces, 0).Read(), "dimensions", "nominal").Order(StringComparer.Ordinal)));

    static PdfText Draw(string pieces, double angle)
    {
        var pdf = new PdfText().Arrow(10, 10).Arrow(30, 10).Arrow(50, 10).Arrow(70, 10);
        var (cos, sin) = (Math.Cos(angle * Math.PI / 180), Math.Sin(angle * Math.PI / 180));
        foreach (var piece in pieces.Split(' '))
        {
            var at = piece.LastIndexOf('@');
            var place = piece[(at + 1)..].Split(',').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            pdf.Text(Math.Round(200 + place[0] * cos - place[1] * sin, 3), Math.Round(200 + place[0] * sin + place[1] * cos, 3), piece[..at].Replace('_', ' '), place[2], angle);
        }
        return pdf;
    }
}
