using System.Diagnostics;
using System.Globalization;
using PyBase.Extraction.Part21;
using PyBase.Extraction.Step;
using Xunit;

namespace PyBase.Tests.Extraction;

/// <summary>Broken and hostile files: bounded time and memory, a finding, never an exception.</summary>
public sealed class StepHostileTests
{
    static readonly string Sample = StepText.Tree("car wheel 4", "wheel bolt 5", "car bolt 3", "bolt ring 2")
        .Replace("ENDSEC;\nEND", """
            #70=DOCUMENT_FILE('it''s \X2\00E4\X0\ \S\''.stp','','',#34,'',$) ; /* c */
            #71=(ASSEMBLY_COMPONENT_USAGE($)NEXT_ASSEMBLY_USAGE_OCCURRENCE()PRODUCT_DEFINITION_RELATIONSHIP('','','',#1,#2)
            PRODUCT_DEFINITION_USAGE()QUANTIFIED_ASSEMBLY_COMPONENT_USAGE(#72));
            #72=MEASURE_WITH_UNIT(COUNT_MEASURE(2.),#9);
            ENDSEC;
            END
            """, StringComparison.Ordinal);

    [Fact]
    public void A_file_cut_at_any_byte_is_read_as_far_as_it_goes()
    {
        var bytes = Part21Text.Bytes(Sample);
        var end = Sample.IndexOf("END-ISO-10303-21", StringComparison.Ordinal) + "END-ISO-10303-21".Length;
        for (var length = 0; length <= bytes.Length; length++)
        {
            var structure = StepText.Read(bytes[..length]);
            Assert.Equal(length < end, structure.HasErrors);
            Assert.Equal(structure.LineCount, structure.Lines().Count());
        }
    }

