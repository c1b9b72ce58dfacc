namespace PyBase.Tests.Formulas;

/// <summary>Formulas over <see cref="RandomRows"/>, of any function that the interpreter knows.</summary>
sealed class RandomFormulas(Random random)
{
    static readonly string[] Numbers = ["0", "1", "-1", "2", "3", "0.1", "0.2", "2.5", "-3.75", "10", "100", "1e15", "1e20", "1e-7", "123456789", "1e300", "1e-300", "1.7e308", "5e-324", "{N1}", "{N2}", "{N3}", "{N1}", "{N2}", "{Wrong}"];
    static readonly string[] Texts = ["''", "'a'", "'A'", "'abcabc'", "'12'", "'-3.5'", "'1e5'", "'x y'", "'é世😀'", "'50%'", "' 7 '", "'b'", "{T1}", "{T2}", "{T1}", "{T2}"];

    string One(params string[] choices) => choices[random.Next(choices.Length)];

    public string Any(int depth) => random.Next(8) switch
    {
        0 or 1 => Number(depth),
        2 or 3 => Text(depth),
        4 => Truth(depth),
        5 => Day(depth),
        6 => List(depth),
        _ => One("BLANK()", "{M1}", "{B1}"),
    };

    public string Number(int depth)
    {
        if (depth <= 0 || random.Next(6) == 0)
            return One(Numbers);
        string n() => Number(depth - 1);
        string t() => Text(depth - 1);
        return random.Next(20) switch
        {
            < 7 => $"({n()} {One("+", "-", "*", "/")} {n()}{(random.Next(2) == 0 ? "" : $" {One("+", "-", "*", "/")} {n()}")})",
            7 => $"-{n()}",
            8 => $"{One("ABS", "INT", "EVEN", "ODD", "SQRT", "EXP", "LN", "LOG", "ROUND", "CEILING", "FLOOR", "ROUNDUP", "ROUNDDOWN")}({n()})",
            9 => $"{One("ROUND", "ROUNDUP", "ROUNDDOWN", "MOD", "CEILING", "FLOOR", "POWER", "LOG")}({n()}, {n()})",
            10 => $"{One("SUM", "AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "COUNTALL", "COUNTBLANK")}({string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any(depth - 1)))})",
            11 => $"IF({Truth(depth - 1)}, {n()}, {n()})",
            12 => $"LEN({t()})",
            13 => $"{One("FIND", "SEARCH")}({t()}, {t()}{(random.Next(2) == 0 ? "" : $", {n()}")})",
            14 => $"VALUE({t()})",
            15 => $"IFERROR({n()}, {n()})",
            16 => $"SWITCH({Any(depth - 1)}, {Any(depth - 1)}, {n()}, {Any(depth - 1)}, {n()}, {n()})",
            17 => $"CONVERT({n()}, {One("'in', 'mm'", "'°C', '°F'", "'km', 'mm'", "'deg', 'rad'")})",
            18 => $"({One("{D1}", "{M1}")} - {One("{D2}", "{M1}")})",
            _ => One("{B1}", "{L1}", t()),
        };
    }

    public string Text(int depth)
    {
        if (depth <= 0 || random.Next(6) == 0)
            return One(Texts);
        string n() => Number(depth - 1);
        string t() => Text(depth - 1);
        return random.Next(12) switch
        {
            < 3 => $"({Any(depth - 1)} & {Any(depth - 1)})",
            3 => $"{One("LEFT", "RIGHT")}({t()}, {n()})",
            4 => $"MID({t()}, {n()}, {n()})",
            5 => $"{One("UPPER", "LOWER", "TRIM", "T", "ENCODE_URL_COMPONENT")}({t()})",
            6 => $"REPLACE({t()}, {n()}, {n()}, {t()})",
            7 => $"SUBSTITUTE({t()}, {t()}, {t()}{(random.Next(2) == 0 ? "" : $", {n()}")})",
            8 => $"REPT({t()}, {One("0", "2", "-1", "3.7", "{N3}")})",
            9 => $"IF({Truth(depth - 1)}, {t()}, {Any(depth - 1)})",
            10 => $"{One("CONCATENATE", "CONCAT")}({Any(depth - 1)}, {Any(depth - 1)})",
            _ => $"ARRAYJOIN({List(depth - 1)}, {One("'/'", "''", "'世'")})",
        };
    }

    public string Truth(int depth)
    {
        if (depth <= 0)
            return One("{B1}", "TRUE", "FALSE", "{N1}", "{T1}");
        string any() => Any(depth - 1);
        string sign() => One("=", "!=", "<", "<=", ">", ">=");
        return random.Next(9) switch
        {
            < 2 => $"({Number(depth - 1)} {sign()} {Number(depth - 1)})",
            2 => $"({Text(depth - 1)} {sign()} {Text(depth - 1)})",
            3 => $"({any()} {sign()} {any()})",
            4 => $"{One("AND", "OR", "XOR")}({any()}, {any()}, {any()})",
            5 => $"NOT({any()})",
            6 => $"{One("ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT")}({any()})",
            7 => $"({Day(depth - 1)} {sign()} {One("{D1}", "{D2}", "{M1}", "'2026-01-31'", "BLANK()")})",
            _ => $"OR({{T1}} = {One(Texts)}, {{T1}} = 'a', {{N1}} = {One(Numbers)}, {{N1}} = 1)",
        };
    }

    string Day(int depth) => depth <= 0 ? One("{D1}", "{D2}") : random.Next(4) switch
    {
        0 => $"IF({Truth(depth - 1)}, {Day(depth - 1)}, {Day(depth - 1)})",
        1 => $"{One("MIN", "MAX")}({Day(depth - 1)}, {Day(depth - 1)})",
        2 => $"({One("{M1}", "{D1}")} {One("+", "-")} {One("{N3}", "1.5", "0.25", Number(depth - 1))})",
        _ => One("{D1}", "{D2}"),
    };

    string List(int depth) => depth <= 0 ? One("{L1}", "{L2}") : random.Next(5) switch
    {
        0 => $"{One("ARRAYUNIQUE", "ARRAYCOMPACT", "ARRAYFLATTEN")}({List(depth - 1)}, {Any(depth - 1)})",
        1 => $"ARRAYSLICE({List(depth - 1)}, {One("1", "2", "-1", "0", "{N3}")}{(random.Next(2) == 0 ? "" : ", " + One("1", "3", "-2", "{N3}"))})",
        2 => $"IF({Truth(depth - 1)}, {One("{L1}", "BLANK()")}, {{L1}})",
        _ => One("{L1}", "{L2}"),
    };
}
