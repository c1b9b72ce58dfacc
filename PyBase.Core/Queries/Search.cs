using PyBase.Core.Errors;

namespace PyBase.Core.Queries;

/// <summary>Words that all stand somewhere in a record, in any case and order; words in quotation marks stand together.</summary>
public sealed record Search(IReadOnlyList<string> Words)
{
    /// <summary>Longest search, in characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>Most words.</summary>
    public const int MaxWords = 10;

    /// <summary>The words as one text.</summary>
    public string Text() => string.Join('\0', Words);

    /// <summary>Null when the text is blank.</summary>
    public static Result<Search?> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (Search?)null;
        if (text.Length > MaxLength)
            return QueryErrors.SearchTooLong;
        var words = text.Replace("\0", "", StringComparison.Ordinal).Split('"')
            .SelectMany((part, n) => n % 2 == 1 ? [part.Trim()] : part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return words.Length switch
        {
            0 => (Search?)null,
            > MaxWords => QueryErrors.SearchTooLong,
            _ => new Search(words),
        };
    }
}
