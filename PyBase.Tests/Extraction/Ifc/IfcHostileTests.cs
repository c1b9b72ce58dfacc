using System.Diagnostics;
using System.Globalization;
using System.Text;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Ifc;
using PyBase.Extraction.Part21;
using Xunit;

namespace PyBase.Tests.Extraction.Ifc;

/// <summary>Broken and hostile models: bounded time and memory, a finding, never an exception.</summary>
public sealed class IfcHostileTests
{
    static readonly byte[] Sample = Part21Text.Bytes(Part21Text.Data(IfcText.House + IfcText.Wall + """
        #30=IFCRELDEFINESBYTYPE('0000000000000000000030',$,$,$,(#20),#31);
        #31=IFCWALLTYPE('0000000000000000000031',$,'T',$,$,(#32,#34),$,$,$,.SOLIDWALL.);
        #32=IFCPROPERTYSET('0000000000000000000032',$,'Pset',$,(#92,#93,#94));
        #34=IFCELEMENTQUANTITY('0000000000000000000034',$,'Qto',$,$,(#35));
        #35=IFCPHYSICALCOMPLEXQUANTITY('layer',$,(#36),'d',$,$);
        #36=IFCQUANTITYLENGTH('Length',$,#11,3.);
        #40=IFCRELASSOCIATESMATERIAL('0000000000000000000040',$,$,$,(#20),#41);
        #41=IFCMATERIALLAYERSETUSAGE(#42,.AXIS2.,.POSITIVE.,0.,$);
        #42=IFCMATERIALLAYERSET((#43),'Cavity',$);
        #43=IFCMATERIALLAYER(#44,110.,.U.,'outer',$,'Finish',$);
        #44=IFCMATERIAL('Ziegel \X2\00E4\X0\',$,'masonry');
        #50=IFCRELASSOCIATESCLASSIFICATION('0000000000000000000050',$,$,$,(#20),#51);
        #51=IFCCLASSIFICATIONREFERENCE($,'1','n',#51,$,$);
        #60=IFCSYSTEM('0000000000000000000060',$,'S',$,$);
        #61=IFCRELASSIGNSTOGROUP('0000000000000000000061',$,$,$,(#20),$,#60);
        #90=IFCRELDEFINESBYPROPERTIES('0000000000000000000090',$,$,$,(#20),IFCPROPERTYSETDEFINITIONSET((#91)));
        #91=IFCPROPERTYSET('0000000000000000000091',$,'Pset',$,(#92,#95));
        #92=IFCPROPERTYSINGLEVALUE('a',$,IFCLENGTHMEASURE(1.),$);
        #93=IFCPROPERTYBOUNDEDVALUE('b',$,IFCLENGTHMEASURE(5.),$,#11,IFCLENGTHMEASURE(4.));
        #94=IFCPROPERTYTABLEVALUE('c',$,(IFCREAL(1.)),(IFCREAL(2.)),$,$,$,$);
        #95=IFCCOMPLEXPROPERTY('d',$,'use',(#92,#96));
        #96=IFCPROPERTYENUMERATEDVALUE('e',$,(IFCLABEL('x'),IFCLABEL('y')),$);
        """, "IFC4"));

    [Fact]
    public void A_file_cut_at_any_byte_is_read_as_far_as_it_goes()
    {
        var end = Sample.AsSpan().IndexOf("END-ISO-10303-21"u8) + "END-ISO-10303-21".Length;
        for (var length = 0; length <= Sample.Length; length += length > 3000 ? 1 : 7)
        {
            var result = IfcText.Read(Sample[..length]);
            Assert.Equal(length < end, result.HasErrors);
            Show(result);
        }
    }

    [Fact]
    public void Flipped_bits_never_throw_and_give_the_same_however_the_stream_delivers()
    {
        var random = new Random(16739);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = (byte[])Sample.Clone();
            for (var flips = random.Next(1, 12); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var drip = new IfcOptions { Part21 = new Part21Options { BufferBytes = 32 } };
            Assert.Equal(Show(IfcText.Read(bytes)), Show(IfcText.Read(new DripStream(bytes, random.Next(1, 40)), drip)));
        }
    }

