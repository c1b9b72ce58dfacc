using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;

namespace PyBase.Core.Accounts;

/// <summary>What a directory says about a user; null is not said. Attributes that PyBase does not have are passed over.</summary>
public sealed record DirectoryChange(string? UserName = null, string? Name = null, string? ExternalId = null, bool? IsActive = null)
{
    /// <summary>A whole user: POST and PUT.</summary>
    public static Result<DirectoryChange> Read(JsonElement body) => Apply(new(), body) is { UserName: not null } read ? Check(read) : DirectoryErrors.InvalidSyntax;

    /// <summary>The operations of a PATCH, in order; what some directories write otherwise (<c>"Replace"</c>, <c>"False"</c>) is understood.</summary>
    public static Result<DirectoryChange> ReadPatch(JsonElement body)
    {
        if (!body.TryGetList("Operations", out var operations))
            return DirectoryErrors.InvalidSyntax;
        var change = new DirectoryChange();
        foreach (var operation in operations)
        {
            if (operation.GetText("op")?.ToUpperInvariant() is not ("ADD" or "REPLACE" or "REMOVE") || operation.ValueKind is not JsonValueKind.Object)
                return DirectoryErrors.InvalidSyntax;
            if (operation.TryGet("value", out var value))
                change = operation.GetText("path") is { } path ? Set(change, path, value) : Apply(change, value);
        }
        return Check(change);
    }

    static DirectoryChange Apply(DirectoryChange change, JsonElement user)
    {
        if (user.ValueKind is not JsonValueKind.Object)
            return change;
        foreach (var attribute in user.EnumerateObject())
            change = attribute.Name.Equals("name", StringComparison.OrdinalIgnoreCase) && attribute.Value.ValueKind is JsonValueKind.Object
                ? NameOf(attribute.Value) is { } name && change.Name is null ? change with { Name = name } : change
                : Set(change, attribute.Name, attribute.Value);
        return change;
    }

    static DirectoryChange Set(DirectoryChange change, string path, JsonElement value) => path.ToUpperInvariant() switch
    {
        "USERNAME" => change with { UserName = Text(value) },
        "DISPLAYNAME" or "NAME.FORMATTED" => change with { Name = Text(value) },
        "EXTERNALID" => change with { ExternalId = Text(value) },
        "ACTIVE" => change with { IsActive = value.ValueKind is JsonValueKind.True || bool.TryParse(Text(value), out var active) && active },
        _ => change,
    };

    static string? NameOf(JsonElement name) => name.GetText("formatted") is { Length: > 0 } formatted ? formatted
        : $"{name.GetText("givenName")} {name.GetText("familyName")}".Trim() is { Length: > 0 } both ? both : null;

    static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    static Result<DirectoryChange> Check(DirectoryChange change) =>
        (change.UserName is null || EmailAddress.IsPlausible(change.UserName)) && (change.Name is null || AccountRules.Name(change.Name) is null) && change.ExternalId?.Length is null or <= 255
            ? change : DirectoryErrors.InvalidSyntax;
}
