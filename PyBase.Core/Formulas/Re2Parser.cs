using System.Globalization;
using System.Text;

namespace PyBase.Core.Formulas;

/// <summary>Reads the regular expressions of RE2 (https://github.com/google/re2/wiki/Syntax). What it does not accept has a reason.</summary>
sealed class Re2Parser
{
    /// <summary>As in RE2: of one count, and of counts inside each other.</summary>
    const int MostRepeats = 1000;
    const int LongestPattern = 2000;
    const int DeepestNesting = 100;
    const int End = -1;

    readonly int[] _text;
    int _at;
    int _depth;
    int _groups;
    Flags _flags;
    string? _refusal;

    Re2Parser(string pattern) => _text = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];

    /// <summary>The pattern and the number of its groups, or why not.</summary>
    public static (Re2Node Pattern, int Groups, string? Refusal) Parse(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return (Empty, 0, $"the pattern is longer than {LongestPattern} characters");
        var parser = new Re2Parser(pattern);
        var node = parser.ReadChoice();
        if (parser.Next == ')')
            parser.Refuse("there is a ) without its (");
        return (node, parser._groups, parser._refusal);
    }

    static Re2Node Empty { get; } = new Re2Sequence([]);

    int Next => Peek(0);

    int Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : End;

    /// <summary>The first reason counts; reading goes to the end, where every loop stops.</summary>
    Re2Node Refuse(string reason)
    {
        _refusal ??= reason;
        _at = _text.Length;
        return Empty;
    }

    bool Take(int expected)
    {
        if (Next != expected)
            return false;
        _at++;
        return true;
    }

    Re2Node ReadChoice()
    {
        if (++_depth > DeepestNesting)
            return Refuse($"it has more than {DeepestNesting} groups inside each other");
        var branches = new List<Re2Node> { ReadSequence() };
        while (Take('|'))
            branches.Add(ReadSequence());
        _depth--;
        return branches is [var only] ? only : new Re2Choice(branches);
    }

    Re2Node ReadSequence()
    {
        var items = new List<Re2Node>();
        while (Next is not (End or '|' or ')'))
        {
            if (Next == '\\' && Peek(1) == 'Q')
                ReadQuoted(items);
            else if (ReadAtom() is { } atom)
                items.Add(ReadRepeats(atom));
        }
        return items is [var only] ? only : new Re2Sequence(items);
    }

    void ReadQuoted(List<Re2Node> items)
    {
        _at += 2;
        while (Next != End && !(Next == '\\' && Peek(1) == 'E'))
            items.Add(Literal(_text[_at++]));
        _at = Math.Min(_at + 2, _text.Length);
        // A repeat behind \E is of the last character.
        if (items.Count > 0)
            items[^1] = ReadRepeats(items[^1]);
    }

    /// <summary>Null for what stands for nothing, such as (?i).</summary>
    Re2Node? ReadAtom()
    {
        var point = _text[_at++];
        switch (point)
        {
            case '(':
                return ReadGroup();
            case '[':
                return ReadBracket();
            case '\\':
                return ReadEscape();
            case '.':
                return new Re2Characters(Has(Flags.DotAll) ? CodePoints.All : Re2Classes.Newline.Without);
            case '^':
                return new Re2Anchor(Has(Flags.Lines) ? Re2Place.LineStart : Re2Place.TextStart);
            case '$':
                return new Re2Anchor(Has(Flags.Lines) ? Re2Place.LineEnd : Re2Place.TextEnd);
            case '*' or '+' or '?':
                return Refuse($"there is nothing before {(char)point} to repeat");
            case '{' when Counts(_at) is not null:
                return Refuse("there is nothing before { to repeat");
            default:
                return Literal(point);
        }
    }

    Re2Node ReadRepeats(Re2Node item)
    {
        if (Repeat() is not { } first)
            return item;
        if (first.Least > MostRepeats || first.Most > MostRepeats)
            return Refuse($"it repeats more than {MostRepeats} times");
        if (first.Most < first.Least)
            return Refuse("a repeat ends below its start");
        var lazy = Take('?') != Has(Flags.Ungreedy);
        if (Repeat() is not null)
            return Refuse("a repeat follows a repeat");
        Re2Node repeat = new Re2Repeat(item, first.Least, first.Most, lazy);
        if (item.IsZeroWidth)
            // A place repeated is the place, or nothing at all.
            return first.Least > 0 ? item : Empty;
        return repeat.Size > MostRepeats * 2 ? Refuse($"written out, its repeats are more than {MostRepeats * 2} characters") : repeat;
    }

    (int Least, int? Most)? Repeat()
    {
        switch (Next)
        {
            case '*':
                _at++;
                return (0, null);
            case '+':
                _at++;
                return (1, null);
            case '?':
                _at++;
                return (0, 1);
            case '{' when Counts(_at + 1) is { } counts:
                _at = counts.End;
                return (counts.Least, counts.Most);
            default:
                return null;
        }
    }

    /// <summary><c>2}</c>, <c>2,}</c> or <c>2,5}</c>; anything else behind a brace makes it a literal one.</summary>
    (int Least, int? Most, int End)? Counts(int at)
    {
        if (ReadNumber(ref at) is not { } least)
            return null;
        int? most = least;
        if (at < _text.Length && _text[at] == ',')
        {
            at++;
            most = ReadNumber(ref at);
        }
        return at < _text.Length && _text[at] == '}' ? (least, most, at + 1) : null;
    }

    int? ReadNumber(ref int at)
    {
        var start = at;
        var number = 0;
        for (; at < _text.Length && _text[at] is >= '0' and <= '9'; at++)
            number = Math.Min(number * 10 + _text[at] - '0', MostRepeats + 1);
        return at == start ? null : number;
    }

    Re2Node? ReadGroup()
    {
        var flags = _flags;
        int? number = null;
        if (!Take('?'))
            number = ++_groups;
        else if (Take('P') && Next != '<' || Next == '<' && Peek(1) is not ('=' or '!'))
        {
            if (!Take('<'))
                return Refuse("(?P stands before a group's <name>");
            var start = _at;
            while (Next != End && Re2Classes.Word.Contains(Next))
                _at++;
            if (_at == start || !Take('>'))
                return Refuse("a group's name is letters, digits and _ between < and >");
            number = ++_groups;
        }
        else if (Next is '=' or '!' or '<')
            return Refuse("RE2 has no look-around, such as (?=");
        else if (ReadFlags() is { } scoped)
        {
            if (!scoped)
                return null;
        }
        var inner = ReadChoice();
        if (!Take(')'))
            return Refuse("there is a ( without its )");
        _flags = flags;
        return new Re2Group(inner, number);
    }

    /// <summary>True before a group (<c>(?i:</c>), false when they are for the rest of this one (<c>(?i)</c>).</summary>
    bool? ReadFlags()
    {
        var on = true;
        while (Next != End)
        {
            switch (_text[_at++])
            {
                case ':':
                    return true;
                case ')':
                    return false;
                case '-':
                    on = false;
                    break;
                case 'i':
                    Set(Flags.AnyCase, on);
                    break;
                case 'm':
                    Set(Flags.Lines, on);
                    break;
                case 's':
                    Set(Flags.DotAll, on);
                    break;
                case 'U':
                    Set(Flags.Ungreedy, on);
                    break;
                default:
                    Refuse("(? stands before :, P<name> or the flags i, m, s and U");
                    return null;
            }
        }
        Refuse("there is a ( without its )");
        return null;
    }

    Re2Node ReadEscape()
    {
        switch (Next)
        {
            case 'A':
                _at++;
                return new Re2Anchor(Re2Place.TextStart);
            case 'z':
                _at++;
                return new Re2Anchor(Re2Place.TextEnd);
            case 'b':
                _at++;
                return new Re2Anchor(Re2Place.WordEdge);
            case 'B':
                _at++;
                return new Re2Anchor(Re2Place.NoWordEdge);
            case 'C':
                return Refuse("\\C is a byte, and text has none");
        }
        if (ReadClass() is { } set)
            return new Re2Characters(set);
        return ReadCharacter() is { } point ? Literal(point) : Empty;
    }

    /// <summary><c>\d</c>, <c>\pL</c> and their like, behind the backslash; null when something else is there.</summary>
    CodePoints? ReadClass()
    {
        switch (Next)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                var letter = _text[_at++];
                var set = (letter | 0x20) switch { 'd' => Re2Classes.Digit, 's' => Re2Classes.Space, _ => Re2Classes.Word };
                return Signed(set, without: letter is 'D' or 'S' or 'W');
            case 'p' or 'P':
                var without = _text[_at++] == 'P';
                var name = "";
                if (Take('{'))
                {
                    without ^= Take('^');
                    while (Next is not (End or '}'))
                        name += new Rune(_text[_at++]);
                    if (!Take('}'))
                        Refuse("a { has no }");
                }
                else if (Next != End)
                    name = new Rune(_text[_at++]).ToString();
                if (Re2Classes.Unicode(name) is not { } found)
                {
                    Refuse($"there is no general category {name} (scripts are not known here)");
                    return CodePoints.All;
                }
                return Signed(found, without);
            default:
                return null;
        }
    }

    /// <summary>The one character that an escape means, behind the backslash.</summary>
    int? ReadCharacter()
    {
        if (Next == End)
        {
            Refuse("it ends with a backslash");
            return null;
        }
        var point = _text[_at++];
        switch (point)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return ReadHex();
            case >= '1' and <= '7' when Next is not (>= '0' and <= '7'):
                Refuse($"RE2 has no back-references, such as \\{(char)point}");
                return null;
            case >= '0' and <= '7':
                var octal = point - '0';
                for (var more = 0; more < 2 && Next is >= '0' and <= '7'; more++)
                    octal = octal * 8 + _text[_at++] - '0';
                return octal;
            case < 0x80 when !Re2Classes.Word.Contains(point):
                return point;
            default:
                Refuse($"\\{new Rune(point)} is not an escape of RE2");
                return null;
        }
    }

    int? ReadHex()
    {
        var digits = "";
        if (Take('{'))
        {
            while (Next is not (End or '}') && digits.Length < 8)
                digits += new Rune(_text[_at++]);
            _at++;
        }
        else
            for (; digits.Length < 2 && Next != End; _at++)
                digits += new Rune(_text[_at]);
        if (digits.Length > 0 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) && point is >= 0 and <= CodePoints.Last)
            return point;
        Refuse("\\x stands before two hexadecimal digits, or up to six in braces");
        return null;
    }

    Re2Node ReadBracket()
    {
        var without = Take('^');
        var ranges = new List<(int, int)>();
        var classes = new List<(int, int)>();
        for (var first = true; first || Next != ']'; first = false)
        {
            if (Next == End)
                return Refuse("there is a [ without its ]");
            if (Next == '[' && Peek(1) == ':')
            {
                if (ReadPosix() is { } posix)
                {
                    classes.AddRange(posix.Ranges);
                    continue;
                }
                if (Next == End)
                    return Empty;
            }
            if (Next == '\\' && Peek(1) is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P')
            {
                _at++;
                classes.AddRange(ReadClass()!.Ranges);
                continue;
            }
            if (BracketEnd() is not { } low)
                return Empty;
            var high = low;
            if (Next == '-' && Peek(1) is not (']' or End))
            {
                _at++;
                if (BracketEnd() is not { } to)
                    return Empty;
                high = to;
            }
            if (high < low)
                return Refuse("a range in [ ] ends below its start");
            ranges.Add((low, high));
        }
        _at++;
        var set = CodePoints.Of(ranges);
        if (Has(Flags.AnyCase))
            set = Re2Classes.Fold(set);
        set = CodePoints.Of(set.Ranges.Concat(classes));
        return new Re2Characters(without ? set.Without : set);
    }

    int? BracketEnd()
    {
        if (Next == End)
        {
            Refuse("there is a [ without its ]");
            return null;
        }
        return Take('\\') ? ReadCharacter() : _text[_at++];
    }

    /// <summary><c>[:alpha:]</c> or <c>[:^alpha:]</c>; null where no such thing stands.</summary>
    CodePoints? ReadPosix()
    {
        var end = _at + 2;
        while (end + 1 < _text.Length && !(_text[end] == ':' && _text[end + 1] == ']'))
            end++;
        if (end + 1 >= _text.Length)
            return null;
        var name = string.Concat(_text[(_at + 2)..end].Select(point => new Rune(point).ToString()));
        var without = name.StartsWith('^');
        if (Re2Classes.Posix(without ? name[1..] : name) is not { } set)
        {
            Refuse($"there is no class [:{name}:]");
            return null;
        }
        _at = end + 2;
        return Signed(set, without);
    }

    /// <summary>Case is ignored before the class is turned round: not a letter is not a letter of either case.</summary>
    CodePoints Signed(CodePoints set, bool without)
    {
        var folded = Has(Flags.AnyCase) ? Re2Classes.Fold(set) : set;
        return without ? folded.Without : folded;
    }

    Re2Characters Literal(int point)
    {
        var one = CodePoints.Of((point, point));
        return new(Has(Flags.AnyCase) ? Re2Classes.Fold(one) : one);
    }

    bool Has(Flags flag) => (_flags & flag) != 0;

    void Set(Flags flag, bool on) => _flags = on ? _flags | flag : _flags & ~flag;

    [Flags]
    enum Flags
    {
        None = 0,
        AnyCase = 1,
        Lines = 2,
        DotAll = 4,
        Ungreedy = 8,
    }
}
