namespace PyBase.Core.Comments;

/// <summary>People named in a text as <c>@[usr…]</c>.</summary>
public static class Mentions
{
    /// <summary>Their ids, each once.</summary>
    public static IReadOnlyCollection<string> In(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var at = text.IndexOf("@[", StringComparison.Ordinal); at >= 0; at = text.IndexOf("@[", at + 2, StringComparison.Ordinal))
            if (at + 2 + Ids.Id.Length < text.Length && text[at + 2 + Ids.Id.Length] == ']' && text.Substring(at + 2, Ids.Id.Length) is var id && Ids.Id.Is(id, "usr"))
                found.Add(id);
        return found;
    }
}
