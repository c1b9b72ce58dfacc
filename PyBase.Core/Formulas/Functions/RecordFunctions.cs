using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>The record itself.</summary>
public static class RecordFunctions
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } = [new("RECORD_ID", Text, "The record's id, for instance rec0123456789abcd.")];
}
