namespace PyBase.Core.Fields;

/// <summary>How a field's cells are stored; Storage spells each as a PostgreSQL column type.</summary>
public enum ColumnType
{
    /// <summary>Text.</summary>
    Text,
    /// <summary>A choice or record id: text that compares by bytes.</summary>
    Id,
    /// <summary>64-bit floating point, as Airtable's numbers.</summary>
    Number,
    /// <summary>True, or empty: a box that is not ticked is an empty cell.</summary>
    Boolean,
    /// <summary>A calendar day without a zone.</summary>
    Date,
    /// <summary>A moment, to the millisecond.</summary>
    Instant,
    /// <summary>Ordered ids: chosen choices, or linked records as a copy of the link table for reading.</summary>
    Ids,
    /// <summary>A JSON document.</summary>
    Json,
    /// <summary>An ordered list of texts, as the lists that follow: what lookups and list formulas give; an item may be null.</summary>
    Texts,
    /// <summary>Numbers.</summary>
    Numbers,
    /// <summary>Ticks.</summary>
    Booleans,
    /// <summary>Days.</summary>
    Dates,
    /// <summary>Moments.</summary>
    Instants,
}
