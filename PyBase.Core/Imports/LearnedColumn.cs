namespace PyBase.Core.Imports;

/// <summary>What a column of a name became before.</summary>
/// <param name="Table">The table it went into.</param>
/// <param name="Column">Its name, as it was written last.</param>
/// <param name="Field">The field it went into.</param>
/// <param name="Form">How it was written.</param>
/// <param name="Uses">How often.</param>
public sealed record LearnedColumn(string Table, string Column, string Field, CellForm Form, int Uses)
{
    /// <summary>Names that mean the same column: <c>Part No.</c> and <c>part_no</c>.</summary>
    public static string KeyOf(string name)
    {
        var key = string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return key.Length == 0 ? name : Schema.FreeName.Cut(key, 200);
    }
}
