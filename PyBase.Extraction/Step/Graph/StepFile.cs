using PyBase.Extraction.Part21;

namespace PyBase.Extraction.Step;

/// <summary>One file, read but not yet understood.</summary>
sealed class StepFile
{
    /// <summary>Without folder; empty where the caller gave none.</summary>
    public required string Name { get; init; }
    public required Part21Header Header { get; init; }
    public required StepGraph Graph { get; init; }
    public required StepUnits Units { get; init; }
    public required ProductInstances Instances { get; init; }

    /// <summary>Whether rows must say which file they are from.</summary>
    public required bool IsOneOfSeveral { get; init; }

    public string Locator(int place) => Locator(Graph.Id(place));

    public string Locator(long id) => (IsOneOfSeveral ? Name : "") + ProductInstances.Locator(id);

    /// <summary>Keeps of one stream what may matter.</summary>
    public static StepFile Read(Part21Reader reader, string name, bool isOneOfSeveral, FindingList findings, StepOptions options, CancellationToken cancellation)
    {
        var graph = new StepGraph(reader.Decoder);
        var instances = new ProductInstances(findings, options) { Name = id => (isOneOfSeveral ? name : "") + ProductInstances.Locator(id) };
        while (reader.Read(cancellation))
        {
            graph.Add(reader);
            if ((reader.IsComplex ? reader.Keyword < (int)StepWord.CartesianPoint : reader.Keyword <= (int)StepWord.CountMeasureWithUnit) && !instances.Take(reader))
                break;
            if (graph.Bytes > options.MaxKeptBytes)
            {
                findings.Fail(FindingCode.StructureTooLarge, $"There are more bytes that may matter than the limit allows; the rest was not read.");
                break;
            }
        }
        graph.Seal(reader.InstancesRead, findings, cancellation);
        return new StepFile { Name = name, Header = reader.Header, Graph = graph, Units = new StepUnits(graph), Instances = instances, IsOneOfSeveral = isOneOfSeveral };
    }
}
