using PyBase.Core.Queries;

namespace PyBase.Storage.Queries;

/// <summary>A place in an order.</summary>
/// <param name="Place">The place; a row stood there when it was chosen.</param>
/// <param name="Rows">How many rows stand behind the post before, up to and with this place.</param>
public readonly record struct Post(Position Place, int Rows);

/// <summary>About every thousandth row of a query, by its place in the order, so that any row is found by reading two thousand at most.</summary>
/// <param name="Version">The version of the table that the numbers are of.</param>
/// <param name="Posts">In the order of the query.</param>
/// <param name="Rest">Rows behind the last post.</param>
public sealed record Fence(long Version, IReadOnlyList<Post> Posts, int Rest)
{
    /// <summary>Rows from post to post, more or less.</summary>
    public const int Step = 1_000;

    readonly long[] ends = Ends(Posts);

    /// <summary>Rows in all.</summary>
    public long Total => (ends.Length == 0 ? 0 : ends[^1]) + Rest;

    /// <summary>The same query from its row number <paramref name="start"/> (the first is 0).</summary>
    public RecordQuery Start(RecordQuery query, long start)
    {
        var found = Array.BinarySearch(ends, start);
        // The last post that is not behind the row.
        var post = found >= 0 ? found : ~found - 1;
        return query with { After = post < 0 ? null : Posts[post].Place, Skip = (int)Math.Min(start - (post < 0 ? 0 : ends[post]), int.MaxValue) };
    }

    /// <summary>Posts between which there is next to nothing are one.</summary>
    public Fence Merged()
    {
        var (posts, passed) = (new List<Post>(Posts.Count), 0);
        for (var n = 0; n < Posts.Count; n++)
        {
            var rows = passed + Posts[n].Rows;
            var next = n + 1 < Posts.Count ? Posts[n + 1].Rows : Rest;
            if (rows + next <= Step)
            {
                passed = rows;
                continue;
            }
            posts.Add(Posts[n] with { Rows = rows });
            passed = 0;
        }
        return new Fence(Version, posts, Rest + passed);
    }

    static long[] Ends(IReadOnlyList<Post> posts)
    {
        var (ends, sum) = (new long[posts.Count], 0L);
        for (var n = 0; n < ends.Length; n++)
            ends[n] = sum += posts[n].Rows;
        return ends;
    }
}
