using PyBase.Notation.Callouts;
using Xunit;

namespace PyBase.Tests.Notation;

public sealed class FeatureCalloutTests
{
    [Theory]
    [InlineData("⌀1,20 ↧ 1,5mm", "⌀1.20 mm", 1, "1.5", false)]
    [InlineData("4x ⌀6.6 THRU", "4x ⌀6.6 mm", 4, null, true)]
    [InlineData("2 x 12 H7 x 20 DEEP", "2x 12 mm H7", 2, "20", false)]
    [InlineData("⌀10", "⌀10 mm", 1, null, false)]
    public void Holes_have_a_size_a_count_and_a_depth(string text, string size, int count, string? depth, bool isThrough)
    {
        Assert.True(FeatureCallout.TryParse(text, out var callout, out var fault), fault?.ToString());

        Assert.Equal((size, count, depth, isThrough), (callout.Size!.ToString(), callout.Count, callout.Depth?.ToString(System.Globalization.CultureInfo.InvariantCulture), callout.IsThrough));
    }

    [Theory]
    [InlineData("4 x CHAMFER 0,2", 4)]
    [InlineData("CHAMFER 0,2", 1)]
    [InlineData("4x 0.2 CHAMFER", 4)]
    [InlineData("4x C0.2", 4)]
    public void A_word_or_sign_makes_a_chamfer(string text, int count)
    {
        Assert.True(FeatureCallout.TryParse(text, out var callout, out var fault), fault?.ToString());

        Assert.Equal((true, count, 0.2m), (callout.IsChamfer, callout.Count, callout.Size!.Value));
    }

    [Fact]
    public void Recesses_follow_the_hole()
    {
        Assert.True(FeatureCallout.TryParse("4x ⌀6.6 THRU ALL ⌴ ⌀11 ↧ 6.8", out var bored, out _));
        Assert.True(FeatureCallout.TryParse("⌀5 ↧10 ⌵ ⌀10 x 90°", out var sunk, out _));

        Assert.Equal((RecessKind.Counterbore, 11m, (decimal?)6.8m), (bored.Recesses[0].Kind, bored.Recesses[0].Size.Value, bored.Recesses[0].Depth));
        Assert.Equal((RecessKind.Countersink, 10m, (decimal?)90m), (sunk.Recesses[0].Kind, sunk.Recesses[0].Size.Value, sunk.Recesses[0].Angle));
        Assert.Equal(10m, sunk.Depth);
    }

    [Fact]
    public void Threads_are_read_as_threads()
    {
        Assert.True(FeatureCallout.TryParse("4x M8x1-6H ↧12", out var callout, out _));

        Assert.Equal((8m, 4, (decimal?)12m), (callout.Thread!.Diameter, callout.Count, callout.Depth));
        Assert.Null(callout.Size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CHAMFER")]
    [InlineData("Section A-A")]
    [InlineData("⌀6 ⌴")]
    [InlineData("⌀6 ⌴ deep")]
    public void Other_texts_are_none(string text) => Assert.False(FeatureCallout.TryParse(text, out _, out var fault) || fault is null);
}
