namespace PyBase.Extraction.Envelope;

/// <summary>What the cells of a column hold, where they are not empty.</summary>
public enum ColumnType
{
    /// <summary>Text; <c>\n</c> parts lines.</summary>
    Text,
    /// <summary>A real number.</summary>
    Number,
    /// <summary>A whole number of up to 64 bits.</summary>
    Integer,
    /// <summary>True or false.</summary>
    Boolean,
}
