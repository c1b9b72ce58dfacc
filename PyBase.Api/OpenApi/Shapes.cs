using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace PyBase.Api.OpenApi;

/// <summary>
/// What each operation takes and gives, for <c>/openapi/v1.json</c>. Described rather than declared on the endpoints: a declared content type would make the
/// router refuse bodies that Airtable's clients send without one.
/// </summary>
sealed class Shapes : IApiDescriptionProvider
{
    static readonly Dictionary<string, Shape> Airtable = new()
    {
        ["WhoAmI"] = new(null, typeof(WhoIAm)),
        ["ListBases"] = new(null, typeof(BasePage)),
        ["CreateBase"] = new(typeof(NewBase), typeof(MadeBase)),
        ["GetBase"] = new(null, typeof(WholeBase)),
        ["ChangeBase"] = new(typeof(BaseChange), typeof(BaseName)),
        ["DeleteBase"] = new(null, typeof(DeletedThing)),
        ["ListShares"] = new(null, typeof(ShareList)),
        ["GetWorkspace"] = new(null, typeof(WholeWorkspace)),
        ["ListTables"] = new(null, typeof(TableList)),
        ["CreateTable"] = new(typeof(NewTable), typeof(TableDefinition)),
        ["ChangeTable"] = new(typeof(TableChange), typeof(TableDefinition)),
        ["DeleteTable"] = new(null, typeof(DeletedThing)),
        ["CreateField"] = new(typeof(NewField), typeof(FieldDefinition)),
        ["ChangeField"] = new(typeof(FieldChange), typeof(FieldDefinition)),
        ["RemoveField"] = new(null, typeof(DeletedThing)),
        ["ListBaseViews"] = new(null, typeof(ViewDefinitions)),
        ["GetBaseView"] = new(null, typeof(ViewDefinition)),
        ["DeleteBaseView"] = new(null, typeof(DeletedThing)),
        ["ListRecords"] = new(null, typeof(RecordPage), Query: ApiShapes.List),
        ["ListRecordsByBody"] = new(typeof(RecordQuestion), typeof(RecordPage)),
        ["GetRecord"] = new(null, typeof(AirtableRecord)),
        ["CreateRecords"] = new(typeof(RecordsToWrite), typeof(WrittenAirtableRecords)),
        ["UpdateRecords"] = new(typeof(RecordsToWrite), typeof(WrittenAirtableRecords)),
        ["UpdateRecord"] = new(typeof(RecordsToWrite), typeof(AirtableRecord)),
        ["DeleteRecords"] = new(null, typeof(DeletedRecords), Query: ["records[]"]),
        ["DeleteRecord"] = new(null, typeof(DeletedThing)),
        ["UploadAttachment"] = new(typeof(UploadedFile), typeof(AirtableRecord)),
        ["SyncCsv"] = new(typeof(string), typeof(SyncDone), Takes: "text/csv"),
        ["ListComments"] = new(null, typeof(CommentList)),
        ["AddComment"] = new(typeof(CommentToWrite), typeof(AirtableComment)),
        ["ChangeComment"] = new(typeof(CommentToWrite), typeof(AirtableComment)),
        ["DeleteComment"] = new(null, typeof(DeletedThing)),
        ["ListWebhooks"] = new(null, typeof(WebhookList)),
        ["CreateWebhook"] = new(typeof(WebhookToMake), typeof(MadeWebhook)),
        ["DeleteWebhook"] = new(null, typeof(Nothing)),
        ["EnableWebhookNotifications"] = new(typeof(Notifications), typeof(Nothing)),
        ["RefreshWebhook"] = new(null, typeof(Expiration)),
        ["ListWebhookPayloads"] = new(null, typeof(PayloadPage)),
    };

    /// <summary>After the provider that knows the endpoints.</summary>
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        foreach (var operation in context.Results)
        {
            var isAirtable = operation.RelativePath?.StartsWith("v0/", StringComparison.Ordinal) is true;
            if (operation.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().LastOrDefault() is { EndpointName: { } name } && (isAirtable ? Airtable : ApiShapes.All).GetValueOrDefault(name) is { } shape)
                Describe(operation, shape);
            var answers = operation.SupportedResponseTypes;
            for (var i = 0; i < answers.Count; i++)
                if (answers[i].Type == typeof(ProblemDetails))
                    answers[i] = Of(typeof(Problem), answers[i].StatusCode, "application/problem+json");
            answers.Add(new()
            {
                IsDefaultResponse = true, Type = isAirtable ? typeof(AirtableRefusal) : typeof(Problem), Description = "Refused",
                ApiResponseFormats = [new() { MediaType = isAirtable ? "application/json" : "application/problem+json" }],
            });
        }
    }

    static void Describe(ApiDescription operation, Shape shape)
    {
        // Without metadata of ASP.NET's own, parameters of the query cannot be given here; Description adds them.
        operation.Properties[typeof(Shape)] = shape;
        if (shape.Body is { } body)
        {
            operation.ParameterDescriptions.Add(new() { Name = "body", Source = BindingSource.Body, Type = body, IsRequired = true });
            operation.SupportedRequestFormats.Add(new() { MediaType = shape.Takes });
        }
        operation.SupportedResponseTypes.Clear();
        operation.SupportedResponseTypes.Add(Of(shape.Answer, shape.Status, shape.Gives));
    }

    static ApiResponseType Of(Type? answer, int status, string gives) =>
        answer is null ? new() { StatusCode = status, Type = typeof(void) } : new() { StatusCode = status, Type = answer, ApiResponseFormats = [new() { MediaType = gives }] };
}
