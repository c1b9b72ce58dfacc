using System.Globalization;
using System.Text;

namespace PyBase.Extraction.Dxf.Text;

/// <summary>One row of a feature control frame, or a line below it.</summary>
/// <param name="Line">From 1, in the order of the content.</param>
/// <param name="Text">All cells, parted by <c>|</c>, with symbols as characters.</param>
/// <param name="Characteristic">The name of the first cell's symbol; null when it has none.</param>
/// <param name="First">The first tolerance.</param>
/// <param name="Second">The second one.</param>
/// <param name="Datums">Three, each null when there is none: <c>A(M)</c>.</param>
/// <param name="IsFrame">Whether the line has cells; the others hold the height of a projected zone or a datum's letter.</param>
sealed record ToleranceLine(int Line, string Text, string? Characteristic, ToleranceCell First, ToleranceCell Second, IReadOnlyList<string?> Datums, bool IsFrame);

/// <summary>One tolerance.</summary>
/// <param name="IsDiametral">⌀ stands before it.</param>
/// <param name="Text">As written, without ⌀ and modifiers; null for none.</param>
/// <param name="Value">The text as a number.</param>
/// <param name="Modifiers">The letters of the circled ones behind it: <c>MP</c>.</param>
readonly record struct ToleranceCell(bool IsDiametral, string? Text, double? Value, string? Modifiers);

/// <summary>
/// Reads the content of a TOLERANCE. Rows are parted by <c>^J</c>, cells by <c>%%v</c>, symbols are letters of the font gdt:
/// <code>{\Fgdt;j}%%v{\Fgdt;n}0.1{\Fgdt;m}%%vA%%vB%%v%%v^J…</code>
/// A cell is characteristic, tolerance, second tolerance, first, second, third datum.
/// </summary>
static class ToleranceFrame
{
    const int MaxLines = 100;

    static readonly Dictionary<char, (string Name, char Sign)> Characteristics = new()
    {
        ['a'] = ("angularity", '∠'), ['b'] = ("perpendicularity", '⟂'), ['c'] = ("flatness", '⏥'), ['d'] = ("surface_profile", '⌓'),
        ['e'] = ("circularity", '○'), ['f'] = ("parallelism", '∥'), ['g'] = ("cylindricity", '⌭'), ['h'] = ("circular_runout", '↗'),
        ['i'] = ("symmetry", '⌯'), ['j'] = ("position", '⌖'), ['k'] = ("line_profile", '⌒'), ['r'] = ("concentricity", '◎'),
        ['t'] = ("total_runout", '⌰'), ['u'] = ("straightness", '⏤'),
    };

    static readonly Dictionary<char, string> s_signs = Characteristics.Values.ToDictionary(characteristic => characteristic.Sign, characteristic => characteristic.Name);

    // Circled letters: maximum, least material, regardless of size, projected, free state, tangent.
    static readonly Dictionary<char, char> Modifiers = new() { ['m'] = 'M', ['l'] = 'L', ['s'] = 'S', ['p'] = 'P', ['v'] = 'F', ['w'] = 'T' };

    public static List<ToleranceLine> Read(string raw)
    {
        List<ToleranceLine> lines = [];
        foreach (var line in raw.Replace("^J", "\n", StringComparison.Ordinal).Replace(@"\P", "\n", StringComparison.Ordinal).Split('\n'))
        {
            if (line.Trim().Length > 0 && lines.Count < MaxLines)
                lines.Add(ReadLine(line, lines.Count + 1));
        }
        return lines;
    }

