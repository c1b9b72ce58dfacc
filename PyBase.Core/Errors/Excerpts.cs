namespace PyBase.Core.Errors;

/// <summary>Strangers' words inside a message.</summary>
public static class Excerpts
{
    const int Longest = 255;

    /// <summary>The text, or its beginning: a refusal does not send megabytes back.</summary>
    public static string Excerpt(this string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
