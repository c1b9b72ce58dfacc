using System.Runtime.CompilerServices;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Computing;

/// <summary>
/// Which computed fields follow from which fields, over all tables of a base. Made once for each version of the definitions.
/// </summary>
public sealed class DependencyGraph
{
    static readonly ConditionalWeakTable<BaseSchema, DependencyGraph> Known = [];

    readonly Dictionary<string, (Table Table, Field Field, Computed Type)> computed = [];
    readonly Dictionary<string, List<Dependent>> dependents = [];
    readonly Dictionary<string, int> order = [];

    /// <summary>A computed field that reads another.</summary>
    /// <param name="Table">Its table.</param>
    /// <param name="Field">The field itself.</param>
    /// <param name="LinkFieldId">The link of its own table through which it reads; null for the same row.</param>
    public sealed record Dependent(Table Table, Field Field, string? LinkFieldId);

    DependencyGraph(BaseSchema schema)
    {
        foreach (var table in schema.Tables)
            foreach (var field in table.Fields)
                if (field.Type is Computed { Fault: null } type)
                {
                    computed[field.Id] = (table, field, type);
                    foreach (var dependency in type.Dependencies)
                        Add(dependency.FieldId, new Dependent(table, field, dependency.LinkFieldId));
                }
        Watched = computed.Values.SelectMany(c => c.Type.Watched).ToHashSet();
        Sort();
    }

    /// <summary>The graph of these definitions.</summary>
    public static DependencyGraph Of(BaseSchema schema) => Known.GetValue(schema.Whole ?? schema, s => new DependencyGraph(s));

    /// <summary>The names of fields that depend on each other in a ring, the first again at the end; null when there is none, as there should be.</summary>
    public IReadOnlyList<string>? Cycle { get; private set; }

    /// <summary>What reads this field directly.</summary>
    public IReadOnlyList<Dependent> DependentsOf(string fieldId) => dependents.GetValueOrDefault(fieldId) ?? [];

    /// <summary>Every computed field that follows from these, directly or through others.</summary>
    public IReadOnlySet<string> Reach(IEnumerable<string> fieldIds)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(fieldIds);
        while (open.TryPop(out var id))
            foreach (var dependent in DependentsOf(id))
                if (reached.Add(dependent.Field.Id))
                    open.Push(dependent.Field.Id);
        return reached;
    }

    /// <summary>The tables of these computed fields.</summary>
    public IEnumerable<string> TablesOf(IEnumerable<string> fieldIds) => fieldIds.Select(id => computed[id].Table.Id).Distinct();

    /// <summary>Fields of which it is kept when each was last changed, because a computed field asks.</summary>
    public IReadOnlySet<string> Watched { get; }

    /// <summary>
    /// Those of the fields to be computed that can be computed on the way while rows of their table are written: everything they read is in the row, level upon level,
    /// or is as it was before in rows that a link leads to.
    /// </summary>
    /// <param name="table">The table whose rows are written.</param>
    /// <param name="fieldIds">Every computed field that is to become true.</param>
    /// <param name="affected">The fields that are written, wherever.</param>
    public Stage Ready(Table table, IReadOnlySet<string> fieldIds, IReadOnlySet<string> affected)
    {
        var (levels, taken) = (new List<List<Field>>(), new Dictionary<string, int>());
        foreach (var id in fieldIds.Where(id => computed[id].Table.Id == table.Id && computed[id].Type is not RecursiveRollup).OrderBy(id => order[id]))
        {
            var level = 0;
            foreach (var dependency in computed[id].Type.Dependencies)
                if (dependency.LinkFieldId is null && taken.TryGetValue(dependency.FieldId, out var before))
                    level = Math.Max(level, before + 1);
                else if (fieldIds.Contains(dependency.FieldId) || (dependency.LinkFieldId is not null && affected.Contains(dependency.FieldId)))
                    level = int.MaxValue;
            if (level == int.MaxValue)
                continue;
            taken[id] = level;
            if (level == levels.Count)
                levels.Add([]);
            levels[level].Add(computed[id].Field);
        }
        return new Stage(table, levels);
    }

    /// <summary>The order in which these computed fields become true: few stages, each after everything that it reads.</summary>
    public IReadOnlyList<Stage> Stages(IReadOnlySet<string> fieldIds)
    {
        var waiting = fieldIds.OrderBy(id => order[id]).ToList();
        var stages = new List<Stage>();
        while (waiting.Count > 0)
        {
            // The first of the order is ready; whatever else of its table is, or becomes so within the row, goes with it.
            var table = computed[waiting[0]].Table;
            var open = waiting.ToHashSet();
            var (levels, taken) = (new List<List<Field>>(), new Dictionary<string, int>());
            foreach (var id in waiting.Where(id => computed[id].Table.Id == table.Id))
            {
                // A tree is rolled up over many rows, so it is a stage of its own.
                var level = computed[id].Type is RecursiveRollup && id != waiting[0] ? int.MaxValue : 0;
                foreach (var dependency in computed[id].Type.Dependencies)
                    if (dependency.LinkFieldId is null && taken.TryGetValue(dependency.FieldId, out var before))
                        level = Math.Max(level, before + 1);
                    else if (open.Contains(dependency.FieldId) || taken.ContainsKey(dependency.FieldId))
                        level = int.MaxValue;
                // A ring has no first one; definitions with a ring are refused, so this is only about not going round in it.
                if (level == int.MaxValue && id != waiting[0])
                    continue;
                level = level == int.MaxValue ? 0 : level;
                taken[id] = level;
                open.Remove(id);
                if (level == levels.Count)
                    levels.Add([]);
                levels[level].Add(computed[id].Field);
                if (computed[id].Type is RecursiveRollup)
                    break;
            }
            waiting.RemoveAll(taken.ContainsKey);
            stages.Add(new Stage(table, levels));
        }
        return stages;
    }

    void Add(string fieldId, Dependent dependent)
    {
        if (!dependents.TryGetValue(fieldId, out var list))
            dependents[fieldId] = list = [];
        if (!list.Contains(dependent))
            list.Add(dependent);
    }

    /// <summary>Depth first, without recursion: a chain of formulas may be as long as a base has fields.</summary>
    void Sort()
    {
        var path = new List<(string Id, int Next)>();
        var onPath = new HashSet<string>();
        foreach (var start in computed.Keys)
        {
            if (order.ContainsKey(start))
                continue;
            path.Add((start, 0));
            onPath.Add(start);
            while (path.Count > 0)
            {
                var (id, next) = path[^1];
                var dependencies = computed[id].Type.Dependencies;
                if (next == dependencies.Count)
                {
                    order[id] = order.Count;
                    onPath.Remove(id);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }
                path[^1] = (id, next + 1);
                var needed = dependencies[next].FieldId;
                if (!computed.ContainsKey(needed) || order.ContainsKey(needed))
                    continue;
                if (!onPath.Add(needed))
                {
                    Cycle ??= [.. path.SkipWhile(p => p.Id != needed).Select(p => Name(p.Id)), Name(needed)];
                    continue;
                }
                path.Add((needed, 0));
            }
        }
    }

    string Name(string fieldId) => computed[fieldId] is var (table, field, _) ? $"{table.Name}.{field.Name}" : fieldId;
}
