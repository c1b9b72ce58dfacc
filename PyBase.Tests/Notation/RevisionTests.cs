using CsCheck;
using PyBase.Notation.Revisions;

namespace PyBase.Tests.Notation;

public sealed class RevisionTests
{
    public static TheoryData<string, string, string> Steps => new()
    {
        { "Letters", "A", "B" }, { "Letters", "H", "I" }, { "Letters", "Z", "AA" }, { "Letters", "AZ", "BA" }, { "Letters", "ZZ", "AAA" }, { "Letters", "-", "A" }, { "Letters", "rev. c", "D" },
        { "Asme", "H", "J" }, { "Asme", "N", "P" }, { "Asme", "R", "T" }, { "Asme", "W", "Y" }, { "Asme", "Y", "AA" }, { "Asme", "AY", "BA" },
        { "Numbers", "1", "2" }, { "Numbers", "9", "10" }, { "Numbers", "09", "10" }, { "Numbers", "007", "008" },
        { "Versions", "1.0", "1.1" }, { "Versions", "1.9", "1.10" },
    };

    [Theory, MemberData(nameof(Steps))]
    public void A_revision_has_its_successor(string name, string text, string next)
    {
        var scheme = Scheme(name);
        Assert.True(scheme.TryParse(text, out var revision, out var fault), fault?.ToString());
        var following = scheme.Next(revision);
        Assert.Equal(next, following?.ToString());
        Assert.True(following!.CompareTo(revision) > 0);
    }

    [Fact]
    public void A_version_steps_its_first_number_when_asked()
    {
        Assert.True(RevisionScheme.Versions.TryParse("1.7", out var revision, out _));
        Assert.Equal("2.0", RevisionScheme.Versions.Next(revision, major: true)?.Text);
    }

    [Theory]
    [InlineData("Asme", "I", 0), InlineData("Asme", "AS", 1), InlineData("Letters", "1", 0), InlineData("Letters", "", 0), InlineData("Letters", "ABCD", 3), InlineData("Numbers", "A", 0)]
    [InlineData("Numbers", "1234567890", 0), InlineData("Versions", "1", 1), InlineData("Versions", "1.", 2), InlineData("Versions", "1.0.1", 3), InlineData("Letters", "A1", 1)]
    public void What_does_not_fit_the_scheme_says_where(string name, string text, int position)
    {
        Assert.False(Scheme(name).TryParse(text, out _, out var fault));
        Assert.Equal(position, fault.Position);
    }

    [Fact]
    public void The_scheme_of_a_text_is_found()
    {
        Assert.Same(RevisionScheme.AsmeLetters, RevisionScheme.Of("B"));
        Assert.Same(RevisionScheme.Letters, RevisionScheme.Of("I"));
        Assert.Same(RevisionScheme.Numbers, RevisionScheme.Of("03"));
        Assert.Same(RevisionScheme.Versions, RevisionScheme.Of("1.2"));
        Assert.Null(RevisionScheme.Of("final"));
    }

    [Fact]
    public void A_thousand_steps_stay_in_order()
    {
        foreach (var scheme in (RevisionScheme[])[RevisionScheme.Letters, RevisionScheme.AsmeLetters, RevisionScheme.Numbers, RevisionScheme.Versions])
        {
            Assert.True(scheme.TryParse(scheme.First, out var revision, out _));
            for (var i = 0; i < 1000; i++)
            {
                var next = scheme.Next(revision);
                Assert.NotNull(next);
                Assert.True(next > revision);
                Assert.True(scheme.TryParse(next.Text, out var read, out _));
                Assert.Equal(next, read);
                revision = next;
            }
        }
    }

    [Fact]
    public void The_last_revision_has_no_successor()
    {
        Assert.True(RevisionScheme.Letters.TryParse("ZZZ", out var last, out _));
        Assert.Null(RevisionScheme.Letters.Next(last));
    }

    [Fact]
    public void No_text_throws() => Gen.String.Sample(text => RevisionScheme.Of(text) is null || true);

    static RevisionScheme Scheme(string name) => name switch
    {
        "Letters" => RevisionScheme.Letters,
        "Asme" => RevisionScheme.AsmeLetters,
        "Numbers" => RevisionScheme.Numbers,
        _ => RevisionScheme.Versions,
    };
}
