using CsCheck;
using PyBase.Notation.Threads;

namespace PyBase.Tests.Notation;

public sealed class ThreadTests
{
    [Theory]
    [InlineData("M6", "M6", 6, 1)]
    [InlineData("M8x1", "M8x1", 8, 1)]
    [InlineData("M8x1.25", "M8", 8, 1.25)]
    [InlineData("M8×1,25-6g", "M8-6g", 8, 1.25)]
    [InlineData("M8x1.25 6H LH", "M8-6H-LH", 8, 1.25)]
    [InlineData("M20×1.5-6H", "M20x1.5-6H", 20, 1.5)]
    [InlineData("M10-4g6g", "M10-4g6g", 10, 1.5)]
    [InlineData("M10-6g6g", "M10-6g", 10, 1.5)]
    [InlineData("M10 6H/6g", "M10-6H/6g", 10, 1.5)]
    [InlineData("M6-6e", "M6-6e", 6, 1)]
    [InlineData("M 12 X 1", "M12x1", 12, 1)]
    [InlineData("MF10x1", "M10x1", 10, 1)]
    [InlineData("M8 LH", "M8-LH", 8, 1.25)]
    [InlineData("M8-LH-6H", "M8-6H-LH", 8, 1.25)]
    [InlineData("M2.5", "M2.5", 2.5, 0.45)]
    [InlineData("М6", null, 0, 0)]
    [InlineData("4x M6", "4x M6", 6, 1)]
    [InlineData("4-M6", "4x M6", 6, 1)]
    [InlineData("4xM8x1-6H", "4x M8x1-6H", 8, 1)]
    [InlineData("M6 x 12", "M6 ↧12 mm", 6, 1)]
    [InlineData("M6x1x12", "M6 ↧12 mm", 6, 1)]
    [InlineData("M6 ↧ 12", "M6 ↧12 mm", 6, 1)]
    [InlineData("M6-6H 12 DEEP", "M6-6H ↧12 mm", 6, 1)]
    [InlineData("M6 - 6H THRU", "M6-6H THRU", 6, 1)]
    [InlineData("M100x6", "M100x6", 100, 6)]
    [InlineData("M16xPh3P1.5-6H", "M16xPh3P1.5-6H", 16, 1.5)]
    [InlineData("MJ6x1-4h6h", "MJ6x1-4h6h", 6, 1)]
    [InlineData("1/4-20", "1/4-20 UNC", 6.35, 1.27)]
    [InlineData("1/4-20 UNC", "1/4-20 UNC", 6.35, 1.27)]
    [InlineData("1/4\"-20UNC-2B", "1/4-20 UNC-2B", 6.35, 1.27)]
    [InlineData("1/4 UNC", "1/4-20 UNC", 6.35, 1.27)]
    [InlineData("UNC 1/4-20", "1/4-20 UNC", 6.35, 1.27)]
    [InlineData(".250-20 UNC-2A", "1/4-20 UNC-2A", 6.35, 1.27)]
    [InlineData("¼-20", "1/4-20 UNC", 6.35, 1.27)]
    [InlineData("1/4-28", "1/4-28 UNF", 6.35, 0.907142857142857)]
    [InlineData("#10-24 UNC-2A", "#10-24 UNC-2A", 4.826, 1.058333333333333)]
    [InlineData("#10-24", "#10-24 UNC", 4.826, 1.058333333333333)]
    [InlineData("10-32 UNF", "#10-32 UNF", 4.826, 0.79375)]
    [InlineData("No. 4-40", "#4-40 UNC", 2.8448, 0.635)]
    [InlineData("4-40", "#4-40 UNC", 2.8448, 0.635)]
    [InlineData("4-4 UNC", "4-4 UNC", 101.6, 6.35)]
    [InlineData("1-8 UNC", "1-8 UNC", 25.4, 3.175)]
    [InlineData("2-4.5", "2-4.5 UNC", 50.8, 5.644444444444444)]
    [InlineData("1 1/4-7 UNC", "1 1/4-7 UNC", 31.75, 3.628571428571429)]
    [InlineData("1-1/4-7 UNC LH", "1 1/4-7 UNC-LH", 31.75, 3.628571428571429)]
    [InlineData("1/4-32 UNEF", "1/4-32 UNEF", 6.35, 0.79375)]
    [InlineData("2-8 UN-2B", "2-8 UN-2B", 50.8, 3.175)]
    [InlineData("1-14 UNS", "1-14 UNS", 25.4, 1.814285714285714)]
    [InlineData("2x 1/4-20 UNC-2B ↧ .50", "2x 1/4-20 UNC-2B ↧12.7 mm", 6.35, 1.27)]
    [InlineData("1/2-14 NPT", "1/2-14 NPT", 21.336, 1.814285714285714)]
    [InlineData("1/2 NPT", "1/2-14 NPT", 21.336, 1.814285714285714)]
    [InlineData("NPT 1/2\"", "1/2-14 NPT", 21.336, 1.814285714285714)]
    [InlineData("1-11 1/2 NPT", "1-11.5 NPT", 33.401, 2.208695652173913)]
    [InlineData("1/8-27 NPTF", "1/8-27 NPTF", 10.287, 0.940740740740741)]
    [InlineData("G1/2", "G1/2", 20.955, 1.814285714285714)]
    [InlineData("G1/2 A", "G1/2 A", 20.955, 1.814285714285714)]
    [InlineData("G 1 1/4-A LH", "G1 1/4 A-LH", 41.91, 2.309090909090909)]
    [InlineData("1/2 BSPP", "G1/2", 20.955, 1.814285714285714)]
    [InlineData("R3/4", "R3/4", 26.441, 1.814285714285714)]
    [InlineData("Rc 1/8", "Rc1/8", 9.728, 0.907142857142857)]
    [InlineData("Rp1/2", "Rp1/2", 20.955, 1.814285714285714)]
    [InlineData("Tr40x7", "Tr40x7", 40, 7)]
    [InlineData("Tr40x14(P7)LH", "Tr40x14(P7)-LH", 40, 7)]
    [InlineData("TR 40 x 14 P7 - 7e", "Tr40x14(P7)-7e", 40, 7)]
    [InlineData("1-5 ACME-2G", "1-5 ACME-2G", 25.4, 5.08)]
    [InlineData("1 ACME", "1-5 ACME", 25.4, 5.08)]
    [InlineData("1/2-10 STUB ACME", "1/2-10 STUB ACME", 12.7, 2.54)]
    public void A_designation_reads_and_prints(string text, string? canonical, double diameter, double pitch)
    {
        if (canonical is null)
        {
            // A Cyrillic М is folded by part numbers, not here.
            Assert.False(ThreadDesignation.TryParse(text, out _, out _));
            return;
        }
        Assert.True(ThreadDesignation.TryParse(text, out var thread, out var fault), fault?.ToString());
        Assert.Equal(canonical, thread.ToString());
        Assert.Equal((Math.Round((decimal)diameter, 10), Math.Round((decimal)pitch, 10)), (Math.Round(thread.Diameter, 10), Math.Round(thread.Pitch, 10)));
        Assert.True(ThreadDesignation.TryParse(canonical, out var again, out fault), fault?.ToString());
        Assert.Equal(thread, again);
        Assert.Equal((thread.Depth, thread.Class, thread.IsLeftHand, thread.Starts), (again.Depth, again.Class, again.IsLeftHand, again.Starts));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("6", 1)]
    [InlineData("M", 1)]
    [InlineData("M6x1.5", 3)]
    [InlineData("M8x", 3)]
    [InlineData("M100", 4)]
    [InlineData("M6-6H6g", 3)]
    [InlineData("M6-6k", 3)]
    [InlineData("M6-", 3)]
    [InlineData("M6 x 12 x 14", 8)]
    [InlineData("1/4-28 UNC", 4)]
    [InlineData("1/4-21", 4)]
    [InlineData("3/16-24 UNC", 0)]
    [InlineData("#13-20", 0)]
    [InlineData("1/4-20 UNC-4A", 11)]
    [InlineData("G1/3", 1)]
    [InlineData("R5/8", 1)]
    [InlineData("Tr40", 4)]
    [InlineData("Tr40x25", 5)]
    [InlineData("Tr40x14(P5)", 9)]
    [InlineData("1/2-10 NPT", 4)]
    [InlineData("0x M6", 0)]
    public void What_is_no_thread_says_where(string text, int position)
    {
        Assert.False(ThreadDesignation.TryParse(text, out var thread, out var fault), thread?.ToString());
        Assert.Equal(position, fault.Position);
    }

