using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Notation.Threads;
using PyBase.Notation.Units;

namespace PyBase.Core.Fields;

/// <summary><c>thread</c>: a screw thread, <c>M8-6H</c>, <c>1/4-20 UNC-2B</c>, <c>G1/2</c>. In order of the diameter, then of the pitch.</summary>
public sealed class ThreadField(IReadOnlyList<string> allowed, bool requiresClass) : Notated
{
    /// <summary>Families by the name that options and cells have for them, those of the original first.</summary>
    static readonly (string Name, ThreadForm[] Forms)[] Standards =
    [
        ("metric", [ThreadForm.Metric]), ("unc", [ThreadForm.UnifiedCoarse]), ("unf", [ThreadForm.UnifiedFine]), ("unef", [ThreadForm.UnifiedExtraFine]),
        ("bsp", [ThreadForm.ParallelPipe, ThreadForm.SealingExternalTaper, ThreadForm.SealingInternalTaper, ThreadForm.SealingInternalParallel]),
        ("npt", [ThreadForm.TaperPipe, ThreadForm.DrysealPipe]), ("acme", [ThreadForm.Acme, ThreadForm.StubAcme]), ("buttress", [ThreadForm.Buttress]), ("trapezoidal", [ThreadForm.Trapezoidal]),
        ("mj", [ThreadForm.MetricMJ]), ("un", [ThreadForm.UnifiedConstantPitch]), ("uns", [ThreadForm.UnifiedSpecial]),
    ];

    /// <inheritdoc/>
    public override string Name => "thread";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts { get; } =
    [
        Part.Word("standard"), Part.Word("size"), Part.Number("diameter", LengthUnits.Millimetre), Part.Number("pitch", LengthUnits.Millimetre), Part.Number("lead", LengthUnits.Millimetre),
        Part.Number("tpi"), Part.Word("class"), Part.Flag("internal"), Part.Flag("leftHand"), Part.Number("starts"), Part.Number("count"), Part.Number("depth", LengthUnits.Millimetre),
        Part.Flag("through"),
    ];

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        if (allowed.Count > 0)
        {
            json.WriteStartArray("allowedStandards");
            foreach (var standard in allowed)
                json.WriteStringValue(standard);
            json.WriteEndArray();
        }
        if (requiresClass)
            json.WriteBoolean("requireClass", true);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override bool TryRead(string text, [NotNullWhen(true)] out NotatedCell? cell, [NotNullWhen(false)] out string? fault)
    {
        (cell, fault) = (null, null);
        if (!ThreadDesignation.TryParse(text, out var thread, out var wrong))
        {
            fault = wrong.ToString();
            return false;
        }
        cell = Made(thread, thread.ToString(), $"{Sortable(thread.Diameter)}-{Sortable(thread.Pitch)} {thread}", null, json => Write(json, thread));
        return true;
    }

    static void Write(Utf8JsonWriter json, ThreadDesignation thread)
    {
        json.WriteString("standard", StandardOf(thread.Form));
        json.WriteString("size", thread.Size);
        json.WriteNumber("diameter", thread.Diameter);
        json.WriteNumber("pitch", thread.Pitch);
        if (thread.ThreadsPerInch is { } threads)
            json.WriteNumber("tpi", threads);
        if (thread.Class.Length > 0)
            json.WriteString("class", thread.Class);
        if (thread.IsInternal is { } isInternal)
            json.WriteBoolean("internal", isInternal);
        if (thread.IsLeftHand)
            json.WriteBoolean("leftHand", true);
        if (thread.Starts != 1)
        {
            json.WriteNumber("starts", thread.Starts);
            json.WriteNumber("lead", thread.Lead);
        }
        if (thread.Count != 1)
            json.WriteNumber("count", thread.Count);
        if (thread.Depth is { } depth)
            json.WriteNumber("depth", depth);
        if (thread.IsThrough)
            json.WriteBoolean("through", true);
    }

    /// <inheritdoc/>
    protected override string? Broken(NotatedCell cell) => cell.Value is not ThreadDesignation thread ? null
        : allowed.Count > 0 && !allowed.Contains(StandardOf(thread.Form)) ? $"The field takes {string.Join(", ", allowed)}, not {StandardOf(thread.Form)}."
        : requiresClass && thread.Class.Length == 0 ? "A tolerance class is required."
        : null;

    /// <summary><c>{"standard":"metric","size":"8","pitch":1.25,"class":"6H","leftHand":true}</c>, as names of the original too.</summary>
    protected override string? Compose(JsonElement value)
    {
        if (Written(value, "size") is not { } size)
            return null;
        var standard = value.GetText("standard")?.ToLowerInvariant() ?? "metric";
        var tpi = Written(value, "tpi");
        var body = standard switch
        {
            "metric" or "mj" => $"{(standard == "mj" ? "MJ" : "M")}{size.TrimStart('M', 'J')}{(Written(value, "pitch") is { } pitch ? "x" + pitch : "")}",
            "trapezoidal" => $"Tr{size}x{Written(value, "pitch")}",
            "bsp" => (char.IsLetter(size[0]) ? "" : "G") + size,
            "buttress" => $"{size}-{tpi} BUTT",
            _ => $"{size}{(tpi is null ? "" : "-" + tpi)} {standard.ToUpperInvariant()}",
        };
        var ends = value.GetText("class") is { Length: > 0 } code ? "-" + code : "";
        return body + ends + (value.GetFlag("leftHand") ?? value.GetFlag("left_hand") ?? false ? "-LH" : "");
    }

    static string StandardOf(ThreadForm form) => Standards.First(standard => standard.Forms.Contains(form)).Name;

    internal static Result<FieldType> FromOptions(JsonElement json, FieldScope scope)
    {
        var options = new NotatedOptions("thread", json);
        var (allowed, requiresClass) = (options.SomeOf("allowedStandards", [.. Standards.Select(s => s.Name)]), options.Flag("requireClass", false));
        return options.Then(() => new ThreadField(allowed, requiresClass));
    }
}
