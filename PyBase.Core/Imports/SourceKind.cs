namespace PyBase.Core.Imports;

/// <summary>What a file's format says about a cell; text may still mean a number.</summary>
public enum SourceKind
{
    /// <summary>As it stands in the file.</summary>
    Text,
    /// <summary>A number with a decimal point and without groups.</summary>
    Number,
    /// <summary>A day or a moment in ISO 8601.</summary>
    Date,
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
    /// <summary>A list or an object, as JSON.</summary>
    Json,
}

/// <summary>How the texts of a column are to be read.</summary>
/// <param name="Numbers">Where the decimals begin.</param>
/// <param name="Dates">What comes first in a day.</param>
public sealed record CellForm(NumberForm Numbers = NumberForm.Point, DateForm Dates = DateForm.YearFirst);
