namespace PyBase.Extraction.Ifc;

/// <summary>
/// Connections from one instance to others, kept in the order of the file. Two numbers each while they are collected, and a
/// binary search to find them, since files have millions.
/// </summary>
sealed class Links
{
    List<long> pairs = [];
    int[] from = [];
    int[] to = [];

    public void Add(int source, int target) => pairs.Add(((long)source << 32) | (uint)target);

    /// <summary>Ends the collecting.</summary>
    public void Seal()
    {
        from = new int[pairs.Count];
        to = new int[pairs.Count];
        var sorted = true;
        for (var i = 0; i < from.Length; i++)
        {
            from[i] = (int)(pairs[i] >> 32);
            to[i] = (int)pairs[i];
            sorted &= i == 0 || from[i - 1] <= from[i];
        }
        if (!sorted)
            Sort();
        pairs = [];
    }

    /// <summary>Where a source leads; empty when nowhere.</summary>
    public ReadOnlySpan<int> this[int source]
    {
        get
        {
            var first = LowerBound(source);
            var end = first;
            while (end < from.Length && from[end] == source)
                end++;
            return to.AsSpan(first, end - first);
        }
    }

    /// <summary>The first that a source leads to, or -1.</summary>
    public int First(int source)
    {
        var place = LowerBound(source);
        return place < from.Length && from[place] == source ? to[place] : -1;
    }

    // Stable: the place is part of the key.
    void Sort()
    {
        var keys = new long[from.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((long)from[i] << 32) | (uint)i;
        Array.Sort(keys);
        var targets = new int[to.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            from[i] = (int)(keys[i] >> 32);
            targets[i] = to[(int)keys[i]];
        }
        to = targets;
    }

    int LowerBound(int source)
    {
        var (low, high) = (0, from.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (from[middle] < source)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
