using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Formulas;

namespace PyBase.Core.Fields;

/// <summary>What a material field allows.</summary>
sealed record MaterialRules(IReadOnlyList<string> Families, IReadOnlyList<string> Standards, bool RequireStandard, bool RequireProperties, IReadOnlyList<string> RequiredProperties);

/// <summary>
/// <c>material</c>: a designation, <c>S355J2+N</c>, <c>EN AW-6061-T6</c>, <c>AISI 304, annealed</c>, whose standard and family are told from its form; an object may add
/// properties and notes, and for a name of somebody's own standard and family.
/// </summary>
public sealed class MaterialField : Notated
{
    readonly MaterialRules rules;

    MaterialField(MaterialRules rules) => this.rules = rules;

    /// <inheritdoc/>
    public override string Name => "material";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; } =
    [
        Part.Word("designation"), Part.Word("standard"), Part.Word("family"), Part.Word("condition"), Part.Word("notes"),
        .. Material.AllProperties.Select(p => new Part(p.Name, ValueKind.Number, p.Unit is not null && Notation.Units.Unit.TryParse(p.Unit, out var unit, out _) ? unit : null)),
    ];

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        List(json, "allowedFamilies", rules.Families);
        List(json, "allowedStandards", rules.Standards);
        if (rules.RequireStandard)
            json.WriteBoolean("requireStandard", true);
        if (rules.RequireProperties)
            json.WriteBoolean("requireProperties", true);
        List(json, "requiredProperties", rules.RequiredProperties);
        json.WriteEndObject();
    };

    static void List(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var word in words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    /// <summary>An object says more than its text does.</summary>
    public override Result<object?> Parse(JsonElement value, CellInput input)
    {
        if (value.ValueKind is not JsonValueKind.Object || (value.GetText("text") ?? Compose(value)) is not { } given || WithoutNul(given) is not { } text || string.IsNullOrWhiteSpace(text))
            return base.Parse(value, input);
        var fault = "Expected a designation.";
        if (Material.Read(text)?.With(value, out fault) is not { } material)
            return CellErrors.InvalidNotation(input.FieldName, text, fault!);
        return Keep(Made(material), text, input);
    }

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        cell = Material.Read(text) is { } material ? Made(material) : null;
        fault = cell is null ? "Expected a designation." : null;
        return cell is not null;
    }

    static NotatedCell Made(Material material) => Made(material, material.Text, KeyOf(material), null, json =>
    {
        json.WriteString("designation", material.Designation);
        if (material.Standard is not null)
            json.WriteString("standard", material.Standard);
        json.WriteString("family", material.Family);
        if (material.Condition.Length > 0)
            json.WriteString("condition", WithoutNul(material.Condition));
        foreach (var (name, number) in material.Properties)
            json.WriteNumber(name, number);
        if (material.Notes is not null)
            json.WriteString("notes", WithoutNul(material.Notes));
    });

    /// <summary>In order of the designation, its figures by their value; properties tell no materials apart.</summary>
    static string KeyOf(Material material) => $"{SortableName.Of(material.Text.ToUpperInvariant())} {material.Standard}";

    /// <inheritdoc/>
    protected override string? Broken(NotatedCell cell) => cell.Value is not Material material ? null
        : rules.Families.Count > 0 && !rules.Families.Contains(material.Family) ? $"The field takes {string.Join(", ", rules.Families)}, not {material.Family}."
        : rules.Standards.Count > 0 && (material.Standard is null || !rules.Standards.Contains(material.Standard)) ? $"The field takes {string.Join(", ", rules.Standards)}, not {material.Standard ?? "a name without a standard"}."
        : rules.RequireStandard && material.Standard is null ? "The designation belongs to no known standard."
        : rules.RequireProperties && material.Properties.Count == 0 ? "At least one property is required."
        : rules.RequiredProperties.FirstOrDefault(name => !material.Properties.ContainsKey(name)) is { } missing ? $"The property {missing} is required."
        : null;

    /// <inheritdoc/>
    protected override string? Compose(JsonElement value) => value.GetText("designation");

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("material", json);
        var rules = new MaterialRules(options.SomeOf("allowedFamilies", Material.Families), options.SomeOf("allowedStandards", Material.Standards), options.Flag("requireStandard", false),
            options.Flag("requireProperties", false), options.SomeOf("requiredProperties", [.. Material.AllProperties.Select(p => p.Name)]));
        return options.Then(() => new MaterialField(rules));
    }
}
