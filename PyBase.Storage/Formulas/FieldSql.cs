using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Formulas;

/// <summary>Cells as formulas see them.</summary>
static class FieldSql
{
    /// <summary>Beyond so many choices their names are looked up in arrays.</summary>
    const int FewChoices = 8;

    public static Piece Compile(FormulaRow row, Field field, Part? part = null)
    {
        var column = row.ColumnOf(field);
        var piece = field.Type switch
        {
            _ when Notated.Of(field.Type) is { } notated => new Piece(NotatedSql.Of(column, field.Type, part ?? (notated.Order.Kind is ValueKind.Number ? notated.Order : Part.Text))) { IsNeverEmpty = true },
            ISelect { Choices.List.Count: 0 } select => new Piece(field.Type.Column is ColumnType.Ids ? $"{column}::text[]" : column),
            ISelect select when field.Type.Column is ColumnType.Ids => new Piece(Items(Name("i", select.Choices), column)),
            ISelect select when field.Type.Column is ColumnType.Id => new Piece(Name(column, select.Choices)) { IsNeverEmpty = true },
            Lookup { Item: ISelect select } => new Piece(select.Choices.List.Count == 0 ? $"{column}::text[]" : Items(Name("i", select.Choices), column)),
            MultipleRecordLinks link => new Piece(Names(row, link)),
            _ when field.Type.Column is ColumnType.Json && field.Type.Value.IsList =>
                new Piece($"array(select coalesce(i ->> 'filename', i ->> 'name') from jsonb_array_elements({column}) with ordinality as u(i, place) order by place)"),
            _ when field.Type.Column is ColumnType.Json => new Piece($"coalesce({column} ->> 'text', {column} ->> 'name', {column} ->> 'value', {column} ->> 'label')"),
            _ when field.Type.Column is ColumnType.Number && field.Type.Value.Kind is ValueKind.Boolean => new Piece($"({column} <> 0)"),
            _ when field.Type.Column is ColumnType.Numbers && field.Type.Value.Kind is ValueKind.Boolean => new Piece(Items("i <> 0", column)),
            _ => new Piece(column) { IsAtom = column.Length < 100, IsNeverEmpty = true },
        };
        return piece with { Error = row.ErrorIn(field) };
    }

    static string Items(string item, string list) => $"array(select {item} from unnest({list}) with ordinality as u(i, place) order by place)";

    /// <summary>The name of a choice; its id where the choice is gone.</summary>
    static string Name(string id, Choices choices) => choices.List.Count <= FewChoices
        ? $"(case {id} {string.Join(' ', choices.List.Select(c => $"when '{c.Id}' then {SqlLiterals.Text(c.Name)}"))} else {id} end)"
        : $"coalesce(({SqlLiterals.Texts(choices.List.Select(c => c.Name))})[array_position({SqlLiterals.Texts(choices.List.Select(c => c.Id))}, {id})], {id})";

    /// <summary>The primary values of the linked records, in the order of the links.</summary>
    static string Names(FormulaRow row, MultipleRecordLinks link)
    {
        var table = row.Schema.Find(link.LinkedTableId);
        if (table is null)
            return "null::text[]";
        var (near, far) = Sql.Ends(link);
        var linked = new FormulaRow("linked", row.BaseId, row.Schema, table, ErrorOf: _ => null);
        var name = ConversionSql.Shown(table.Primary.Type.Value, Compile(linked, table.Primary));
        return $"array(select {name} from {Sql.LinkTable(row.BaseId, link)} link join {ReadableRows.Of(row.Schema, table)} linked on linked._id = link.{far}_id "
            + $"where link.{near}_id = {row.Alias}._id order by link.{near}_order, link.{far}_id)";
    }
}
