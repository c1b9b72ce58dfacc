using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Notation.Geometry;
using PyBase.Notation.Units;

namespace PyBase.Core.Fields;

/// <summary><c>gdt</c>: a tolerance frame, <c>⌖|⌀0.1Ⓜ|A|B</c>, of one or more rows. In order of the characteristic, then of the tolerance of the first row.</summary>
public sealed class GdtField(IReadOnlyList<string> allowed, bool requiresDatums, bool takesText) : Notated
{
    static readonly string[] Types = [.. Enum.GetNames<GeometricCharacteristic>().Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    /// <inheritdoc/>
    public override string Name => "gdt";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; } =
    [
        Part.Word("type"), Part.Number("tolerance", LengthUnits.Millimetre), Part.Word("zone"), Part.Word("datums"), Part.Word("modifiers"), Part.Number("count"), Part.Flag("composite"),
    ];

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        if (allowed.Count > 0)
        {
            json.WriteStartArray("allowedTypes");
            foreach (var type in allowed)
                json.WriteStringValue(type);
            json.WriteEndArray();
        }
        json.WriteBoolean("requireDatums", requiresDatums);
        if (takesText)
            json.WriteBoolean("allowText", true);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        (cell, fault) = (null, null);
        if (GeometricFrame.TryParse(text, out var frame, out var wrong))
        {
            var first = frame.Rows[0];
            var tolerance = (decimal)(first.SiTolerance * 1000);
            if (first.Unit.TryConvert(first.Tolerance, LengthUnits.Millimetre, out var exact))
                tolerance = exact;
            cell = Made(frame, frame.ToString(), $"{(int)first.Characteristic:00}-{Sortable(tolerance)} {frame}", null, json => Write(json, frame, tolerance));
            return true;
        }
        // A note beside the frame, kept as it is.
        if (takesText && text.Trim() is { Length: <= Notation.Text.NotationFault.MaxTextLength } note)
        {
            cell = Made(note, note, "99 " + note, null, json => json.WriteString("type", "custom"));
            return true;
        }
        fault = wrong.ToString();
        return false;
    }

    static void Write(Utf8JsonWriter json, GeometricFrame frame, decimal tolerance)
    {
        var first = frame.Rows[0];
        json.WriteString("type", Types[(int)first.Characteristic]);
        json.WriteNumber("tolerance", tolerance);
        json.WriteString("zone", first.Zone switch { ToleranceZone.Cylinder => "cylinder", ToleranceZone.Sphere => "sphere", _ => "width" });
        if (first.Datums.Count > 0)
            json.WriteString("datums", string.Join('|', first.Datums));
        if (first.Modifiers.Count > 0)
            json.WriteString("modifiers", string.Concat(first.Modifiers).Trim());
        if (frame.Count != 1)
            json.WriteNumber("count", frame.Count);
        if (frame.IsComposite)
            json.WriteBoolean("composite", true);
        if (frame.Rows.Count == 1)
            return;
        json.WriteStartArray("rows");
        foreach (var row in frame.Rows)
            json.WriteStringValue(row.ToString());
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    protected override string? Broken(NotatedCell cell) => cell.Value is not GeometricFrame frame ? null
        : allowed.Count > 0 && frame.Rows.FirstOrDefault(row => !allowed.Contains(Types[(int)row.Characteristic])) is { } other
            ? $"The field takes {string.Join(", ", allowed)}, not {Types[(int)other.Characteristic]}."
        : requiresDatums && frame.Rows.FirstOrDefault(row => row.IsDatumMissing) is { } loose ? $"{CharacteristicSign.Of(loose.Characteristic).Name} needs a datum."
        : null;

    /// <summary><c>{"type":"position","tolerance":0.1,"diameter":true,"modifiers":"Ⓜ","datums":["A","BⓂ"]}</c>, as names of the original too.</summary>
    protected override string? Compose(JsonElement value)
    {
        if (value.GetText("type") is not { } type || Written(value, "tolerance") is not { } tolerance)
            return null;
        var spelled = Types.Index().Where(t => t.Item.Equals(type.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)).Select(t => (int?)t.Index).FirstOrDefault() is { } place
            ? CharacteristicSign.All[place].Symbol.ToString() : type;
        var zone = value.GetText("zone") switch { "cylinder" => "⌀", "sphere" => "S⌀", _ => value.GetFlag("diameter") ?? value.GetFlag("diameter_zone") ?? false ? "⌀" : "" };
        var modifiers = value.GetText("modifiers") ?? Sign(value.GetText("material_condition"));
        var datums = value.TryGetList("datums", out var items)
            ? string.Concat(items.Select(item => "|" + item + (value.TryGet("datum_modifiers", out var conditions) ? Sign(conditions.GetText(item.ToString())) : "")))
            : value.GetText("datums") is { Length: > 0 } written ? "|" + written : "";
        return $"{spelled}|{zone}{tolerance}{modifiers}{datums}";
    }

    /// <summary>The original's words for the sign of a material condition; regardless of size is what holds without one.</summary>
    static string Sign(string? condition) => condition?.ToUpperInvariant() switch { "MMC" => "Ⓜ", "LMC" => "Ⓛ", _ => "" };

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("gdt", json);
        var (allowed, datums, text) = (options.SomeOf("allowedTypes", Types), options.Flag("requireDatums", true), options.Flag("allowText", false));
        return options.Then(() => new GdtField(allowed, datums, text));
    }
}
