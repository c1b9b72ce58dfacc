namespace PyBase.Extraction.PartsLists;

/// <summary>One part of a list, however many lines it stands in.</summary>
/// <param name="Number">The part number as it is first written.</param>
/// <param name="Total">How many of it the whole takes; null when a quantity on the way is missing.</param>
/// <param name="Unit">What is counted; empty for pieces.</param>
/// <param name="Lines">How many lines name it.</param>
/// <param name="IsAssembly">Whether other lines stand below one of them.</param>
/// <param name="UsedIn">Numbers of the parts that it is directly in.</param>
/// <param name="Values">What its lines say of it, the first that says something.</param>
/// <param name="Locator">Where it first stands.</param>
public sealed record PartTotal(string Number, double? Total, string Unit, int Lines, bool IsAssembly, IReadOnlyList<string> UsedIn, IReadOnlyDictionary<string, string> Values, string Locator);
