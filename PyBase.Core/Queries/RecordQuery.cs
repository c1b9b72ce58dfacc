using PyBase.Core.Schema;

namespace PyBase.Core.Queries;

/// <summary>One page of a table, as it will be read.</summary>
/// <param name="Table">The table.</param>
/// <param name="Fields">The cells to show, in table order.</param>
/// <param name="ByFieldId">Cells are keyed by field id instead of name.</param>
/// <param name="Sorts">Keys of the order, first one first; the record number closes every order.</param>
/// <param name="PageSize">Rows of this page.</param>
/// <param name="After">The last row of the page before; null at the start.</param>
/// <param name="Remaining">Rows that may still be shown over all pages (<c>maxRecords</c>).</param>
public sealed record RecordQuery(
    Table Table, IReadOnlyList<Field> Fields, bool ByFieldId, IReadOnlyList<Sort> Sorts, int PageSize, Position? After, long Remaining)
{
    /// <summary>Rows of a page when nothing is said, as in Airtable.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>Most rows of a page.</summary>
    public const int MaxPageSize = 1_000;
}
