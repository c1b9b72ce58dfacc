using System.Globalization;
using System.Text;
using PyBase.Extraction.Step;
using Xunit;

namespace PyBase.Tests.Extraction;

/// <summary>Product structure in few words: <c>Tree("car wheel 4", "wheel bolt 5")</c> is a STEP file of three products.</summary>
static class StepText
{
    /// <summary>Each usage is "parent child times"; products come in the order of their first mention, their definitions are #1, #2, ….</summary>
    public static string Tree(params string[] usages)
    {
        List<string> products = [];
        var text = new StringBuilder();
        var next = 1_000_000;
        foreach (var usage in usages)
        {
            var words = usage.Split(' ');
            foreach (var name in words.Take(2).Where(name => !products.Contains(name)))
            {
                products.Add(name);
                text.Append(Product(products.Count, name.TrimEnd('\'')));
            }
            for (var i = 0; words.Length == 3 && i < int.Parse(words[2], CultureInfo.InvariantCulture); i++)
                text.Append(CultureInfo.InvariantCulture, $"#{next++}=NEXT_ASSEMBLY_USAGE_OCCURRENCE('','','',#{products.IndexOf(words[0]) + 1},#{products.IndexOf(words[1]) + 1},$);\n");
        }
        return Part21Text.Data(text.ToString());
    }

    /// <summary>A product whose definition is <c>#number</c>.</summary>
    public static string Product(int number, string id, string name = "", string version = "") => string.Create(CultureInfo.InvariantCulture, $"""
        #{number}=PRODUCT_DEFINITION('d','',#{number + 100_000},#9999999);
        #{number + 100_000}=PRODUCT_DEFINITION_FORMATION('{version}','',#{number + 200_000});
        #{number + 200_000}=PRODUCT('{id}','{name}','',(#9999998));

        """);

    public static StepStructure Read(string file, StepOptions? options = null) => Read(Part21Text.Bytes(file), options);

    public static StepStructure Read(byte[] file, StepOptions? options = null) =>
        StepReader.Read(new MemoryStream(file), options, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Lines as "path quantity total".</summary>
    public static List<string> Lines(StepStructure structure) =>
        [.. structure.Lines().Select(line => FormattableString.Invariant($"{line.Path} {Show(line.Quantity)} {Show(line.TotalQuantity)}"))];

    public static List<string> Codes(StepStructure structure) => [.. structure.Findings.Select(finding => finding.Code)];

    static string Show(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
