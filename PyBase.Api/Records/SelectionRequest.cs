using System.Text;
using System.Text.Json;
using PyBase.Api.Json;
using PyBase.Core.Errors;
using PyBase.Core.Queries;

namespace PyBase.Api.Records;

/// <summary>A selection in a query string.</summary>
static class SelectionRequest
{
    extension(Selection)
    {
        public static Result<Selection> Read(IQueryCollection query)
        {
            JsonElement filter = default;
            if (query["filter"].ToString() is { Length: > 0 } text)
            {
                try
                {
                    // Half of a surrogate pair, escaped, is no text either.
                    var bytes = Encoding.UTF8.GetBytes(text);
                    filter = JsonSerializer.Deserialize<JsonElement>(bytes.AsSpan(0, JsonEscapes.Repair(bytes)));
                }
                catch (JsonException)
                {
                    return QueryErrors.InvalidFilter("it is not JSON");
                }
            }
            return new Selection(filter, query["view"], query["search"], query["timeZone"], query["filterByFormula"]);
        }
    }
}
