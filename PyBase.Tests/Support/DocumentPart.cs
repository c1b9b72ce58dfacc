namespace PyBase.Tests.Support;

/// <summary>A part of a document that a command writes: what stands between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>.</summary>
public static class DocumentPart
{
    public static void Write(string document, string name, string text)
    {
        var path = Path.Combine(Repository.Root, "docs", document);
        var all = File.ReadAllText(path);
        var (first, last) = ($"<!-- {name} -->\n", $"<!-- end of {name} -->");
        var (start, end) = (all.IndexOf(first, StringComparison.Ordinal), all.IndexOf(last, StringComparison.Ordinal));
        if (start < 0 || end < start)
            throw new InvalidOperationException($"{document} has no part {name}.");
        File.WriteAllText(path, $"{all[..(start + first.Length)]}{text.TrimEnd()}\n{all[end..]}");
    }
}
