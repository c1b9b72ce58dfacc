namespace PyBase.Core.Fields;

/// <summary>The cell of a link that typecast has read: ids and primary values of records, which the writer looks up or makes.</summary>
/// <param name="Items">In the order of the links.</param>
public sealed record NamedLinks(IReadOnlyList<string> Items);
