namespace PyBase.Extraction.Step;

/// <summary>A value that the file states about something.</summary>
/// <param name="Node">The product definition it is about, itself or a piece of it; -1 when it leads to none.</param>
/// <param name="OwnerKind"><c>product</c>, <c>instance</c>, <c>feature</c>, <c>dimension</c>, <c>tolerance</c>, <c>datum</c>, <c>document</c>, or the entity's name.</param>
/// <param name="Owner">What the owner is called.</param>
/// <param name="Group">The property: <c>geometric validation property</c>.</param>
/// <param name="Name">The value's own name: <c>volume measure</c>.</param>
/// <param name="Text">The value in words.</param>
sealed record StepProperty(int Node, string OwnerKind, string Owner, string Group, string Description, string Name, string Text, double? Number, StepUnit? Unit, StepFile File, int Place);
