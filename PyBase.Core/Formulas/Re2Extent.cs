namespace PyBase.Core.Formulas;

/// <summary>How far a match goes, of all those that start where it does.</summary>
enum Re2Extent
{
    Longest,
    Shortest,
}

/// <summary>
/// RE2 takes the match that a Perl programmer expects, by the order of alternatives and the greed of repeats; PostgreSQL takes the longest or the shortest.
/// Whether these are the same on every text is decided here, not guessed: the threads of both run over all texts at once, as an automaton's states.
/// </summary>
sealed class Re2Extents
{
    /// <summary>A bound on the work, far above what patterns written by people need.</summary>
    const int MostWork = 2_000_000;
    const int End = -1;

    readonly Re2Program _program;
    readonly IReadOnlyList<int> _alphabet;
    readonly bool _longest;
    readonly int[] _seen;
    int _round;
    int _work;

    Re2Extents(Re2Program program, bool longest) => (_program, _alphabet, _longest, _seen) = (program, program.Alphabet(), longest, new int[program.Instructions.Count]);

    /// <summary>Null when it is sometimes the one and sometimes the other, or too much work to know.</summary>
    public static Re2Extent? Find(Re2Program program) =>
        new Re2Extents(program, longest: true).Holds() ? Re2Extent.Longest : new Re2Extents(program, longest: false).Holds() ? Re2Extent.Shortest : null;

    /// <param name="Preferred">The threads that RE2 still runs, best first.</param>
    /// <param name="All">The threads of every possible match, in any order; empty in the search for the shortest.</param>
    /// <param name="Before">The character before; decides anchors.</param>
    /// <param name="IsOver">The shortest match was found.</param>
    sealed record State(int[] Preferred, int[] All, int Before, bool IsOver)
    {
        public string Key => $"{string.Join(',', Preferred)};{string.Join(',', All)};{Before};{IsOver}";
    }

    bool Holds()
    {
        var waiting = new Stack<State>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var before in _program.HasAnchors ? new[] { End, '\n', 'a', ' ' } : [End])
            Add(new([_program.Start], _longest ? [_program.Start] : [], before, false));
        while (waiting.TryPop(out var state))
        {
            foreach (var point in _alphabet.Prepend(End))
            {
                var preferred = Closure(state.Preferred, state.Before, point, cut: true);
                var all = _longest ? Closure(state.All, state.Before, point, cut: false) : [];
                if (_work > MostWork)
                    return false;
                var matches = preferred.Count > 0 && Step(preferred[^1]).Step is Re2Step.Match;
                if (_longest ? matches != all.Exists(at => Step(at).Step is Re2Step.Match) : state.IsOver && matches)
                    return false;
                if (point == End)
                    continue;
                var (nextPreferred, nextAll) = (Advance(preferred, point), Advance(all, point));
                if (nextPreferred.Length + nextAll.Length > 0)
                    Add(new(nextPreferred, nextAll, Kind(point), state.IsOver || matches));
            }
        }
        return true;

        void Add(State state)
        {
            if (known.Add(state.Key))
                waiting.Push(state);
        }
    }

    Re2Instruction Step(int at) => _program.Instructions[at];

    /// <summary>The characters and the match that the threads come to without reading, best first; behind a match nothing counts when cut.</summary>
    List<int> Closure(int[] threads, int before, int after, bool cut)
    {
        _round++;
        var found = new List<int>();
        var stack = new Stack<int>(threads.Reverse());
        while (stack.TryPop(out var at))
        {
            _work++;
            if (_seen[at] == _round)
                continue;
            _seen[at] = _round;
            var step = Step(at);
            switch (step.Step)
            {
                case Re2Step.Fork:
                    stack.Push(step.Other);
                    stack.Push(step.Next);
                    break;
                case Re2Step.Border:
                    stack.Push(step.Next);
                    break;
                case Re2Step.Anchor:
                    if (Stands(step.Place, before, after))
                        stack.Push(step.Next);
                    break;
                case Re2Step.Match:
                    found.Add(at);
                    if (cut)
                        return found;
                    break;
                default:
                    found.Add(at);
                    break;
            }
        }
        return found;
    }

    int[] Advance(List<int> threads, int point)
    {
        _work += threads.Count;
        return [.. threads.Where(at => Step(at).Set?.Contains(point) == true).Select(at => Step(at).Next).Distinct()];
    }

    int Kind(int point) => !_program.HasAnchors ? End : point == '\n' ? '\n' : Re2Classes.Word.Contains(point) ? 'a' : ' ';

    static bool Stands(Re2Place place, int before, int after) => place switch
    {
        Re2Place.TextStart => before == End,
        Re2Place.TextEnd => after == End,
        Re2Place.LineStart => before is End or '\n',
        Re2Place.LineEnd => after is End or '\n',
        Re2Place.WordEdge => Re2Classes.Word.Contains(before) != Re2Classes.Word.Contains(after),
        _ => Re2Classes.Word.Contains(before) == Re2Classes.Word.Contains(after),
    };
}
