namespace PyBase.Core.Formulas;

/// <summary>
/// Whether a group of a match is the same in PostgreSQL as in RE2: because there is only one way to divide any text among the groups, or because the pattern
/// is a plain row of parts, which both divide from left to right, each part by its own greed.
/// </summary>
static class Re2Groups
{
    const int MostWork = 500_000;

    public static bool AreUnique(Re2Program program, IReadOnlySet<int> groups)
    {
        // What a thread comes to without reading, and the borders that it crosses on the way. Anchors let everything pass here: that only sees more ways.
        var ways = new Dictionary<int, List<(int At, ulong Borders)>>();
        var work = 0;
        var known = new HashSet<(int, int, bool)>();
        var waiting = new Stack<(int Left, int Right, bool Differ)>();
        if (!Cross(program.Start, program.Start, false))
            return false;
        while (waiting.TryPop(out var pair))
        {
            var (left, right) = (program.Instructions[pair.Left], program.Instructions[pair.Right]);
            if (left.Step is Re2Step.Match || right.Step is Re2Step.Match)
            {
                if (left.Step == right.Step && pair.Differ)
                    return false;
                continue;
            }
            if (Meet(left.Set!, right.Set!) && !Cross(left.Next, right.Next, pair.Differ))
                return false;
        }
        return true;

        bool Cross(int left, int right, bool differ)
        {
            foreach (var one in Ways(left))
                foreach (var other in Ways(right))
                {
                    if (++work > MostWork)
                        return false;
                    var next = (one.At, other.At, differ || one.Borders != other.Borders);
                    if (known.Add(next))
                        waiting.Push(next);
                }
            return true;
        }

        List<(int At, ulong Borders)> Ways(int from)
        {
            if (ways.TryGetValue(from, out var found))
                return found;
            found = [];
            var seen = new HashSet<(int, ulong)>();
            var stack = new Stack<(int At, ulong Borders)>([(from, 0)]);
            while (stack.TryPop(out var way))
            {
                if (!seen.Add(way) || ++work > MostWork)
                    continue;
                var step = program.Instructions[way.At];
                if (step.Step is Re2Step.Character or Re2Step.Match)
                    found.Add(way);
                else
                    stack.Push((step.Next, step.Step is Re2Step.Border && groups.Contains(step.Border / 2) ? way.Borders | 1UL << step.Border : way.Borders));
                if (step.Step is Re2Step.Fork)
                    stack.Push((step.Other, way.Borders));
            }
            return ways[from] = found;
        }
    }

    /// <summary>A row of characters, repeats of characters, and groups of which each has at most one part of changing length.</summary>
    public static bool IsPlainRow(Re2Node pattern) => pattern is Re2Sequence row ? row.Items.All(IsPlain) : IsPlain(pattern);

    static bool IsPlain(Re2Node item) => item switch
    {
        Re2Characters or Re2Anchor => true,
        Re2Repeat repeat => repeat.Item is Re2Characters,
        Re2Group { Item: Re2Sequence row } => row.Items.All(part => part is Re2Group ? IsFixed(part) : IsPlain(part)) && row.Items.Count(part => !IsFixed(part)) <= 1,
        Re2Group group => IsPlain(group.Item),
        _ => false,
    };

    static bool IsFixed(Re2Node item) => item switch
    {
        Re2Characters or Re2Anchor => true,
        Re2Repeat repeat => repeat.Least == repeat.Most && repeat.Item is Re2Characters,
        Re2Sequence row => row.Items.All(IsFixed),
        Re2Group group => IsFixed(group.Item),
        _ => false,
    };

    /// <summary>A group that is repeated: of its turns RE2 keeps the last, PostgreSQL not always.</summary>
    public static bool IsRepeated(Re2Node node, IReadOnlySet<int> groups, bool inside = false) => node switch
    {
        Re2Group group => inside && group.Number is { } number && groups.Contains(number) || IsRepeated(group.Item, groups, inside),
        Re2Repeat repeat => IsRepeated(repeat.Item, groups, inside || repeat.Most != 1),
        Re2Sequence sequence => sequence.Items.Any(item => IsRepeated(item, groups, inside)),
        Re2Choice choice => choice.Items.Any(item => IsRepeated(item, groups, inside)),
        _ => false,
    };

    /// <summary>A loop around something lazy that may be empty: even linear engines do not agree when it ends.</summary>
    public static bool HasLazyEmptyLoop(Re2Node node, bool inLoop = false) => node switch
    {
        Re2Repeat repeat => inLoop && repeat.IsLazy || HasLazyEmptyLoop(repeat.Item, inLoop || repeat.Most != 1 && repeat.Item.CanBeEmpty),
        Re2Group group => HasLazyEmptyLoop(group.Item, inLoop),
        Re2Sequence sequence => sequence.Items.Any(item => HasLazyEmptyLoop(item, inLoop)),
        Re2Choice choice => choice.Items.Any(item => HasLazyEmptyLoop(item, inLoop)),
        _ => false,
    };

    static bool Meet(CodePoints left, CodePoints right) => left == right || left.Ranges.Any(one => right.Ranges.Any(other => one.Low <= other.High && other.Low <= one.High));
}
