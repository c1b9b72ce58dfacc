using System.Text.Json;
using PyBase.Api.Records;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Api.Queries;

/// <summary>Reads <c>{filter?, view?, search?, groups?:[{field,direction}], aggregates?:[{field,function}]}</c>; without groups of its own, the view's count.</summary>
static class AggregateRequest
{
    public static Result<AggregateQuery> Plan(JsonElement body, BaseSchema schema, Table table)
    {
        if (!Selection.Read(body).Plan(schema, table).TryGet(out var selected, out var error))
            return error;
        IReadOnlyList<Sort> groups = selected.View?.Settings.Groups(table) ?? [];
        if (body.TryGetList("groups", out var asked))
        {
            var planned = new List<Sort>(asked.Count);
            foreach (var item in asked)
            {
                if (!Sort.Plan(table, item.GetText("field") ?? "", item.GetText("direction")).TryGet(out var sort, out error))
                    return error;
                planned.Add(sort);
            }
            groups = planned;
        }
        if (groups.Count > AggregateQuery.MaxLevels || groups.DistinctBy(g => g.Field.Id).Count() < groups.Count)
            return QueryErrors.InvalidAggregate($"there are at most {AggregateQuery.MaxLevels} levels of groups, each by another field");
        var aggregates = new List<Aggregate>();
        foreach (var item in body.TryGetList("aggregates", out var functions) ? functions : [])
        {
            if (aggregates.Count == AggregateQuery.MaxAggregates)
                return QueryErrors.InvalidAggregate($"there are at most {AggregateQuery.MaxAggregates} functions");
            if (!Aggregate.Plan(table, item.GetText("field"), item.GetText("function")).TryGet(out var aggregate, out error))
                return error;
            aggregates.Add(aggregate);
        }
        return new AggregateQuery(table, selected.Filter, selected.Search, groups, aggregates);
    }
}
