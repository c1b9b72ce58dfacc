namespace PyBase.Extraction.Ifc;

/// <summary>Where a property, quantity, material or classification of an object comes from.</summary>
enum IfcSource
{
    /// <summary>From the object itself.</summary>
    Occurrence,
    /// <summary>From its type, which the object does not override; or the row is the type's own.</summary>
    Type,
}