    [Theory]
    [InlineData("M6", 5), InlineData("M8", 6.75), InlineData("M10x1", 9), InlineData("M12", 10.25), InlineData("M3", 2.5)]
    public void A_metric_thread_has_its_tap_drill(string text, double drill)
    {
        Assert.True(ThreadDesignation.TryParse(text, out var thread, out _));
        Assert.Equal((decimal)drill, thread.TapDrill);
    }

    [Theory]
    [InlineData("M6-6H", true), InlineData("M6-6g", false), InlineData("M6", null), InlineData("M6-6H/6g", null), InlineData("1/4-20 UNC-2B", true), InlineData("1/4-20 UNC-2A", false)]
    [InlineData("Rc1/2", true), InlineData("R1/2", false), InlineData("G1/2 A", false), InlineData("G1/2", null)]
    public void A_class_tells_nut_from_bolt(string text, bool? isInternal)
    {
        Assert.True(ThreadDesignation.TryParse(text, out var thread, out _));
        Assert.Equal(isInternal, thread.IsInternal);
    }

    [Fact]
    public void A_fine_pitch_is_below_the_coarse_one()
    {
        foreach (var diameter in MetricThreads.CoarseDiameters)
        {
            Assert.All(MetricThreads.FinePitchesOf(diameter), fine => Assert.True(fine < MetricThreads.CoarsePitchOf(diameter)));
            Assert.True(ThreadDesignation.TryParse($"M{diameter}", out var coarse, out _));
            Assert.True(coarse.IsCoarse);
        }
        Assert.Equal([1.5m, 1.25m, 1], MetricThreads.FinePitchesOf(12));
    }

