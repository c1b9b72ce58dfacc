using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Computing;

/// <summary>
/// Computed fields of one table that are written by one UPDATE: what they read of other tables is final before it, and what they read of each other is
/// computed on the way, level by level.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Levels">The fields; a field reads only stored cells, fields of earlier stages, and fields of levels before its own.</param>
public sealed record Stage(Table Table, IReadOnlyList<IReadOnlyList<Field>> Levels)
{
    /// <summary>The one field of a stage that rolls up a tree; null for all other stages.</summary>
    public Field? Tree => Levels is [[{ Type: RecursiveRollup } only]] ? only : null;

    /// <summary>All fields of all levels.</summary>
    public IEnumerable<Field> Fields => Levels.SelectMany(level => level);
}
