using System.Text.Json;
using PyBase.Core.Fields;

namespace PyBase.Core.Views;

/// <summary>What somebody wants of a view; null leaves what there is.</summary>
/// <param name="Name">Another name.</param>
/// <param name="Settings">Each property replaces the one of the same name.</param>
/// <param name="IsPersonal">One's own alone, or everybody's.</param>
/// <param name="IsLocked">Nobody changes it, or again those who may.</param>
public sealed record ViewChange(string? Name, JsonElement Settings, bool? IsPersonal, bool? IsLocked)
{
    /// <summary><c>{name?,settings?,personal?,locked?}</c></summary>
    public static ViewChange Read(JsonElement body) => new(
        body.TryGet("name", out _) ? body.GetText("name")?.Trim() ?? "" : null, body.TryGet("settings", out var settings) ? settings : default, body.GetFlag("personal"), body.GetFlag("locked"));
}
