using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Templates;
using PyBase.Core.Views;
using PyBase.Storage.Accounts;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;
using PyBase.Storage.Views;

namespace PyBase.Storage.Templates;

/// <summary>Makes bases from templates: definitions, views and rows in the transaction that makes the base, so that there is all of it or nothing.</summary>
public sealed class TemplateStore(BaseStore bases)
{
    /// <summary>A new base in a workspace.</summary>
    public Task<Result<BaseSchema>> CreateAsync(string workspaceId, BaseTemplate template, string? name, Origin origin, CancellationToken cancellation) =>
        bases.CreateAsync(workspaceId, name ?? template.Name, template.Tables, origin, cancellation, fill: editor => FillAsync(editor, template, cancellation));

    static async Task<Error?> FillAsync(SchemaEditor editor, BaseTemplate template, CancellationToken cancellation)
    {
        var waiting = template.Linked.ToList();
        while (waiting.Count > 0)
        {
            // Some name fields of others that come later; each round makes those whose time has come.
            var made = 0;
            for (var n = 0; n < waiting.Count; n++)
            {
                if (BaseTemplate.Resolve(waiting[n].Field, editor.Schema) is not { } spec)
                    continue;
                if ((await editor.AddFieldAsync(editor.Schema.Find(waiting[n].Table)!.Id, spec, cancellation)).Error is { } refused)
                    return refused;
                waiting.RemoveAt(n--);
                made++;
            }
            if (made == 0)
                throw new InvalidOperationException($"Template {template.Id} names what is not in it: {waiting[0].Field.GetRawText()}");
        }
        foreach (var (table, view) in template.Views)
            if ((await new ViewEditor(editor.Transaction).AddAsync(editor.Schema.Find(table)!.Id, view.GetText("type")!, ViewChange.Read(view), cancellation)).Error is { } refused)
                return refused;
        foreach (var (table, rows) in template.Records)
        {
            RecordInput[] inputs = [.. rows.Select(row => new RecordInput(null, row))];
            if (!RecordPlanner.Plan(editor.Schema.Find(table)!, inputs, typecast: true).TryGet(out var plan, out var error))
                return error;
            if ((await new RecordWriter(editor.Transaction).CreateAsync(plan, cancellation)).Error is { } refused)
                return refused;
        }
        return null;
    }
}
