using Microsoft.AspNetCore.DataProtection;
using PyBase.Api.Records;

namespace PyBase.Tests.Records;

/// <summary>A cursor is opened by every process of an installation, by whoever got it, and by nobody who made it up.</summary>
public sealed class CursorSealTests
{
    readonly EphemeralDataProtectionProvider ring = new();

    [Fact]
    public void Every_process_opens_what_another_sealed()
    {
        var (one, other) = (new CursorSeal(ring), new CursorSeal(ring));
        string[] cursors = [one.Seal("rec1 ümläut 100", ""), one.Seal("", ""), other.Seal("rec2", "")];
        Assert.Equal(["rec1 ümläut 100", "", "rec2"], cursors.Select(c => one.Open(c, "")));
        Assert.Equal(["rec1 ümläut 100", "", "rec2"], cursors.Select(c => other.Open(c, "")));
        Assert.Equal(cursors, cursors.Select(Uri.EscapeDataString));
    }

    [Fact]
    public void The_same_text_is_sealed_differently_each_time_and_says_nothing()
    {
        var seal = new CursorSeal(ring);
        var cursors = Enumerable.Range(0, 100).Select(_ => seal.Seal("a secret place", "")).ToArray();
        Assert.Equal(100, cursors.Distinct().Count());
        Assert.All(cursors, cursor => Assert.DoesNotContain("secret", cursor, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_else_and_no_other_installation_opens_it()
    {
        var cursor = new CursorSeal(ring).Seal("rec1", "shr1");
        Assert.Equal("rec1", new CursorSeal(ring).Open(cursor, "shr1"));
        Assert.Null(new CursorSeal(ring).Open(cursor, "shr2"));
        Assert.Null(new CursorSeal(ring).Open(cursor, ""));
        Assert.Null(new CursorSeal(new EphemeralDataProtectionProvider()).Open(cursor, "shr1"));
    }

    [Fact]
    public void A_changed_letter_anywhere_is_noticed()
    {
        var seal = new CursorSeal(ring);
        var cursor = seal.Seal("rec1 100", "");
        for (var n = 0; n < cursor.Length; n++)
        {
            // The lowest bits of the last letter of a part may mean nothing; another letter of the alphabet far away does.
            var changed = string.Concat(cursor.AsSpan(0, n), cursor[n] is >= 'A' and <= 'M' ? "z" : "A", cursor.AsSpan(n + 1));
            Assert.True(seal.Open(changed, "") is null, $"letter {n} of {cursor}");
        }
    }

    [Theory]
    [InlineData(""), InlineData("."), InlineData("A."), InlineData(".A"), InlineData("AAAA.AAAA"), InlineData("AAAA"), InlineData("\0.\0"), InlineData("é.é"), InlineData("A.A.A"), InlineData("=.=")]
    public void What_is_none_is_none(string cursor) => Assert.Null(new CursorSeal(ring).Open(cursor, ""));

    [Fact]
    public void Two_threads_seal_with_one_key()
    {
        var seal = new CursorSeal(ring);
        var cursors = new string[1_000];
        Parallel.For(0, cursors.Length, n => cursors[n] = seal.Seal($"{n}", ""));
        Assert.Single(cursors.Select(c => c.Split('.')[0]).Distinct());
        Assert.Equal(cursors.Length, cursors.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, cursors.Length).Select(n => $"{n}"), cursors.Select(c => seal.Open(c, "")));
    }
}
