using PyBase.Core.Errors;
using PyBase.Core.Records;

namespace PyBase.Core.Constraints;

/// <summary>Cells that a new record must have. An update only must not empty them, which the value itself shows.</summary>
public static class RequiredCells
{
    /// <summary>The refusal when a record of the plan, all of them new, lacks one; null when none does.</summary>
    public static Error? Missing(RecordPlan plan)
    {
        foreach (var field in plan.Table.Fields)
        {
            if (!field.Constraints.Required)
                continue;
            var column = plan.Fields.Select((f, n) => f.Id == field.Id ? n : -1).DefaultIfEmpty(-1).Max();
            if (plan.Records.Any(record => column < 0 || !record.IsSet[column] || record.Values[column] is null))
                return field.Constraints.Check(field, null);
        }
        return null;
    }
}
