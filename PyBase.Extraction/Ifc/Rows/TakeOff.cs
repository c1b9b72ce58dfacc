namespace PyBase.Extraction.Ifc;

/// <summary>Adds elements up by storey, class and type, in the order of their first; openings and other features do not count.</summary>
sealed class TakeOff(ModelObjects objects, Placement placement, ObjectReader reader, ElementReader elements, ElementMeasures measures)
{
    sealed class Line(ModelObject? storey, ModelObject first, string? type)
    {
        public ModelObject? Storey => storey;
        public ModelObject First => first;
        public string? Type => type;
        public int Count { get; set; }
        public double[] Sums { get; } = new double[3];
        public int[] Counts { get; } = new int[3];

        public double? Sum(int measure) => Counts[measure] == 0 ? null : Sums[measure];
    }

    public IEnumerable<IfcTakeOffLine> Lines(CancellationToken cancellation)
    {
        List<Line> lines = [];
        var byKey = new Dictionary<(int, string, string?), Line>();
        foreach (var subject in objects.Of(IfcKind.Element).Where(subject => subject.Class.Name != "IfcVirtualElement"))
        {
            cancellation.ThrowIfCancellationRequested();
            var storey = placement.Enclosing(placement.Container(subject), each => each.IsStorey);
            var type = elements.TypeOf(subject) is { } shared ? reader.Name(shared) : reader.ObjectType(subject);
            var key = (storey?.Place ?? -1, subject.Class.Name, type);
            if (!byKey.TryGetValue(key, out var line))
            {
                line = new Line(storey, subject, type);
                byKey.Add(key, line);
                lines.Add(line);
            }
            Add(line, measures.Of(subject));
        }
        foreach (var line in lines)
        {
            yield return new IfcTakeOffLine(
                line.Storey is null ? null : reader.Name(line.Storey) ?? reader.LongName(line.Storey), line.Storey?.Guid, line.First.Class.Name, line.Type,
                line.Count, line.Sum(0), line.Sum(1), line.Sum(2), line.Counts[0], line.Counts[1], line.Counts[2], line.First.Locator);
        }
    }

    static void Add(Line line, double?[] values)
    {
        line.Count++;
        for (var measure = 0; measure < values.Length; measure++)
        {
            if (values[measure] is not { } value)
                continue;
            line.Sums[measure] += value;
            line.Counts[measure]++;
        }
    }
}
