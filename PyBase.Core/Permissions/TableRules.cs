using System.Text.Json;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Ids;
using PyBase.Core.Schema;

namespace PyBase.Core.Permissions;

/// <summary>What a field is to a role or a person.</summary>
/// <param name="FieldId">The field; a rule outlives its field, which may come back from the trash.</param>
/// <param name="To">The name of a role, or <c>usr…</c>.</param>
/// <param name="Access">What is left of it.</param>
public sealed record FieldRule(string FieldId, string To, Access Access);

/// <summary>Which rows a role or a person reads and writes: those for which the formula, fields by id, is true.</summary>
public sealed record RowRule(string To, string Formula);

/// <summary>
/// Who may read and write what of a table. A person's own rule counts before that of their role; a role without a rule has that of the next role above it, so that
/// nobody sees less by being more. Owners and admins, who write the rules, are bound by none.
/// </summary>
public sealed record TableRules(IReadOnlyList<FieldRule> Fields, IReadOnlyList<RowRule> Rows)
{
    /// <summary>Most rules of a table, of fields and of rows together.</summary>
    public const int MaxRules = 1_000;

    /// <summary>From a request: <c>{"fields":[{"field","to","access"}],"rows":[{"to","formula"}]}</c>; names resolved against the table as it is.</summary>
    public static Result<TableRules> Read(JsonElement json, BaseSchema schema, Table table, Reader writer)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            return PermissionErrors.Invalid("Rules are an object.");
        var (fields, rows) = (new List<FieldRule>(), new List<RowRule>());
        foreach (var item in ListOf(json, "fields"))
        {
            if (table.Find(item.GetText("field") ?? "") is not { } field)
                return PermissionErrors.Invalid($"There is no field \"{(item.GetText("field") ?? "").Excerpt()}\".");
            if (!ToOf(item, writer).TryGet(out var to, out var error))
                return error;
            if (AccessOf(item) is not { } access)
                return PermissionErrors.Invalid("access is none, read or write.");
            if (access is Access.None && field.Id == table.PrimaryFieldId)
                return PermissionErrors.PrimaryIsRead(field.Name);
            fields.Add(new FieldRule(field.Id, to, access));
        }
        foreach (var item in ListOf(json, "rows"))
        {
            if (!ToOf(item, writer).TryGet(out var to, out var error))
                return error;
            if (!Formula.Compile(item.GetText("formula") ?? "", new FormulaScope(schema, table, Reader: writer)).TryGet(out var formula, out error))
                return PermissionErrors.Invalid(error.Message);
            rows.Add(new RowRule(to, formula.Text));
        }
        if (fields.Count + rows.Count > MaxRules)
            return PermissionErrors.Invalid($"A table has at most {MaxRules} rules.");
        return fields.GroupBy(f => (f.FieldId, f.To)).Any(g => g.Count() > 1) || rows.GroupBy(r => r.To).Any(g => g.Count() > 1)
            ? PermissionErrors.Invalid("There are two rules for the same role or person.")
            : new TableRules(fields, rows);
    }

    static IReadOnlyList<JsonElement> ListOf(JsonElement json, string name) => json.TryGetList(name, out var items) ? items : [];

    static Result<string> ToOf(JsonElement item, Reader writer)
    {
        var to = item.GetText("to") ?? "";
        if (Roles.Parse(to) is { } role)
            return role.May(Permission.EditSchema) ? PermissionErrors.LocksOut : to;
        if (!Id.Is(to, "usr"))
            return PermissionErrors.Invalid("to is editor, commenter, viewer or the id of a person.");
        return to == writer.UserId ? PermissionErrors.LocksOut : to;
    }

    static Access? AccessOf(JsonElement item) => item.GetText("access") switch { "none" => Access.None, "read" => Access.Read, "write" => Access.Write, _ => null };

    /// <summary>As it is stored, fields by id.</summary>
    public static TableRules Open(JsonElement json) => new(
        [.. ListOf(json, "fields").Select(f => new FieldRule(f.GetText("field")!, f.GetText("to")!, AccessOf(f) ?? Access.None))],
        [.. ListOf(json, "rows").Select(r => new RowRule(r.GetText("to")!, r.GetText("formula")!))]);

    /// <summary>As it is read and stored; for people, formulas with the names of <paramref name="table"/>.</summary>
    public void Write(Utf8JsonWriter json, Table? table = null)
    {
        json.WriteStartObject();
        json.WriteStartArray("fields");
        foreach (var rule in Fields)
        {
            json.WriteStartObject();
            json.WriteString("field", rule.FieldId);
            json.WriteString("to", rule.To);
            json.WriteString("access", rule.Access switch { Access.None => "none", Access.Read => "read", _ => "write" });
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var rule in Rows)
        {
            json.WriteStartObject();
            json.WriteString("to", rule.To);
            json.WriteString("formula", table is null ? rule.Formula : Formula.Show(rule.Formula, table));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>As it is stored.</summary>
    public string Text()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>What the field is to somebody who is bound.</summary>
    public Access AccessTo(string fieldId, Reader reader)
    {
        var rules = Fields.Where(f => f.FieldId == fieldId).ToList();
        return rules.Count == 0 ? Access.Write : For(reader, to => rules.FirstOrDefault(r => r.To == to))?.Access ?? Access.Write;
    }

    /// <summary>Which rows they read and write; null for all.</summary>
    public string? RowsOf(Reader reader) => For(reader, to => Rows.FirstOrDefault(r => r.To == to))?.Formula;

    /// <summary>The person's own rule, or that of their role, or of the next role above it.</summary>
    static T? For<T>(Reader reader, Func<string, T?> find) where T : class =>
        find(reader.UserId) ?? Enum.GetValues<Role>().Where(role => role >= reader.Role && !role.May(Permission.EditSchema)).Order().Select(role => find(role.Name())).FirstOrDefault(rule => rule is not null);
}
