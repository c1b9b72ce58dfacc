using System.Text.Json;

namespace PyBase.Api.OpenApi;

// What routes about bases, tables, fields and views take and give. Names are those that generated types get.

sealed record RuleOfField(string Field, string To, string Access);

sealed record RuleOfRows(string To, string Formula);

sealed record RulesOfTable(IReadOnlyList<RuleOfField>? Fields, IReadOnlyList<RuleOfRows>? Rows);

/// <param name="Unique">true, or <c>{"caseSensitive":false}</c>.</param>
sealed record ConstraintsOfField(bool? Required, JsonElement? Unique, JsonElement? Min, JsonElement? Max, string? Pattern, bool? AllowNewChoices);

sealed record NewConstraint(string? Type, IReadOnlyList<string> Fields, bool? CaseSensitive);

sealed record ConstraintOfTable(string Id, string Type, IReadOnlyList<string> Fields, bool CaseSensitive);

sealed record FieldConversion(string Type, JsonElement? Options, bool? DryRun);

sealed record ConversionSample(string Record, string? From, string? To);

sealed record ConvertedField(FieldDefinition? Field, long Rows, long Converted, long Shortened, long Emptied, IReadOnlyList<ConversionSample> Samples);

sealed record ReleaseOfTable(string StateField, IReadOnlyList<string> Released, string? Role, string? RevisionField, string? PredecessorField);

sealed record ReleaseAnswer(ReleaseOfTable? Release);

sealed record Revised(string Id, string? Revision, IReadOnlyList<string> LinksLeft);

sealed record DuplicateRequest(string? Name, string? WorkspaceId, bool? WithRecords);

sealed record CopiedBase(string Id, string Name, long Records);

sealed record TemplateTable(string Name, string? Description);

sealed record Template(string Id, string Name, string Description, IReadOnlyList<TemplateTable> Tables);

sealed record TemplateList(IReadOnlyList<Template> Templates);

sealed record TemplateUse(string WorkspaceId, string? Name);

sealed record IdAndName(string Id, string? Name);

sealed record MadeFromTemplate(string Id, string Name, IReadOnlyList<IdAndName> Tables);

sealed record ViewOrder(string Field, string? Direction, IReadOnlyList<JsonElement>? Collapsed);

sealed record ViewField(string Field, bool? Hidden, double? Width, string? Aggregate);

/// <param name="Filter">A condition or a group of them, as in <c>docs/queries.md</c>.</param>
/// <param name="Options">By the view's type.</param>
sealed record SettingsOfView(IReadOnlyList<ViewField>? Fields, JsonElement? Filter, IReadOnlyList<ViewOrder>? Sorts, IReadOnlyList<ViewOrder>? Groups, string? RowHeight, int? FrozenFields, IReadOnlyDictionary<string, JsonElement>? Options);

sealed record WholeView(string Id, string Name, string Type, bool Personal, bool Locked, SettingsOfView Settings);

sealed record WholeViews(IReadOnlyList<WholeView> Views);

sealed record NewView(string? Name, string? Type, bool? Personal, bool? Locked, SettingsOfView? Settings);

sealed record ChangedView(string? Name, bool? Personal, bool? Locked, SettingsOfView? Settings);

sealed record NewName(string? Name);

/// <param name="Before">A view; without one, last.</param>
sealed record ViewMove(string? Before);
