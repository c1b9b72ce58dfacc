using System.Globalization;

namespace PyBase.Api.Files;

/// <summary>Lets one entity of a drawn picture stand out, by a style at its end.</summary>
static class Highlight
{
    /// <summary>
    /// The style for the entity that a cell came from: its locator is <c>Model#2A3</c>, of an attribute <c>Model#2A3/TAG</c>, and the picture has it as
    /// <c>e2A3</c>. Null where the locator names none, so that nothing of it but a number gets into the document.
    /// </summary>
    public static string? StyleFor(string? locator)
    {
        if (locator is not { Length: <= 1000 } || locator.IndexOf('#', StringComparison.Ordinal) is not (>= 0 and var sign))
            return null;
        return ulong.TryParse(locator[(sign + 1)..].Split('/')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var handle)
            ? string.Create(CultureInfo.InvariantCulture, $"<style>#e{handle:X} path{{stroke:#f60;stroke-width:4;stroke-opacity:.8}}#e{handle:X} text{{fill:#f60;stroke:#f60;stroke-width:.5}}</style>")
            : null;
    }
}
