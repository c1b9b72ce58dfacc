using System.Text.Json;

namespace PyBase.Api.OpenApi;

// What a grid asks besides pages, and what strangers with a link take and give.

sealed record GroupBy(string Field, string? Direction);

sealed record AggregateBy(string Field, string Function);

sealed record AggregateQuestion(JsonElement? Filter, string? FilterByFormula, string? View, string? Search, string? TimeZone, IReadOnlyList<GroupBy>? Groups, IReadOnlyList<AggregateBy>? Aggregates);

sealed record AggregateGroup(JsonElement? Value, long Count, IReadOnlyList<JsonElement> Values, IReadOnlyList<AggregateGroup>? Groups);

sealed record AggregateAnswer(long Count, IReadOnlyList<JsonElement> Values, IReadOnlyList<AggregateGroup>? Groups);

sealed record RecordCount(long? Total, bool IsExact, long? Version);

sealed record RowPage(IReadOnlyList<AirtableRecord> Records, string? Offset, long Start, long? Total, bool IsExact);

sealed record TreeRow(string Record, int Level, double Quantity, double Total, double? Value);

sealed record TreeTotal(string Record, double Total, double? Value);

sealed record TreeAnswer(IReadOnlyList<TreeRow> Lines, bool IsCut, bool HasCycle, IReadOnlyList<TreeTotal>? Records, double? Value);

sealed record SearchHit(string TableId, string RecordId, string Name, string Excerpt);

sealed record SearchAnswer(IReadOnlyList<SearchHit> Results, bool HasMore);

sealed record NewShareLink(string? View, string? Dashboard, string? Password, DateTimeOffset? Expires);

sealed record ChangedShareLink(string? Password, DateTimeOffset? Expires);

sealed record ShareLink(string Id, string Kind, string? View, string? Dashboard, bool HasPassword, string? CreatedBy, DateTimeOffset CreatedTime, DateTimeOffset? Expires, DateTimeOffset? Revoked);

sealed record ShareLinks(IReadOnlyList<ShareLink> Shares);

/// <param name="Share">The link.</param>
/// <param name="Token">Its secret: only here, only now.</param>
/// <param name="Url">The address with it.</param>
sealed record MadeShareLink(ShareLink Share, string Token, string Url);

sealed record RevokedShareLink(string Id, bool Revoked);

sealed record SharedField(string Id, string Name, string Type, string? Description, JsonElement? Options);

sealed record FormQuestion(SharedField Field, string Label, string? Help, bool Required, IReadOnlyList<JsonElement> When);

sealed record SharedForm(string? Title, string? Description, string? SubmitText, string? CoverImageUrl, bool? ShowBranding, bool Open, string? ClosedText, IReadOnlyList<FormQuestion> Questions);

/// <summary>Of a form <c>form</c> and <c>proof</c>, of a dashboard <c>description</c> and <c>widgets</c>, of a view the rest.</summary>
sealed record OpenedShareLink(string Kind, string Name, DateTimeOffset? Expires, string? Description, IReadOnlyList<JsonElement>? Widgets, SharedForm? Form, string? Proof, string? Type, string? Table, string? PrimaryFieldId, IReadOnlyList<SharedField>? Fields, SettingsOfView? Settings);

/// <summary>What strangers see of a record: not when it was made.</summary>
sealed record SharedRecord(string Id, IReadOnlyDictionary<string, JsonElement> Fields);

sealed record SharedPage(IReadOnlyList<SharedRecord> Records, string? Offset);

sealed record ShareUnlock(string Password);

sealed record ShareGrant(string Grant, int Seconds);

sealed record FormFile(string Filename, string? ContentType, string File);

/// <param name="Fields">Answers by field id.</param>
/// <param name="Files">By field id.</param>
/// <param name="Proof">From the form.</param>
/// <param name="Website">The field that no person sees.</param>
sealed record FormAnswers(IReadOnlyDictionary<string, JsonElement> Fields, IReadOnlyDictionary<string, IReadOnlyList<FormFile>>? Files, string Proof, string? Website);

sealed record FormSubmitted(bool Submitted, string? Message, string? RedirectUrl);
