using PyBase.Extraction.Part21;
using Xunit;

namespace PyBase.Tests.Extraction;

public sealed class Part21LexicalTests
{
    [Theory]
    [InlineData("#1=A('x',#2,$,*,.T.,12,-0.5E-3,1.,(1,2),\"0F\",LENGTH_MEASURE(5.));",
        "#1=A:'x',#2,$,*,.T.,12,-0.0005,1,(1,2),\"0F\",LENGTH_MEASURE(5)")]
    [InlineData("#1 = A ( 'x' , ( #2 , #3 ) ) ;", "#1=A:'x',(#2,#3)")]
    [InlineData("#1=A\n  \n('x');", "#1=A:'x'")]
    [InlineData("#1=/* ; ' */A/**/('x'/* #9=B( */,1)/***/;", "#1=A:'x',1")]
    [InlineData("#1=B('');#2=A();", "#2=A:")]
    [InlineData("#9223372036854775807=A(#4294967297);", "#9223372036854775807=A:#4294967297")]
    [InlineData("#1=a('lower');", "#1=A:'lower'")]
    [InlineData("#1=AB(1);#2=A_(1);#3=A(1);", "#3=A:1")]
    [InlineData("#1=(B(1)A('x',$)C(('y')));", "#1=A:'x',$")]
    [InlineData("#1=( B () A ( 'x' ) ) ;", "#1=A:'x'")]
    [InlineData("#1=A(((((1)))),());", "#1=A:((((1)))),()")]
    [InlineData("#1=A('a;b)c#1=d');", "#1=A:'a;b)c#1=d'")]
    [InlineData("#1=A('it''s','''','');", "#1=A:'it's',''',''")]
    [InlineData("\\N\\#1=A(1);\\F\\", "#1=A:1")]
    public void An_instance_reads_whatever_its_layout(string instances, string expected) =>
        Assert.Equal([expected], Part21Text.Read(Part21Text.Data(instances), "A"));

    [Fact]
    public void Line_ends_may_be_carriage_returns_alone() =>
        Assert.Equal(["#1=A:'x'", "#2=A:'y'"], Part21Text.Read(Part21Text.Data("#1=A('x');\n#2=A('y');").Replace('\n', '\r'), "A"));

    [Fact]
    public void A_string_may_be_wrapped_over_lines() =>
        Assert.Equal(["#1=A:'one two'", "#2=A:2"], Part21Text.Read(Part21Text.Data("#1=A('one\r\n two');\n#2=A(2);"), "A"));

    [Theory]
    [InlineData(@"#1=A('\S\'',1);#2=A(2);", "#1=A:'§',1")]
    [InlineData(@"#1=A('\S\'a',1);#2=A(2);", "#1=A:'§a',1")]
    [InlineData(@"#1=A('\S\''a',1);#2=A(2);", "#1=A:'§a',1")]
    [InlineData(@"#1=A('\S\''' ,1);#2=A(2);", "#1=A:'§',1")]
    [InlineData(@"#1=A('\\S\\',1);#2=A(2);", @"#1=A:'\S\',1")]
    public void The_apostrophe_of_an_S_escape_does_not_close_the_string(string instances, string first)
    {
        Assert.Equal([first, "#2=A:2"], Part21Text.Read(Part21Text.Data(instances), "A"));
        // The same string in an instance that is passed over must end at the same place.
        Assert.Equal(["#2=A:2"], Part21Text.Read(Part21Text.Data(instances.Replace("#1=A", "#1=B", StringComparison.Ordinal)), "A"));
    }

    [Fact]
    public void Both_layers_agree_where_a_string_ends_for_every_string_of_few_letters()
    {
        const string letters = @"'\SX,)a";
        for (var number = 0; number < Math.Pow(letters.Length, 5); number++)
        {
            var inner = string.Concat(Enumerable.Range(0, 5).Select(i => letters[number / (int)Math.Pow(letters.Length, i) % letters.Length]));
            var bytes = Part21Text.Bytes(Part21Text.Data($"#1=B('{inner}');\n#2=A('{inner}');\n#3=A(3);"));
            // Nothing to assert but that #3 is found: healthy or not, a string never takes the next line with it.
            Assert.Contains("#3=A:3", Part21Text.Read(bytes, new Part21Options(), "A"));
        }
    }

