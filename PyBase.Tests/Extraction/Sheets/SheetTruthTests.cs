using System.Globalization;
using System.Text.Json;
using PyBase.Extraction.Envelope;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Sheets;

/// <summary>Real parts lists that are special.</summary>
public sealed class SheetTruthTests
{
    [Fact]
    public void A_heading_on_the_third_row_is_found()
    {
        var (truth, result) = Read("odri_bom.xlsx");

        Assert.Equal([truth.GetProperty("expected_header_row").GetInt32().ToString(CultureInfo.InvariantCulture)], SheetText.Rows(result, "tables", "header_row"));
        Assert.Equal(13, result.Table("bom")!.RowCount);
        Assert.Equal("370103009;Wirewrap cable black 30AWG;2", SheetText.Rows(result, "bom", "part_number", "description", "qty")[0]);
    }

    [Fact]
    public void Electronic_lists_have_their_references_and_values()
    {
        Assert.Equal("C2,C8;0.1uF;C1525", SheetText.Rows(Read("kibot_light_control_bom_jlc.csv").Result, "bom", "reference", "value", "part_number")[0]);
        Assert.Equal(["GRM1555C1H102JA01D;70", "GRM155R71E103KA01D;70", "RC0805JR-071KL;240", "RC0805JR-0710KL;140"], SheetText.Rows(Read("kibot_merge_1-bom.csv").Result, "bom", "part_number", "qty"));
    }

    static (JsonElement Truth, ExtractionResult Result) Read(string file)
    {
        var truth = File.ReadAllText(SharedData.Locate($"truth/xlsx/{file}.json"));
        return (JsonDocument.Parse(truth).RootElement, SheetText.Read(File.ReadAllBytes(SharedData.Locate($"drawings/xlsx/{file}"))));
    }
}
