using PyBase.Extraction;
using PyBase.Extraction.Part21;
using PyBase.Extraction.Step;
using Xunit;

namespace PyBase.Tests.Extraction;

public sealed class StepReaderTests
{
    [Fact]
    public void Quantity_is_the_number_of_occurrences_in_one_parent() =>
        Assert.Equal(["car/wheel 4 4", "car/seat 1 1"], StepText.Lines(StepText.Read(StepText.Tree("car wheel 3", "car seat 1", "car wheel 1"))));

    [Fact]
    public void Total_quantity_multiplies_along_the_path() =>
        Assert.Equal(
            ["car/wheel 4 4", "car/wheel/bolt 5 20", "car/wheel/bolt/ring 2 40", "car/bolt 3 3", "car/bolt/ring 2 6"],
            StepText.Lines(StepText.Read(StepText.Tree("car wheel 4", "wheel bolt 5", "car bolt 3", "bolt ring 2"))));

    [Fact]
    public void A_part_appears_once_however_often_it_is_used()
    {
        var structure = StepText.Read(StepText.Tree("car wheel 4", "wheel bolt 5", "car bolt 3", "lone x"));
        Assert.Equal(["car", "wheel", "bolt", "lone", "x"], structure.Parts.Select(part => part.PartNumber));
        Assert.Equal([0, 1, 2, 3, 4], structure.Parts.Select(part => part.Index));
        Assert.Equal(["car", "lone", "x"], structure.Roots.Select(part => part.PartNumber));
        Assert.Empty(structure.Findings);
        Assert.Equal((FileFormat.Step, "AUTOMOTIVE_DESIGN", "us-ascii"), (structure.Source.Format, structure.Source.Schema, structure.Source.Encoding));
    }

    [Fact]
    public void Siblings_and_roots_of_one_number_get_different_paths()
    {
        // car' is another product whose number is car.
        var structure = StepText.Read(StepText.Tree("car nut 1", "car nut' 2", "car nut'' 3", "car' nut 1"));
        Assert.Equal(["car/nut 1 1", "car/nut (2) 2 2", "car/nut (3) 3 3", "car (2)/nut 1 1"], StepText.Lines(structure));
        Assert.Equal(["car", "nut", "nut", "nut", "car"], structure.Parts.Select(part => part.PartNumber));
    }

    [Fact]
    public void A_number_that_looks_like_a_counted_one_does_not_clash()
    {
        var file = StepText.Product(1, "a") + StepText.Product(2, "b (2)") + StepText.Product(3, "b") + StepText.Product(4, "b") + Usages(1, 2, 3, 4);
        Assert.Equal(["a/b (2) 1 1", "a/b 1 1", "a/b (3) 1 1"], StepText.Lines(StepText.Read(Part21Text.Data(file))));
    }

    [Fact]
    public void A_slash_in_a_number_does_not_make_two_paths_equal()
    {
        var file = StepText.Product(1, "a") + StepText.Product(2, "b/c") + StepText.Product(3, "b") + StepText.Product(4, "c")
            + Usages(1, 2, 3) + "#50=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#3,#4,$);";
        Assert.Equal(["a/b∕c 1 1", "a/b 1 1", "a/b/c 1 1"], StepText.Lines(StepText.Read(Part21Text.Data(file))));
        var alone = StepText.Product(1, "a") + StepText.Product(2, "b/c") + Usages(1, 2);
        Assert.Equal(["a/b/c 1 1"], StepText.Lines(StepText.Read(Part21Text.Data(alone))));
    }

    [Fact]
    public void Blank_texts_are_empty_and_the_name_stands_in_for_the_id()
    {
        var structure = StepText.Read(Part21Text.Data(StepText.Product(1, " ", "Bolt", "A") + StepText.Product(2, "", " ")));
        Assert.Equal([("Bolt", "Bolt", "A"), ("", "", "")], structure.Parts.Select(part => (part.PartNumber, part.Name, part.Version)));
        Assert.Equal(["part-number-missing"], StepText.Codes(structure));
    }

    [Fact]
    public void Any_order_and_both_spellings_of_version_and_definition_are_read()
    {
        const string file = """
            #5=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#1,#2,$);
            #2=PRODUCT_DEFINITION_WITH_ASSOCIATED_DOCUMENTS('','',#12,#99,(#98));
            #12=PRODUCT_DEFINITION_FORMATION_WITH_SPECIFIED_SOURCE('B','',#22,.MADE.);
            #22=PRODUCT('child','Child','text',(#9));
            #1=PRODUCT_DEFINITION('','',#11,#99);
            #11=PRODUCT_DEFINITION_FORMATION('A','',#21);
            #21=PRODUCT('top','Top',$,(#9));
            #23=PRODUCT('ASME Y14.41','','',(#9));
            """;
        var structure = StepText.Read(Part21Text.Data(file));
        Assert.Equal(
            [new StepPart(0, "top", "Top", "", "A", "#21"), new StepPart(1, "child", "Child", "text", "B", "#22")], structure.Parts);
        var line = Assert.Single(structure.Lines());
        Assert.Equal(new AssemblyLine("top/child", 1, structure.Parts[0], structure.Parts[1], 1, 1, "#5"), line);
        Assert.Equal(["product-without-definition"], StepText.Codes(structure));
    }

