namespace PyBase.Extraction.Ifc;

/// <summary>The kinds of a property (IfcProperty, ISO 16739-1, 8.11.3).</summary>
enum IfcValueKind
{
    /// <summary>IfcPropertySingleValue.</summary>
    Single,
    /// <summary>IfcPropertyEnumeratedValue: one or more of a list of choices.</summary>
    Enumerated,
    /// <summary>IfcPropertyListValue.</summary>
    List,
    /// <summary>IfcPropertyBoundedValue: a range, perhaps with a set point.</summary>
    Bounded,
    /// <summary>IfcPropertyTableValue: values of one quantity against those of another.</summary>
    Table,
    /// <summary>IfcPropertyReferenceValue: something else in the file.</summary>
    Reference,
}
