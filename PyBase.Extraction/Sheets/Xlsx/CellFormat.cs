using System.Globalization;

namespace PyBase.Extraction.Sheets.Xlsx;

/// <summary>What a cell's style makes of its number: a date, a text padded with zeros, or the number itself.</summary>
/// <param name="ZeroPad">Digits of a format like <c>00000</c>; 0 for others.</param>
readonly record struct CellFormat(bool IsDate, bool HasTime, int ZeroPad, int Indent)
{
    const int FirstDate = 14, LastDate = 22, FirstTime = 45, LastTime = 47;

    public static CellFormat Of(int id, string? code, int indent)
    {
        if (code is null)
            return new CellFormat(id is >= FirstDate and <= LastDate or >= FirstTime and <= LastTime or >= 27 and <= 36 or >= 50 and <= 58, id is 18 or 19 or 20 or 21 or 22 or >= FirstTime and <= LastTime, 0, indent);
        if (code.Length is > 1 and <= 20 && code.All(letter => letter == '0'))
            return new CellFormat(false, false, code.Length, indent);
        bool date = false, time = false, quoted = false, bracket = false;
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '[' when !quoted:
                    // [h]:mm is a time; [Red] and [$-407] are not.
                    bracket = i + 1 < code.Length && code[i + 1] is not ('h' or 'H' or 'm' or 's');
                    time |= !bracket;
                    break;
                case ']':
                    bracket = false;
                    break;
                case 'y' or 'Y' or 'd' or 'D' when !quoted && !bracket:
                    date = true;
                    break;
                case 'h' or 'H' or 's' or 'S' when !quoted && !bracket:
                    time = true;
                    break;
            }
        }
        return new CellFormat(date || time, time, 0, indent);
    }

    /// <summary>The text of a stored number, and its kind.</summary>
    public (string Text, string Kind) Show(string stored, bool is1904)
    {
        if (!decimal.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return (stored, "number");
        if (IsDate && DateOf(number, is1904) is { } date)
            return (HasTime || date.TimeOfDay != TimeSpan.Zero ? date.ToString(date.Date == Epoch(is1904).Date && number < 1 ? "HH:mm:ss" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) : date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "date");
        // A binary fraction next to what was typed: 0.1 is stored as 0.10000000000000001. What needs all digits to be told was computed, and keeps them.
        if (number.Scale > 12 && double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var binary) && binary.ToString("G15", CultureInfo.InvariantCulture) is var shown
            && shown.Count(char.IsAsciiDigit) < 15 && decimal.TryParse(shown, NumberStyles.Float, CultureInfo.InvariantCulture, out var typed))
            number = typed;
        var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
        return ZeroPad > text.Length && text.All(char.IsDigit) ? (text.PadLeft(ZeroPad, '0'), "text") : (text, "number");
    }

    static DateTime Epoch(bool is1904) => is1904 ? new DateTime(1904, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) : new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    static DateTime? DateOf(decimal number, bool is1904)
    {
        if (number is < 0 or >= 2_958_466)
            return null;
        // Excel counts a 29 February 1900 that never was.
        var days = !is1904 && number is >= 1 and < 60 ? number + 1 : number;
        return Epoch(is1904).AddMilliseconds((double)Math.Round(days * 86_400_000m / 1000) * 1000);
    }
}
