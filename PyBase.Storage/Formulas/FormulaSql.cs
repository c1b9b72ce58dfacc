using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>A formula as SQL.</summary>
/// <param name="Value">Of the column type of the result; null where there is an error.</param>
/// <param name="Error">Text: the error's code, or null; absent when the formula cannot fail.</param>
/// <param name="Laterals">Goes behind the row's source in FROM: what the expressions share.</param>
sealed record FormulaSql(string Value, string? Error, string Laterals)
{
    static int number;

    public static FormulaSql Compile(Formula formula, FormulaRow row) => DeepStack.Run(formula.Root.Depth, () =>
    {
        var builder = Builder(row);
        var result = builder.BindError(builder.Compile(formula.Root));
        var value = Stored(formula.Type, result);
        return new FormulaSql(result.Error is null ? value : $"case when {result.Error} is null then {value} end", result.Error, builder.Laterals);
    });

    /// <summary>Null is no, as WHERE takes it.</summary>
    public static ConditionSql CompileCondition(Formula formula, FormulaRow row) => DeepStack.Run(formula.Root.Depth, () =>
    {
        var builder = Builder(row);
        var condition = builder.Compile(formula.Condition);
        return new ConditionSql(condition.Error is null ? condition.Sql : $"({condition.Error} is null and {condition.Sql})", builder.Laterals);
    });

    static FormulaBuilder Builder(FormulaRow row) => new(row, $"f{Interlocked.Increment(ref number) & 0xFFFFF:x}_");

    static string Stored(FormulaType type, Piece value) => (type.Kind, type.IsList) switch
    {
        (ValueKind.Boolean, false) => $"(case when {value.Sql} then 1 else 0 end)::float8",
        (ValueKind.Boolean, true) => $"nullif(array(select case when i then 1::float8 else 0::float8 end from unnest({value.Sql}) with ordinality as u(i, place) order by place), '{{}}')",
        (_, true) => $"nullif({value.Sql}, '{{}}')",
        (ValueKind.Number, false) => $"({value.Sql} + 0)",
        (ValueKind.Text, false) => value.IsNeverEmpty ? value.Sql : $"nullif({value.Sql}, '')",
        _ => value.Sql,
    };
}

/// <summary>A formula as a condition.</summary>
/// <param name="Condition">Null is no.</param>
/// <param name="Laterals">Goes behind the row's source in FROM.</param>
sealed record ConditionSql(string Condition, string Laterals);
