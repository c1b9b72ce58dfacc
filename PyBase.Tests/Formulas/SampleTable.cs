using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Tests.Formulas;

/// <summary>A table with a field of every kind that a formula can see, and the one row that the cases are about.</summary>
static class SampleTable
{
    public const string BaseId = "appFormulas000001";

    static readonly Choices Choices = Choices.Read("singleSelect", JsonDocument.Parse("""{"choices":[{"id":"selOpen0000000001","name":"Open"},{"id":"selDone0000000001","name":"Done"}]}""").RootElement).Value;

    public static Table Table { get; } = new("tblSample00000001", "Sample", null, "fldText", [
        new("fldText", "Text", null, new SingleLineText()),
        new("fldEmpty", "Empty", null, new SingleLineText()),
        new("fldNumber", "Number", null, new Number(0)),
        new("fldOther", "Other", null, new Number(0)),
        new("fldNone", "None", null, new Number(0)),
        new("fldTicked", "Ticked", null, new Checkbox("check", "greenBright")),
        new("fldUnticked", "Unticked", null, new Checkbox("check", "greenBright")),
        new("fldDay", "Day", null, new Gathered("date", ColumnType.Date)),
        new("fldNoDay", "No day", null, new Gathered("date", ColumnType.Date)),
        new("fldMoment", "Moment", null, new Gathered("dateTime", ColumnType.Instant)),
        new("fldState", "State", null, new SingleSelect(Choices)),
        new("fldTags", "Tags", null, new MultipleSelects(Choices)),
        new("fldCode", "Code", null, new Barcode()),
        new("fldFiles", "Files", null, new MultipleAttachments()),
        new("fldWrong", "Wrong", null, new Gathered("formula", ColumnType.Number)),
        new("fldRight", "Right", null, new Gathered("formula", ColumnType.Number)),
        new("fldNumbers", "Numbers", null, new Gathered("lookup", ColumnType.Numbers)),
        new("fldOne", "One", null, new Gathered("lookup", ColumnType.Numbers)),
        new("fldTexts", "Texts", null, new Gathered("lookup", ColumnType.Texts)),
        new("fldTicks", "Ticks", null, new Gathered("lookup", ColumnType.Booleans)),
        new("fldDays", "Days", null, new Gathered("lookup", ColumnType.Dates)),
        new("fldNothing", "Nothing", null, new Gathered("lookup", ColumnType.Numbers)),
        new("fldLinks", "Links", null, new MultipleRecordLinks("tblLinked00000001", null, false, "fldLinks", false)),
        new("fldLength", "Length", null, Notation("quantity")),
        new("fldNoLength", "No length", null, Notation("quantity")),
        new("fldThread", "Thread", null, Notation("thread")),
        new("fldBrace", "Odd } \\ name", null, new SingleLineText()),
    ], []);

    public static Table Linked { get; } = new("tblLinked00000001", "Linked", null, "fldName", [new("fldName", "Name", null, new Number(0))], []);

    public static BaseSchema Schema { get; } = new(BaseId, "epo", 1, [Table, Linked]);

    public static FormulaScope Scope { get; } = new(Schema, Table, new FormulaType(ValueKind.Number));

    /// <summary>The row; what is not named is null.</summary>
    public static string Row => """
        select 'rec00000000000001'::text collate "C" as _id, now() as _created, '{"fldWrong": "#ERROR!"}'::jsonb as errors,
        'Grüße, 世界 😀'::text as "fldText", null::text as "fldEmpty", 12.5::float8 as "fldNumber", -3::float8 as "fldOther", null::float8 as "fldNone",
        true as "fldTicked", null::boolean as "fldUnticked", date '2026-01-31' as "fldDay", null::date as "fldNoDay", timestamptz '2026-01-31 13:45:30.5Z' as "fldMoment",
        'selOpen0000000001'::text collate "C" as "fldState", array['selDone0000000001', 'selOpen0000000001']::text[] collate "C" as "fldTags",
        '{"text": "4006381333931"}'::jsonb as "fldCode", '[{"filename": "a.pdf"}, {"filename": "b.dxf"}]'::jsonb as "fldFiles",
        null::float8 as "fldWrong", 7::float8 as "fldRight",
        array[3, null, 1, 3]::float8[] as "fldNumbers", array[42]::float8[] as "fldOne", array['b', null, 'a', 'b']::text[] as "fldTexts",
        array[true, false, null]::boolean[] as "fldTicks", array[date '2026-03-01', date '2025-12-24'] as "fldDays", null::float8[] as "fldNothing",
        array['rec1']::text[] as "fldLinks", 'brace'::text as "fldBrace", null::jsonb as "fldNoLength",
        """ + $"{Stored("quantity", "12.7 ±0.1")} as \"fldLength\", {Stored("thread", "M8x1-6H")} as \"fldThread\"";

    static FieldType Notation(string type) => FieldTypes.Read(type, default, new FieldScope("", _ => false)).Value;

    static string Stored(string type, string text) => $"'{Notation(type).Parse(JsonSerializer.SerializeToElement(text), new CellInput("", "", Typecast: false)).Value}'::jsonb";

    /// <summary>A computed field, as lookups, rollups and formulas store themselves.</summary>
    internal sealed class Gathered(string name, ColumnType column) : FieldType
    {
        public override string Name => name;

        public override ColumnType Column => column;

        public override bool IsComputed => name is not ("date" or "dateTime");

        public override bool CanFail => IsComputed;

        public override Result<object?> Parse(JsonElement value, CellInput input) => Refuse(input);

        public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteNullValue();
    }
}
