using PyBase.Core.Schema;

namespace PyBase.Core.Computing;

/// <summary>One thing that a computed cell is made of.</summary>
/// <param name="FieldId">The field that is read.</param>
/// <param name="LinkFieldId">Null when it is a cell of the same row; else the field of the same row through whose links it is read.</param>
/// <param name="FarLinkFieldId">The field is not in the linked record but in those that this link field of it leads to: their names are what it shows.</param>
public readonly record struct Dependency(string FieldId, string? LinkFieldId = null, string? FarLinkFieldId = null)
{
    /// <summary>Who or what changed the row last, which follows from every write of it.</summary>
    public const string Modified = "_modified";

    /// <summary>What a field is called here: fields that show the same column of every row are one.</summary>
    public static string KeyOf(Table table, Field field) => field.Type.SystemColumn is { } column ? KeyOf(table, column) : field.Id;

    /// <summary>What such a column is called.</summary>
    public static string KeyOf(Table table, string column) => $"{table.Id}.{column}";
}
