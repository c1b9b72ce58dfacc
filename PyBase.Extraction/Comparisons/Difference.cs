namespace PyBase.Extraction.Comparisons;

/// <summary>One thing that two files say differently.</summary>
/// <param name="Kind"><c>parts</c>, <c>dimensions</c> or <c>texts</c>.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Key">The part number, the dimension as it is shown, or the text.</param>
/// <param name="Field">Of a changed part: which column.</param>
/// <param name="Before">What the first file says.</param>
/// <param name="After">What the second file says.</param>
/// <param name="LocatorBefore">Where in the first file.</param>
/// <param name="LocatorAfter">Where in the second file.</param>
public sealed record Difference(string Kind, string Change, string Key, string? Field, string? Before, string? After, string? LocatorBefore, string? LocatorAfter);
