namespace PyBase.Extraction.Pictures;

/// <summary>A picture in SVG: shapes and texts only, no script, no link, no font or picture from elsewhere. It ends with <c>&lt;/svg&gt;</c>.</summary>
/// <param name="Svg">The document. Each entity of the layout is a group with its handle as <c>id</c>: <c>e2A3</c>.</param>
/// <param name="Layouts">The layouts that the file has, model space first.</param>
/// <param name="Shown">The one that is shown.</param>
/// <param name="IsCut">Whether a limit left something out.</param>
/// <param name="Findings">What was odd.</param>
public sealed record Picture(string Svg, IReadOnlyList<string> Layouts, string Shown, bool IsCut, IReadOnlyList<Finding> Findings);