    static ToleranceLine ReadLine(string line, int number)
    {
        var cells = line.Split("%%v", 7, StringSplitOptions.None).Select((cell, place) => new Symbols(cell, isTolerance: place is 1 or 2)).ToList();
        var isFrame = cells.Count > 1 || cells[0].Characteristic is not null;
        var text = string.Join('|', cells.Select(cell => cell.Text)).TrimEnd('|');
        Symbols? At(int place) => place < cells.Count ? cells[place] : null;
        return new ToleranceLine(number, text, cells[0].Characteristic, Cell(isFrame ? At(1) : null), Cell(isFrame ? At(2) : null),
            [At(3)?.Datum, At(4)?.Datum, At(5)?.Datum], isFrame);
    }

    static ToleranceCell Cell(Symbols? cell)
    {
        if (cell is null || (cell.Value.Length == 0 && !cell.IsDiametral))
            return default;
        var isNumber = double.TryParse(cell.Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        return new ToleranceCell(cell.IsDiametral, cell.Value, isNumber ? value : null, cell.Marks.Length > 0 ? cell.Marks : null);
    }

    // A cell with its symbols told apart.
    sealed class Symbols
    {
        public Symbols(string cell, bool isTolerance)
        {
            StringBuilder text = new(), value = new(), marks = new();
            var i = 0;
            while (i < cell.Length)
            {
                if (TryFont(cell, i, out var isGdt, out var next))
                {
                    InGdt = isGdt;
                    i = next;
                }
                else if (cell[i] is '{' or '}')
                {
                    InGdt = false;
                    i++;
                }
                else if (InGdt)
                    Take(cell[i++], text, marks);
                else if (!TryCharacter(cell[i], text, marks))
                {
                    text.Append(cell[i]);
                    value.Append(marks.Length == 0 || !isTolerance ? cell[i] : ' ');
                    i++;
                }
                else
                    i++;
            }
            (Text, Value, Marks) = (TextMarkup.Plain(text.ToString()).Trim(), TextMarkup.Plain(value.ToString()).Trim(), marks.ToString());
            if (Value.StartsWith('⌀'))
                (Value, IsDiametral) = (Value[1..].Trim(), true);
        }

        public string Text { get; }
        public string Value { get; }
        public string Marks { get; }
        public string? Characteristic { get; private set; }
        public bool IsDiametral { get; private set; }
        public string? Datum => Value.Length == 0 ? null : Marks.Length == 0 ? Value : $"{Value}({string.Join(")(", Marks.ToCharArray())})";

        bool InGdt { get; set; }

        void Take(char letter, StringBuilder text, StringBuilder marks)
        {
            if (letter == 'n')
            {
                IsDiametral = true;
                text.Append('⌀');
            }
            else if (Characteristics.TryGetValue(letter, out var characteristic))
            {
                Characteristic ??= characteristic.Name;
                text.Append(characteristic.Sign);
            }
            else if (Modifiers.TryGetValue(letter, out var mark))
            {
                marks.Append(mark);
                text.Append('(').Append(mark).Append(')');
            }
            else
                text.Append(letter);
        }

        // The signs themselves, as other programs write them.
        bool TryCharacter(char sign, StringBuilder text, StringBuilder marks)
        {
            if (s_signs.TryGetValue(sign, out var name))
            {
                Characteristic ??= name;
                text.Append(sign);
                return true;
            }
            if (sign is not ('Ⓜ' or 'Ⓛ' or 'Ⓢ' or 'Ⓟ' or 'Ⓕ' or 'Ⓣ'))
                return false;
            var mark = (char)(sign - 'Ⓐ' + 'A');
            marks.Append(mark);
            text.Append('(').Append(mark).Append(')');
            return true;
        }

        // \Fgdt; or \fgdt.shx|c0;
        static bool TryFont(string cell, int i, out bool isGdt, out int next)
        {
            (isGdt, next) = (false, i);
            if (cell[i] != '\\' || i + 1 >= cell.Length || cell[i + 1] is not ('F' or 'f'))
                return false;
            var end = cell.IndexOf(';', i);
            if (end < 0)
                return false;
            isGdt = SymbolFont.Is(cell.AsSpan(i, end - i));
            next = end + 1;
            return true;
        }
    }
}
