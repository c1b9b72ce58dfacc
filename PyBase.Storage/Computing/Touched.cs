using Npgsql;
using PyBase.Core.Schema;

namespace PyBase.Storage.Computing;

/// <summary>The cells that a transaction has written so far, by field: what computed fields follow from.</summary>
sealed class Touched
{
    readonly Dictionary<string, HashSet<string>> records = [];
    readonly HashSet<string> awaited = [];

    public IReadOnlyCollection<string> Fields => records.Keys;

    public void Add(string fieldId, IEnumerable<string> ids)
    {
        if (!records.TryGetValue(fieldId, out var known))
            records[fieldId] = known = [];
        known.UnionWith(ids);
    }

    public IReadOnlySet<string> Of(string fieldId) => records.GetValueOrDefault(fieldId) ?? None;

    /// <summary>A statement that has still to be sent says which of their cells it changed.</summary>
    public bool Awaits(string fieldId) => awaited.Contains(fieldId);

    /// <summary>Takes the answer of such a statement: one row with a list of ids for each field, from a column on.</summary>
    public Func<NpgsqlDataReader, Task> Await(IReadOnlyList<Field> fields, int first = 0)
    {
        awaited.UnionWith(fields.Select(f => f.Id));
        return async row =>
        {
            await row.ReadAsync();
            for (var n = 0; n < fields.Count; n++)
            {
                awaited.Remove(fields[n].Id);
                if (!row.IsDBNull(first + n))
                    Add(fields[n].Id, row.GetFieldValue<string[]>(first + n));
            }
        };
    }

    static readonly HashSet<string> None = [];
}
