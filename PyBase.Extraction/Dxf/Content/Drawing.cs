using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Content;

/// <summary>What was kept of a file, in its order, references not followed.</summary>
sealed class Drawing(TagText text)
{
    public DrawingHeader Header { get; } = new();
    public DrawingNames Types { get; } = new(text);
    public DrawingNames Layers { get; } = new(text);
    public Tally Tally { get; } = new();

    /// <summary>How much names and counts count against the limit of records.</summary>
    public int Weight => Types.Count + Layers.Count + Tally.Count;

    /// <summary>Records by their class.</summary>
    public IReadOnlyList<T> Of<T>() where T : DxfRecord => lists.TryGetValue(typeof(T), out var list) ? (List<T>)list : [];

    readonly Dictionary<Type, System.Collections.IList> lists = [];

    public void Add<T>(T record) where T : DxfRecord
    {
        if (!lists.TryGetValue(typeof(T), out var list))
            lists.Add(typeof(T), list = new List<T>());
        ((List<T>)list).Add(record);
    }
}
