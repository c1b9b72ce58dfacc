namespace PyBase.Core.Formulas;

enum Re2Step
{
    Character,
    /// <summary>Goes on at both, and prefers the first.</summary>
    Fork,
    Anchor,
    /// <summary>A border of a group.</summary>
    Border,
    Match,
}

/// <param name="Next">Where it goes on.</param>
/// <param name="Other">Where a fork goes on as well.</param>
/// <param name="Border">2n where group n starts, 2n + 1 where it ends.</param>
readonly record struct Re2Instruction(Re2Step Step, int Next = 0, int Other = 0, CodePoints? Set = null, Re2Place Place = default, int Border = 0);

/// <summary>A pattern as the program whose threads RE2 runs side by side, in order of preference.</summary>
sealed class Re2Program
{
    readonly List<Re2Instruction> _instructions = [];

    public Re2Program(Re2Node pattern)
    {
        // Built from its end: what follows is known when a node is compiled.
        _instructions.Add(new(Re2Step.Match));
        Start = Compile(pattern, 0);
    }

    public int Start { get; }

    public IReadOnlyList<Re2Instruction> Instructions => _instructions;

    public bool HasAnchors => _instructions.Exists(instruction => instruction.Step is Re2Step.Anchor);

    /// <summary>Characters that no part of the pattern tells apart are one: a member of each such class, and which sets have it.</summary>
    public IReadOnlyList<int> Alphabet()
    {
        var sets = _instructions.Where(instruction => instruction.Set is not null).Select(instruction => instruction.Set!).Distinct().ToList();
        if (HasAnchors)
            sets.AddRange([Re2Classes.Word, Re2Classes.Newline]);
        var borders = sets.SelectMany(set => set.Ranges).SelectMany(range => new[] { range.Low, range.High + 1 }).Append(0).Where(point => point <= CodePoints.Last).Distinct();
        return [.. borders.DistinctBy(point => string.Concat(sets.Select(set => set.Contains(point) ? '1' : '0')))];
    }

    int Add(Re2Instruction instruction)
    {
        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }

    int Fork(int preferred, int other, bool swap) => Add(swap ? new(Re2Step.Fork, other, preferred) : new(Re2Step.Fork, preferred, other));

    int Compile(Re2Node node, int next) => node switch
    {
        Re2Characters characters => Add(new(Re2Step.Character, next, Set: characters.Set)),
        Re2Anchor anchor => Add(new(Re2Step.Anchor, next, Place: anchor.Place)),
        Re2Sequence sequence => sequence.Items.Reverse().Aggregate(next, (after, item) => Compile(item, after)),
        Re2Choice choice => choice.Items.Reverse().Select(item => Compile(item, next)).Aggregate((others, item) => Fork(item, others, swap: false)),
        Re2Group { Number: { } number } group => Add(new(Re2Step.Border, Compile(group.Item, Add(new(Re2Step.Border, next, Border: 2 * number + 1))), Border: 2 * number)),
        Re2Group group => Compile(group.Item, next),
        Re2Repeat repeat => Compile(repeat, next),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    int Compile(Re2Repeat repeat, int next)
    {
        var start = next;
        if (repeat.Most is { } most)
        {
            for (var optional = repeat.Least; optional < most; optional++)
                start = Fork(Compile(repeat.Item, start), next, repeat.IsLazy);
        }
        else
        {
            // A loop: the fork is known before what it repeats.
            var fork = Add(default);
            var body = Compile(repeat.Item, fork);
            _instructions[fork] = repeat.IsLazy ? new(Re2Step.Fork, next, body) : new(Re2Step.Fork, body, next);
            // Of a body that can be empty RE2 makes (body+)?, as Perl would take the empty body and stop.
            if (repeat.Least == 0)
                return repeat.Item.CanBeEmpty ? Fork(body, next, repeat.IsLazy) : fork;
            start = body;
        }
        for (var fixedly = repeat.Most is null ? 1 : 0; fixedly < repeat.Least; fixedly++)
            start = Compile(repeat.Item, start);
        return start;
    }
}
