using System.Text.Json;
using PyBase.Notation.Materials;
using PyBase.Notation.Quantities;
using PyBase.Notation.Units;

namespace PyBase.Core.Fields;

/// <summary>A material as a cell holds it: a designation that may be known, and what somebody says about it.</summary>
/// <param name="Known">What the designation tells; null for a name of somebody's own.</param>
/// <param name="Designation">Canonical where it is known.</param>
sealed record Material(MaterialDesignation? Known, string Designation)
{
    /// <summary>A property of a material, in a fixed unit, and what is possible.</summary>
    public sealed record Property(string Name, string Other, string? Unit, decimal Least, decimal Most);

    public static readonly Property[] AllProperties =
    [
        new("density", "density", "kg/m³", 0.5m, 22_600), new("yieldStrength", "yield_strength", "MPa", 0.1m, 5_000), new("tensileStrength", "tensile_strength", "MPa", 0.5m, 6_000),
        new("elongation", "elongation", "%", 0, 1_000), new("elasticModulus", "elastic_modulus", "GPa", 0.001m, 1_200), new("thermalConductivity", "thermal_conductivity", "W/(m·K)", 0.01m, 2_000),
        new("meltingPoint", "melting_point", "°C", -200, 3_700), new("thermalExpansion", "thermal_expansion", null, 0, 200), new("poissonRatio", "poisson_ratio", null, -1, 0.5m),
        new("hardnessHB", "hardness_hb", null, 1, 650), new("hardnessHRC", "hardness_hrc", null, 20, 70), new("hardnessHRB", "hardness_hrb", null, 0, 100),
    ];

    public static readonly string[] Families = [.. Enum.GetNames<MaterialFamily>().Select(name => char.ToLowerInvariant(name[0]) + name[1..])];

    public static readonly string[] Standards = ["EN", "ISO", "DIN", "AISI", "SAE", "UNS", "ASTM", "AA", "JIS", "GB", "BS", "trade"];

    public static readonly string[] Conditions =
    [
        "annealed", "normalized", "hardened", "tempered", "quenched", "cold worked", "hot rolled", "cold rolled", "solution treated", "age hardened", "stress relieved", "as cast", "as forged",
    ];

    public string? Standard { get; init; }

    public string Family { get; init; } = Families[0];

    public string Condition { get; init; } = "";

    public string? Notes { get; init; }

    public IReadOnlyDictionary<string, decimal> Properties { get; init; } = new Dictionary<string, decimal>();

    /// <summary>A condition in words goes behind a comma; a sign of the standard is part of the designation.</summary>
    public string Text => Conditions.Contains(Condition) ? $"{Designation}, {Condition}" : Known?.ToString() ?? Designation;

    /// <summary>A text: a designation, and behind a comma a condition in words.</summary>
    public static Material? Read(string text)
    {
        var comma = text.LastIndexOf(',');
        var condition = comma > 0 ? ConditionOf(text[(comma + 1)..]) : null;
        var name = (condition is null ? text : text[..comma]).Trim();
        if (!name.Any(char.IsLetterOrDigit) || name.Length > Notation.Text.NotationFault.MaxTextLength)
            return null;
        if (!MaterialDesignation.TryParse(name, out var known, out _))
            return new Material(null, string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))) { Condition = condition ?? "" };
        return new Material(known, condition is null ? known.Designation : known.ToString()) { Standard = StandardOf(known.Standard), Family = Families[(int)known.Family], Condition = condition ?? known.Condition };
    }

    /// <summary>What an object says beside its designation; null and why not.</summary>
    public Material? With(JsonElement value, out string? fault)
    {
        fault = null;
        var made = this;
        if (value.GetText("standard") is { Length: > 0 } standard && Known is null)
        {
            if (Standards.FirstOrDefault(s => s.Equals(standard, StringComparison.OrdinalIgnoreCase)) is not { } listed)
                return Fail($"The standard is one of {string.Join(", ", Standards)}.", out fault);
            made = made with { Standard = listed };
        }
        if (value.GetText("family") is { Length: > 0 } family && made.Family == Families[0])
        {
            if (Families.FirstOrDefault(f => f.Equals(family.Replace("_", "", StringComparison.Ordinal).Replace("aluminum", "aluminium", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase)) is not { } listed)
                return Fail($"The family is one of {string.Join(", ", Families)}.", out fault);
            made = made with { Family = listed };
        }
        if (value.GetText("condition") is { Length: > 0 } condition && made.Condition.Length == 0)
            made = made with { Condition = ConditionOf(condition) ?? condition.Trim() };
        if (value.GetText("notes") is { Length: > 0 } notes)
            made = made with { Notes = notes.Length <= Fields.Text.MaxLength ? notes : notes[..Fields.Text.MaxLength] };
        var properties = new Dictionary<string, decimal>();
        foreach (var source in value.TryGet("properties", out var nested) ? [value, nested] : new[] { value })
            foreach (var property in AllProperties)
            {
                if (!source.TryGet(property.Name, out var given) && !source.TryGet(property.Other, out given) || given.ValueKind is JsonValueKind.Null)
                    continue;
                if (NumberOf(property, given) is not { } number || number < property.Least || number > property.Most)
                    return Fail($"{property.Name} is from {property.Least} to {property.Most}{(property.Unit is null ? "" : $" {property.Unit}")}.", out fault);
                properties[property.Name] = number;
            }
        return made with { Properties = properties };
    }

    static Material? Fail(string reason, out string? fault)
    {
        fault = reason;
        return null;
    }

    /// <summary>A number in the property's unit, or a text with a unit that can be converted to it.</summary>
    static decimal? NumberOf(Property property, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Number)
            return value.TryGetDecimal(out var number) ? number : null;
        if (value.ValueKind is not JsonValueKind.String)
            return null;
        var unit = property.Unit is null ? RatioUnit : Unit.TryParse(property.Unit, out var own, out _) ? own : null;
        return unit is not null && Quantity.TryParse(value.GetString(), unit, out var quantity, out _) && quantity.Unit.TryConvert(quantity.Value, unit, out var converted) ? converted : null;
    }

    static readonly Unit? RatioUnit = UnitTable.All.FirstOrDefault(unit => unit is { Dimension: UnitDimension.Ratio, Numerator: 1, Denominator: 1 });

    static string? ConditionOf(string text)
    {
        var words = string.Join(' ', text.Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return Conditions.FirstOrDefault(condition => condition.Equals(words, StringComparison.OrdinalIgnoreCase));
    }

    static string StandardOf(MaterialStandard standard) => standard switch
    {
        MaterialStandard.EnNumber or MaterialStandard.EnSteel or MaterialStandard.EnAluminium or MaterialStandard.EnCopper or MaterialStandard.EnCastIron => "EN",
        MaterialStandard.IsoCastIron or MaterialStandard.IsoPolymer => "ISO",
        MaterialStandard.Din => "DIN",
        MaterialStandard.Aisi => "AISI",
        MaterialStandard.Uns => "UNS",
        MaterialStandard.Astm => "ASTM",
        MaterialStandard.AluminumAssociation => "AA",
        MaterialStandard.Jis => "JIS",
        MaterialStandard.Gb => "GB",
        _ => "trade",
    };
}