    [Theory]
    [InlineData("#50=QUANTIFIED_ASSEMBLY_COMPONENT_USAGE('','','',#1,#2,$,#60);#60=MEASURE_WITH_UNIT(COUNT_MEASURE(2.5),#61);", "a/b 2.5 2.5")]
    [InlineData("""
        #50=(ASSEMBLY_COMPONENT_USAGE($)NEXT_ASSEMBLY_USAGE_OCCURRENCE()PRODUCT_DEFINITION_RELATIONSHIP('','','',#1,#2)
        PRODUCT_DEFINITION_USAGE()QUANTIFIED_ASSEMBLY_COMPONENT_USAGE(#60));#60=(MASS_MEASURE_WITH_UNIT()MEASURE_WITH_UNIT(MASS_MEASURE(4.),#61));
        """, "a/b 4 4")]
    [InlineData("#50=QUANTIFIED_ASSEMBLY_COMPONENT_USAGE('','','',#1,#2,$,#60);", "a/b - -", "quantity-unread")]
    [InlineData("#50=QUANTIFIED_ASSEMBLY_COMPONENT_USAGE('','','',#1,#2,$,#60);#60=MEASURE_WITH_UNIT(COUNT_MEASURE(-1.),#61);", "a/b - -", "quantity-unread")]
    public void A_stated_quantity_counts_and_an_unreadable_one_is_never_a_number(string usage, string line, params string[] codes)
    {
        var structure = StepText.Read(Part21Text.Data(StepText.Product(1, "a") + StepText.Product(2, "b") + usage));
        Assert.Equal([line], StepText.Lines(structure));
        Assert.Equal(codes, StepText.Codes(structure));
    }

    [Fact]
    public void External_files_are_told_by_name()
    {
        const string file = """
            #33=DOCUMENT_FILE('TAIL.stp','','',#34,'',$) ;
            #43=DOCUMENT_FILE('D1','','',#34,'',$) ;
            #44=APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT('HEAD.stp',#8,#9,(#43));
            """;
        var structure = StepText.Read(Part21Text.Data(StepText.Product(1, "a") + file));
        Assert.Equal([new ExternalFile("TAIL.stp", "#33"), new ExternalFile("HEAD.stp", "#43")], structure.ExternalFiles);
        Assert.Equal(["external-file-missing", "external-file-missing"], StepText.Codes(structure));
        Assert.False(structure.HasErrors);
    }

    [Fact]
    public void A_usage_of_something_absent_is_a_finding()
    {
        var structure = StepText.Read(Part21Text.Data(StepText.Product(1, "a") + "#50=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#1,#2,$);#51=PRODUCT_DEFINITION('','',#404,$);"));
        Assert.Equal(
            [("dangling-reference", "#51"), ("dangling-reference", "#50"), ("part-number-missing", "#51")],
            structure.Findings.Select(finding => (finding.Code, finding.Locator!)));
        Assert.Equal(["a", ""], structure.Parts.Select(part => part.PartNumber));
        Assert.Empty(structure.Lines());
    }

    [Theory]
    [InlineData("", "empty-file")]
    [InlineData("0\nSECTION\n", "not-a-step-file")]
    [InlineData("ISO-10303-21;", "file-truncated", "no-product-structure")]
    public void What_is_no_whole_STEP_file_is_an_error(string file, params string[] codes)
    {
        var structure = StepText.Read(file);
        Assert.Equal(codes, StepText.Codes(structure));
        Assert.True(structure.HasErrors);
    }

    [Fact]
    public void An_IFC_file_is_told_apart()
    {
        var structure = StepText.Read(Part21Text.Data("#1=IFCWALL();", "IFC4"));
        Assert.Equal(["not-a-step-file"], StepText.Codes(structure));
        Assert.Equal(FileFormat.Ifc, structure.Source.Format);
    }

    [Fact]
    public void A_consumer_may_resume_by_position()
    {
        var structure = StepText.Read(StepText.Tree("car wheel 4", "wheel bolt 5", "car bolt 3", "bolt ring 2"));
        var all = structure.Lines().ToList();
        Assert.Equal(all.Count, structure.LineCount);
        for (var skip = 0; skip <= all.Count + 1; skip++)
            Assert.Equal(all.Skip(skip), structure.Lines(skip));
    }

    [Fact]
    public void Raw_eight_bit_names_are_guessed_and_told()
    {
        var structure = StepText.Read(Part21Text.Data(StepText.Product(1, "\u00C3\u00E0\u00E9\u00EA\u00E0")));
        Assert.Equal("Гайка", structure.Parts[0].PartNumber);
        Assert.Equal("windows-1251", structure.Source.Encoding);
        Assert.Equal(["encoding-guessed"], StepText.Codes(structure));
    }

    [Fact]
    public void Progress_ends_at_the_number_of_bytes()
    {
        var file = Part21Text.Bytes(StepText.Tree("car wheel 4"));
        var seen = new Progress();
        var structure = StepReader.Read(new MemoryStream(file), new StepOptions { Part21 = new Part21Options { BufferBytes = 100 } }, seen, TestContext.Current.CancellationToken);
        Assert.Equal(file.Length, structure.Statistics.Bytes);
        Assert.Equal((2 * 3) + 4, structure.Statistics.Entities);
        Assert.Equal(seen.Values.Order(), seen.Values);
        Assert.InRange(seen.Values.Count, file.Length / 200, (file.Length / 100) + 1);
    }

    [Fact]
    public void Cancellation_and_a_failing_stream_do_throw()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => StepReader.Read(new MemoryStream([1]), cancellationToken: cancelled.Token));
        using var stream = new FailingStream();
        Assert.Throws<IOException>(() => StepReader.Read(stream, cancellationToken: TestContext.Current.CancellationToken));
    }

    static string Usages(int parent, params int[] children) =>
        string.Concat(children.Select(child => FormattableString.Invariant($"#{child + 900_000}=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#{parent},#{child},$);\n")));

    sealed class Progress : IProgress<long>
    {
        public List<long> Values { get; } = [];
        public void Report(long value) => Values.Add(value);
    }

    sealed class FailingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("gone");
    }
}
