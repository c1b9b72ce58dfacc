using System.Globalization;
using System.Text;

namespace PyBase.Storage.Formulas;

/// <summary>The one place where something that a stranger typed becomes part of a statement.</summary>
static class SqlLiterals
{
    public static string Text(string text)
    {
        var safe = new StringBuilder("'", text.Length + 2);
        var escaped = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                safe.Append(c).Append(text[++i]);
            else if (c is '\0')
                continue;
            else if (char.IsSurrogate(c))
                safe.Append('\uFFFD');
            else if (c is '\'' or '\\')
                (_, escaped) = (safe.Append(c).Append(c), escaped | c is '\\');
            else
                safe.Append(c);
        }
        safe.Append('\'');
        return escaped ? "E" + safe : safe.ToString();
    }

    public static string Number(double number) =>
        double.IsFinite(number) && number >= 0 && !double.IsNegative(number)
            ? number.ToString("R", CultureInfo.InvariantCulture) + "::float8"
            : $"'{number.ToString("R", CultureInfo.InvariantCulture)}'::float8";

    public static string Date(DateOnly day) => $"'{day:yyyy-MM-dd}'::date";

    public static string Instant(DateTimeOffset moment) => string.Create(CultureInfo.InvariantCulture, $"'{moment.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'::timestamptz");

    public static string Texts(IEnumerable<string> texts) => $"array[{string.Join(", ", texts.Select(Text))}]::text[]";
}