    [Fact]
    public void Flipped_bits_never_throw_and_give_the_same_twice()
    {
        var random = new Random(10303);
        var sample = Part21Text.Bytes(Sample);
        for (var round = 0; round < 4000; round++)
        {
            var bytes = (byte[])sample.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var first = StepText.Read(bytes);
            var drip = StepReader.Read(
                new DripStream(bytes, random.Next(1, 40)), new StepOptions { Part21 = new Part21Options { BufferBytes = 32 } },
                cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(StepText.Lines(first), StepText.Lines(drip));
            Assert.Equal(first.Findings, drip.Findings);
            Assert.Equal(first.Parts, drip.Parts);
        }
    }

    [Fact]
    public void Noise_made_of_the_grammars_own_signs_never_throws()
    {
        var random = new Random(21);
        string[] signs = ["#", "1", "2", "=", "(", ")", "'", "\\", "S", "X2", "/*", "*/", ";", ",", "$", "\n", "\r", "PRODUCT", "NEXT_ASSEMBLY_USAGE_OCCURRENCE", "ENDSEC;", "<", ">", "!", "\u00E4", ".T.", "\"", "-"];
        for (var round = 0; round < 4000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => signs[random.Next(signs.Length)]));
            var structure = StepText.Read((round % 2 == 0 ? "ISO-10303-21;DATA;" : "ISO-10303-21;HEADER;FILE_SCHEMA(") + text);
            Assert.Equal(structure.LineCount, structure.Lines().Count());
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("A(")]
    [InlineData("'")]
    [InlineData("/*")]
    [InlineData(@"\S\'")]
    [InlineData("#1=")]
    [InlineData("#1=A('\n")]
    [InlineData("#1=PRODUCT('a")]
    [InlineData("A")]
    [InlineData("=")]
    [InlineData("\n")]
    [InlineData("-")]
    [InlineData("%")]
    [InlineData("\u0000")]
    public void Megabytes_of_one_sign_cost_bounded_time(string sign)
    {
        var noise = string.Concat(Enumerable.Repeat(sign, 1_000_000 / sign.Length));
        foreach (var start in (string[])["ISO-10303-21;", "ISO-10303-21;DATA;#1=PRODUCT('a", "ISO-10303-21;DATA;#1=PRODUCT(", "ISO-10303-21;HEADER;FILE_NAME(", "ISO-10303-21;DATA;#1=(PRODUCT("])
        {
            var started = Stopwatch.GetTimestamp();
            StepText.Read(start + noise);
            StepText.Read(start + noise + ");ENDSEC;END-ISO-10303-21;");
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), $"{sign} after {start}");
        }
    }

    [Fact]
    public void Instance_names_chosen_to_collide_cost_bounded_time()
    {
        // The high and the low half cancel each other out in the hash code of a long.
        var products = string.Concat(Enumerable.Range(1, 200_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"#{((long)i << 32) | (uint)i}=PRODUCT('p','','',());\n")));
        var started = Stopwatch.GetTimestamp();
        StepText.Read(Part21Text.Data(products));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Nesting_and_length_of_an_instance_are_bounded()
    {
        var deep = Part21Text.Data($"#1=PRODUCT({new string('(', 1000)}{new string(')', 1000)});{StepText.Product(1, "a")}");
        Assert.Equal(["nesting-too-deep"], StepText.Codes(StepText.Read(deep)));
        var options = new StepOptions { Part21 = new Part21Options { MaxInstanceBytes = 10_000, BufferBytes = 100 } };
        var structure = StepText.Read(Part21Text.Data($"#900=PRODUCT('{new string('x', 100_000)}','','',());{StepText.Product(1, "a")}"), options);
        Assert.Equal(["instance-too-long"], StepText.Codes(structure));
        Assert.Single(structure.Parts);
    }

    [Fact]
    public void Long_texts_are_cut()
    {
        var structure = StepText.Read(Part21Text.Data(StepText.Product(1, new string('x', 2000))));
        Assert.Equal(1000, structure.Parts[0].PartNumber.Length);
        Assert.Equal(["text-cut"], StepText.Codes(structure));
    }

    [Fact]
    public void A_cycle_is_cut_and_named()
    {
        var structure = StepText.Read(StepText.Tree("a b 1", "b c 1", "c b 1", "c d 2"));
        Assert.Equal(["a/b 1 1", "a/b/c 1 1", "a/b/c/d 2 2"], StepText.Lines(structure));
        var finding = Assert.Single(structure.Findings);
        Assert.Equal("assembly-cycle", finding.Code);
        Assert.Contains("b/c/b", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a a 1")]
    [InlineData("a b 1|b a 1")]
    [InlineData("a b 1|b c 1|c a 1")]
    public void A_cycle_without_a_root_still_shows_its_parts(string usages)
    {
        var structure = StepText.Read(StepText.Tree(usages.Split('|')));
        Assert.Equal(["assembly-cycle"], StepText.Codes(structure));
        Assert.Equal(["a"], structure.Roots.Select(part => part.PartNumber));
        Assert.Equal(structure.Parts.Count - 1, structure.LineCount);
    }

    [Fact]
    public void An_assembly_that_doubles_at_each_level_is_cut_at_the_limit_of_lines()
    {
        // Two different children that share all below: 2^n places.
        var structure = StepText.Read(StepText.Tree([.. Enumerable.Range(0, 60).SelectMany(i => (string[])[$"a{i} b{i} 1", $"a{i} c{i} 1", $"b{i} a{i + 1} 1", $"c{i} a{i + 1} 1"])]));
        Assert.Equal(1_000_000, structure.LineCount);
        Assert.Equal(["assembly-cut", "assembly-cut"], StepText.Codes(structure));
        Assert.Equal(1_000_000, structure.Lines().Count());
    }

    [Fact]
    public void Depth_and_path_are_bounded()
    {
        var deep = StepText.Tree([.. Enumerable.Range(0, 150).Select(i => $"p{i} p{i + 1} 1")]);
        var structure = StepText.Read(deep);
        Assert.Equal(100, structure.LineCount);
        Assert.Equal(["assembly-cut"], StepText.Codes(structure));
        Assert.Equal(3, StepText.Read(deep, new StepOptions { MaxPathLength = 11 }).LineCount);
        Assert.Equal(150, StepText.Read(deep, new StepOptions { MaxDepth = 150 }).LineCount);
        Assert.Empty(StepText.Read(deep, new StepOptions { MaxDepth = 150 }).Findings);
    }

    [Fact]
    public void A_total_beyond_exact_numbers_is_empty()
    {
        var structure = StepText.Read(StepText.Tree([.. Enumerable.Range(0, 60).Select(i => $"p{i} p{i + 1} 2")]));
        Assert.Equal([.. Enumerable.Range(1, 53).Select(i => (decimal?)(1L << i)), .. Enumerable.Repeat((decimal?)null, 7)], structure.Lines().Select(line => line.TotalQuantity));
        Assert.Equal(["quantity-too-large"], StepText.Codes(structure));
    }

    [Fact]
    public void More_structure_than_allowed_is_an_error()
    {
        var structure = StepText.Read(StepText.Tree("car wheel 400"), new StepOptions { MaxInstances = 50 });
        Assert.Equal(["structure-too-large"], StepText.Codes(structure));
        Assert.True(structure.HasErrors);
    }

    [Fact]
    public void Findings_are_bounded()
    {
        var usages = string.Concat(Enumerable.Range(1, 50_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"#{i}=DOCUMENT_FILE('f{i}.stp','','',$,'',$);\n")));
        var structure = StepText.Read(Part21Text.Data(StepText.Product(900_000, "a") + usages));
        Assert.Equal(21, structure.Findings.Count);
        Assert.Equal(50_000, structure.Findings.Sum(finding => finding.Count));
    }
}
