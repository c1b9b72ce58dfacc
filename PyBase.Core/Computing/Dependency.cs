namespace PyBase.Core.Computing;

/// <summary>One thing that a computed cell is made of.</summary>
/// <param name="FieldId">The field that is read.</param>
/// <param name="LinkFieldId">Null when it is a cell of the same row; else the field of the same row through whose links it is read.</param>
public readonly record struct Dependency(string FieldId, string? LinkFieldId = null);
