using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Fields;

namespace PyBase.Storage.Webhooks;

/// <summary>What one transaction did that a webhook wants, before values are looked up.</summary>
sealed record PayloadFacts(long Cursor, long Number, DateTimeOffset Time, string? Actor, string? Source, IReadOnlyList<(string Kind, string Id)> BaseChanges)
{
    /// <summary>By table id, in the order of the log.</summary>
    public OrderedDictionary<string, TableFacts> Tables { get; } = [];

    /// <summary>Tables that it changed and whose log of it is gone.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>How many records it touched.</summary>
    public int RecordCount => Tables.Values.Sum(table => table.Created.Count + table.Changed.Count + table.Destroyed.Count);
}

/// <summary>The same for one table.</summary>
sealed class TableFacts(long version)
{
    /// <summary>The table's version that the transaction made.</summary>
    public long Version => version;

    public List<string> Created { get; } = [];

    /// <summary>Changed records: the fields the log names, with what they held before; a computed one has nothing before.</summary>
    public OrderedDictionary<string, Dictionary<string, JsonElement?>> Changed { get; } = [];

    public List<string> Destroyed { get; } = [];

    public List<string> CreatedFields { get; } = [];

    /// <summary>Changed fields with what they were before the first change: <c>{name,type}</c>.</summary>
    public OrderedDictionary<string, JsonElement?> ChangedFields { get; } = [];

    public List<string> DestroyedFields { get; } = [];

    /// <summary>The records whose cells are to be shown.</summary>
    public IReadOnlyCollection<string> Shown => [.. Created, .. Changed.Keys];

    public void Add(string kind, JsonElement body)
    {
        string[] ids = body.TryGetList("ids", out var list) ? [.. list.Select(id => id.GetString()!)] : [];
        switch (kind)
        {
            case ChangeKinds.RecordsCreated:
                Created.AddRange(ids);
                break;
            case ChangeKinds.RecordsDeleted:
                Destroyed.AddRange(ids);
                foreach (var id in ids)
                    Changed.Remove(id);
                break;
            case ChangeKinds.CellsChanged:
                AddCells(ids, body);
                break;
            case ChangeKinds.FieldAdded:
                CreatedFields.Add(body.GetText("id")!);
                break;
            case ChangeKinds.FieldChanged:
                ChangedFields.TryAdd(body.GetText("id")!, body.TryGet("old", out var old) ? old : null);
                break;
            case ChangeKinds.FieldRemoved:
                DestroyedFields.Add(body.GetText("id")!);
                break;
        }
    }

    void AddCells(string[] ids, JsonElement body)
    {
        var created = Created.ToHashSet();
        var old = body.TryGet("old", out var values) && values.ValueKind is JsonValueKind.Object ? values.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().ToArray()) : [];
        string[] computed = body.TryGetList("computed", out var named) ? [.. named.Select(field => field.GetString()!)] : [];
        for (var n = 0; n < ids.Length; n++)
        {
            if (created.Contains(ids[n]))
                continue;
            if (!Changed.TryGetValue(ids[n], out var fields))
                Changed[ids[n]] = fields = [];
            foreach (var (field, before) in old)
                fields.TryAdd(field, before[n]);
            foreach (var field in computed)
                fields.TryAdd(field, null);
        }
    }
}
