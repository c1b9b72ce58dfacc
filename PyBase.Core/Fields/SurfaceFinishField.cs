using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Notation.Surfaces;
using PyBase.Notation.Units;

namespace PyBase.Core.Fields;

/// <summary><c>surfaceFinish</c>: <c>Ra 1.6</c>, <c>Rz 6,3 max</c>, <c>N7</c>. Compared by the value in µm, whatever the parameter; Rsk and Rku by the number.</summary>
public sealed class SurfaceFinishField(IReadOnlyList<string> allowed, bool checksRange) : Notated
{
    /// <summary>What can be measured, in µm; of the last two plain numbers.</summary>
    static readonly Dictionary<string, (decimal Least, decimal Most)> Ranges = new()
    {
        ["Ra"] = (0.012m, 100), ["Rz"] = (0.05m, 400), ["Rq"] = (0.015m, 125), ["Rt"] = (0.1m, 500), ["Rmax"] = (0.05m, 400), ["Rp"] = (0.025m, 200), ["Rv"] = (0.025m, 200),
        ["Rsk"] = (-5, 5), ["Rku"] = (0, 10),
    };

    /// <inheritdoc/>
    public override string Name => "surfaceFinish";

    /// <inheritdoc/>
    public override Part Order { get; } = Part.Number("number", LengthUnits.Micrometre);

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; } =
    [
        Part.Number("number", LengthUnits.Micrometre), Part.Number("lower", LengthUnits.Micrometre), Part.Word("parameter"), Part.Number("value"), Part.Word("unit"), Part.Number("grade"),
        Part.Word("lay"), Part.Word("process"), Part.Flag("maximum"), Part.Number("allowance", LengthUnits.Millimetre),
    ];

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        if (allowed.Count > 0)
        {
            json.WriteStartArray("allowedParameters");
            foreach (var parameter in allowed)
                json.WriteStringValue(parameter);
            json.WriteEndArray();
        }
        json.WriteBoolean("checkRange", checksRange);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        (cell, fault) = (null, null);
        if (!SurfaceFinish.TryParse(text, out var finish, out var wrong))
        {
            fault = wrong.ToString();
            return false;
        }
        if (!Micrometres(finish, finish.Value, out var number))
        {
            fault = "The number is too large.";
            return false;
        }
        var lower = finish.Lower is { } least && Micrometres(finish, least, out var own) ? own : (decimal?)null;
        // The same whatever the unit it was written with.
        var same = finish.Unit is null ? finish : finish with { Value = number, Lower = lower, Unit = LengthUnits.Micrometre };
        cell = Made(same, finish.ToString(), same.ToString(), (double)number, json =>
        {
            json.WriteString("parameter", finish.Parameter.Symbol);
            json.WriteNumber("value", finish.Value);
            if (finish.Unit is { } unit)
                json.WriteString("unit", unit.Symbol);
            if (lower is { } limit)
                json.WriteNumber("lower", limit);
            if (finish.Grade is { } grade)
                json.WriteNumber("grade", grade);
            if (finish.IsMaximum)
                json.WriteBoolean("maximum", true);
            if (finish.Lay is not SurfaceLay.None)
                json.WriteString("lay", char.ToLowerInvariant(finish.Lay.ToString()[0]) + finish.Lay.ToString()[1..]);
            if (finish.Process.Length > 0)
                json.WriteString("process", finish.Process);
            if (finish.Allowance is { } allowance)
                json.WriteNumber("allowance", allowance);
        });
        return true;
    }

    static bool Micrometres(SurfaceFinish finish, decimal value, out decimal number)
    {
        number = value;
        return finish.Unit is null || finish.Unit.TryConvert(value, LengthUnits.Micrometre, out number);
    }

    /// <inheritdoc/>
    protected override string? Broken(NotatedCell cell) => cell.Value is not SurfaceFinish finish ? null
        : allowed.Count > 0 && !allowed.Contains(finish.Parameter.Symbol) ? $"The field takes {string.Join(", ", allowed)}, not {finish.Parameter.Symbol}."
        : checksRange && Ranges.TryGetValue(finish.Parameter.Symbol, out var range) && (finish.Value < range.Least || finish.Value > range.Most || finish.Lower < range.Least)
            ? $"{finish.Parameter.Symbol} is from {range.Least} to {range.Most}{(finish.Unit is null ? "" : " µm")}."
        : null;

    /// <summary><c>{"parameter":"Ra","value":1.6,"unit":"um","lay":"=","process":"ground"}</c>; of two limits the upper one is <c>upper</c> or <c>max_value</c>.</summary>
    protected override string? Compose(JsonElement value)
    {
        if (Written(value, "value") is not { } number)
            return null;
        var upper = Written(value, "upper", "max_value");
        var unit = value.GetText("unit") switch { "uin" => "µin", "um" => "µm", var other => other };
        var lay = value.GetText("lay") is { Length: > 0 } written
            ? Enum.TryParse<SurfaceLay>(written, ignoreCase: true, out var direction) ? "=⟂XMCRP"[Math.Max(0, (int)direction - 1)].ToString() : written : null;
        return string.Join(' ', new[] { value.GetText("parameter") ?? "Ra", upper is null ? number : $"{number}-{upper}", unit, lay, value.GetText("process")?.Replace('_', ' ') }.Where(s => !string.IsNullOrEmpty(s)));
    }

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("surfaceFinish", json);
        var (allowed, checksRange) = (options.SomeOf("allowedParameters", [.. SurfaceParameter.All.Select(p => p.Symbol)]), options.Flag("checkRange", true));
        return options.Then(() => new SurfaceFinishField(allowed, checksRange));
    }
}
