using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Notation.Geometry;
using PyBase.Notation.Threads;

namespace PyBase.Tests.Fields.Engineering;

/// <summary>A text in a notation becomes a cell: what is stored, what options allow, what cells compare by. No database.</summary>
public sealed class NotatedFieldTests
{
    [Theory]
    // The notations of the original, and those that it refused.
    [InlineData("quantity", "10.5 ±0.1 mm", "10.5 ±0.1 mm", """{"number":10.5,"value":10.5,"unit":"mm","si":0.0105,"lower":10.4,"upper":10.6,"tolerance":0.2}""")]
    [InlineData("quantity", "10.5 +0.2/-0.1 mm", "10.5 +0.2/-0.1 mm", """{"lower":10.4,"upper":10.7}""")]
    [InlineData("quantity", "10.4 - 10.6 mm", "10.4-10.6 mm", """{"number":10.5,"lower":10.4,"upper":10.6}""")]
    [InlineData("quantity", "10,5 ±0,1", "10.5 ±0.1 mm", """{"number":10.5,"lower":10.4}""")]
    [InlineData("quantity", "⌀10 H7", "⌀10 mm H7", """{"symbol":"⌀","fit":"H7","lower":10,"upper":10.015,"tolerance":0.015}""")]
    [InlineData("quantity", "⌀10 H7/g6", "⌀10 mm H7/g6", """{"fit":"H7/g6"}""")]
    [InlineData("quantity", "-5", "-5 mm", """{"number":-5}""")]
    [InlineData("quantity", "1/2 in", "0.5 in", """{"number":12.7,"value":0.5,"unit":"in","si":0.0127}""")]
    [InlineData("quantity", "5'-3 1/2\"", "63.5 in", """{"number":1612.9}""")]
    [InlineData("quantity", "1.5e+3 mm", "1500 mm", """{"number":1500}""")]
    [InlineData("quantity", "4x ⌀6,6", "4x ⌀6.6 mm", """{"count":4}""")]
    [InlineData("quantity", "R3", "R3 mm", """{"symbol":"R"}""")]
    [InlineData("quantity", "[50]", "[50 mm]", """{"kind":"basic"}""")]
    [InlineData("quantity", "(50)", "(50 mm)", """{"kind":"reference"}""")]
    [InlineData("quantity", "10 MAX", "10 mm MAX", """{"upper":10}""")]
    [InlineData("quantity", "25 mm ±50 µm", "25 mm ±50 µm", """{"lower":24.95,"upper":25.05}""")]
    [InlineData("quantity,\"options\":{\"unit\":\"°\"}", "45°30'", "45.5°", """{"number":45.5,"unit":"°"}""")]
    [InlineData("quantity,\"options\":{\"dimension\":\"pressure\"}", "200 MPa", "200 MPa", """{"number":200000000}""")]
    [InlineData("quantity,\"options\":{\"unit\":\"°C\"}", "300 K", "300 K", """{"number":26.85}""")]
    [InlineData("quantity,\"options\":{\"generalTolerance\":\"ISO 2768-mK\"}", "50", "50 mm", """{"lower":49.7,"upper":50.3,"tolerance":0.6,"general":"ISO 2768-mK"}""")]
    [InlineData("quantity,\"options\":{\"generalTolerance\":\"ISO 2768-m\"}", "R4", "R4 mm", """{"lower":3.5,"upper":4.5,"general":"ISO 2768-m"}""")]
    [InlineData("quantity,\"options\":{\"generalTolerance\":\"ISO 2768-m\"}", "50 ±0.1", "50 ±0.1 mm", """{"lower":49.9,"upper":50.1}""")]
    [InlineData("gdt", "⌖ ⌀0.1 Ⓜ A B Ⓜ C", "⌖|⌀0.1Ⓜ|A|BⓂ|C", """{"type":"position","tolerance":0.1,"zone":"cylinder","datums":"A|BⓂ|C","modifiers":"Ⓜ"}""")]
    [InlineData("gdt", "⌖ ⌀0.5 A B C; ⌀0.1 A", "⌖|⌀0.5|A|B|C; ⌀0.1|A", """{"composite":true}""")]
    [InlineData("gdt", "flatness 0,05", "⏥|0.05", """{"type":"flatness","tolerance":0.05,"zone":"width"}""")]
    [InlineData("gdt,\"options\":{\"allowText\":true}", "see note 4", "see note 4", """{"type":"custom"}""")]
    [InlineData("thread", "M8", "M8", """{"standard":"metric","diameter":8,"pitch":1.25}""")]
    [InlineData("thread", "M8x1.25 6H LH", "M8-6H-LH", """{"class":"6H","internal":true,"leftHand":true,"pitch":1.25}""")]
    [InlineData("thread", "M10x1-4g6g", "M10x1-4g6g", """{"class":"4g6g","internal":false}""")]
    [InlineData("thread", "1 1/4-7 UNC", "1 1/4-7 UNC", """{"standard":"unc","tpi":7,"diameter":31.75}""")]
    [InlineData("thread", "#10-24", "#10-24 UNC", """{"standard":"unc","tpi":24}""")]
    [InlineData("thread", "1/2-14 NPT", "1/2-14 NPT", """{"standard":"npt","tpi":14}""")]
    [InlineData("thread", "G1/2", "G1/2", """{"standard":"bsp","diameter":20.955}""")]
    [InlineData("thread", "2 1/2-8 BUTT-2A-LH", "2 1/2-8 BUTT-2A-LH", """{"standard":"buttress","tpi":8,"internal":false,"leftHand":true}""")]
    [InlineData("thread", "Tr20x4", "Tr20x4", """{"standard":"trapezoidal","pitch":4}""")]
    [InlineData("surfaceFinish", "N7", "Ra 1.6 µm", """{"parameter":"Ra","number":1.6,"grade":7}""")]
    [InlineData("surfaceFinish", "ra 1.6", "Ra 1.6 µm", """{"parameter":"Ra"}""")]
    [InlineData("surfaceFinish", "Ra 63 µin", "Ra 63 µin", """{"number":1.6002,"unit":"µin"}""")]
    [InlineData("surfaceFinish", "Rku 3", "Rku 3", """{"number":3}""")]
    [InlineData("material", "S355J2+N", "S355J2+N", """{"designation":"S355J2","standard":"EN","family":"carbonSteel","condition":"+N"}""")]
    [InlineData("material", "EN AW-6061-T6", "EN AW-6061-T6", """{"standard":"EN","family":"aluminium","condition":"T6"}""")]
    [InlineData("material", "AISI 304, annealed", "AISI 304, annealed", """{"standard":"AISI","family":"stainlessSteel","condition":"annealed"}""")]
    [InlineData("material", "House alloy 7", "House alloy 7", """{"family":"unknown"}""")]
    [InlineData("revision", "rev b", "B", """{"scheme":"letters","major":2,"next":"C"}""")]
    [InlineData("revision", "1.9", "1.9", """{"scheme":"versions","major":1,"minor":9,"next":"1.10"}""")]
    [InlineData("revision,\"options\":{\"scheme\":\"asmeLetters\"}", "H", "H", """{"next":"J"}""")]
    [InlineData("drawingReference", "DRW-1234 rev. b, sheet 2 of 5", "DRW-1234 Rev B Sheet 2/5", """{"number":"DRW-1234","folded":"DRW1234","revision":"B","sheet":2,"sheets":5}""")]
    [InlineData("drawingReference", "РТ-100", "РТ-100", """{"folded":"PT100","lookalikes":true}""")]
    [InlineData("bomItem", "3.1: 4x PT-100 Rev B", "3.1: 4x PT-100 Rev B", """{"position":"3.1","level":2,"quantity":4,"partNumber":"PT-100","revision":"B"}""")]
    [InlineData("bomItem", "pos 12a 0,5 m HOSE-8", "12a: 0.5 m HOSE-8", """{"position":"12a","quantity":0.5,"unit":"m"}""")]
    [InlineData("bomItem", "12", "12", """{"position":"12","level":1}""")]
    public void A_text_becomes_a_normalised_cell(string type, string text, string canonical, string parts)
    {
        var cell = Cell(type, JsonSerializer.SerializeToElement(text));
        Assert.Equal(canonical, (string)cell["text"]!);
        foreach (var (name, value) in JsonNode.Parse(parts)!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, cell[name]), $"{name}: {cell.ToJsonString()}");
        // What is shown is read as the same again, and so is the object itself.
        Assert.Equal((string)cell["key"]!, (string)Cell(type, JsonSerializer.SerializeToElement(canonical))["key"]!);
        Assert.True(JsonNode.DeepEquals(cell, Cell(type, JsonSerializer.SerializeToElement(cell))), cell.ToJsonString());
    }

    [Theory]
    [InlineData("quantity", """{"value":10.5,"tolerance":0.1,"unit":"mm"}""", "10.5 ±0.1 mm")]
    [InlineData("quantity", """{"value":10.5,"tolerance_plus":0.2,"tolerance_minus":0.1,"unit":"in"}""", "10.5 +0.2/-0.1 in")]
    [InlineData("quantity", """{"value":10,"symbol":"⌀","fit":"H7","count":4}""", "4x ⌀10 mm H7")]
    [InlineData("quantity", """{"lower":9.8,"upper":10.2}""", "9.8-10.2 mm")]
    [InlineData("quantity", """{"value":10,"tolerance_plus":0,"tolerance_minus":0}""", "10 mm")]
    [InlineData("quantity", "25.4", "25.4 mm")]
    [InlineData("quantity,\"options\":{\"unit\":\"in\"}", "1", "1 in")]
    [InlineData("gdt", """{"type":"position","tolerance":0.1,"diameter_zone":true,"material_condition":"MMC","datums":["A","B"],"datum_modifiers":{"B":"MMC"}}""", "⌖|⌀0.1Ⓜ|A|BⓂ")]
    [InlineData("gdt", """{"type":"circular_runout","tolerance":0.02,"datums":["A"]}""", "↗|0.02|A")]
    [InlineData("gdt", """{"type":"flatness","tolerance":0.05}""", "⏥|0.05")]
    [InlineData("thread", """{"standard":"metric","size":"8","class":"6H","internal":true,"left_hand":true}""", "M8-6H-LH")]
    [InlineData("thread", """{"standard":"unf","size":"1/4","tpi":28,"class":"2A"}""", "1/4-28 UNF-2A")]
    [InlineData("thread", """{"standard":"bsp","size":"1/2"}""", "G1/2")]
    [InlineData("surfaceFinish", """{"parameter":"Ra","value":0.8,"max_value":1.6,"unit":"um","process":"ground","lay":"perpendicular"}""", "Ra 0.8-1.6 µm ⟂ ground")]
    [InlineData("surfaceFinish", "1.6", "Ra 1.6 µm")]
    [InlineData("material", """{"designation":"304","standard":"AISI","family":"stainless_steel","properties":{"density":8000,"yield_strength":215},"notes":"from stock"}""", "AISI 304")]
    [InlineData("drawingReference", """{"number":"DRW-1","revision":"C"}""", "DRW-1 Rev C")]
    [InlineData("bomItem", """{"position":"2","quantity":3,"partNumber":"PT-7"}""", "2: 3x PT-7")]
    public void Objects_and_numbers_are_read(string type, string value, string text) => Assert.Equal(text, (string)Cell(type, JsonSerializer.Deserialize<JsonElement>(value))["text"]!);

    [Theory]
    [InlineData("quantity", "10 kg", "unit of length")]
    [InlineData("quantity", "10 +0.1/+0.1/-0.2", "Expected")]
    [InlineData("quantity", "10.2 ±0.1 H7", "Expected")]
    [InlineData("quantity", "10 H7 ±0.1", "Expected")]
    [InlineData("quantity", "1e+15 mm", "Expected")]
    [InlineData("quantity", "some", "Expected a number")]
    [InlineData("quantity,\"options\":{\"min\":\"1 in\",\"max\":100}", "25", "The least is 1 in")]
    [InlineData("quantity,\"options\":{\"min\":\"1 in\",\"max\":100}", "4 in", "The most is 100 mm")]
    [InlineData("quantity,\"options\":{\"precision\":1}", "1.25", "more than 1 decimals")]
    [InlineData("quantity,\"options\":{\"requireTolerance\":true}", "10", "tolerance is required")]
    [InlineData("quantity,\"options\":{\"toleranceType\":\"symmetric\"}", "10 +0.1/0", "takes symmetric")]
    [InlineData("gdt", "⟂ 0.1", "needs a datum")]
    [InlineData("gdt", "flatness 0.1 A", "no datum")]
    [InlineData("gdt,\"options\":{\"allowedTypes\":[\"flatness\"]}", "⌖ 0.1 A", "takes flatness")]
    [InlineData("thread", "M8x1.3", "Expected")]
    [InlineData("thread,\"options\":{\"allowedStandards\":[\"metric\"]}", "1/4-20 UNC", "takes metric")]
    [InlineData("thread,\"options\":{\"requireClass\":true}", "M8", "class is required")]
    [InlineData("surfaceFinish", "Ra 200", "from 0.012 to 100")]
    [InlineData("surfaceFinish,\"options\":{\"allowedParameters\":[\"Ra\"]}", "Rz 6.3", "takes Ra")]
    [InlineData("material,\"options\":{\"requireStandard\":true}", "House alloy 7", "no known standard")]
    [InlineData("material,\"options\":{\"allowedFamilies\":[\"aluminium\"]}", "S235JR", "takes aluminium")]
    [InlineData("revision", "FINAL", "at most 3 letters")]
    [InlineData("revision,\"options\":{\"scheme\":\"asmeLetters\"}", "I", "one of the letters")]
    [InlineData("drawingReference", "DRW-1 sheet 5/2", "a sheet from 1")]
    [InlineData("drawingReference,\"options\":{\"requireRevision\":true}", "DRW-1", "revision is required")]
    [InlineData("bomItem", "3: 4x", "a part number")]
    [InlineData("bomItem,\"options\":{\"requireQuantity\":true}", "PT-1", "quantity is required")]
    public void What_is_wrong_is_said(string type, string text, string reason)
    {
        var error = Type(type).Parse(JsonSerializer.SerializeToElement(text), new CellInput("fld", "Cell", false)).Error;
        Assert.Equal("invalid-value-for-column", error?.Code);
        Assert.Contains(reason, error!.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quantity", """{"unit":"furlong per fortnight"}""", "is no unit")]
    [InlineData("quantity", """{"unit":"kg","dimension":"length"}""", "kg measures mass")]
    [InlineData("quantity", """{"min":10,"max":5}""", "min is at most max")]
    [InlineData("quantity", """{"min":"10 kg"}""", "min is a value")]
    [InlineData("quantity", """{"generalTolerance":"ISO 2768-K"}""", "class f, m, c or v")]
    [InlineData("quantity", """{"unit":"°","generalTolerance":"ISO 2768-m"}""", "for lengths")]
    [InlineData("quantity", """{"precision":-1}""", "whole number from 0 to 12")]
    [InlineData("quantity", """{"colour":"red"}""", "no option colour")]
    [InlineData("gdt", """{"allowedTypes":["roundness"]}""", "some of straightness")]
    [InlineData("thread", """{"allowedStandards":[]}""", "some of metric")]
    [InlineData("revision", """{"scheme":"roman"}""", "one of any, letters")]
    [InlineData("material", """{"requiredProperties":["colour"]}""", "some of density")]
    public void Options_that_do_not_fit_are_refused(string type, string options, string reason)
    {
        var error = FieldTypes.Read(type, JsonSerializer.Deserialize<JsonElement>(options), Scope).Error;
        Assert.Equal("invalid-field-options", error?.Code);
        Assert.Contains(reason, error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thread", "M2", "#10-24", "M6", "1/4-20 UNC", "M8x1", "M8", "M10x1", "M10", "G1/2", "M64")]
    [InlineData("revision", "-", "A", "B", "Z", "AA", "AB", "1", "02", "10", "1.0", "1.9", "1.10")]
    [InlineData("drawingReference", "PT-7", "РТ 20", "PT-100", "PT-100 Rev A", "PT-100 Rev B", "PT-100 Rev AA")]
    [InlineData("bomItem", "1", "2", "2: PT-1", "2.1", "2.2", "2.10", "3", "10")]
    [InlineData("material", "1.0038", "1.4301", "C45", "S235JR", "S355J2", "X5CrNi18-10")]
    public void Keys_are_in_order(string type, params string[] ascending)
    {
        var keys = ascending.Select(text => (string)Cell(type, JsonSerializer.SerializeToElement(text))["key"]!).ToArray();
        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("quantity", "25.4 mm", "1 in")]
    [InlineData("quantity", "10.0 ±0.10 mm", "1 ±0.01 cm")]
    [InlineData("quantity", "9.8-10.2", "10 ±0.2")]
    [InlineData("thread", "M8x1.25", "M8")]
    [InlineData("surfaceFinish", "N7", "Ra 1,6")]
    [InlineData("material", "s355j2 + n", "S355J2+N")]
    [InlineData("revision", "07", "7")]
    [InlineData("drawingReference", "РТ-100", "pt 100")]
    [InlineData("bomItem", "2: 3 pcs PT-7", "2: 3x pt7")]
    public void Equal_values_have_one_key(string type, string one, string other) =>
        Assert.Equal((string)Cell(type, JsonSerializer.SerializeToElement(one))["key"]!, (string)Cell(type, JsonSerializer.SerializeToElement(other))["key"]!);

    [Fact]
    public void Any_dimension_is_read_again_from_what_its_cell_shows() =>
        Gen.Select(Gen.Int[-99_999, 99_999], Gen.Int[0, 4], Gen.Int[0, 999], Gen.Int[0, 999], Gen.OneOf("mm", "in", "cm", "µm", "ft", "m"), Gen.OneOf("", "⌀", "R", "□"), Gen.Int[1, 5]).Sample((digits, decimals, plus, minus, unit, sign, count) =>
        {
            var (value, upper, lower) = (digits / (decimal)Math.Pow(10, decimals), plus / 1000m, minus / 1000m);
            var text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(count > 1 ? $"{count}x " : "")}{sign}{Math.Abs(value)} +{upper}/-{lower} {unit}");
            var cell = Cell("quantity", JsonSerializer.SerializeToElement(text));
            var again = Cell("quantity", JsonSerializer.SerializeToElement((string)cell["text"]!));
            Assert.True(JsonNode.DeepEquals(cell, again), $"{text}: {cell.ToJsonString()} {again.ToJsonString()}");
        }, iter: 2_000);

    [Fact]
    public void Any_frame_and_any_thread_is_read_again_from_what_its_cell_shows()
    {
        var frames = Gen.Select(Gen.Int[0, 13], Gen.Int[1, 999], Gen.OneOf("", "Ⓜ", "Ⓛ", "Ⓕ", "Ⓟ25", "Ⓣ", "Ⓤ0.1", "Ⓢ"), Gen.OneOf("", "|A", "|A|B", "|A|BⓂ|C", "|A-B")).Select((type, size, modifier, datums) =>
        {
            var sign = CharacteristicSign.All[type];
            return $"{sign.Symbol}|{size / 1000m}{modifier}{(sign.Group is CharacteristicGroup.Form ? "" : sign.NeedsDatum && datums.Length == 0 ? "|A" : datums)}";
        });
        var threads = Gen.Select(Gen.OneOf(MetricThreads.CoarseDiameters.ToArray()), Gen.Int[0, 5], Gen.OneOf("", "-6H", "-6g", "-4g6g", "-6H/6g"), Gen.Bool).Select((diameter, pitch, code, left) =>
        {
            var fine = MetricThreads.FinePitchesOf(diameter);
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"M{diameter}{(pitch < fine.Count ? $"x{fine[pitch]}" : "")}{code}{(left ? "-LH" : "")}");
        });
        frames.Sample(text => Again("gdt", text), iter: 2_000);
        threads.Sample(text => Again("thread", text), iter: 2_000);

        static void Again(string type, string text)
        {
            var cell = Cell(type, JsonSerializer.SerializeToElement(text));
            Assert.Equal(text, (string)cell["text"]!);
            Assert.True(JsonNode.DeepEquals(cell, Cell(type, JsonSerializer.SerializeToElement(cell))));
        }
    }

    [Fact]
    public void What_no_database_or_index_holds_is_taken_out_or_refused()
    {
        Assert.Equal("House alloy", (string)Cell("material", JsonSerializer.SerializeToElement("House\0 alloy"))["text"]!);
        Assert.DoesNotContain("\\u0000", Cell("material", JsonSerializer.SerializeToElement(new { designation = "C45", condition = "as\0is", notes = "a\0b" })).ToJsonString(), StringComparison.Ordinal);
        foreach (var type in new[] { "material", "drawingReference", "bomItem" })
            Assert.Contains("too long", Type(type).Parse(JsonSerializer.SerializeToElement(string.Concat(Enumerable.Repeat("1Ä", 499))), new CellInput("fld", "Cell", false)).Error!.Hint, StringComparison.Ordinal);
        Assert.NotNull(Type("drawingReference").Parse(JsonSerializer.SerializeToElement(new string('x', 100_000)), new CellInput("fld", "Cell", false)).Error);
    }

    static readonly FieldScope Scope = new("fldAAAAAAAAAAAAAA", _ => false);

    /// <summary>A name, or a name and <c>"options":{…}</c> behind a comma.</summary>
    static FieldType Type(string described)
    {
        var json = JsonSerializer.Deserialize<JsonElement>($$"""{"type":"{{described.Split(',', 2)[0]}}"{{(described.Contains(',', StringComparison.Ordinal) ? "," + described.Split(',', 2)[1] : "")}}}""");
        var type = FieldTypes.Read(json.GetText("type"), json.TryGet("options", out var options) ? options : default, Scope).Value;
        // Options are kept as they are shown.
        using var stored = JsonDocument.Parse(type.StoredOptions()!);
        return FieldTypes.Read(type.Name, stored.RootElement, Scope with { IsStored = true }).Value;
    }

    static JsonNode Cell(string type, JsonElement value)
    {
        var parsed = Type(type).Parse(value, new CellInput("fld", "Cell", false));
        Assert.True(parsed.IsOk, $"{value}: {parsed.Error?.Hint}");
        return JsonNode.Parse((string)parsed.Value!)!;
    }
}
