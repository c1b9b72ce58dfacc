using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PyBase.Api.Errors;
using PyBase.Api.Json;
using PyBase.Api.Records;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Forms;
using PyBase.Core.Ids;
using PyBase.Core.Records;
using PyBase.Core.Shares;
using PyBase.Storage.Files;
using PyBase.Storage.Records;

namespace PyBase.Api.Shares;

/// <summary>Forms that strangers fill in: one record by the same command as any other write, by nobody.</summary>
static class SharedFormsApi
{
    public static void MapSharedForms(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/shares/{token}/submit", Submit).AllowAnonymous().WithTags("Shares").WithName("SubmitForm")
            .WithSummary("Send the answers of a form; with an Idempotency-Key a second time changes nothing");

    /// <summary><c>{fields:{…},files?:{"fld…":[{filename,contentType,file}]},proof,website}</c>; <c>website</c> is the field that no person sees.</summary>
    static async Task<IResult> Submit(string token, HttpContext context, ShareDoor door, ShareGrants grants, FileStore files, RecordStore records, TimeProvider clock)
    {
        if (!(await door.EnterAsync(context, token, ShareKind.Form, sendsForm: true)).TryGet(out var visit, out var error))
            return error.ToProblem();
        if (visit.FindView() is not var (table, view))
            return ShareErrors.NotFound.ToProblem();
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
            return RecordErrors.InvalidBody.ToProblem();
        var (json, form) = (body.RootElement, new Form(table, view));
        if (!form.IsOpen(clock.GetUtcNow()))
            return FormErrors.Closed.ToProblem();
        if (json.GetText("website") is { Length: > 0 } || !grants.IsProof(visit.Working, json.GetText("proof")))
            return FormErrors.NotAPerson.ToProblem();
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 255)
            return RecordErrors.InvalidRequest("An Idempotency-Key has at most 255 characters.").ToProblem();
        var received = await FilesAsync(json, form, files, context.RequestAborted);
        if (!received.TryGet(out var attachments, out error))
            return error.ToProblem();
        if (!form.Read(Answers(json, attachments)).TryGet(out var answers, out error))
            return error.ToProblem();
        var options = new WriteOptions(Typecast: false, Replace: false, ByFieldId: true, new CellFormat(id => id),
            key.Length == 0 ? null : new IdempotencyKey(key, SHA256.HashData(Encoding.UTF8.GetBytes($"{json.GetProperty("fields").GetRawText()}{(json.TryGet("files", out var sent) ? sent.GetRawText() : "")}")), visit.Share.Id),
            [.. attachments.SelectMany(a => a.Value)]);
        // Nobody is less than a viewer, so what takes a role is refused. The mark says which form it was.
        var origin = new Origin(null, "SubmitForm", Mutation: view.Id, Source: "formSubmission", Role: Role.Viewer);
        var written = await records.WriteAsync(visit.Schema.Id, table.Id, [new RecordInput(null, answers)], options, origin, context.RequestAborted);
        return written.TryGet(out _, out error) ? Results.Json(new { submitted = true, message = form.SuccessMessage, redirectUrl = form.RedirectUrl }) : error.ToProblem();
    }

    /// <summary>Stores what came along; what is then refused is swept away, as no cell holds it.</summary>
    static async Task<Result<Dictionary<string, List<NewAttachment>>>> FilesAsync(JsonElement json, Form form, FileStore files, CancellationToken cancellation)
    {
        var attachments = new Dictionary<string, List<NewAttachment>>();
        // A cell of files takes nothing else from a stranger: not the files of somebody else, and no addresses for the server to go to.
        if (json.TryGet("fields", out var fields) && form.Questions.Any(q => q.Field.Type is MultipleAttachments && (fields.TryGet(q.Field.Id, out _) || fields.TryGet(q.Field.Name, out _))))
            return FormErrors.Files("they are sent in files, not in fields");
        if (!json.TryGet("files", out var given))
            return attachments;
        if (given.ValueKind is not JsonValueKind.Object)
            return FormErrors.Files("files is an object of lists, by field");
        var contents = new List<(string Field, string Name, string Type, byte[] Content)>();
        foreach (var list in given.EnumerateObject())
        {
            if (form.Questions.FirstOrDefault(q => q.Field.Id == list.Name || q.Field.Name == list.Name) is not { Field: { Type: MultipleAttachments } field })
                return FormErrors.Files($"the form asks for no files in \"{list.Name.Excerpt()}\"");
            foreach (var item in list.Value.ValueKind is JsonValueKind.Array ? list.Value.EnumerateArray() : default)
            {
                if (contents.Count == FormErrors.MaxFiles)
                    return FormErrors.Files("there are too many");
                if (item.GetText("filename") is not { Length: > 0 and <= 255 } name || !item.TryGet("file", out var file) || file.ValueKind is not JsonValueKind.String
                    || !file.TryGetBytesFromBase64(out var content) || content.Length is 0 or > FormErrors.MaxFileBytes)
                    return FormErrors.Files("each is {filename, contentType, file}, where file is base64");
                var type = item.GetText("contentType") is { Length: <= 100 } said && MediaTypeHeaderValue.TryParse(said, out var parsed) && Ascii.IsValid(said) ? parsed.ToString() : "application/octet-stream";
                contents.Add((field.Id, name, type, content));
            }
        }
        foreach (var (field, name, type, content) in contents)
        {
            using var stream = new MemoryStream(content, writable: false);
            if (await files.WriteAsync(stream, cancellation) is not { } stored)
                return FormErrors.Files("one is larger than this installation takes");
            if (!attachments.TryGetValue(field, out var list))
                attachments[field] = list = [];
            list.Add(new NewAttachment(Id.New("att"), name, type, stored));
        }
        return attachments;
    }

    /// <summary>The answers with the files in their cells.</summary>
    static JsonElement Answers(JsonElement json, Dictionary<string, List<NewAttachment>> attachments)
    {
        if (!json.TryGet("fields", out var fields) || fields.ValueKind is not JsonValueKind.Object)
            return default;
        var answers = fields.EnumerateObject().DistinctBy(a => a.Name).ToDictionary(a => a.Name, a => a.Value);
        foreach (var (field, files) in attachments)
            answers[field] = JsonSerializer.SerializeToElement(files.Select(f => new { id = f.Id }));
        return JsonSerializer.SerializeToElement(answers);
    }
}
