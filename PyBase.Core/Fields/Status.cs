using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>
/// <c>status</c>, a type of PyBase's own: a single select whose choices belong to a stage of the work, <c>todo</c>, <c>in_progress</c> or <c>complete</c>. Its
/// list is a decision of the team, so typecast adds no choice unless the field says that it may.
/// </summary>
public sealed class Status(Choices choices) : SingleSelect(choices)
{
    /// <summary>The stages, in the order of the work.</summary>
    public static readonly IReadOnlyList<string> Groups = ["todo", "in_progress", "complete"];

    static readonly (string Name, string Colour, string Group)[] Usual =
        [("To Do", "grayLight2", "todo"), ("In Progress", "yellowLight2", "in_progress"), ("Done", "greenLight2", "complete")];

    /// <inheritdoc/>
    public override string Name => "status";

    /// <inheritdoc/>
    public override bool TakesNewChoices => false;

    /// <inheritdoc/>
    public override FieldType With(IEnumerable<Choice> added) => new Status(Choices.With(added.Select(choice => choice with { Group = choice.Group ?? Groups[0] })));

    internal static new Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Choices.Read("status", options, Groups, scope.Known).Then<FieldType>(choices => new Status(choices.List.Count > 0 || scope.IsStored
            ? choices
            : choices.With(Usual.Select(usual => new Choice(Ids.Id.New("sel"), usual.Name, usual.Colour, usual.Group)))));
}
