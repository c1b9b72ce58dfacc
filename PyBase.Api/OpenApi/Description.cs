using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PyBase.Api.OpenApi;

/// <summary>What the document says beyond its operations: how to sign in, what the groups are about, and types as they are on the wire.</summary>
static class Description
{
    const string Introduction = """
        Everything that the web application does is done over these routes, and over those under `/v0`, which Airtable's own clients use unchanged.

        **Signing in.** Programs send `Authorization: Bearer pat…`. Make a token in the web application (your name, Tokens) or with `POST /api/tokens`; it may be restricted to scopes, bases and workspaces. Browsers
        have a session cookie; with it, everything but reading needs the header `PyBase-Client`.

        **Errors** are `application/problem+json` with a `code` that never changes its meaning, and a `hint`; under `/v0` they have Airtable's shape.

        **Versions.** An answer that shows or changes a table has the header `PyBase-Version: tbl…=42`. `PyBase-At-Least` asks for what you wrote, `Idempotency-Key` makes a repeated POST harmless, `?dryRun=true` only says what would be
        written, `?viewAs=usr…` shows owners and admins what somebody else sees.
        """;

    static readonly (string Tag, string About)[] Tags =
    [
        ("Records", "Read and write records, as Airtable's clients do."), ("Bases", "Bases, tables, fields and views, in Airtable's metadata form."), ("Comments", "What people say about a record."),
        ("Webhooks", "Being told of changes."), ("Queries", "Groups, totals, places, search, bills of material."), ("Views", "Views with their settings."), ("Fields", "Another type for a field."),
        ("Constraints", "What cells have to fulfil."), ("Permissions", "Who may read and write which fields and rows."), ("History", "What was, and the way back."), ("Releases", "Records that do not change any more, and their revisions."),
        ("Trash", "What was deleted."), ("Snapshots", "A base as a file, and copies."), ("Templates", "Bases to begin with."), ("Jobs", "Drawings, models, imports and other work in the background."), ("Exports", "Tables as files."),
        ("Files", "Files to look at."), ("Shares", "Links for those who have no account."), ("Notifications", "What you were told."), ("Accounts", "Signing up and in."), ("Sessions", "Where you are signed in."),
        ("Tokens", "Tokens of people and of programs."), ("Workspaces", "Workspaces and who is in them."), ("Directory", "People and groups from a directory (SCIM 2.0)."), ("Operations", "For whoever runs the installation."),
    ];

    public static void Describe(this OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "PyBase", Version = "1", Description = Introduction };
            document.Servers = [new() { Url = "/" }];
            var used = document.Tags?.Select(tag => tag.Name).ToHashSet() ?? [];
            document.Tags = new HashSet<OpenApiTag>([.. Tags.Where(tag => used.Contains(tag.Tag)).Select(tag => new OpenApiTag { Name = tag.Tag, Description = tag.About }), .. document.Tags?.Where(tag => Tags.All(known => known.Tag != tag.Name)) ?? []]);
            document.AddComponent("token", (IOpenApiSecurityScheme)new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal or service token: `pat…`." });
            document.Security = [new() { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            // One endpoint with two methods has two names.
            if (context.Description.HttpMethod == HttpMethods.Put && operation.OperationId?.StartsWith("Update", StringComparison.Ordinal) is true)
                operation.OperationId = operation.OperationId.Replace("Update", "Replace", StringComparison.Ordinal);
            foreach (var name in context.Description.Properties.TryGetValue(typeof(Shape), out var shape) ? ((Shape)shape).Query ?? [] : [])
                (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Numbers are written as numbers, times as text, and what may be null may be absent.
            if (schema.Type is { } type && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
                (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
            if (schema is { Type: null, Format: "date-time" })
                schema.Type = context.JsonTypeInfo.Type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            foreach (var property in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable))
                schema.Required?.Remove(property.Name);
            return Task.CompletedTask;
        });
    }
}
