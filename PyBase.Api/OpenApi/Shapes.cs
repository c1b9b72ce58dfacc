using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PyBase.Api.OpenApi;

/// <summary>
/// What operations, those of /v0 first of all, take and give, for <c>/openapi/v1.json</c>. Described rather than declared on the endpoints: a declared content type would make the
/// router refuse bodies that Airtable's clients send without one.
/// </summary>
static class Shapes
{
    static readonly Dictionary<string, (Type? Body, Type Answer)> All = new()
    {
        ["WhoAmI"] = (null, typeof(WhoIAm)),
        ["ListBases"] = (null, typeof(BasePage)),
        ["CreateBase"] = (typeof(NewBase), typeof(MadeBase)),
        ["GetBase"] = (null, typeof(WholeBase)),
        ["ChangeBase"] = (typeof(BaseChange), typeof(BaseName)),
        ["DeleteBase"] = (null, typeof(DeletedThing)),
        ["ListShares"] = (null, typeof(ShareList)),
        ["GetWorkspace"] = (null, typeof(WholeWorkspace)),
        ["ListTables"] = (null, typeof(TableList)),
        ["CreateTable"] = (typeof(NewTable), typeof(TableDefinition)),
        ["ChangeTable"] = (typeof(TableChange), typeof(TableDefinition)),
        ["DeleteTable"] = (null, typeof(DeletedThing)),
        ["CreateField"] = (typeof(NewField), typeof(FieldDefinition)),
        ["ChangeField"] = (typeof(FieldChange), typeof(FieldDefinition)),
        ["RemoveField"] = (null, typeof(DeletedThing)),
        ["ListBaseViews"] = (null, typeof(ViewDefinitions)),
        ["GetBaseView"] = (null, typeof(ViewDefinition)),
        ["DeleteBaseView"] = (null, typeof(DeletedThing)),
        ["ListRecords"] = (null, typeof(RecordPage)),
        ["ListRecordsByBody"] = (typeof(RecordQuestion), typeof(RecordPage)),
        ["GetRecord"] = (null, typeof(AirtableRecord)),
        ["CreateRecords"] = (typeof(RecordsToWrite), typeof(WrittenAirtableRecords)),
        ["UpdateRecords"] = (typeof(RecordsToWrite), typeof(WrittenAirtableRecords)),
        ["UpdateRecord"] = (typeof(RecordsToWrite), typeof(AirtableRecord)),
        ["DeleteRecords"] = (null, typeof(DeletedRecords)),
        ["DeleteRecord"] = (null, typeof(DeletedThing)),
        ["UploadAttachment"] = (typeof(UploadedFile), typeof(AirtableRecord)),
        ["SyncCsv"] = (typeof(string), typeof(SyncDone)),
        ["ListComments"] = (null, typeof(CommentList)),
        ["AddComment"] = (typeof(CommentToWrite), typeof(AirtableComment)),
        ["ChangeComment"] = (typeof(CommentToWrite), typeof(AirtableComment)),
        ["DeleteComment"] = (null, typeof(DeletedThing)),
        ["ListWebhooks"] = (null, typeof(WebhookList)),
        ["CreateWebhook"] = (typeof(WebhookToMake), typeof(MadeWebhook)),
        ["DeleteWebhook"] = (null, typeof(Nothing)),
        ["EnableWebhookNotifications"] = (typeof(Notifications), typeof(Nothing)),
        ["RefreshWebhook"] = (null, typeof(Expiration)),
        ["ListWebhookPayloads"] = (null, typeof(PayloadPage)),
        ["ListDashboards"] = (null, typeof(DashboardList)),
        ["CreateDashboard"] = (typeof(DashboardToWrite), typeof(WholeDashboard)),
        ["GetDashboard"] = (null, typeof(WholeDashboard)),
        ["ChangeDashboard"] = (typeof(DashboardToWrite), typeof(WholeDashboard)),
        ["DeleteDashboard"] = (null, typeof(DeletedThing)),
        ["DuplicateDashboard"] = (null, typeof(WholeDashboard)),
        ["PreviewWidget"] = (typeof(WidgetToWrite), typeof(WidgetData)),
        ["GetWidgetData"] = (null, typeof(WidgetData)),
        ["GetSharedWidgetData"] = (null, typeof(WidgetData)),
    };

    /// <summary>Adds the shapes to the description, and gives an endpoint of two methods two names.</summary>
    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (operation.OperationId is not { } id || !All.TryGetValue(id, out var shape))
            return;
        if (context.Description.HttpMethod == HttpMethods.Put)
            operation.OperationId = id.Replace("Update", "Replace", StringComparison.Ordinal);
        if (shape.Body is { } body)
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = await ContentAsync(body, body == typeof(string) ? "text/csv" : "application/json") };
        var isOurs = context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;
        operation.Responses = new OpenApiResponses
        {
            [id is "CreateDashboard" or "DuplicateDashboard" ? "201" : "200"] = new OpenApiResponse { Description = "OK", Content = await ContentAsync(shape.Answer, "application/json") },
            ["4XX"] = new OpenApiResponse { Description = "Refused", Content = isOurs ? await ContentAsync(typeof(Problem), "application/problem+json") : await ContentAsync(typeof(AirtableRefusal), "application/json") },
        };

        async Task<Dictionary<string, OpenApiMediaType>> ContentAsync(Type type, string mediaType)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
            if (type == typeof(string))
                return new() { [mediaType] = new OpenApiMediaType { Schema = schema } };
            context.Document!.AddComponent(type.Name, schema);
            return new() { [mediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(type.Name, context.Document) } };
        }
    }
}
