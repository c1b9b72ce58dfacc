using System.Text;

namespace PyBase.Core.Imports;

/// <summary>A list in one text: items between commas, one that holds a comma or a quote inside double quotes, as Airtable writes it.</summary>
public static class ListText
{
    /// <summary>The items; blank ones are left out.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        if (!text.Contains('"'))
            return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var items = new List<string>();
        var item = new StringBuilder();
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || text[at] == ',')
            {
                Take();
                continue;
            }
            if (text[at] != '"' || item.ToString().Trim().Length > 0)
            {
                item.Append(text[at]);
                continue;
            }
            item.Clear();
            for (at++; at < text.Length && (text[at] != '"' || at + 1 < text.Length && text[at + 1] == '"'); at++)
            {
                item.Append(text[at]);
                if (text[at] == '"')
                    at++;
            }
        }
        return items;

        void Take()
        {
            if (item.ToString().Trim() is { Length: > 0 } whole)
                items.Add(whole);
            item.Clear();
        }
    }

    /// <summary>The items in one text.</summary>
    public static string Join(IEnumerable<string> items) => string.Join(", ", items.Select(item =>
        item.AsSpan().IndexOfAny(',', '"') >= 0 || item.Trim() != item ? $"\"{item.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : item));
}