    [Fact]
    public void Exchanged_references_never_throw()
    {
        var random = new Random(4);
        var text = Encoding.Latin1.GetString(Sample);
        for (var round = 0; round < 2000; round++)
        {
            var changed = text;
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = changed.IndexOf('#', random.Next(changed.Length));
                if (at > 0)
                    changed = changed[..(at + 1)] + random.Next(1, 100).ToString(CultureInfo.InvariantCulture) + changed[(at + 1)..].TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            }
            Show(IfcText.Read(Part21Text.Bytes(changed)));
        }
    }

    [Fact]
    public void Circles_are_cut_and_told()
    {
        var result = IfcText.Read("""
            #1=IFCBUILDINGSTOREY('0000000000000000000001',$,'a',$,$,$,$,$,.ELEMENT.,$);
            #2=IFCBUILDINGSTOREY('0000000000000000000002',$,'b',$,$,$,$,$,.ELEMENT.,$);
            #3=IFCRELAGGREGATES('0000000000000000000003',$,$,$,#1,(#2));
            #4=IFCRELAGGREGATES('0000000000000000000004',$,$,$,#2,(#1));
            #5=IFCWALL('0000000000000000000005',$,'w',$,$,$,$,$,$);
            #6=IFCRELNESTS('0000000000000000000006',$,$,$,#5,(#5));
            #7=IFCCONVERSIONBASEDUNIT($,.LENGTHUNIT.,'x',#8);
            #8=IFCMEASUREWITHUNIT(IFCREAL(2.),#7);
            #9=IFCDERIVEDUNIT((#10),.USERDEFINED.,$);
            #10=IFCDERIVEDUNITELEMENT(#9,2);
            #11=IFCRELDEFINESBYPROPERTIES('0000000000000000000011',$,$,$,(#5),#12);
            #12=IFCPROPERTYSET('0000000000000000000012',$,'Pset',$,(#13));
            #13=IFCCOMPLEXPROPERTY('c',$,'use',(#13,#14));
            #14=IFCPROPERTYSINGLEVALUE('p',$,$,$);
            """);
        Assert.Equal(["relation-cycle"], result.Codes().Distinct().Where(code => code.StartsWith("relation", StringComparison.Ordinal)));
        Assert.Equal(["a", "a/b"], result.Rows("spatial", "path"));
        Assert.Equal(["w|0000000000000000000005"], result.Rows("elements", "name", "parent"));
        Assert.Equal(["c/p"], result.Rows("properties", "name").Take(1));
        Assert.Equal(result.Table("properties")!.RowCount, result.Table("properties")!.Rows.Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("#9000=IFCPROPERTYSINGLEVALUE('p',$,$,$);")]
    public void Complex_properties_that_double_at_each_level_are_bounded(string leaf)
    {
        var complex = string.Concat(Enumerable.Range(100, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"#{i}=IFCCOMPLEXPROPERTY('c',$,'u',(#{i + 1},#{i + 1}));\n")));
        var started = Stopwatch.GetTimestamp();
        var result = IfcText.Read(IfcText.House + IfcText.Wall + complex + leaf.Replace("9000", "160", StringComparison.Ordinal) + """
            #90=IFCRELDEFINESBYPROPERTIES('0000000000000000000090',$,$,$,(#20),#91);
            #91=IFCPROPERTYSET('0000000000000000000091',$,'Pset',$,(#100));
            """);
        Assert.Equal(leaf.Length == 0 ? 0 : 100_000, result.Table("properties")?.Rows.Count() ?? 0);
        Assert.Equal(leaf.Length == 0 ? [] : ["rows-cut"], result.Codes());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_relationship_of_many_with_many_is_bounded()
    {
        var walls = string.Concat(Enumerable.Range(1000, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"#{i}=IFCWALL($,$,$,$,$,$,$,$,$);\n")));
        var references = string.Join(',', Enumerable.Range(1000, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"#{i}")));
        var sets = string.Join(',', Enumerable.Repeat("#91", 2000));
        var file = $"{IfcText.House}{walls}#90=IFCRELDEFINESBYPROPERTIES($,$,$,$,({references}),IFCPROPERTYSETDEFINITIONSET(({sets})));#91=IFCPROPERTYSET($,$,'Pset',$,(#92));#92=IFCPROPERTYSINGLEVALUE('p',$,$,$);";
        var result = IfcText.Read(file, options: new IfcOptions { MaxLinks = 100_000, MaxRows = 1000 });
        Assert.Contains("structure-too-large", result.Codes());
        Assert.True(result.Truncated);
        Assert.InRange(result.Table("properties")!.Rows.Count(), 1, 1000);
    }

    [Fact]
    public void A_type_of_many_sets_with_many_occurrences_is_bounded()
    {
        const int many = 5000;
        var walls = string.Concat(Enumerable.Range(100_000, many).Select(i => string.Create(CultureInfo.InvariantCulture, $"#{i}=IFCWALL($,$,$,$,$,$,$,$,$);\n")));
        var references = string.Join(',', Enumerable.Range(100_000, many).Select(i => string.Create(CultureInfo.InvariantCulture, $"#{i}")));
        var sets = string.Join(',', Enumerable.Repeat("#91", many));
        var file = $"{IfcText.House}{walls}#90=IFCRELDEFINESBYTYPE($,$,$,$,({references}),#93);#93=IFCWALLTYPE($,$,$,$,$,({sets}),$,$,$,$);#91=IFCPROPERTYSET($,$,'Pset',$,(#92));#92=IFCPROPERTYSINGLEVALUE('p',$,$,$);";
        var started = Stopwatch.GetTimestamp();
        var result = IfcText.Read(file, options: new IfcOptions { MaxLinks = 1_000_000 });
        Assert.Contains("rows-cut", result.Codes());
        Assert.Equal(result.Table("properties")!.RowCount, result.Table("properties")!.Rows.Count());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Chains_deeper_than_the_limit_are_cut_and_told()
    {
        var parts = new StringBuilder(IfcText.House);
        for (var i = 0; i < 5000; i++)
            parts.Append(CultureInfo.InvariantCulture, $"#{1000 + i}=IFCWALL($,$,$,$,$,$,$,$,$);#{10_000 + i}=IFCRELAGGREGATES($,$,$,$,#{1000 + i},(#{1001 + i}));\n");
        for (var i = 0; i < 5000; i++)
            parts.Append(CultureInfo.InvariantCulture, $"#{20_000 + i}=IFCSPACE($,$,$,$,$,$,$,$,$,$,$);#{30_000 + i}=IFCRELAGGREGATES($,$,$,$,#{20_000 + i},(#{20_001 + i}));#{40_000 + i}=IFCCOMPLEXPROPERTY('c',$,$,(#{40_001 + i}));\n");
        parts.Append("#90=IFCRELDEFINESBYPROPERTIES($,$,$,$,(#1000),#91);#91=IFCPROPERTYSET($,$,'Pset',$,(#40000));");
        var result = IfcText.Read(parts.ToString());
        Assert.Contains("relation-too-deep", result.Codes());
        Assert.Equal(5000, result.Table("elements")!.Rows.Count());
    }

    [Fact]
    public void More_than_may_be_kept_is_an_error()
    {
        var result = IfcText.Read(IfcText.House + IfcText.Wall, options: new IfcOptions { MaxKeptBytes = 300 });
        Assert.Contains("structure-too-large", result.Codes());
        Assert.True(result.HasErrors);
    }

    [Fact]
    public void Sparse_and_repeated_instance_names_are_found()
    {
        var result = IfcText.Read("""
            #9223372036854775807=IFCWALL('0000000000000000000001',$,'w',$,$,$,$,$,$);
            #4294967296=IFCRELDEFINESBYPROPERTIES('0000000000000000000002',$,$,$,(#9223372036854775807),#4294967297);
            #4294967297=IFCPROPERTYSET('0000000000000000000003',$,'Pset',$,(#5));
            #5=IFCPROPERTYSINGLEVALUE('first',$,$,$);
            #5=IFCPROPERTYSINGLEVALUE('second',$,$,$);
            """);
        Assert.Equal(["first"], result.Rows("properties", "name"));
        Assert.Contains("duplicate-id", result.Codes());
    }

    [Theory]
    [InlineData("AUTOMOTIVE_DESIGN", "not-an-ifc-file")]
    [InlineData("", "schema-unknown")]
    public void Another_schema_is_told(string schema, string code) => Assert.Contains(code, IfcText.Read("#1=PRODUCT('a','','',());", schema).Codes());

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => IfcReader.Read(new MemoryStream(Sample), cancellationToken: source.Token));
    }

    static string Show(ExtractionResult result)
    {
        var text = new StringBuilder();
        foreach (var finding in result.Findings)
            text.AppendLine(finding.ToString());
        foreach (var table in result.Tables)
        {
            var rows = 0;
            foreach (var row in table.Rows)
            {
                rows++;
                text.Append(row.Locator).Append(' ').AppendJoin('|', row.Cells).AppendLine();
            }
            Assert.Equal(table.RowCount, rows);
        }
        return text.ToString();
    }
}
