using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Permissions;

/// <summary>
/// Definitions as somebody may know them. Whatever is planned with them knows nothing else: a field that may not be read is no field for a filter, an order, a formula
/// or an answer, and rows come only from where their filter is part of the source. So no door needs a check of its own that could be forgotten.
/// </summary>
public static class Scoping
{
    const int MaxReaders = 1_000;

    static readonly ConditionalWeakTable<BaseSchema, ConcurrentDictionary<Reader, BaseSchema>> Known = [];

    /// <summary>The definitions themselves where no rule binds the reader.</summary>
    public static BaseSchema For(this BaseSchema schema, Reader? reader)
    {
        if (reader is not { IsBound: true } || !schema.HasRules)
            return schema;
        var readers = Known.GetValue(schema, _ => new());
        if (readers.Count >= MaxReaders)
            readers.Clear();
        return readers.GetOrAdd(reader, asked => Scope(schema, asked));
    }

    static BaseSchema Scope(BaseSchema schema, Reader reader)
    {
        var hidden = schema.Tables.ToDictionary(t => t.Id, t => t.Rules?.Fields.Select(f => f.FieldId).Distinct().Where(id => t.Rules.AccessTo(id, reader) is Access.None).ToHashSet() ?? []);
        var rows = schema.Tables.ToDictionary(t => t.Id, t => RowsOf(schema, t, reader));
        var everyHidden = hidden.Values.SelectMany(ids => ids).ToHashSet();
        var tables = schema.Tables.Select(table =>
        {
            var gone = hidden[table.Id];
            Field[] fields = [.. table.Fields.Where(f => !gone.Contains(f.Id)).Select(f => Explained(f, everyHidden))];
            Field[] links = [.. fields.Where(f => f.Type is MultipleRecordLinks link && rows.GetValueOrDefault(link.LinkedTableId) is not null)];
            var readOnly = fields.Where(f => table.Rules?.AccessTo(f.Id, reader) is Access.Read).Select(f => f.Id).ToHashSet();
            if (gone.Count == 0 && readOnly.Count == 0 && links.Length == 0 && rows[table.Id] is null && fields.SequenceEqual(table.Fields))
                return table;
            return table with
            {
                Fields = fields,
                Scope = new TableScope(rows[table.Id], gone, readOnly, links),
                Views = [.. table.Views.Select(v => v with { Settings = v.Settings.Without(gone) })],
                Unique = [.. table.Unique.Where(u => !u.FieldIds.Any(gone.Contains))],
                Release = table.Release is { } release && fields.Any(f => f.Id == release.StateFieldId) ? release : null,
                Rules = null,
            };
        }).ToArray();
        var name = ClassOf(tables, reader);
        return schema with { Tables = [.. tables.Select(t => t.Scope is null ? t : t with { Scope = t.Scope with { Class = name } })], Whole = schema, Class = name };
    }

    static RowScope? RowsOf(BaseSchema schema, Table table, Reader reader) => table.Rules?.RowsOf(reader) is not { } text ? null
        : new RowScope(schema, table, Formula.Compile(text, new FormulaScope(schema, table, Reader: reader)).TryGet(out var formula, out _) ? formula : null);

    /// <summary>How a cell is computed would tell about fields that may not be known.</summary>
    static Field Explained(Field field, HashSet<string> hidden) =>
        field.Type is Computed && hidden.Count > 0 && field.Type.StoredOptions() is { } options && hidden.Any(id => options.Contains(id, StringComparison.Ordinal)) ? field with { ShowsOptions = false } : field;

    /// <summary>The same for all who see the same: what is kept of an answer is kept for them.</summary>
    static string ClassOf(IEnumerable<Table> tables, Reader reader)
    {
        var text = new StringBuilder();
        foreach (var table in tables)
            if (table.Scope is { } scope)
            {
                text.Append(table.Id).AppendJoin(',', scope.Hidden.Order(StringComparer.Ordinal)).Append(';').AppendJoin(',', scope.ReadOnly.Order(StringComparer.Ordinal)).Append(';');
                if (scope.Rows is { } rows)
                    text.Append(rows.Formula?.Text ?? "none").Append(rows.Formula?.Text.Contains("CURRENT_USER", StringComparison.OrdinalIgnoreCase) is true ? reader.UserId : "").Append('\n');
            }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..8]);
    }
}