    [Fact]
    public void Threads_sort_by_diameter()
    {
        string[] sorted = ["#10-24 UNC", "M6", "1/4-28 UNF", "1/4-20 UNC", "M8x1", "M8", "G1/8", "M12"];
        ThreadDesignation[] threads = [.. sorted.Reverse().Select(text => ThreadDesignation.TryParse(text, out var thread, out _) ? thread : throw new Xunit.Sdk.XunitException(text))];
        Array.Sort(threads);
        Assert.Equal(sorted, threads.Select(thread => thread.ToString()));
    }

    [Fact]
    public void No_text_throws_and_what_reads_prints_and_reads_back()
    {
        Gen.String.Sample(text => ThreadDesignation.TryParse(text, out _, out _) || true);
        var word = Gen.OneOf("M", "MJ", "Tr", "G", "R", "Rc", "UNC", "NPT", "ACME", "x", "-", " ", "(P", ")", "Ph", "P", "LH", "6H", "4g6g", "2A", "1/4", "1 1/2", "#10", "20", "8", "1", "0.5", "40", "12", "DEEP", "↧", "THRU", "\"", "mm", "/", "0");
        word.Array[1, 8].Select(string.Concat).Sample(text =>
        {
            if (!ThreadDesignation.TryParse(text, out var thread, out var fault))
                return fault.Position >= 0 && fault.Position <= text.Length;
            Assert.True(ThreadDesignation.TryParse(thread.ToString(), out var again, out fault), $"{text} -> {thread}: {fault}");
            return thread.Equals(again) && thread.Diameter == again.Diameter && thread.Pitch == again.Pitch && thread.Depth == again.Depth;
        }, iter: 200_000);
    }
}
