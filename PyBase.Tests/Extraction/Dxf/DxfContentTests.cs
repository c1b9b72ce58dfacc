using System.Text;
using PyBase.Extraction.Envelope;
using Xunit;

namespace PyBase.Tests.Extraction.Dxf;

/// <summary>One trap a test: what drawings hold beside what one would expect.</summary>
public sealed class DxfContentTests
{
    [Theory]
    [InlineData(@"\A1;2{\H1x;\S1#2;}""", "2 1/2\"")]
    [InlineData(@"3{\H0.75x;\S1/2;}""", "3 1/2\"")]
    [InlineData(@"20{\H0.7x;\S+0,1^-0,2;}", "20 +0,1/-0,2")]
    [InlineData(@"m\S2^;", "m2")]
    [InlineData(@"H\S^ 2;O", "H2O")]
    [InlineData(@"\S1\/2#3;", "1/2/3")]
    [InlineData(@"{\fArial|b0|i0|c0|p34;bold} \Lunder\l \Oover\o \Kstrike\k", "bold under over strike")]
    [InlineData(@"a\Pb\~c\\d\{e\}f", "a\nb c\\d{e}f")]
    [InlineData(@"\pxqc;centre\P\pi0,l2,t4;^Itab", "centre\n\ttab")]
    [InlineData(@"\C1;red\c255;blue\H2.5x;\W0.8;\Q15;\T1.1;end", "redblueend")]
    [InlineData(@"{{{nested}}", "nested")]
    [InlineData(@"4x {\Fgdt;n}12{\fAIGDT|b0|i0|c2|p2;x}5 n", "4x ⌀12↧5 n")]
    [InlineData(@"\Fgdt;v\Fisocp;n {\Fgdt;{\H2x;w}n}n", "⌴n ⌵⌀n")]
    [InlineData(@"\Fnever ends", @"\Fnever ends")]
    [InlineData(@"end\", @"end\")]
    [InlineData(@"%%c20 %%p0.1 90%%D %%u%%o50%%%", "⌀20 ±0.1 90° 50%")]
    [InlineData(@"%%065%%", "A%%")]
    [InlineData("a^Jb^ c^", "a\nb^c^")]
    public void MText_becomes_plain(string raw, string expected) => Assert.Equal(expected, DxfText.Plain("MTEXT", raw));

    [Theory]
    [InlineData("%%uFLOOR%%U", "FLOOR")]
    [InlineData(@"C:\Program {x}", @"C:\Program {x}")]
    public void Text_has_less_markup(string raw, string expected) => Assert.Equal(expected, DxfText.Plain("TEXT", raw));

    [Fact]
    public void Chunks_of_an_mtext_are_joined()
    {
        var result = DxfText.Read(DxfText.Drawing("MTEXT 8=0 3='one ' 3='two ' 1=three 11=0 21=1"));
        Assert.Equal(["one two three;90"], DxfText.Rows(result, "texts", "text", "rotation"));
    }

    [Fact]
    public void Linked_columns_are_one_text()
    {
        var result = DxfText.Read(DxfText.Drawing("""
            MTEXT 5=A1 8=0 1='left ' 1001=ACAD 1000=ACAD_MTEXT_COLUMN_INFO_BEGIN 1070=75 1070=2 1000=ACAD_MTEXT_COLUMN_INFO_END 1000=ACAD_MTEXT_COLUMNS_BEGIN 1070=47 1070=2 1005=A2 1000=ACAD_MTEXT_COLUMNS_END
            MTEXT 5=A2 8=0 1=right
            """));
        Assert.Equal(["left right"], DxfText.Rows(result, "texts", "text"));
    }

    [Fact]
    public void Layouts_beside_the_active_one_lie_in_blocks()
    {
        var result = DxfText.Read(DxfText.Drawing(
            "TEXT 5=A1 330=1F 8=0 1=model\nTEXT 5=A2 330=58 67=1 8=0 1=active",
            "BLOCK 2=*Model_Space\nENDBLK\nBLOCK 2=*Paper_Space\nENDBLK\nBLOCK 2=*Paper_Space0\nTEXT 5=A3 330=59 67=1 8=0 1=other\nENDBLK",
            "BLOCK_RECORD 5=1F 2=*Model_Space 340=E1\nBLOCK_RECORD 5=58 2=*Paper_Space 340=E2\nBLOCK_RECORD 5=59 2=*Paper_Space0 340=E3",
            "LAYOUT 5=E1 102={ACAD_REACTORS 330=1A 102=} 330=1A 1=setup 1=Model 71=0 330=1F\nLAYOUT 5=E2 330=1A 1= 1=Front 71=2 330=58\nLAYOUT 5=E3 330=1A 1= 1=Back 71=1 330=59"));
        Assert.Equal(["other;Back", "model;Model", "active;Front"], DxfText.Rows(result, "texts", "text", "layout"));
        Assert.Equal(["Model;*Model_Space;1", "Back;*Paper_Space0;1", "Front;*Paper_Space;1"], DxfText.Rows(result, "layouts", "name", "owner", "entity_count"));
    }

    [Fact]
    public void A_definition_holds_nothing_of_the_entities_section()
    {
        var result = DxfText.Read(DxfText.Drawing("TEXT 5=A1 330=B1 8=0 1=model\nTEXT 5=A2 330=B1 67=1 8=0 1=paper",
            "BLOCK 2=door\nENDBLK", "BLOCK_RECORD 5=B1 2=door"));
        Assert.Equal(["model;Model", "paper;Paper"], DxfText.Rows(result, "texts", "text", "layout"));
    }

    [Fact]
    public void A_dynamic_block_has_its_true_name_and_a_grid_counts()
    {
        var result = DxfText.Read(DxfText.Drawing("INSERT 5=A1 8=0 2=*U1\nINSERT 5=A2 8=0 2=door 70=3 71=2",
            "BLOCK 2=door\nENDBLK\nBLOCK 2=*U1\nENDBLK",
            "BLOCK_RECORD 5=B1 2=door\nBLOCK_RECORD 5=B2 2=*U1 1001=AcDbBlockRepBTag 1070=1 1005=B1"));
        Assert.Equal(["door;*U1;1", "door;door;6"], DxfText.Rows(result, "inserts", "block", "block_raw", "count"));
        Assert.Equal(["door;7;count"], DxfText.Rows(result, "bom", "part_number", "qty", "source"));
    }

    [Fact]
    public void Attributes_of_several_lines_and_constant_ones_are_values_too()
    {
        var result = DxfText.Read(DxfText.Drawing("""
            INSERT 5=A1 8=0 2=B 66=1
            ATTRIB 8=0 1= 2=NOTE 70=0 101='Embedded Object' 40=1 1='first\Psecond'
            ATTRIB 8=0 1=4%%d 2=ANGLE 70=0
            SEQEND
            """, "BLOCK 2=B\nATTDEF 8=0 1=steel 3=Material 2=MAT 70=2\nATTDEF 8=0 1= 2=NOTE 70=0\nENDBLK"));
        Assert.Equal(["NOTE;first\nsecond;false", "ANGLE;4°;false", "MAT;steel;true"], DxfText.Rows(result, "attributes", "tag", "value", "constant"));
        Assert.Equal(["MAT, NOTE"], DxfText.Rows(result, "blocks", "attdef_tags"));
    }

    [Fact]
    public void The_best_text_of_a_dimension_is_what_its_block_shows()
    {
        var result = DxfText.Read(DxfText.Drawing("""
            DIMENSION 8=0 2=*D1 70=32 42=2.5
            DIMENSION 8=0 2=*D2 70=34 42=1.5707963267948966
            DIMENSION 8=0 2=*D3 70=160 1='<> typ.' 42=3
            DIMENSION 8=0 2=*D4 70=32 1=' ' 42=3
            DIMENSION 8=0 2=*D5 70=32 1=D.L.O. 42=3
            """,
            "BLOCK 2=*D1\nMTEXT 8=0 1='\\A1;2{\\H1x;\\S1#2;}\"'\nENDBLK\nBLOCK 2=*D2\nTEXT 8=0 1=90%%d\nENDBLK\nBLOCK 2=*D3\nMTEXT 8=0 1='3 typ.'\nENDBLK"));
        Assert.Equal(["linear;2.5;2 1/2\";false", "angular;90;90°;false", "linear;3;3 typ.;false", "linear;;;true", "linear;;D.L.O.;false"],
            DxfText.Rows(result, "dimensions", "kind", "nominal", "displayed", "suppressed"));
        Assert.Equal("typ.", DxfText.Rows(result, "dimensions", "suffix")[2]);
    }

    [Theory]
    // Style S: two decimals, comma, no trailing zeros.
    [InlineData("70=0 42=46.7156", "46,72")]
    [InlineData("70=0 42=12", "12")]
    [InlineData("70=4 42=11.4", "R11,4")]
    [InlineData("70=3 42=45.6", "⌀45,6")]
    [InlineData("70=5 42=1.6475682", "94,4°")]
    [InlineData("70=6 42=-102.6", "102,6")]
    [InlineData("70=0 1='%%c<>' 42=8", "⌀8")]
    // Overrides: decimals 0; architectural with eighths; rounded to halves; factor 10; deviations.
    [InlineData("70=0 42=46.7 1001=ACAD 1000=DSTYLE 1002={ 1070=271 1070=0 1002=}", "47")]
    [InlineData("70=0 42=48.26 1001=ACAD 1000=DSTYLE 1002={ 1070=277 1070=4 1070=271 1070=3 1002=}", "4'-1/4\"")]
    [InlineData("70=0 42=46.7 1001=ACAD 1000=DSTYLE 1002={ 1070=45 1040=0.5 1002=}", "46,5")]
    [InlineData("70=0 42=4.5 1001=ACAD 1000=DSTYLE 1002={ 1070=144 1040=10 1002=}", "45")]
    [InlineData("70=0 42=20 1001=ACAD 1000=DSTYLE 1002={ 1070=71 1070=1 1070=47 1040=0.1 1070=48 1040=0.2 1070=272 1070=1 1002=}", "20 +0,1/-0,2")]
    [InlineData("70=0 42=4.5 1001=ACAD 1000=DSTYLE 1002={ 1070=144 1040=-10 1002=}", "4,5")]
    [InlineData("67=1 70=0 42=4.5 1001=ACAD 1000=DSTYLE 1002={ 1070=144 1040=-10 1002=}", "45")]
    [InlineData("70=0 42=20 1001=ACAD 1000=DSTYLE 1002={ 1070=3 1000=<>mm 1002=}", "20mm")]
    // Limits in place of the value; degrees with minutes and seconds, grads, radians; feet with decimal inches and without any; fractions.
    [InlineData("70=0 42=20 1001=ACAD 1000=DSTYLE 1002={ 1070=72 1070=1 1070=47 1040=0.1 1070=48 1040=0.2 1002=}", "20,1/19,8")]
    [InlineData("70=5 42=1.6475682 1001=ACAD 1000=DSTYLE 1002={ 1070=275 1070=1 1070=179 1070=2 1002=}", "94°24'")]
    [InlineData("70=5 42=1.6475682 1001=ACAD 1000=DSTYLE 1002={ 1070=275 1070=1 1070=179 1070=4 1002=}", "94°23'55\"")]
    [InlineData("70=5 42=1.5707963 1001=ACAD 1000=DSTYLE 1002={ 1070=275 1070=1 1070=179 1070=5 1002=}", "90°0'0,0\"")]
    [InlineData("70=5 42=1.6475682 1001=ACAD 1000=DSTYLE 1002={ 1070=275 1070=2 1002=}", "104,9g")]
    [InlineData("70=5 42=1.6475682 1001=ACAD 1000=DSTYLE 1002={ 1070=275 1070=3 1070=179 1070=2 1002=}", "1,65r")]
    [InlineData("70=0 42=30.25 1001=ACAD 1000=DSTYLE 1002={ 1070=277 1070=3 1070=78 1070=0 1002=}", "2'-6.25\"")]
    [InlineData("70=0 42=35.999 1001=ACAD 1000=DSTYLE 1002={ 1070=277 1070=3 1070=78 1070=0 1002=}", "3'")]
    [InlineData("70=0 42=36 1001=ACAD 1000=DSTYLE 1002={ 1070=277 1070=4 1070=78 1070=3 1002=}", "3'-0\"")]
    [InlineData("70=0 42=5.375 1001=ACAD 1000=DSTYLE 1002={ 1070=277 1070=5 1070=271 1070=4 1002=}", "5 3/8")]
    public void Without_a_block_the_text_is_written_as_the_style_says(string dimension, string displayed)
    {
        var result = DxfText.Read(DxfText.Drawing($"DIMENSION 8=0 3=S {dimension}", tables: "DIMSTYLE 105=1 2=S 271=2 278=44 78=8 79=2 179=1"));
        Assert.Equal([displayed], DxfText.Rows(result, "dimensions", "displayed"));
    }

    [Theory]
    [InlineData("1= 3=P", "", "0.1;-0.2;style")]
    [InlineData("1= 3=P 1001=ACAD 1000=DSTYLE 1002={ 1070=47 1040=0.3 1002=}", "", "0.3;-0.2;override")]
    [InlineData(@"1='<>' 3=S", @"\A1;20{\H0.7x;\S+0.02^-0.01;}", "0.02;-0.01;text")]
    [InlineData(@"1='<>' 3=S", @"20\S0^-0,021;", "0;-0.021;text")]
    [InlineData(@"1='<>' 3=S", @"20\S0.01^ 0.02;", "0.01;-0.02;text")]
    [InlineData("1='<>' 3=S", @"\S20.1^19.9;", "0.1;-0.1;text")]
    [InlineData("1='<>' 3=S", "20 %%p0,1", "0.1;-0.1;text")]
    [InlineData("1='<>' 3=S", "20 H7", ";;")]
    public void Deviations_come_from_text_extended_data_or_style(string dimension, string shown, string expected)
    {
        var result = DxfText.Read(DxfText.Drawing($"DIMENSION 8=0 2=*D1 70=32 42=20 {dimension}",
            $"BLOCK 2=*D1\nMTEXT 8=0 1='{(shown.Length > 0 ? shown : "20")}'\nENDBLK",
            "DIMSTYLE 105=1 2=P 71=1 47=0.1 48=0.2\nDIMSTYLE 105=2 2=S"));
        Assert.Equal([expected], DxfText.Rows(result, "dimensions", "upper", "lower", "tolerance_source"));
    }

    [Theory]
    [InlineData("70=0 50=30 13=330.289 23=2.941 14=364.487 24=37.139", 46.7151)]
    [InlineData("70=1 13=0 23=0 14=3 24=4", 5)]
    [InlineData("70=4 10=0 20=0 15=3 25=4", 5)]
    [InlineData("70=3 10=-3 20=-4 15=3 25=4", 10)]
    [InlineData("70=6 10=1 20=2 13=5 23=9", 7)]
    [InlineData("70=70 10=1 20=2 13=5 23=9", 4)]
    [InlineData("70=5 15=0 25=0 13=1 23=0 14=0 24=1 10=1 20=1", 90)]
    [InlineData("70=5 15=0 25=0 13=1 23=0 14=0 24=1 10=-1 20=-1", 270)]
    [InlineData("70=2 13=0 23=0 14=1 24=0 15=0 25=0 10=1 20=1 16=2 26=0.5", 45)]
    [InlineData("70=2 13=0 23=0 14=1 24=0 15=0 25=0 10=1 20=1 16=-0.5 26=2", 135)]
    public void Before_R13_the_measurement_follows_from_the_points(string dimension, double measured)
    {
        var result = DxfText.Read(DxfText.Drawing($"DIMENSION 8=0 {dimension}"));
        var table = result.Table("dimensions")!;
        Assert.Equal(measured, table.At(table.Rows.Single(), "measured").Number!.Value, 3);
    }

    [Fact]
    public void Frames_are_read_cell_by_cell()
    {
        var result = DxfText.Read(DxfText.Drawing(
            @"TOLERANCE 5=A1 8=0 1='{\Fgdt;j}%%v{\Fgdt;n}0.1{\Fgdt;m}%%v%%vA%%vB{\Fgdt;l}%%v^J{\Fgdt;c}%%v0,05%%v%%v%%v%%v^J.5{\Fgdt;p}'"));
        Assert.Equal(
            ["1;position;true;0.1;M;A;B(L);;false;⌖|⌀0.1(M)||A|B(L)", "2;flatness;false;0.05;;;;;false;⏥|0,05", "3;;false;;;;;;true;.5(P)"],
            DxfText.Rows(result, "tolerances", "row", "characteristic", "diametral", "value", "modifiers", "datum1", "datum2", "datum3", "note", "text"));
    }

    [Fact]
    public void A_frame_may_be_written_with_the_signs_themselves_and_the_height_of_a_projected_zone()
    {
        var result = DxfText.Read(Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(DxfText.Ascii(DxfText.Drawing("TOLERANCE 5=A1 8=0 1='SIGN%%v{\\Fgdt;n}0.2{\\Fgdt;p}15%%v%%vA%%vBM'"))).Replace("SIGN", "⌖", StringComparison.Ordinal).Replace("BM", "BⓂ", StringComparison.Ordinal)));
        Assert.Equal(["position;true;0.2;P;A;B(M);⌖|⌀0.2(P)15||A|B(M)"], DxfText.Rows(result, "tolerances", "characteristic", "diametral", "value", "modifiers", "datum1", "datum2", "text"));
    }

    [Theory]
    [InlineData("4x %%c12 H7", ";;;H7;4;false")]
    [InlineData(@"12{\H0.7x;\SH7/g6;}", ";;;H7/g6;1;false")]
    [InlineData("(12)", ";;;;1;true")]
    [InlineData("12 +0,1/-0,2", "0.1;-0.2;text;;1;false")]
    [InlineData("%%c12 f7 (-0.016/-0.034)", "-0.016;-0.034;text;f7;1;false")]
    [InlineData(@"12\X[.472]", ";;;;1;false")]
    [InlineData("SEE TABLE 12", ";;;;1;false")]
    public void What_a_dimension_says_beside_its_size_is_read(string shown, string expected)
    {
        var result = DxfText.Read(DxfText.Drawing("DIMENSION 8=0 2=*D1 70=32 42=12", $"BLOCK 2=*D1\nMTEXT 8=0 1='{shown}'\nENDBLK"));
        Assert.Equal([expected], DxfText.Rows(result, "dimensions", "upper", "lower", "tolerance_source", "fit", "count", "reference"));
    }

    [Fact]
    public void A_frame_may_break_its_rows_as_mtext_does_and_name_another_font()
    {
        var result = DxfText.Read(DxfText.Drawing(@"TOLERANCE 5=A1 8=0 1='{\fgdt.shx|b0;h}%%v0.02%%v%%vA-B\P{\FAMGDT;u}%%v{\FAMGDT;n}.01%%v%%v'"));
        Assert.Equal(["circular_runout;false;0.02;A-B", "straightness;true;0.01;"], DxfText.Rows(result, "tolerances", "characteristic", "diametral", "value", "datum1"));
    }

    [Fact]
    public void A_leader_with_a_block_has_its_name_and_the_texts_of_its_attributes()
    {
        var result = DxfText.Read(DxfText.Drawing("MULTILEADER 5=A3 8=0 300=CONTEXT_DATA{ 40=1 296=1 341=B1 10=9 20=9 302=LEADER{ 10=8 20=8 304=LEADER_LINE{ 10=5 20=6 305=} 303=} 301=} 330=C1 177=0 44=1 302=12",
            "BLOCK 2=_DetailCallout\nATTDEF 5=C1 8=0 1= 2=NO 70=0\nENDBLK", "BLOCK_RECORD 5=B1 2=_DetailCallout"));
        Assert.Equal(["12;_DetailCallout;5"], DxfText.Rows(result, "leaders", "text", "block", "tip_x"));
    }

    [Fact]
    public void Leaders_have_the_text_they_point_with()
    {
        var result = DxfText.Read(DxfText.Drawing("""
            LEADER 5=A1 8=0 10=1 20=2 10=3 20=4 340=A2
            MTEXT 5=A2 8=0 1='deburr\Pall'
            MULTILEADER 5=A3 8=0 270=2 300=CONTEXT_DATA{ 40=1 10=9 20=9 304='see {note}' 302=LEADER{ 10=8 20=8 304=LEADER_LINE{ 10=5 20=6 305=} 303=} 301=} 340=D8
            """));
        Assert.Equal(["see note;5;6;MULTILEADER", "deburr\nall;1;2;LEADER"], DxfText.Rows(result, "leaders", "text", "tip_x", "tip_y", "type"));
    }

    const string PartsTable = """
        ACAD_TABLE 5=A1 8=0 2=*T1 10=5 20=5 91=3 92=3 141=1 141=1 141=1 142=2 142=2 142=2
        171=1 173=0 175=3 176=1 301=CELL_VALUE 90=4 1=parts 302=Parts 304=ACVALUE_END
        """;

    [Fact]
    public void Tables_have_cells_with_spans_and_are_parts_lists_by_their_heading()
    {
        // 5=A1 … one record: the lines of the cells continue it.
        var table = (PartsTable + " 171=1 173=1 175=1 176=1 171=1 173=1 175=1 176=1 " +
            "171=1 173=0 301=CELL_VALUE 90=4 302=Pos. 304=ACVALUE_END 171=1 173=0 301=CELL_VALUE 302='Part No' 304=ACVALUE_END 171=1 173=0 301=CELL_VALUE 302='Qty' 304=ACVALUE_END " +
            "171=1 173=0 140=0.18 1=1 171=1 173=0 2='370103' 1='009' 171=1 173=0 301=CELL_VALUE 90=2 140=2.5 302='2.50' 304=ACVALUE_END").ReplaceLineEndings(" ");
        var result = DxfText.Read(DxfText.Drawing(table, "BLOCK 2=*T1\nMTEXT 8=0 1=other\nENDBLK"));
        Assert.Equal(["1;1;1;3;Parts;", "2;1;1;1;Pos.;", "2;2;1;1;Part No;", "2;3;1;1;Qty;", "3;1;1;1;1;", "3;2;1;1;370103009;", "3;3;1;1;2.50;2.5"],
            DxfText.Rows(result, "tables", "row", "col", "rowspan", "colspan", "text", "number"));
        Assert.Equal(["1;370103009;2.5;table"], DxfText.Rows(result, "bom", "item", "part_number", "qty", "source"));
    }

    [Fact]
    public void A_table_without_cells_is_read_from_its_drawing()
    {
        var result = DxfText.Read(DxfText.Drawing("ACAD_TABLE 5=A1 8=0 2=*T1 91=2 92=2 141=1 141=1 142=2 142=2",
            "BLOCK 2=*T1\nMTEXT 8=0 1=d 10=2.5 20=-1.5\nMTEXT 8=0 1=a 10=0.5 20=-0.5\nENDBLK"));
        Assert.Equal(["1;1;a", "2;2;d"], DxfText.Rows(result, "tables", "row", "col", "text"));
    }

    [Fact]
    public void A_title_block_is_known_by_its_tags()
    {
        var result = DxfText.Read(DxfText.Drawing("""
            INSERT 5=A1 8=0 2=FRAME 66=1
            ATTRIB 8=0 1=4711 2=DRG_NO.
            ATTRIB 8=0 1=Halter 2=BENENNUNG
            ATTRIB 8=0 1='Сталь 20' 2=MAT'L
            ATTRIB 8=0 1=x 2=OTHER
            ATTRIB 8=0 1='  ' 2=REV
            SEQEND
            """.Replace("MAT'L", "MAT''L", StringComparison.Ordinal).Replace("Сталь 20", "St 37", StringComparison.Ordinal), "BLOCK 2=FRAME\nENDBLK"));
        Assert.Equal(["drawing_number;4711", "title;Halter", "material;St 37", "custom;x"], DxfText.Rows(result, "title_block", "field", "value"));
        Assert.Null(result.Table("bom"));
    }

    [Fact]
    public void Parts_are_read_from_attributes()
    {
        var result = DxfText.Read(DxfText.Drawing("""
            INSERT 5=A1 8=0 2=P 66=1 70=2
            ATTRIB 8=0 1=3 2=POS
            ATTRIB 8=0 1=DIN912 2=PART_NUMBER
            ATTRIB 8=0 1=4 2=QTY
            SEQEND
            """, "BLOCK 2=P\nENDBLK"));
        Assert.Equal(["3;DIN912;8;attributes"], DxfText.Rows(result, "bom", "item", "part_number", "qty", "source"));
    }

    [Theory]
    [InlineData("9=$INSUNITS 70=4", "mm", UnitSource.Declared)]
    [InlineData("9=$INSUNITS 70=1", "in", UnitSource.Declared)]
    [InlineData("9=$INSUNITS 70=0 9=$MEASUREMENT 70=1", "mm", UnitSource.Assumed)]
    [InlineData("9=$INSUNITS 70=0 9=$MEASUREMENT 70=1 9=$LUNITS 70=4", "in", UnitSource.Assumed)]
    [InlineData("9=$INSUNITS 70=99", null, UnitSource.Unknown)]
    [InlineData("9=$ACADVER 1=AC1009", null, UnitSource.Unknown)]
    public void Units_are_declared_assumed_or_unknown(string header, string? length, UnitSource source)
    {
        var result = DxfText.Read(DxfText.Drawing("LINE 8=0", header: header));
        Assert.Equal(new ExtractionUnits(length, "deg", source), result.Units);
        Assert.Equal(source != UnitSource.Declared, result.Findings.Any(finding => finding.Code == "units-undeclared"));
    }

    [Fact]
    public void Feet_and_inches_in_a_metric_file_are_told()
    {
        var result = DxfText.Read(DxfText.Drawing("DIMENSION 8=0 3=A 70=0 42=37\nDIMENSION 8=0 3=B 70=0 42=37", tables: "DIMSTYLE 105=1 2=A 277=4\nDIMSTYLE 105=2 2=B", header: "9=$INSUNITS 70=4"));
        Assert.Equal(["37;in;3'-1\"", "37;mm;37.0000"], DxfText.Rows(result, "dimensions", "nominal", "unit", "displayed"));
        Assert.Equal(["units-contradict"], DxfText.Codes(result));
    }

    [Fact]
    public void Other_files_are_rows_and_findings()
    {
        var result = DxfText.Read(DxfText.Drawing("INSERT 8=0 2=site", "BLOCK 5=B1 2=site 70=4 1=..\\site.dwg\nENDBLK", objects: "IMAGEDEF 5=B2 1=C:\\logo.png"));
        Assert.Equal(["xref;site;..\\site.dwg", "image;logo.png;C:\\logo.png"], DxfText.Rows(result, "xrefs", "kind", "name", "path"));
        Assert.Equal(["external-file-missing", "external-file-missing"], DxfText.Codes(result));
    }

    [Fact]
    public void Missing_sections_and_a_wrong_order_do_no_harm()
    {
        var result = DxfText.Read(DxfText.Section("ENTITIES", "INSERT 5=A1 8=L 2=B") + DxfText.Section("BLOCKS", "BLOCK 2=B\nTEXT 8=L 1=x\nENDBLK")
            + DxfText.Section("TABLES", "TABLE 2=LAYER\nLAYER 2=L\nENDTAB") + "EOF");
        Assert.Equal(["Model"], DxfText.Rows(result, "inserts", "layout"));
        Assert.Equal(["x;B"], DxfText.Rows(result, "texts", "text", "owner"));
        Assert.Equal(["L;2"], DxfText.Rows(result, "layers", "name", "entity_count"));
        Assert.Empty(DxfText.Codes(result));
    }

    [Fact]
    public void References_that_lead_nowhere_are_told()
    {
        var result = DxfText.Read(DxfText.Drawing("INSERT 5=A1 8=0 2=gone\nLEADER 5=A2 8=0 340=FF\nTEXT 5=A1 8=0 1=twice"));
        Assert.Equal(["duplicate-id", "dangling-reference"], DxfText.Codes(result));
        Assert.Equal("Model#A1", result.Findings.Single(finding => finding.Code == "dangling-reference").Locator);
    }

    [Fact]
    public void Entities_are_counted_by_type_and_layout()
    {
        var result = DxfText.Read(DxfText.Drawing("LINE 8=0\nLINE 8=0 67=1\nPOLYLINE 8=0\nVERTEX 8=0\nSEQEND\nLINE 8=0", "BLOCK 2=B\nCIRCLE 8=0\nENDBLK"));
        Assert.Equal(["Model;LINE;2", "Model;POLYLINE;1", "Paper;LINE;1", ";CIRCLE;1"], DxfText.Rows(result, "summary", "layout", "type", "count"));
    }
}