    [Fact]
    public void Edition_3_sections_and_several_data_sections_are_read()
    {
        const string file = """
            ISO-10303-21;
            HEADER;
            FILE_SCHEMA(('S1','S2'));
            ENDSEC;
            ANCHOR;
            <it's;an#anchor>=#1{tag:'x'};
            ENDSEC;
            REFERENCE;
            #20=<other.stp#name>;
            @21=<x;y>;
            ENDSEC;
            DATA('one',('S1'));
            #1=A(1);
            ENDSEC;
            DATA('two',('S2'));
            #2=A(2);
            ENDSEC;
            END-ISO-10303-21;
            SIGNATURE;
            MIIB/=+'==
            ENDSEC;
            #3=A(3); ' trash
            """;
        Assert.Equal(["#1=A:1", "#2=A:2"], Part21Text.Read(file, "A"));
    }

    [Fact]
    public void The_header_is_read_apart()
    {
        using var reader = new Part21Reader(new MemoryStream(Part21Text.Bytes("\u00EF\u00BB\u00BF\n" + Part21Text.Data("#1=A();"))), new KeywordSet("A"));
        Assert.True(reader.Read(TestContext.Current.CancellationToken));
        Assert.Equal(("a b", "2;1", "n", "o"), (reader.Header.Description, reader.Header.ImplementationLevel, reader.Header.Name, reader.Header.OriginatingSystem));
        Assert.Equal(["AUTOMOTIVE_DESIGN"], reader.Header.Schemas);
        Assert.Equal(["me"], reader.Header.Authors);
    }

    [Theory]
    [InlineData("#1=A('x';\n#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1=A(1)\n#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1=B(1)\n#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1=A('x);\n#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1=B('x);\n#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1;#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1=;#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1=#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#0=A(1);#2=A(2);", "#2=A:2", "syntax-error")]
    [InlineData("#99999999999999999999=A(1);#2=A(2);", "#2=A:2", "syntax-error")]
    [InlineData("%&!\n#2=A(2);", "#2=A:2", "syntax-error")]
    [InlineData("#1=A(1))x;", "#1=A:1", "syntax-error #1")]
    [InlineData("#1=A((1);#2=A(2);", "#2=A:2", "syntax-error #1")]
    [InlineData("#1=A('x", "syntax-error #1")]
    public void A_broken_statement_costs_itself_only(string instances, params string[] expected) =>
        Assert.Equal(expected, Part21Text.Read(Part21Text.Data(instances), "A"));

    [Fact]
    public void What_is_found_does_not_depend_on_how_the_stream_delivers()
    {
        var file = Part21Text.Bytes(Part21Text.Data("""
            #1=A('it''s \X2\00E4\X0\ \S\'' /* no */');
            #2=B('unclosed);
            #3 /* x */ = A /* y */ ( (1,(2,3)) , $ ) ;
            #4=(C(1)A('z'));
            #5=A(1
            #6=A('wrapped
             string');
            """));
        var whole = Part21Text.Read(file, new Part21Options(), "A");
        for (var portion = 1; portion < 80; portion++)
        {
            var set = new KeywordSet("A");
            using var reader = new Part21Reader(new DripStream(file, portion), set, new Part21Options { BufferBytes = 16 });
            List<string> seen = [];
            while (reader.Read(TestContext.Current.CancellationToken))
                seen.Add($"#{reader.Id}");
            seen.AddRange(reader.Findings.Select(finding => $"{finding.Code} {finding.Locator}"));
            Assert.Equal(whole.Select(line => line.Split('=')[0]), seen);
        }
    }
}
