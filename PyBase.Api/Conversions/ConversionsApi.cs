using System.Text.Json;
using PyBase.Api.Bases;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Api.Conversions;

/// <summary>A field becomes one of another type; with <c>dryRun</c> the answer says what that would do, and nothing happens.</summary>
static class ConversionsApi
{
    public static void MapConversions(this IEndpointRouteBuilder app) =>
        app.MapGroup("/api/bases/{baseId}/tables/{table}/fields/{field}").RequireAuthorization().WithTags("Fields")
            .MapPost("/convert", Convert).WithName("ConvertField").WithSummary("Give a field another type, or see what that would lose");

    static async Task<IResult> Convert(string baseId, string table, string field, HttpContext context, BaseDoor door, FieldConversions conversions)
    {
        if (!(await door.EnterAsync(context, baseId, Permission.EditSchema)).TryGet(out var visit, out var error))
            return error.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var json = body.RootElement;
        if (json.GetText("type") is not { } type)
            return FieldErrors.UnknownType("").ToProblem();
        var spec = new ConversionSpec(type, json.TryGet("options", out var options) ? options : default);
        var (tableName, fieldName) = (PathName.Of(table), PathName.Of(field));
        if (json.GetFlag("dryRun") ?? context.Request.Query["dryRun"] == "true")
        {
            var preview = await conversions.PreviewAsync(baseId, tableName, fieldName, spec, context.RequestAborted);
            return preview.TryGet(out var wouldBe, out error) ? Show(null, wouldBe) : error.ToProblem();
        }
        var converted = await conversions.ConvertAsync(baseId, tableName, fieldName, spec, visit.Origin("ConvertField", context), context.RequestAborted);
        return converted.TryGet(out var done, out error) ? Show(done.Field, done.Report) : error.ToProblem();
    }

    static IResult Show(Field? field, ConversionReport report) => JsonAnswer.Of(json =>
    {
        json.WriteStartObject();
        if (field is not null)
        {
            json.WritePropertyName("field");
            field.Write(json);
        }
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("converted", report.Converted);
        json.WriteNumber("shortened", report.Shortened);
        json.WriteNumber("emptied", report.Emptied);
        json.WriteStartArray("samples");
        foreach (var sample in report.Samples)
        {
            json.WriteStartObject();
            json.WriteString("record", sample.Record);
            json.WriteString("from", sample.From);
            json.WriteString("to", sample.To);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
