using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

static class ConstantSql
{
    public static Piece Compile(Constant constant) => constant.Value switch
    {
        null => new Piece($"null::{Type(constant.Type)}") { IsAtom = true, IsNeverEmpty = true },
        double number => Solid(SqlLiterals.Number(number)),
        string text => Solid(SqlLiterals.Text(text) + "::text") with { IsAtom = text.Length < 200 },
        bool truth => Solid(truth ? "true" : "false"),
        DateOnly day => Solid(SqlLiterals.Date(day)),
        DateTimeOffset moment => Solid(SqlLiterals.Instant(moment)),
        _ => throw new InvalidOperationException($"No SQL for a {constant.Value.GetType()}."),
    };

    public static string Type(FormulaType type) => type.Kind switch
    {
        ValueKind.Number => "float8",
        ValueKind.Boolean => "boolean",
        ValueKind.Date => "date",
        ValueKind.Instant => "timestamptz",
        _ => "text",
    } + (type.IsList ? "[]" : "");

    static Piece Solid(string sql) => Piece.Solid(sql) with { IsAtom = true };
}
