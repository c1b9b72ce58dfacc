using CsCheck;
using PyBase.Notation.PartNumbers;

namespace PyBase.Tests.Notation;

public sealed class PartNumberTests
{
    [Theory]
    [InlineData("AB-100", "AB100")]
    [InlineData("ab 100", "AB100")]
    [InlineData("АВ–100", "AB100")] // Cyrillic А and В, en dash
    [InlineData("ΑΒ 100", "AB100")] // Greek
    [InlineData("ＡＢ１００", "AB100")]
    [InlineData("MMP.05.00.00.001", "MMP.05.00.00.001")]
    [InlineData("ММР.05.00.00.001", "MMP.05.00.00.001")]
    [InlineData("А3", "A3")]
    [InlineData("Ø12-4", "Ø124")]
    public void Spellings_meet_under_one_key(string text, string key)
    {
        Assert.True(PartNumber.TryParse(text, out var number, out _));
        Assert.Equal(key, number.Key);
        Assert.Equal(text, number.ToString());
        Assert.Equal(key, PartNumber.Fold(key));
    }

    [Theory]
    [InlineData("АВ-100", true), InlineData("AB-100", false), InlineData("ДЖ", false), InlineData("ABС", true)]
    public void A_lookalike_among_Latin_letters_is_told(string text, bool expected)
    {
        Assert.True(PartNumber.TryParse(text, out var number, out _));
        Assert.Equal(expected, number.HasLookalikes);
    }

    [Theory]
    [InlineData(""), InlineData("  "), InlineData("--"), InlineData("./.")]
    public void A_text_without_letter_or_figure_is_none(string text) => Assert.False(PartNumber.TryParse(text, out _, out _));

    [Fact]
    public void Folding_twice_is_folding_once() => Gen.String.Sample(text => PartNumber.Fold(PartNumber.Fold(text)) == PartNumber.Fold(text));

    [Fact]
    public void No_text_throws() => Gen.String.Sample(text => PartNumber.TryParse(text, out _, out _) || true);
}
