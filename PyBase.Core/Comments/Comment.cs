using System.Globalization;
using System.Text.Json;

namespace PyBase.Core.Comments;

/// <summary>Somebody, as others see them.</summary>
public sealed record Commentator(string Id, string Email, string Name);

/// <summary>What somebody said about a record.</summary>
/// <param name="Id"><c>com…</c></param>
/// <param name="RecordId">About which record.</param>
/// <param name="ParentId">The comment that began the thread, null for that one.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Text">What; people are named in it as <c>@[usr…]</c>.</param>
/// <param name="Mentioned">Members of the workspace whom the text names.</param>
/// <param name="CreatedTime">When.</param>
/// <param name="UpdatedTime">When it was changed last.</param>
public sealed record Comment(
    string Id, string RecordId, string? ParentId, Commentator Author, string Text, IReadOnlyList<Commentator> Mentioned, DateTimeOffset CreatedTime, DateTimeOffset? UpdatedTime)
{
    /// <summary>Airtable's form; <paramref name="withRecord"/> names the record too, where the reader cannot know it.</summary>
    public void Write(Utf8JsonWriter json, bool withRecord = false)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        if (withRecord)
            json.WriteString("recordId", RecordId);
        json.WriteStartObject("author");
        json.WriteString("id", Author.Id);
        json.WriteString("email", Author.Email);
        json.WriteString("name", Author.Name);
        json.WriteEndObject();
        json.WriteString("text", Text);
        json.WriteString("createdTime", Iso(CreatedTime));
        if (UpdatedTime is { } updated)
            json.WriteString("lastUpdatedTime", Iso(updated));
        else
            json.WriteNull("lastUpdatedTime");
        if (ParentId is not null)
            json.WriteString("parentCommentId", ParentId);
        if (Mentioned.Count > 0)
            WriteMentioned(json);
        json.WriteStartArray("reactions");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteMentioned(Utf8JsonWriter json)
    {
        json.WriteStartObject("mentioned");
        foreach (var person in Mentioned)
        {
            json.WriteStartObject(person.Id);
            json.WriteString("id", person.Id);
            json.WriteString("type", "user");
            json.WriteString("displayName", person.Name);
            json.WriteString("email", person.Email);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
