namespace PyBase.Core.Fields;

/// <summary>One choice of a select. Cells hold its id, so that renaming it touches no row.</summary>
/// <param name="Id"><c>sel…</c></param>
/// <param name="Name">What people see and clients send.</param>
/// <param name="Colour">One of Airtable's colour names, for instance <c>blueLight2</c>.</param>
/// <param name="Group">Of a status: the stage of the work it belongs to.</param>
public sealed record Choice(string Id, string Name, string Colour, string? Group = null)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 1_000;

    /// <summary>Most choices of a field, as in Airtable.</summary>
    public const int MaxCount = 10_000;

    static readonly string[] Hues = ["blue", "cyan", "teal", "green", "yellow", "orange", "red", "pink", "purple", "gray"];
    static readonly string[] Shades = ["Light2", "Light1", "Bright", "Dark1"];

    /// <summary>The colour a choice gets when none is named: Airtable's order, around again after the last.</summary>
    public static string ColourOf(int index) => Hues[index % Hues.Length] + Shades[index / Hues.Length % Shades.Length];

    /// <summary>True for a colour name of Airtable's palette.</summary>
    public static bool IsColour(string? name) => name is not null && Hues.Any(hue =>
        name.StartsWith(hue, StringComparison.Ordinal) && Shades.Contains(name[hue.Length..]));
}
