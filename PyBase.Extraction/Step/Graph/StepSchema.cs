using System.Text;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>The keywords that are read; a keyword's number is its <see cref="StepWord"/>.</summary>
static class StepSchema
{
    static readonly string[] Names = [.. Enum.GetNames<StepWord>().Select(ToKeyword)];

    public static readonly KeywordSet Keywords = new(Names);

    public static int Count => Names.Length;

    /// <summary>As the file writes it: <c>ADVANCED_FACE</c>.</summary>
    public static string NameOf(StepWord word) => (int)word < Names.Length ? Names[(int)word] : "";

    /// <summary>For people: <c>surface profile tolerance</c>.</summary>
    public static string Readable(StepWord word) => NameOf(word).ToLowerInvariant().Replace('_', ' ');

    // "Axis2Placement3d" is AXIS2_PLACEMENT_3D.
    static string ToKeyword(string word)
    {
        var keyword = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            if (i > 0 && (char.IsUpper(word[i]) || (char.IsDigit(word[i]) && i + 1 < word.Length && word[i + 1] == 'd')))
                keyword.Append('_');
            keyword.Append(char.ToUpperInvariant(word[i]));
        }
        return keyword.ToString();
    }
}
