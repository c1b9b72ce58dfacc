using System.Globalization;
using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Ifc;

/// <summary>The keywords that are read and what is known about them: first the <see cref="IfcWord"/>s, then the classes.</summary>
static class IfcSchema
{
    static readonly string[] Words = Enum.GetNames<IfcWord>();
    static readonly IfcClass[] Classes = Parse(IfcClassTable.Text);

    public static readonly KeywordSet Keywords = new(
        [.. Words.Select(word => "IFC" + word.ToUpperInvariant()), .. Classes.Select(each => each.Name.ToUpperInvariant())]);

    /// <summary>The class of a keyword's number; null when it is no object or type.</summary>
    public static IfcClass? ClassOf(int keyword) => keyword >= Words.Length ? Classes[keyword - Words.Length] : null;

    /// <summary>A keyword as the schema writes it: <c>IfcMaterialLayerSet</c>.</summary>
    public static string NameOf(int keyword) => ClassOf(keyword)?.Name ?? "Ifc" + Words[keyword];

    static IfcClass[] Parse(string table)
    {
        List<IfcClass> classes = [];
        List<IfcClass> path = [];
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var depth = line.Length - line.AsSpan().TrimStart().Length;
            var words = line.Trim().Split(' ', '/');
            var own = depth == 0 ? new IfcClass(words[0]) : path[depth - 1].Subtype(words[0]);
            if (words.Length > 1)
                own = own with { PredefinedType = Position(words[1]), OldPredefinedType = Position(words[^1]) };
            path.RemoveRange(depth, path.Count - depth);
            path.Add(own);
            classes.Add(own);
        }
        return [.. classes];
    }

    static int Position(string word) => word == "-" ? -1 : int.Parse(word, CultureInfo.InvariantCulture);
}
