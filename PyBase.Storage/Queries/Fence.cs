using PyBase.Core.Queries;

namespace PyBase.Storage.Queries;

/// <summary>Every thousandth row of a query, by its place in the order, so that any row is found by reading a thousand at most.</summary>
/// <param name="Version">The version of the table it was built at.</param>
/// <param name="Total">Rows in all.</param>
/// <param name="Places">The 1,000th row, the 2,000th, and so on.</param>
/// <param name="Built">When it was finished.</param>
/// <param name="Took">How long that was.</param>
public sealed record Fence(long Version, long Total, IReadOnlyList<Position> Places, long Built, TimeSpan Took)
{
    /// <summary>Rows from post to post.</summary>
    public const int Step = 1_000;

    /// <summary>The same query from its row number <paramref name="start"/> (the first is 0).</summary>
    public RecordQuery Start(RecordQuery query, long start)
    {
        var post = (int)Math.Min(start / Step, Places.Count);
        return query with { After = post == 0 ? null : Places[post - 1], Skip = (int)Math.Min(start - (long)post * Step, int.MaxValue) };
    }
}
