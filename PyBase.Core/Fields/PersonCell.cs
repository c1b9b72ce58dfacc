using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>A field type whose cells name people, so that showing them takes <see cref="People"/>.</summary>
public interface IShowsPeople;

/// <summary>One person of a cell: stored as the user's id, shown as <c>{id,email,name}</c>.</summary>
public static class PersonCell
{
    /// <summary>
    /// The id of the member that <c>{"id"}</c> or <c>{"email"}</c> means; with typecast also a plain address, id or name that only one member has.
    /// </summary>
    public static Result<string> Read(JsonElement value, CellInput input)
    {
        var said = value.GetText("id") ?? value.GetText("email") ?? (input.Typecast && value.ValueKind is JsonValueKind.String ? value.GetString()!.Trim() : null);
        if (said is null)
            return CellErrors.InvalidValue(input.FieldName);
        var member = input.People?.Member(said) ?? (input.Typecast ? input.People?.MemberNamed(said) : null);
        return member is null ? CellErrors.UnknownCollaborator(input.FieldName, said) : member.Id;
    }

    /// <summary><c>{id,email,name}</c>; of an account that is gone only the id.</summary>
    public static void Write(Utf8JsonWriter json, string id, CellFormat format)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        if (format.People?.Find(id) is { } person)
        {
            if (!format.IsForStrangers)
                json.WriteString("email", person.Email);
            json.WriteString("name", person.Name);
        }
        json.WriteEndObject();
    }
}
