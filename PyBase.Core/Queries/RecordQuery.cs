using System.Security.Cryptography;
using System.Text;
using PyBase.Core.Fields;
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
    /// <summary>Which rows; null for all.</summary>
    public Filter? Filter { get; init; }

    /// <summary>Words that the rows contain; null when nothing is searched.</summary>
    public Search? Search { get; init; }

    /// <summary>Says of each record how many comments it has.</summary>
    public bool ShowsCommentCounts { get; init; }

    /// <summary>Rows to pass over, counted from <see cref="After"/>.</summary>
    public int Skip { get; init; }

    /// <summary>
    /// The table's version alone says whether an answer is still right. Not when it also depends on the clock, or on what linked records are called, or on comments.
    /// </summary>
    public bool FollowsVersion => !ShowsCommentCounts && Table.Scope is not { ReadsOthers: true } && Filter is not ({ ReadsClock: true } or { ReadsLinked: true }) && Sorts.All(s => s.Kind is not SortKind.RecordText)
        && (Search is null || Table.Fields.All(f => f.Type is not MultipleRecordLinks));

    /// <summary>
    /// The rows and their order, not which part of them is shown: what a cursor, a fence of positions or a counter of use belongs to. By id and type,
    /// since a changed field orders otherwise; and by what the reader may see of the table.
    /// </summary>
    public string Name() => string.Concat([
        Table.Id, .. Sorts.Select(s => $",{(s.Descending ? '-' : '+')}{s.Field.Id}:{s.Kind}"),
        .. Table.Scope is null ? [] : (string[])["^", Table.Scope.Class],
        .. Filter is null && Search is null ? [] : (string[])["|", Digest($"{Filter?.Text()}|{Search?.Text()}")],
    ]);

    static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..12]);

    /// <summary>Rows of a page when nothing is said, as in Airtable.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>Most rows of a page.</summary>
    public const int MaxPageSize = 1_000;
}
