using System.Globalization;
using System.Text;
using PyBase.Core.Formulas;
using PyBase.Tests.Support;

namespace PyBase.Tests.Formulas;

/// <summary>The list of functions in <c>docs/formulas.md</c> is made from the catalogue; this test makes it, and fails when the page has another one.</summary>
public sealed class FormulaPageTests
{
    const string Heading = "## Functions and operators\n";

    [Fact]
    public void The_page_lists_every_function()
    {
        var page = Path.Combine(Repository.Root, "docs", "formulas.md");
        var text = File.ReadAllText(page);
        var wanted = text[..(text.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length)] + List();
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            File.WriteAllText(page, text = wanted);
        Assert.True(text == wanted, "docs/formulas.md is out of date: PYBASE_WRITE_DOCS=1 eng/test.sh --filter-class '*FormulaPageTests' writes it anew.");
    }

    static string List()
    {
        var list = new StringBuilder();
        foreach (var (title, functions) in Catalogue.Families)
        {
            list.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n| | |\n|---|---|\n");
            foreach (var function in functions)
                list.Append(CultureInfo.InvariantCulture, $"| `{function.Usage}` | {function.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
        return list.ToString();
    }
}
