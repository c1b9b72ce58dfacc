using PyBase.Core.Formulas;
using PyBase.Core.Schema;
namespace PyBase.Storage.Formulas;
sealed record FormulaRow(string Alias, string BaseId, BaseSchema Schema, Table Table, Func<Field,string>? Column = null, Func<Field,string?>? ErrorOf = null, string? Values = null, string Now = "now()");
sealed record FormulaSql(string Value, string? Error, string Laterals)
{
    public static FormulaSql Compile(Formula formula, FormulaRow row) => throw new NotImplementedException();
    public static FormulaSql CompileCondition(Formula formula, FormulaRow row) => throw new NotImplementedException();
}
