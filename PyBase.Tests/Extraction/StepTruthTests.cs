using System.Text;
using System.Text.Json;
using PyBase.Extraction.Step;
using Xunit;

namespace PyBase.Tests.Extraction;

/// <summary>Real files against what an independent reader found in them; both lie beside the repository where they exist at all.</summary>
public sealed class StepTruthTests
{
    const string Absent = "(none)";

    static readonly string? Shared = FindShared();

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        if (Shared is null)
        {
            files.Add(Absent);
            return files;
        }
        var folder = Path.Combine(Shared, "drawings", "step");
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            files.Add(Path.GetRelativePath(folder, file));
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Parts_lines_and_external_files_are_those_of_the_independent_reader(string file)
    {
        Assert.SkipWhen(Shared is null, "shared/data/drawings/step is not present");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared!, "truth", "step", file + ".json")));
        using var stream = File.OpenRead(Path.Combine(Shared!, "drawings", "step", file));
        var structure = StepReader.Read(stream, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(structure.HasErrors);
        var expected = new Expected(truth.RootElement);
        Assert.Equal(expected.Parts.Order(), structure.Parts.Select(part => (part.PartNumber, part.Name)).Order());
        Assert.Equal(expected.Lines.Order(), structure.Lines().Select(line => (line.Level, line.Parent.PartNumber, line.Part.PartNumber, line.Quantity!.Value)).Order());
        Assert.Equal(structure.LineCount, structure.Lines().Select(line => line.Path).Distinct().Count());
        Assert.Equal(expected.ExternalFiles, structure.ExternalFiles.Select(external => external.Name));
        Assert.Equal(truth.RootElement.GetProperty("instances").GetInt64(), structure.Statistics.Entities);
        Assert.DoesNotContain(structure.Findings, finding => finding.Code is "syntax-error" or "dangling-reference" or "duplicate-id");
        if (expected.LeafQuantities.Keys.All(name => name.Length > 0))
            Assert.Equal(expected.LeafQuantities.OrderBy(leaf => leaf.Key), Leaves(structure).OrderBy(leaf => leaf.Key));
    }

    static Dictionary<string, decimal> Leaves(StepStructure structure)
    {
        var assemblies = structure.Lines().Select(line => line.Parent.Index).ToHashSet();
        return structure.Lines().Where(line => !assemblies.Contains(line.Part.Index))
            .GroupBy(line => line.Part.Name).ToDictionary(leaf => leaf.Key, leaf => leaf.Sum(line => line.TotalQuantity!.Value));
    }

    static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(Path.Combine(data, "drawings", "step")))
                return data;
        }
        return null;
    }

    sealed class Expected
    {
        readonly Dictionary<string, string> repaired = [];
        readonly HashSet<long> seen = [];

        public Expected(JsonElement truth)
        {
            // The truth's texts are Latin-1 where a file holds raw bytes; beside it stands what the bytes mean.
            foreach (var raw in truth.GetProperty("raw_8bit_strings").EnumerateArray())
                repaired.Add(Encoding.Latin1.GetString(Convert.FromHexString(raw.GetProperty("hex").GetString()!)).Trim('\''), raw.GetProperty("heuristic_best").GetString()!);
            foreach (var root in truth.GetProperty("assembly_roots").EnumerateArray())
                Add(root, 0);
            ExternalFiles = [.. truth.GetProperty("external_documents").EnumerateArray().Select(document => document[0].GetString()!)];
            foreach (var leaf in truth.GetProperty("flat_leaf_quantities").EnumerateObject())
                LeafQuantities.Add(Repair(leaf.Name), leaf.Value.GetDecimal());
        }

        public List<(string Number, string Name)> Parts { get; } = [];
        public List<(int Level, string Parent, string Part, decimal Quantity)> Lines { get; } = [];
        public Dictionary<string, decimal> LeafQuantities { get; } = [];
        public List<string> ExternalFiles { get; }

        void Add(JsonElement node, int level)
        {
            if (seen.Add(node.GetProperty("pd").GetInt64()))
                Parts.Add((Number(node), Repair(node.GetProperty("product_name").GetString()!)));
            if (!node.TryGetProperty("children", out var children))
                return;
            foreach (var child in children.EnumerateArray())
            {
                Lines.Add((level + 1, Number(node), Number(child), child.GetProperty("qty").GetDecimal()));
                Add(child, level + 1);
            }
        }

        string Number(JsonElement node) => Repair(node.GetProperty("product_id").GetString()!);

        string Repair(string text) => string.IsNullOrWhiteSpace(text) ? "" : repaired.GetValueOrDefault(text, text);
    }
}
