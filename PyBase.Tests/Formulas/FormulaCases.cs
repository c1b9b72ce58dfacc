using PyBase.Tests.Support;

namespace PyBase.Tests.Formulas;

/// <summary>The cases of <c>cases*.txt</c>: <c>## FUNCTION</c>, and lines of <c>formula => result</c>.</summary>
static class FormulaCases
{
    public static readonly IReadOnlyList<(string Heading, string Formula, string Result)> All = [.. Read()];

    static IEnumerable<(string, string, string)> Read()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "PyBase.Tests", "Formulas"), "cases*.txt").Order(StringComparer.Ordinal))
        {
            var heading = "";
            foreach (var line in File.ReadLines(file))
                if (line.StartsWith("## ", StringComparison.Ordinal))
                    heading = line[3..].Trim();
                else if (heading.Length > 0 && line.LastIndexOf(" => ", StringComparison.Ordinal) is >= 0 and var arrow)
                    yield return (heading, line[..arrow], line[(arrow + 4)..]);
        }
    }
}
