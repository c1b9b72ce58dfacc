using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;

namespace PyBase.Core.Imports;

/// <summary>A base elsewhere that is to be copied through its API.</summary>
/// <param name="Url">Where the API is: <c>https://api.airtable.com</c>, or another that speaks like it.</param>
/// <param name="Base"><c>app…</c> there.</param>
/// <param name="Token">A token that may read its schema and records; sealed before it is kept.</param>
/// <param name="KeepIds">Records and choices get the ids that they have there.</param>
public sealed record AirtableRequest(string Url, string Base, string Token, bool KeepIds)
{
    const int MaxToken = 1_000;

    /// <summary><c>{"base":"app…","token":"pat…","url":"https://api.airtable.com","keepIds":true}</c></summary>
    public static Result<AirtableRequest> Read(JsonElement json)
    {
        var url = json.GetText("url") ?? "https://api.airtable.com";
        if (url.Length > AttachmentAddress.MaxLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
            return ImportErrors.InvalidSource("url is an http or https address without a password in it");
        if (!Ids.Id.Is(json.GetText("base"), "app"))
            return ImportErrors.InvalidSource("base is the id of a base, app and 14 letters");
        if (json.GetText("token") is not { Length: > 0 and <= MaxToken } token || token.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
            return ImportErrors.InvalidSource("token is a personal access token");
        return new AirtableRequest(uri.GetLeftPart(UriPartial.Path).TrimEnd('/'), json.GetText("base")!, token, json.GetFlag("keepIds") ?? true);
    }
}
