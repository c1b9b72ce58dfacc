using PyBase.Core.Errors;
using PyBase.Core.Schema;
namespace PyBase.Core.Formulas;
/// <summary>x</summary>
public sealed class Formula {
    /// <summary>x</summary>
    public static Result<Formula> Compile(string text, FormulaScope scope) => throw new NotImplementedException();
    /// <summary>x</summary>
    public FormulaType Type { get; }
    /// <summary>x</summary>
    public IReadOnlyList<Field> Fields { get; } = [];
    /// <summary>x</summary>
    public FormulaClock Clock { get; }
    /// <summary>x</summary>
    public bool CanFail { get; }
    /// <summary>x</summary>
    public string Text { get; } = "";
}
/// <summary>x</summary>
public enum FormulaClock { /// <summary>x</summary>
None, /// <summary>x</summary>
Today, /// <summary>x</summary>
Now }
/// <summary>x</summary>
public sealed record FormulaScope(BaseSchema Schema, Table Table, FormulaType? Values = null);
