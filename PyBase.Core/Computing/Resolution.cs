using System.Text.RegularExpressions;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Computing;

/// <summary>Computed fields name other fields, computed ones among them, so they are resolved in the order in which they name each other.</summary>
public static partial class Resolution
{
    /// <summary>The same definitions with every computed field resolved against them.</summary>
    public static BaseSchema Resolved(this BaseSchema schema)
    {
        var mentions = schema.Tables.SelectMany(t => t.Fields).Where(f => f.Type is Computed)
            .ToDictionary(f => f.Id, f => FieldId().Matches(f.Type.StoredOptions() ?? "").Select(m => m.Value).Where(id => id != f.Id).ToArray());
        if (mentions.Count == 0)
            return schema;
        foreach (var level in Levels(mentions).GroupBy(l => l.Value, l => l.Key).OrderBy(g => g.Key))
        {
            var (ids, before) = (level.ToHashSet(), schema);
            schema = schema with
            {
                Tables = [.. before.Tables.Select(table => !table.Fields.Any(f => ids.Contains(f.Id)) ? table : table with
                {
                    Fields = [.. table.Fields.Select(f => ids.Contains(f.Id) ? f with { Type = ((Computed)f.Type).Resolve(before, table) } : f)],
                })],
            };
        }
        return schema;
    }

    /// <summary>How deep each field's mentions go. Fields in a ring get some depth; the dependency graph tells of the ring.</summary>
    static Dictionary<string, int> Levels(Dictionary<string, string[]> mentions)
    {
        var levels = new Dictionary<string, int>();
        var path = new Stack<(string Id, int Next)>();
        var onPath = new HashSet<string>();
        foreach (var start in mentions.Keys.Where(id => !levels.ContainsKey(id)))
        {
            path.Push((start, 0));
            onPath.Add(start);
            while (path.TryPop(out var at))
            {
                var (id, next) = at;
                if (next == mentions[id].Length)
                {
                    levels[id] = mentions[id].Select(m => levels.TryGetValue(m, out var level) ? level + 1 : 0).DefaultIfEmpty(0).Max();
                    onPath.Remove(id);
                    continue;
                }
                path.Push((id, next + 1));
                var mentioned = mentions[id][next];
                if (mentions.ContainsKey(mentioned) && !levels.ContainsKey(mentioned) && onPath.Add(mentioned))
                    path.Push((mentioned, 0));
            }
        }
        return levels;
    }

    [GeneratedRegex("fld[0-9A-Za-z]{14}")]
    private static partial Regex FieldId();
}
