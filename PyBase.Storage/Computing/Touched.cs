namespace PyBase.Storage.Computing;

/// <summary>The cells that a transaction has written so far, by field: what computed fields follow from.</summary>
sealed class Touched
{
    readonly Dictionary<string, HashSet<string>> records = [];

    public IReadOnlyCollection<string> Fields => records.Keys;

    public void Add(string fieldId, IEnumerable<string> ids)
    {
        if (!records.TryGetValue(fieldId, out var known))
            records[fieldId] = known = [];
        known.UnionWith(ids);
    }

    public IReadOnlySet<string> Of(string fieldId) => records.GetValueOrDefault(fieldId) ?? None;

    static readonly HashSet<string> None = [];
}
