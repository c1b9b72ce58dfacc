using System.Text.Json;
using System.Text.Json.Serialization;
using PyBase.Core.Errors;

namespace PyBase.Api.Errors;

/// <summary>
/// The same failures under /v0, in the form that Airtable's clients read: the type is our code in capitals, and what does not exist is
/// <c>{"error":"NOT_FOUND"}</c>, a plain string.
/// </summary>
static class AirtableErrors
{
    public static IResult ToAirtable(this Error error) => error.Kind is ErrorKind.NotFound
        ? Results.Json(new { error = "NOT_FOUND" }, statusCode: 404)
        : Results.Json(new { error = new { type = TypeOf(error.Code), message = error.Message, hint = error.Hint } }, WithoutNulls, statusCode: Problems.Status(error.Kind));

    static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary><c>unknown-field-name</c> → <c>UNKNOWN_FIELD_NAME</c>.</summary>
    public static string TypeOf(string code) => code.Replace('-', '_').ToUpperInvariant();
}
