using System.Text;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.PartsLists;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Step;
using PyBase.Tests.Support;

namespace PyBase.Tests.Extraction.PartsLists;

/// <summary>Parts lists are added up over their levels, and what is wrong with them is said.</summary>
public sealed class PartsListTests
{
    static PartsList Read(string csv) => PartsList.Of(SheetReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv))));

    static string[] Totals(PartsList list) => [.. list.Totals().Select(part => FormattableString.Invariant($"{part.Number}={part.Total}"))];

    [Fact]
    public void Quantities_multiply_down_the_levels_and_add_up_by_part_number()
    {
        var list = Read("""
            Level,Part Number,Description,Qty
            0,CAR,Car,
            1,AXLE,Axle,2
            2,WHEEL,Wheel,2
            3,BOLT-1,Bolt,5
            1,bolt 1,Bolt,3
            1,SEAT,Seat,4
            """);
        Assert.Equal(["CAR=1", "AXLE=2", "WHEEL=4", "BOLT-1=23", "SEAT=4"], Totals(list));
        var bolt = list.Totals()[3];
        Assert.Equal((2, false), (bolt.Lines, bolt.IsAssembly));
        Assert.Equal(["WHEEL", "CAR"], bolt.UsedIn);
        Assert.Empty(list.Check());
    }

    [Fact]
    public void A_part_below_itself_is_told_and_does_not_count()
    {
        var list = Read("Level,Part Number,Qty\n1,A,1\n2,B,2\n3,A,3\n4,C,5\n2,C,1\n");
        Assert.Equal(["A=1", "B=2", "C=1"], Totals(list));
        Assert.Equal(PartsListFindingCode.Cycle, Assert.Single(list.Check()).Code);
    }

    [Fact]
    public void What_is_missing_or_contradicts_is_told_where_it_stands()
    {
        var list = Read("""
            Level,Part Number,Description,Qty,Unit
            1,A,Plate,2,pcs
            3,B,Tube,1.5,m
            1,A,Sheet,1,
            1,B,Tube,3,pcs
            1,C,Nut,,
            1,,Label,1,
            """);
        Assert.Equal([PartsListFindingCode.LevelJump, PartsListFindingCode.DataDiffers, PartsListFindingCode.UnitDiffers, PartsListFindingCode.QuantityMissing, PartsListFindingCode.NumberMissing],
            list.Check().Select(one => one.Code));
        Assert.Equal(["A=3", "B=", "C="], Totals(list));
        Assert.Contains("\"Plate\" and \"Sheet\"", list.Check()[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_list_says_so() => Assert.Equal(PartsListFindingCode.Missing, Assert.Single(Read("1;2\n3;4\n").Check()).Code);

    [Fact]
    public void An_assembly_of_a_step_file_adds_up_as_its_reader_does()
    {
        using var stream = File.OpenRead(Samples.Path("gearbox.stp"));
        var result = StepExtractor.Read(stream, cancellationToken: TestContext.Current.CancellationToken);
        var bom = result.Table("bom")!;
        var totals = PartsList.Of(result).Totals().Where(part => !part.IsAssembly).ToDictionary(part => part.Number, part => part.Total);
        Assert.Equal(bom.Rows.ToDictionary(row => bom.At(row, "part_number").ToString(), row => bom.At(row, "total_qty").Number), totals);
    }
}
