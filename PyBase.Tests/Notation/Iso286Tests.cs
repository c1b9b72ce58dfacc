using CsCheck;
using PyBase.Notation.Fits;

namespace PyBase.Tests.Notation;

public sealed class Iso286Tests
{
    [Theory]
    [InlineData(25, "H7", "+21/0")]
    [InlineData(25, "g6", "-7/-20")]
    [InlineData(50, "h6", "0/-16")]
    [InlineData(100, "p6", "+59/+37")]
    [InlineData(10, "JS9", "+18/-18")]
    [InlineData(10, "js9", "+18/-18")]
    [InlineData(30, "K7", "+6/-15")]
    [InlineData(60, "N9", "0/-74")]
    [InlineData(20, "P7", "-14/-35")]
    [InlineData(120, "f7", "-36/-71")]
    [InlineData(8, "H7", "+15/0")]
    [InlineData(40, "k6", "+18/+2")]
    [InlineData(20, "H8", "+33/0")]
    [InlineData(50, "H7", "+25/0")]
    [InlineData(25, "F8", "+53/+20")]
    [InlineData(25, "h9", "0/-52")]
    [InlineData(25, "h11", "0/-130")]
    [InlineData(40, "m6", "+25/+9")]
    [InlineData(40, "n6", "+33/+17")]
    [InlineData(40, "s6", "+59/+43")]
    [InlineData(60, "r6", "+60/+41")]
    [InlineData(30, "j6", "+9/-4")]
    [InlineData(35, "N7", "-8/-33")]
    [InlineData(35, "M7", "0/-25")]
    [InlineData(30, "J7", "+12/-9")]
    [InlineData(40, "K7", "+7/-18")]
    [InlineData(50, "P9", "-26/-88")]
    [InlineData(12, "E9", "+75/+32")]
    [InlineData(10, "D10", "+98/+40")]
    [InlineData(100, "c11", "-170/-390")]
    [InlineData(100, "S7", "-58/-93")]
    [InlineData(300, "M6", "-9/-41")]
    [InlineData(18, "H7", "+18/0")]
    [InlineData(18.001, "H7", "+21/0")]
    [InlineData(2, "N7", "-4/-14")]
    [InlineData(2, "K7", "0/-10")]
    [InlineData(600, "H7", "+70/0")]
    [InlineData(1000, "h6", "0/-56")]
    [InlineData(2500, "f7", "-130/-305")]
    [InlineData(700, "N7", "-50/-130")]
    [InlineData(3150, "H18", "+33000/0")]
    [InlineData(3, "H01", "+0.3/0")]
    [InlineData(25, "JS7", "+10.5/-10.5")]
    [InlineData(20, "u6", "+54/+41")]
    [InlineData(500, "zc8", "+2697/+2600")]
    public void A_class_has_the_limits_of_the_standard(double nominal, string toleranceClass, string expected) =>
        Assert.Equal(expected, Iso286.LimitsOf((decimal)nominal, toleranceClass)?.ToString());

    [Theory]
    [InlineData(0, "H7"), InlineData(3151, "H7"), InlineData(-1, "H7"), InlineData(25, "K9"), InlineData(25, "J9"), InlineData(25, "j9"), InlineData(20, "t6")]
    [InlineData(14, "v6"), InlineData(18, "y6"), InlineData(60, "cd6"), InlineData(600, "a11"), InlineData(600, "H0"), InlineData(1, "H14"), InlineData(1, "A11"), InlineData(25, "P2")]
    public void What_the_standard_leaves_open_has_no_limits(int nominal, string toleranceClass) =>
        Assert.Null(Iso286.LimitsOf(nominal, toleranceClass));

    [Theory]
    [InlineData(25, "H7/g6", "+41/+7", FitKind.Clearance)]
    [InlineData(25, "H7/p6", "-1/-35", FitKind.Interference)]
    [InlineData(40, "H7/k6", "+23/-18", FitKind.Transition)]
    [InlineData(10, "H7/h6", "+24/0", FitKind.Clearance)]
    public void A_fit_has_a_clearance(int nominal, string text, string clearance, FitKind kind)
    {
        Assert.True(Fit.TryParse(text, out var fit, out var fault), fault?.ToString());
        Assert.Equal(clearance, fit.ClearanceOf(nominal)?.ToString());
        Assert.Equal(kind, fit.KindOf(nominal));
        Assert.Equal(text, fit.ToString());
    }

