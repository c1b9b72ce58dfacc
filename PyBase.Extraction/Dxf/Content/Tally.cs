namespace PyBase.Extraction.Dxf.Content;

/// <summary>
/// Counts entities by where they lie and by type and layer. Where is the number of a block definition, or for the ENTITIES
/// section the owner's handle as the file has it: what that is, is known only when all has been read.
/// </summary>
sealed class Tally
{
    readonly Dictionary<Key, long> counts = [];

    public readonly record struct Key(int Block, ulong Owner, bool IsInPaperSpace, int Type, int Layer);

    public IEnumerable<KeyValuePair<Key, long>> Counts => counts;

    public int Count => counts.Count;

    public void Add(Key key) => System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