    [Theory]
    [InlineData("", 0), InlineData("H19", 1), InlineData("H", 1), InlineData("Hj7", 0), InlineData("I7", 0), InlineData("H7x", 1), InlineData("7H", 0), InlineData("H001", 1), InlineData("HH7", 0)]
    public void What_is_no_class_says_where(string text, int position)
    {
        Assert.False(ToleranceClass.TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
    }

    [Theory]
    [InlineData("g6/H7", 2), InlineData("H7/H6", 3), InlineData("H7/", 3), InlineData("H7", 2)]
    public void What_is_no_fit_says_where(string text, int position)
    {
        Assert.False(Fit.TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void Grades_widen_with_the_number_and_with_the_size()
    {
        foreach (var size in Sizes)
        {
            for (var grade = 0; grade <= 18; grade++)
            {
                if (Iso286.WidthOf(size, new(grade)) is { } width && Iso286.WidthOf(size, new(grade - 1)) is { } finer)
                    Assert.True(width > finer, $"IT{grade} at {size}");
            }
        }
    }

    [Fact]
    public void A_hole_H_lies_on_the_line_and_each_letter_further_away()
    {
        string[] letters = ["h", "k", "m", "n", "p", "r", "s", "t", "u", "v", "x", "y", "z", "za", "zb", "zc"];
        string[] under = ["a", "b", "c", "cd", "d", "e", "ef", "f", "fg", "g", "h"];
        foreach (var size in Sizes.Where(size => size > 3))
        {
            var lower = letters.Select(letter => Iso286.LimitsOf(size, letter + "6")).Where(limits => limits is not null).Select(limits => limits!.Value.Lower).ToArray();
            Assert.Equal(lower.Order(), lower);
            var upper = under.Select(letter => Iso286.LimitsOf(size, letter + "9")).Where(limits => limits is not null).Select(limits => limits!.Value.Upper).ToArray();
            Assert.Equal(upper.Order(), upper);
        }
    }

    /// <summary>ISO 286-1, Annex B: a hole and shaft exchanged fit alike, such as H7/p6 and P7/h6.</summary>
    [Fact]
    public void Fits_of_the_two_systems_have_the_same_clearance()
    {
        foreach (var size in Sizes.Where(size => size is > 3 and <= 500))
        {
            foreach (var letter in (string[])["p", "r", "s", "u", "x", "z"])
            {
                Assert.True(Fit.TryParse($"H7/{letter}6", out var hole, out _));
                Assert.True(Fit.TryParse($"{letter.ToUpperInvariant()}7/h6", out var shaft, out _));
                Assert.Equal(hole.ClearanceOf(size), shaft.ClearanceOf(size));
            }
        }
    }

    [Fact]
    public void Every_class_prints_and_reads_back() =>
        Gen.Select(Gen.OneOf("a", "cd", "H", "JS", "js", "K", "ZC", "zc", "j", "FG"), Gen.Int[-1, 18]).Sample((letters, grade) =>
        {
            var text = letters + new ToleranceGrade(grade);
            Assert.True(ToleranceClass.TryParse(text, out var read, out _));
            Assert.Equal(text, read.ToString());
        });

    [Fact]
    public void No_text_throws() =>
        Gen.String[Gen.Char["Hgjs0179/ ^-ZC"], 0, 12].Sample(text => Fit.TryParse(text, out _, out _) | ToleranceClass.TryParse(text, out _, out _) || true);

    static IEnumerable<decimal> Sizes => [1.5m, 3, 5, 8, 12, 16, 20, 27, 35, 45, 55, 70, 90, 110, 130, 150, 170, 190, 210, 240, 270, 300, 350, 390, 420, 480, 600, 900, 1100, 3000];
}
